"""What a regime's statements teach about its words, learned from its records as they are added."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select

from diffs.corpus import Corpus
from parsers.document import Document, document_from_json
from storage import tables as t

# All versions of all pages on a plenary.
_ADDED = (
    select(t.Record.id, t.Record.text_hash, t.Record.document)
    .where(t.Record.regime == bindparam("of"), t.Record.id > bindparam("after"), t.Record.plenary_id.is_not(None))
    .order_by(t.Record.id)
    .execution_options(yield_per=100)
)


class Taught:
    """What a regime's statements teach about its words."""

    def __init__(self) -> None:
        self._newest = 0
        self._corpus = Corpus()
        self._texts: set[str] = set()

    def grown(self, connection: Connection, regime: str) -> Corpus:
        """Learn from the statements that were added since."""
        self._corpus.learn(self._added(connection, regime))
        return self._corpus

    def _added(self, connection: Connection, regime: str) -> Iterator[tuple[int, Document]]:
        """The texts that are new, of the same text the first."""
        for record, text_hash, document in connection.execute(_ADDED, {"of": regime, "after": self._newest}):
            self._newest = record
            if text_hash not in self._texts:
                self._texts.add(text_hash)
                yield record, document_from_json(document)
