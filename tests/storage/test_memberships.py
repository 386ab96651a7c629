"""Memberships in two times: what the world was like, and when we knew."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from parsers.record import Kind, MembershipDecision, MembershipDecisionKind
from storage import Store
from storage.membership import stated_day
from storage.writing import Writer
from tests.storage.making import NOON, a_plenary, a_record
from tests.storage.observing import a_version, listed

LATER = NOON + timedelta(days=1)


def codes(store: Store, as_of: date | None = None, known_at: datetime | None = None) -> set[str]:
    with store.reading() as r:
        return {m.country for m in r.members("mtcr", as_of=as_of, known_at=known_at)}


def left(store: Store, country: str, on: date, now: datetime) -> None:
    with store.writing() as w:
        version = a_version(w, a_record(), source="departures", now=now)
        w.member_left("mtcr", country, on=on, record_id=version.id, pointer="/member_count", now=now)


def test_a_listed_state_is_a_member_from_the_day_of_the_list(store: Store) -> None:
    listed(store, a_record("AR", "BR"), on=date(2011, 4, 15))
    assert codes(store, date(2011, 4, 15)) == {"AR", "BR"}
    assert codes(store, date(2011, 4, 14)) == set()


def test_what_was_known_yesterday_is_told_as_it_was_known(store: Store) -> None:
    listed(store, a_record("AR"), on=date(2011, 4, 15), now=NOON)
    listed(store, a_record("AR", "IN"), on=date(2016, 6, 27), now=LATER, source="second")
    assert codes(store, date(2017, 1, 1), known_at=NOON) == {"AR"}
    assert codes(store, date(2017, 1, 1), known_at=LATER) == {"AR", "IN"}


def test_an_older_list_that_arrives_late_moves_the_beginning_back_and_keeps_what_was_known(store: Store) -> None:
    listed(store, a_record("AR"), on=date(2011, 4, 15), now=NOON)
    listed(store, a_record("AR"), on=date(2009, 11, 13), now=LATER, source="late")
    assert codes(store, date(2010, 1, 1)) == {"AR"}
    assert codes(store, date(2010, 1, 1), known_at=NOON) == set()


def test_the_day_of_joining_that_a_page_gives_outweighs_the_day_of_a_list(store: Store) -> None:
    listed(store, a_record("AR", since={"AR": "1993"}), on=date(2011, 4, 15))
    listed(store, a_record("AR"), on=date(1990, 1, 1), now=LATER, source="late")
    with store.reading() as r:
        (row,) = r.members("mtcr")
    assert (row.valid_from, row.basis) == (date(1993, 1, 1), "since")


def test_an_admission_counts_from_its_effective_day(store: Store) -> None:
    decision = MembershipDecision(
        MembershipDecisionKind.ADMITTED, ("IN",), decided=date(2016, 6, 7), effective=date(2016, 6, 27)
    )
    listed(store, a_record(membership_decisions=(decision,)), on=date(2016, 10, 21))
    with store.reading() as r:
        (row,) = r.members("mtcr")
    assert (row.country, row.valid_from, row.basis, row.pointer) == (
        "IN", date(2016, 6, 27), "effective", "/membership_decisions/0",
    )  # fmt: skip


def test_absence_from_a_list_ends_nothing(store: Store) -> None:
    listed(store, a_record("AR", "BR"), on=date(2011, 4, 15))
    listed(store, a_record("AR"), on=date(2012, 4, 15), now=LATER)
    assert codes(store, date(2012, 6, 1)) == {"AR", "BR"}


def test_a_confirmed_departure_ends_it_on_its_day(store: Store) -> None:
    listed(store, a_record("RU"), on=date(2011, 4, 15))
    left(store, "RU", date(2023, 5, 1), LATER)
    assert codes(store, date(2023, 4, 30)) == {"RU"}
    assert codes(store, date(2023, 5, 1)) == set()
    assert codes(store) == set()


def test_a_list_from_before_a_departure_does_not_bring_the_state_back(store: Store) -> None:
    listed(store, a_record("RU"), on=date(2011, 4, 15))
    left(store, "RU", date(2023, 5, 1), LATER)
    listed(store, a_record("RU"), on=date(2009, 1, 1), now=LATER + timedelta(days=1), source="late")
    assert codes(store) == set()
    assert codes(store, date(2009, 6, 1)) == {"RU"}


def test_a_state_that_comes_back_has_a_second_membership(store: Store) -> None:
    listed(store, a_record("RU"), on=date(2011, 4, 15))
    left(store, "RU", date(2023, 5, 1), LATER)
    listed(store, a_record("RU"), on=date(2025, 1, 1), now=LATER + timedelta(days=1), source="again")
    assert codes(store, date(2024, 1, 1)) == set()
    assert codes(store, date(2025, 1, 1)) == {"RU"}
    with store.reading() as r:
        (row,) = r.members("mtcr")
    assert row.epoch == 1


def test_a_new_name_is_the_same_membership(store: Store) -> None:
    version = listed(store, a_record("TR"), on=date(2011, 4, 15))
    with store.writing() as w:
        w.member_renamed("mtcr", "TR", "Türkiye", version.id, "/members/0", LATER)
    with store.reading() as r:
        (row,) = r.members("mtcr")
        (before,) = r.members("mtcr", known_at=NOON)
    assert (row.name, row.epoch, row.valid_from) == ("Türkiye", 0, date(2011, 4, 15))
    assert before.name == "TR"


def test_each_row_points_to_the_words_that_state_it(store: Store) -> None:
    version = listed(store, a_record("AR", "BR"), on=date(2011, 4, 15))
    with store.reading() as r:
        rows = r.members("mtcr")
    assert [(m.record_id, m.pointer, m.quote) for m in rows] == [
        (version.id, "/members/0", "AR"),
        (version.id, "/members/1", "BR"),
    ]


@pytest.mark.fault("H10")
def test_a_clock_set_back_does_not_rewrite_what_was_known(store: Store) -> None:
    listed(store, a_record("AR"), on=date(2011, 4, 15), now=NOON)
    listed(store, a_record("AR"), on=date(2009, 1, 1), now=NOON - timedelta(hours=1), source="late")
    with store.reading() as r:
        (as_known,) = r.members("mtcr", known_at=NOON)
        (now,) = r.members("mtcr")
    assert as_known.valid_from == date(2011, 4, 15)
    assert now.valid_from == date(2009, 1, 1)


@pytest.mark.fault("H11")
def test_the_hour_that_comes_twice_in_autumn_is_two_hours(store: Store) -> None:
    summer = datetime.fromisoformat("2011-10-30T02:30:00+02:00")
    winter = datetime.fromisoformat("2011-10-30T02:30:00+01:00")
    listed(store, a_record("AR"), on=date(2011, 4, 15), now=summer)
    listed(store, a_record("BR"), on=date(2011, 4, 15), now=winter, source="second")
    assert codes(store, known_at=summer) == {"AR"}
    assert codes(store, known_at=winter) == {"AR", "BR"}


@pytest.mark.fault("H12")
def test_a_membership_may_begin_on_a_leap_day(store: Store) -> None:
    listed(store, a_record("AR", since={"AR": "2012-02-29"}), on=date(2012, 3, 1))
    assert codes(store, date(2012, 2, 28)) == set()
    assert codes(store, date(2012, 2, 29)) == {"AR"}


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="zone"), store.writing() as w:
        w.begin_run("test", datetime(2011, 4, 18, 12))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("begin", "end"), [("'2012-01-01'", "NULL"), ("NULL", "'2012-01-01'"), ("'2011-05-01'", "'2011-06-01'")]
)
def test_the_database_refuses_memberships_that_overlap(store: Store, begin: str, end: str) -> None:
    listed(store, a_record("AR"), on=date(2011, 4, 15))
    row = (
        "INSERT INTO memberships (regime, country, name, epoch, valid_from, valid_to, basis, observed_at, record_id,"
        f" pointer) SELECT regime, country, name, 1, {begin}, {end}, basis, observed_at, record_id, pointer"
        " FROM memberships"
    )
    with pytest.raises(IntegrityError, match="overlap"), store.engine.begin() as connection:
        connection.execute(text(row))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE memberships SET valid_from = '1990-01-01'",
        "DELETE FROM memberships",
        "DELETE FROM records",
        "DELETE FROM fetches",
        "DELETE FROM blobs",
    ],
)
def test_the_database_refuses_to_forget(store: Store, statement: str) -> None:
    listed(store, a_record("AR"), on=date(2011, 4, 15))
    with pytest.raises(IntegrityError, match="never"), store.engine.begin() as connection:
        connection.execute(text(statement))
    assert codes(store) == {"AR"}


_DAYS = st.dates(date(1987, 1, 1), date(2030, 12, 31))
_EVENTS = st.lists(
    st.tuples(st.sampled_from(["listed", "listed", "left", "joined"]), st.sampled_from(["AR", "BR"]), _DAYS,
              st.integers(-3, 6)),
    min_size=1, max_size=10,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(events=_EVENTS)
def test_whatever_the_order_intervals_never_overlap_and_the_past_is_told_as_before(
    sqlite_model: Path, events: list[tuple[str, str, date, int]]
) -> None:
    days = [date(1990, 1, 1), date(2005, 6, 1), date(2020, 1, 1)]
    with TemporaryDirectory() as folder, Store.open(f"sqlite:///{copy(sqlite_model, folder)}") as store:
        clock = datetime(2031, 1, 1, tzinfo=UTC)
        told: list[tuple[datetime, list[set[str]]]] = []
        for i, (kind, country, day, hours) in enumerate(events):
            clock += timedelta(hours=max(hours, 0), seconds=1)
            with store.writing() as w:
                record = a_record(country)
                version = a_version(w, record, source=f"s{i}", now=clock)
                if kind == "listed":
                    w.members_listed(record, version.id, stated_on=day, now=clock)
                elif kind == "left":
                    w.member_left("mtcr", country, on=day, record_id=version.id, pointer="/members/0", now=clock)
                else:
                    w.member_joined("mtcr", country, on=day, record_id=version.id, pointer="/members/0", now=clock)
            told.append((clock, [codes(store, d, clock) for d in days]))
        assert [[codes(store, d, moment) for d in days] for moment, _ in told] == [answer for _, answer in told]


def test_a_joining_begins_once_and_never_before_the_state_had_left(w: Writer) -> None:
    version = a_version(w, a_record())
    told = {"record_id": version.id, "pointer": "/x", "now": NOON}
    w.member_joined("mtcr", "IN", on=date(2016, 6, 27), **told)  # type: ignore[arg-type]
    w.member_joined("mtcr", "IN", on=date(2011, 1, 1), **told)  # type: ignore[arg-type]
    (row,) = w.members("mtcr")
    assert (row.country, row.name, row.valid_from, row.epoch, row.basis) == (
        "IN",
        "India",
        date(2016, 6, 27),
        0,
        "stated",
    )
    w.member_left("mtcr", "IN", on=date(2018, 1, 1), **told)  # type: ignore[arg-type]
    w.member_left("mtcr", "IN", on=date(2019, 1, 1), **told)  # type: ignore[arg-type]
    assert [m.valid_to for m in w.members("mtcr", as_of=date(2017, 1, 1))] == [date(2018, 1, 1)]
    w.member_joined("mtcr", "IN", on=date(2017, 1, 1), **told)  # type: ignore[arg-type]
    (row,) = w.members("mtcr", as_of=date(2020, 1, 1))
    assert (row.valid_from, row.valid_to, row.epoch) == (date(2018, 1, 1), None, 1)
    # A departure before its joining leaves a membership of no day, not one that ends before it begins.
    w.member_left("mtcr", "IN", on=date(2016, 1, 1), **told)  # type: ignore[arg-type]
    assert w.members("mtcr", as_of=date(2020, 1, 1)) == ()
    assert [m.country for m in w.members("mtcr", as_of=date(2017, 1, 1))] == ["IN"]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("1993", date(1993, 1, 1)),
        ("1993-05", date(1993, 5, 1)),
        ("1993-05-04", date(1993, 5, 4)),
        (None, date(2011, 4, 15)),
    ],
)
def test_a_list_that_gives_since_when_is_believed_to_its_first_day(
    w: Writer, since: str | None, expected: date
) -> None:
    record = a_record("AR", since={"AR": since} if since else None)
    version = a_version(w, record)
    w.members_listed(record, version.id, stated_on=date(2011, 4, 15), now=NOON)
    (row,) = w.members("mtcr", as_of=date(2011, 5, 1))
    assert (row.valid_from, row.basis) == (expected, "since" if since else "stated")


@pytest.mark.parametrize(
    ("kind", "source", "fields", "day"),
    [
        (
            Kind.STATEMENT,
            "statement",
            {"plenary": a_plenary(1, date(2011, 4, 11), end=date(2011, 4, 15))},
            date(2011, 4, 15),
        ),
        (Kind.STATEMENT, "statement", {"plenary": a_plenary(1, date(2011, 4, 11), end=None)}, date(2011, 4, 11)),
        (Kind.STATEMENT, "statement", {"published": date(2011, 5, 1)}, date(2011, 5, 1)),
        (Kind.STATEMENT, "statement", {}, NOON.date()),
        (Kind.MEMBERS, "statement", {"plenary": a_plenary(1, date(2011, 4, 11))}, NOON.date()),
        (Kind.STATEMENT, "members", {"plenary": a_plenary(1, date(2011, 4, 11))}, NOON.date()),
        (Kind.MEMBERS, "members", {"published": date(2011, 5, 1)}, date(2011, 5, 1)),
    ],
)
def test_a_list_holds_for_its_plenarys_last_day_or_the_day_it_was_published_or_seen(
    kind: Kind, source: str, fields: dict[str, object], day: date
) -> None:
    assert stated_day(a_record(kind=kind, **fields), source, NOON) == day
