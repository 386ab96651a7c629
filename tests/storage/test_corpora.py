"""What statements teach is learned once, and is what the store holds whatever has become of it since."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import update

from diffs.corpus import Corpus
from parsers.document import Document
from storage import Store
from storage import tables as t
from tests.builders.comparing import a_document, a_meeting, a_record
from tests.builders.stores import a_store, observed

WORDS = ("gyroscopes", "ferries", "turbines", "radar")


def _keep(store: Store, number: int, *lines: str) -> None:
    with store.writing() as w:
        observed(w, a_record(plenary=a_meeting(number)), document=a_document(*lines), name=f"statement-{number}")


def _keep_and_take_back(store: Store) -> None:
    with store.writing() as w:
        observed(
            w, a_record(plenary=a_meeting(2)), document=a_document("Of gyroscopes.", "And gyroscopes."), name="two"
        )
        assert _weights(w.corpus("mtcr"))[0] < 1
        raise RuntimeError("taken back")


def _weights(corpus: Corpus, record: int = 100) -> list[float]:
    weights = corpus.weights(record)
    return [weights.of(weights.numbers[word]) for word in WORDS]


def _learned_anew(store: Store) -> list[float]:
    with Store.open(f"sqlite:///{store.path}") as other, other.reading() as r:
        return _weights(r.corpus("mtcr"))


def test_a_new_statement_is_added_to_what_was_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learned: list[int] = []
    learn = Corpus.learn

    def counted(self: Corpus, statements: list[tuple[int, Document]]) -> None:
        found = list(statements)
        learned.append(len(found))
        learn(self, found)

    with a_store(tmp_path) as store:
        _keep(store, 1, "Of gyroscopes and ferries.", "Of gyroscopes alone.")
        with store.reading() as r:
            r.corpus("mtcr")
        monkeypatch.setattr(Corpus, "learn", counted)
        _keep(store, 2, "Of gyroscopes again, and of turbines.")
        with store.reading() as r:
            found = _weights(r.corpus("mtcr"))
        assert [n for n in learned if n] == [1]
        assert found == _learned_anew(store)
        assert found[0] < found[1] == 1.0


def test_a_statement_that_was_read_again_is_learned_anew(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        _keep(store, 1, "Of gyroscopes and ferries.", "Of gyroscopes alone.")
        with store.reading() as r:
            assert _weights(r.corpus("mtcr"))[0] < 1
        with store.writing() as w:
            text = a_document("Of radar.", "Of radar and ferries.")
            w.session.execute(
                update(t.Record).values(
                    document=msgspec.json.encode(text).decode(), parser="another", text_hash="other"
                )
            )
        with store.reading() as r:
            found = _weights(r.corpus("mtcr"))
        assert found == _learned_anew(store)
        assert found[0] == 1 > found[3]


def test_what_was_taken_back_teaches_nothing(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        _keep(store, 1, "Of gyroscopes and ferries.")
        with pytest.raises(RuntimeError, match="taken back"):
            _keep_and_take_back(store)
        _keep(store, 2, "Of turbines.", "And turbines.")
        with store.reading() as r:
            found = _weights(r.corpus("mtcr"))
        assert found == _learned_anew(store)
        assert found[0] == 1 > found[2]
