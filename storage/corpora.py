"""What each regime's statements teach about its words, held from one question to the next."""

from __future__ import annotations

import threading

import msgspec
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from diffs.corpus import Corpus
from parsers.document import Document
from storage import tables as t

_document = msgspec.json.Decoder(Document)
# All versions of all pages on a plenary, of the same text the first.
_FIRST = (
    select(func.min(t.Record.id))
    .where(t.Record.regime == bindparam("of"), t.Record.plenary_id.is_not(None))
    .group_by(t.Record.text_hash)
)
_KNOWN = select(t.Record.id, t.Record.text_hash, t.Record.parser).where(t.Record.id.in_(_FIRST)).order_by(t.Record.id)
_NEW = (
    select(t.Record.id, t.Record.document)
    .where(t.Record.id.in_(_FIRST), t.Record.id > bindparam("after"))
    .order_by(t.Record.id)
    .execution_options(yield_per=100)
)
_Key = tuple[int, str, str]


class Corpora:
    """A corpus a regime. One that was asked for is added to while the statements it was learned from stand as they
    did, and learned anew where one of them was read again or is gone: it is always what the store holds."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[list[_Key], Corpus]] = {}
        self._guard = threading.Lock()

    def of(self, session: Session, regime: str) -> Corpus:
        """What the statements teach that *session* sees."""
        with self._guard:
            known, corpus = self._held.get(regime, ([], Corpus()))
            found = [tuple(row) for row in session.connection().execute(_KNOWN, {"of": regime})]
            if found[: len(known)] != known:
                known, corpus = [], Corpus()
            if len(found) > len(known):
                after = known[-1][0] if known else 0
                rows = session.execute(_NEW, {"of": regime, "after": after})
                corpus.learn((record, _document.decode(document)) for record, document in rows)
            self._held[regime] = (found, corpus)
            return corpus
