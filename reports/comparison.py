"""Two versions compared, as Markdown and HTML."""

from __future__ import annotations

from html import escape

from msgspec import Struct

from diffs.change import Change, Severity
from diffs.display import shown
from diffs.facts import WordingFact, say_wording
from diffs.render import as_html as redline_html
from diffs.render import as_markdown as redline_markdown
from diffs.script import EditScript
from diffs.sentence import say
from storage.values import Version


class Comparison(Struct, frozen=True):
    """Two versions, what changed in the record, how the text changed, and what that means."""

    regime: str
    before: Version
    after: Version
    changes: tuple[Change, ...]
    script: EditScript
    wording: tuple[WordingFact, ...]

    @property
    def heading(self) -> str:
        """What is compared, in one line."""
        return f"{self.regime.upper()}: {_named(self.before)} and {_named(self.after)}"

    @property
    def caution(self) -> str | None:
        """What a reader must know of the redline: that the texts are in two languages, where they are."""
        languages = (self.before.record.language, self.after.record.language)
        if None in languages or languages[0] == languages[1]:
            return None
        return (
            f"The texts are in two languages, {languages[0]} and {languages[1]}: their facts compare, but the redline "
            "shows two texts and no change of words."
        )

    @property
    def facts(self) -> tuple[Change, ...]:
        """The changes, the most severe first."""
        return tuple(sorted(self.changes, key=lambda change: list(Severity).index(change.severity)))


def _named(version: Version) -> str:
    return f"plenary {version.plenary} (record {version.id})" if version.plenary else f"record {version.id}"


def as_markdown(found: Comparison) -> str:
    """The comparison for Markdown readers, page text escaped."""
    facts = [f"- **{c.severity.value}** {_escaped(say(c))}" for c in found.facts]
    facts += [f"- {_escaped(say_wording(fact))}" for fact in found.wording]
    facts = facts or ["- no fact changed"]
    caution = [f"*{_escaped(found.caution)}*", ""] if found.caution else []
    return "\n".join([f"# {found.heading}", "", *caution, *facts, "", "## Redline", "", redline_markdown(found.script)])


def as_html(found: Comparison) -> str:
    """The comparison as an HTML fragment, page text escaped."""
    facts = "".join(f"<li><b>{c.severity.value}</b> {escape(shown(say(c)))}</li>" for c in found.facts)
    facts += "".join(f"<li>{escape(shown(say_wording(fact)))}</li>" for fact in found.wording)
    caution = f"<p>{escape(shown(found.caution))}</p>" if found.caution else ""
    return (
        f"<section><h1>{escape(found.heading)}</h1>{caution}<ul>{facts or '<li>no fact changed</li>'}</ul>"
        f'<div class="redline">{redline_html(found.script)}</div></section>'
    )


def _escaped(text: str) -> str:
    text = shown(text)
    for mark in "\\`*_[]|#":
        text = text.replace(mark, "\\" + mark)
    return text.replace("<", "&lt;").replace(">", "&gt;")
