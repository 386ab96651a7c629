"""What is held of the records in memory is what the store holds, whatever has become of them since, whoever wrote."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy import insert, select, update

from parsers.record import Plenary, Record, Resolution, to_json
from storage import Store, sayings
from storage import tables as t
from storage.alterations import alterations
from storage.reading import Reader
from storage.values import Told
from storage.writing import Writer
from tests.builders.comparing import NOON, a_document, a_meeting, a_record
from tests.builders.stores import observed

_WORDS = ("gyroscopes", "ferries", "turbines", "radar")


class _TakenBack(Exception):
    """What undoes a transaction."""


def _a_page(chance: random.Random) -> tuple[Record, str]:
    """A record on one of three meetings with something to tell, and the line it was read from."""
    ordinal = chance.randrange(23, 26)
    cited = chance.sample((1540, 1718, 1929, 2231), chance.randrange(3))
    record = a_record(
        plenary=a_meeting(ordinal, day=date(2000 + ordinal, 4, 13)),
        resolutions=tuple(Resolution(number, None, f"S/RES/{number}") for number in cited),
        member_count=chance.choice((None, 34, 35)),
    )
    return record, f"Of {chance.choice(_WORDS)} and {chance.choice(_WORDS)}."


def _keep(w: Writer, chance: random.Random) -> None:
    record, line = _a_page(chance)
    # History arrives in no order.
    seen = NOON - timedelta(days=chance.randrange(400))
    observed(w, record, document=a_document(line), name=f"page-{chance.randrange(4)}", now=seen)


def _hold(w: Writer, chance: random.Random) -> None:
    if ids := w.session.scalars(select(t.Record.id)).all():
        w.hold(chance.choice(ids), chance.random() < 0.5)


def _read_again(w: Writer, chance: random.Random) -> None:
    if ids := w.session.scalars(select(t.Record.id)).all():
        record, line = _a_page(chance)
        document = msgspec.json.encode(a_document(line)).decode()
        values = {"record": to_json(record).decode(), "document": document, "text_hash": line}
        w.session.execute(update(t.Record).where(t.Record.id == chance.choice(ids)).values(**values))


def _tie_otherwise(w: Writer, chance: random.Random) -> None:
    ids, meetings = (w.session.scalars(select(table.id)).all() for table in (t.Record, t.Plenary))
    if ids:
        meeting = chance.choice([None, *meetings])
        w.session.execute(update(t.Record).where(t.Record.id == chance.choice(ids)).values(plenary_id=meeting))


def _label_otherwise(w: Writer, chance: random.Random) -> None:
    row = w.session.scalar(select(t.Plenary).order_by(t.Plenary.id).limit(1))
    if row is not None:
        row.label = f"{row.label}a"
        w.session.flush()


_ACTIONS: tuple[Callable[[Writer, random.Random], None], ...] = (
    _keep, _keep, _keep, _hold, _read_again, _tie_otherwise, _label_otherwise,
)  # fmt: skip


def _known(r: Reader) -> tuple[Told, list[float]]:
    weights = r.corpus("mtcr").weights(1_000_000)
    return r.told("mtcr", before=1_000_000), [weights.of(weights.numbers[word]) for word in _WORDS]


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_a_store_that_holds_nothing_finds(store: Store, database_url: str, seed: int) -> None:
    chance = random.Random(seed)
    with Store.open(database_url) as another:
        for _ in range(25):
            act, of = chance.choice(_ACTIONS), chance.choice((store, store, another))
            try:
                with of.writing() as w:
                    act(w, chance)
                    _known(w)
                    if chance.random() < 0.2:
                        raise _TakenBack
            except _TakenBack:
                pass
            with Store.open(database_url) as fresh, fresh.reading() as r:
                expected = _known(r)
            with store.writing() as w:
                assert _known(w) == expected, act.__name__
            with store.reading() as r:
                assert _known(r) == expected, act.__name__


def test_a_new_record_has_that_record_alone_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(sayings, "_part", lambda record, part=sayings._part: read.append(record) or part(record))
    chance = random.Random(1)
    for _ in range(3):
        with store.writing() as w:
            _keep(w, chance)
            w.told("mtcr", before=1_000_000)
    assert len(read) == 3


def test_what_fails_half_way_is_read_again_from_its_beginning(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(2)
    for _ in range(5):
        with store.writing() as w:
            _keep(w, chance)
    with store.reading() as r:
        expected = r.told("mtcr", before=1_000_000)
    with store.writing() as w:
        _keep(w, chance)
    read, part = 0, sayings._part

    def fails(record: str) -> sayings.Part:
        nonlocal read
        read += 1
        if read == 1:
            raise MemoryError
        return part(record)

    monkeypatch.setattr(sayings, "_part", fails)
    with store.reading() as r:
        with pytest.raises(MemoryError):
            r.told("mtcr", before=1_000_000)
        newest = r.session.scalars(select(t.Record.id).order_by(t.Record.id.desc())).first()
        assert newest is not None
        assert r.told("mtcr", before=newest) == expected
    assert read == 7


def test_the_database_counts_what_alters_a_record_and_not_what_is_added(store: Store) -> None:
    def counted() -> tuple[int, int]:
        with store.engine.connect() as connection:
            return alterations(connection, "mtcr"), alterations(connection, "nsg")

    with store.writing() as w:
        one = observed(w, a_record(plenary=a_meeting()))
        two = observed(w, a_record(plenary=a_meeting(24, day=None)), name="other")
        observed(w, a_record(regime="nsg"))
    assert counted() == (0, 0)
    altering = (
        {"record": "{}"}, {"held": True}, {"plenary_id": None}, {"document": "{}"}, {"text_hash": "x"},
        {"parser": "another"}, {"observed_at": NOON + timedelta(days=1)},
    )  # fmt: skip
    for count, values in enumerate(altering, 1):
        with store.writing() as w:
            w.session.execute(update(t.Record).where(t.Record.id == one.id).values(**values))
        assert counted() == (count, 0), values
    with store.writing() as w:
        w.session.execute(
            update(t.Record).where(t.Record.id == two.id).values(title="Another", url="https://x.example")
        )
        w.session.execute(insert(t.EarlierReading).values(
            record_id=one.id, parser="p", text_hash="h", record="{}", document="{}", replaced_at=NOON
        ))  # fmt: skip
    assert counted() == (len(altering), 0)
    with store.writing() as w:
        # The second page says now on which days its meeting was: the meeting is the same, and its label stays.
        w.plenary_of(a_record(plenary=a_meeting(24)))
    assert counted() == (len(altering), 0)
    with store.writing() as w:
        w.session.execute(update(t.Plenary).where(t.Plenary.label == "24").values(label="24a"))
    assert counted() == (len(altering) + 1, 0)


def test_a_meeting_that_gets_its_number_is_told_under_it(store: Store) -> None:
    day = date(2011, 4, 13)
    with store.writing() as w:
        observed(w, a_record(plenary=Plenary(None, "Buenos Aires", "AR", day, day), topics=("missiles",)))
        assert w.told("mtcr", before=9).said == {"2011-04-13": frozenset({"topics:missiles"})}
    with store.writing() as w:
        observed(w, a_record(plenary=a_meeting(25)), name="other")
        assert w.told("mtcr", before=9).said == {"25": frozenset({"topics:missiles"})}


def test_what_was_seen_last_counts_whenever_it_was_written(store: Store) -> None:
    with store.writing() as w:
        observed(w, a_record(plenary=a_meeting(25), member_count=35))
        w.told("mtcr", before=9)
        observed(w, a_record(plenary=a_meeting(25), member_count=34), now=NOON - timedelta(days=100))
        told = w.told("mtcr", before=9)
    assert (told.count, [count for count, _ in told.stated]) == (35, [34, 35])
