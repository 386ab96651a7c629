"""What a run found, as Markdown for the engine's own pages: the changes with their links, and the same comparisons that
`plenarywatch diff` writes."""

from __future__ import annotations

from collections.abc import Iterator

from alerts.message import site_address
from diffs.change import Change, ChangeKind
from flows.asking import compared
from flows.errors import BadRequest
from flows.outcome import MonitorSummary
from flows.running import as_markdown
from reports.comparison import Comparison
from reports.comparison import as_markdown as comparison_markdown
from storage.reading import Reader

# A report of a run is read at a glance: it has so many comparisons, each of at most so many characters.
_COMPARISONS, _LENGTH = 4, 20_000


def run_report(r: Reader, summary: MonitorSummary) -> str:
    """`as_markdown` of a run, then how the words changed, with links to the site where it has an address."""
    lines = [as_markdown(summary).rstrip()]
    if site := site_address():
        lines += ["", f"[The site]({site}/index.html) · [coverage]({site}/coverage.html)"]
    pairs = list(dict.fromkeys(_pairs(r, summary.changes)))
    for regime, before, after in pairs[:_COMPARISONS]:
        try:
            found = compared(r, regime, before, after)
        except BadRequest:
            # Every text of the plenary is held: there is nothing that is believed to compare.
            continue
        lines += ["", _shortened(comparison_markdown(found), f"plenarywatch diff {regime} {before} {after}")]
        if site and (page := _page(found)):
            lines += ["", f"[The same on the site]({site}/{page})"]
    if len(pairs) > _COMPARISONS:
        lines += ["", f"{len(pairs) - _COMPARISONS} more texts changed."]
    return "\n".join(lines) + "\n"


def _pairs(r: Reader, changes: tuple[Change, ...]) -> Iterator[tuple[str, str, str]]:
    """Regime, before and after of each comparison, as `compared` takes them: two plenaries, or two versions of a page."""
    for change in changes:
        if change.kind is ChangeKind.STATEMENT_REVISED:
            own = {v.text_hash: v.id for v in r.versions(change.regime) if v.url == change.url}
            before, after = own.get(str(change.before)), own.get(str(change.after))
            if before and after:
                yield change.regime, f"r{before}", f"r{after}"
        elif change.plenary and change.prior and change.plenary != change.prior:
            yield change.regime, str(change.prior), str(change.plenary)


def _page(found: Comparison) -> str | None:
    return f"{found.regime}/plenary-{found.after.plenary}.html#redline" if found.after.plenary else None


def _shortened(text: str, command: str) -> str:
    """*text* cut between two paragraphs where it is long; *command* shows all of it."""
    if len(text) <= _LENGTH:
        return text.rstrip()
    return f"{text[:_LENGTH].rpartition(chr(10) * 2)[0]}\n\nThe rest: `{command}`"
