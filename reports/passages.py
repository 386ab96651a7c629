"""Where the words of a change stand: the archived text that has them, and the sentence round them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from diffs.change import Change, ChangeKind
from parsers.document import READABLE
from parsers.record import Evidence
from reports.known import Known
from storage.values import Version

# Of a change so many spans of each side are shown.
QUOTES = 5
# So many characters before and after the quoted words, unless their sentence ends sooner.
_ROOM = 120
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+")


class Passage(Struct, frozen=True):
    """Words that state a change, with what stands before and after them in their sentence. `version` is the id of the
    version whose text has them, None where no archived text does."""

    before: str
    quote: str
    after: str
    span: Evidence
    version: int | None


class Passages:
    """The passages of changes, found among all archived texts."""

    def __init__(self, known: Known) -> None:
        self._pages: dict[tuple[str, str], list[Version]] = defaultdict(list)
        self._plenaries: dict[tuple[str, str], list[Version]] = defaultdict(list)
        self._found: dict[tuple[str, bool], tuple[Passage, ...]] = {}
        for regime in known.regimes:
            for version in reversed(regime.versions):
                self._pages[regime.id, version.url].append(version)
            for statement in regime.statements:
                others = [v for v in reversed(statement.versions) if v.id != statement.shown.id]
                self._plenaries[regime.id, statement.plenary.label] = [statement.shown, *others]

    def side(self, change: Change, after: bool) -> tuple[Passage, ...]:
        """The words that state the value after the change, or before it; at most `QUOTES`."""
        key = (change.key, after)
        if key not in self._found:
            spans = change.evidence.after if after else change.evidence.before
            texts = list(self._texts(change, after)) if spans else []
            self._found[key] = tuple(_passage(span, texts) for span in spans[:QUOTES])
        return self._found[key]

    def first(self, change: Change) -> Passage | None:
        """The words to show of a change in a list: of an edit the first paragraph that is new, or else gone; of others
        those of the later side, or where it states nothing of the earlier."""
        if edit := self.edit(change):
            return _added(*edit) or _added(*reversed(edit))
        return next(iter(self.side(change, True) or self.side(change, False)), None)

    def edit(self, change: Change) -> tuple[Version, Version] | None:
        """The two versions of a page that an edit lies between, where both are kept."""
        if change.kind is not ChangeKind.STATEMENT_REVISED:
            return None
        own = {v.text_hash: v for v in self._pages.get((change.regime, change.url or ""), ())}
        before, after = own.get(str(change.before)), own.get(str(change.after))
        return (before, after) if before and after else None

    def _texts(self, change: Change, after: bool) -> Iterator[Version]:
        """The texts that may hold this side's words, the likeliest first."""
        edit = self.edit(change)
        if edit:
            yield edit[after]
        same_page = self._pages.get((change.regime, change.url or ""), [])
        label = str(change.plenary if after else change.prior)
        plenary = self._plenaries.get((change.regime, label), [])
        if after:
            yield from (v for v in same_page if change.observed_at is None or v.observed_at <= change.observed_at)
            yield from plenary
        else:
            yield from plenary
            yield from (v for v in same_page if change.observed_at is None or v.observed_at < change.observed_at)
        yield from same_page


def _passage(span: Evidence, texts: list[Version]) -> Passage:
    for version in texts:
        blocks = version.document.blocks
        if span.block < len(blocks) and blocks[span.block].text[span.start : span.end] == span.quote:
            before, after = _round(blocks[span.block].text, span.start, span.end)
            return Passage(before, span.quote, after, span, version.id)
    return Passage("", span.quote, "", span, None)


def _added(before: Version, after: Version) -> Passage | None:
    """The first paragraph of *after* that does not stand in *before*."""
    known = {block.text for block in before.document.readable}
    for number, block in enumerate(after.document.blocks):
        if block.role in READABLE and block.text and block.text not in known:
            return Passage("", block.text, "", Evidence(number, 0, len(block.text), block.text), after.id)
    return None


def _round(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after the span in its sentence, cut between words where the sentence is long."""
    before, after = text[max(0, start - _ROOM) : start], text[end : end + _ROOM]
    if ends := list(_SENTENCE_END.finditer(before)):
        before = before[ends[-1].end() :]
    elif start > _ROOM:
        before = "…" + before.partition(" ")[2]
    if found := _SENTENCE_END.search(after):
        after = after[: found.end()].rstrip()
    elif end + _ROOM < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before, after
