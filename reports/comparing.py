"""The edit scripts of one building: each pair of versions is compared once, however many pages show it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from markupsafe import Markup
from msgspec import Struct

from diffs.corpus import Corpus
from diffs.facts import say_wording
from diffs.meaning import wording_facts
from diffs.redline import redline
from diffs.script import EditScript
from reports.redlines import counted, redline_html
from storage.values import Version


class Redline(Struct, frozen=True):
    """A redline for a page, what became of how many paragraphs, what it means in sentences, and whether anything
    changed at all."""

    before: Version
    after: Version
    html: Markup
    counts: str
    wording: tuple[str, ...]
    changed: bool


class Redlines:
    """Redlines between versions; the scripts are kept for as long as the building lasts."""

    def __init__(self, corpus: Callable[[str], Corpus]) -> None:
        """*corpus* answers with that of a regime; each is asked for once, when it is first needed."""
        self._corpus = cache(corpus)
        self._scripts: dict[tuple[int, int], EditScript] = {}

    def between(self, before: Version, after: Version, name: str) -> Redline:
        """How *before* became *after*; *name* keeps the addresses of two redlines on one page apart."""
        script = self._scripts.get((before.id, after.id))
        if script is None:
            weights = self._corpus(after.regime).weights(max(before.id, after.id))
            script = self._scripts[before.id, after.id] = redline(before.document, after.document, weights)
        wording = tuple(say_wording(fact) for fact in wording_facts(script))
        return Redline(before, after, redline_html(script, name), counted(script), wording, script.changed)
