"""What each regime's statements teach about its words, held from one question to the next."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from diffs.corpus import Corpus
from parsers.document import Document
from storage import tables as t
from storage.alterations import alterations

_document = msgspec.json.Decoder(Document)
# All versions of all pages on a plenary.
_ADDED = (
    select(t.Record.id, t.Record.text_hash, t.Record.document)
    .where(t.Record.regime == bindparam("of"), t.Record.id > bindparam("after"), t.Record.plenary_id.is_not(None))
    .order_by(t.Record.id)
    .execution_options(yield_per=100)
)


class _Taught:
    """A regime's corpus, and what it was learned from."""

    def __init__(self, altered: int) -> None:
        self.altered = altered
        self.newest = 0
        self.corpus = Corpus()
        self._texts: set[str] = set()

    def learn_from(self, connection: Connection, regime: str) -> None:
        self.corpus.learn(self._added(connection, regime))

    def _added(self, connection: Connection, regime: str) -> Iterator[tuple[int, Document]]:
        """The texts that are new, of the same text the first."""
        for record, text_hash, document in connection.execute(_ADDED, {"of": regime, "after": self.newest}):
            self.newest = record
            if text_hash not in self._texts:
                self._texts.add(text_hash)
                yield record, _document.decode(document)


class Corpora:
    """A corpus a regime. One that was asked for is added to while the statements it was learned from stand as they
    did, and learned anew where one of them was altered: it is always what the store holds."""

    def __init__(self) -> None:
        self._held: dict[str, _Taught] = {}
        self._guard = threading.Lock()

    def of(self, session: Session, regime: str) -> Corpus:
        """What the statements teach: those that *session* sees, and any that another question found added since."""
        connection = session.connection()
        with self._guard:
            altered = alterations(connection, regime)
            # Taken out until it is whole: a question that fails leaves nothing half learned.
            held = self._held.pop(regime, None)
            if held is None or held.altered != altered:
                held = _Taught(altered)
            held.learn_from(connection, regime)
            self._held[regime] = held
            return held.corpus
