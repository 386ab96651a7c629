"""Memberships in two times: what the world was like, and when we knew."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from diffs.change import ChangeKind, Status
from parsers.record import Kind, Member, MembershipDecision, MembershipDecisionKind
from storage import Store
from storage.membership import stated_day
from storage.writing import Writer
from tests.builders.stores import a_change
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


def _history(w: Writer, country: str = "AR") -> list[tuple[date | None, date | None, str, int]]:
    """What is known now of a state, oldest first."""
    rows = [m for m in w.membership_history("mtcr", country) if m.superseded_at is None]
    rows.sort(key=lambda m: (m.valid_to or date.max, m.epoch))
    return [(m.valid_from, m.valid_to, m.basis, m.epoch) for m in rows]


def _list(
    w: Writer, *countries: str, on: date | None, since: str | None = None, now: datetime = NOON,
    doubted: frozenset[str] = frozenset(), decisions: tuple[MembershipDecision, ...] = (),
) -> int:  # fmt: skip
    record = a_record(*countries, since=dict.fromkeys(countries, since) if since else None,
                      membership_decisions=decisions)  # type: ignore[arg-type]  # fmt: skip
    version = a_version(w, record, source=f"s{len(w.versions())}", now=now)
    w.members_listed(record, version.id, stated_on=on, now=now, doubted=doubted)
    return version.id


def _ended(w: Writer, on: date, country: str = "AR", now: datetime = NOON) -> None:
    w.member_left("mtcr", country, on=on, record_id=1, pointer="/x", now=now)


Y = [date(year, 1, 1) for year in range(2000, 2012)]


@pytest.mark.parametrize(
    ("first", "second", "known"),
    [
        # A list says by when, an earlier one says sooner, a later one nothing.
        ((Y[5], None), (Y[3], None), (Y[3], "stated")),
        ((Y[5], None), (Y[7], None), (Y[5], "stated")),
        ((Y[5], None), (None, None), (Y[5], "stated")),
        ((None, None), (Y[3], None), (Y[3], "stated")),
        # A day of joining is surer, sooner or later; once it is known nothing moves it.
        ((Y[5], None), (Y[9], "2007"), (Y[7], "since")),
        ((Y[5], None), (Y[9], "2003"), (Y[3], "since")),
        ((Y[5], None), (Y[9], "2005"), (Y[5], "since")),
        ((None, None), (Y[9], "2003"), (Y[3], "since")),
        ((Y[9], "2005"), (Y[1], None), (Y[5], "since")),
        ((Y[9], "2005"), (Y[9], "2003"), (Y[5], "since")),
        ((Y[9], "2005"), (Y[9], "2007"), (Y[5], "since")),
    ],
)
def test_of_two_lists_the_sooner_and_the_surer_tells_when_a_state_began_to_belong(
    w: Writer, first: tuple[date | None, str | None], second: tuple[date | None, str | None], known: tuple[date, str]
) -> None:
    _list(w, "AR", on=first[0], since=first[1])
    _list(w, "AR", on=second[0], since=second[1], now=LATER)
    assert _history(w) == [(known[0], None, known[1], 0)]


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (Y[1], [(Y[1], Y[6], "stated", 0), (Y[8], None, "stated", 1)]),
        # The day speaks of the membership that it falls into, or of the next one.
        (Y[5], [(Y[4], Y[6], "stated", 0), (Y[8], None, "stated", 1)]),
        (Y[6], [(Y[4], Y[6], "stated", 0), (Y[6], None, "stated", 1)]),
        (Y[7], [(Y[4], Y[6], "stated", 0), (Y[7], None, "stated", 1)]),
        (Y[9], [(Y[4], Y[6], "stated", 0), (Y[8], None, "stated", 1)]),
    ],
)
def test_a_day_speaks_of_the_membership_that_held_on_it_or_began_next(
    w: Writer, day: date, known: list[tuple[date | None, date | None, str, int]]
) -> None:
    _list(w, "AR", on=Y[4])
    _ended(w, Y[6])
    _list(w, "AR", on=Y[8])
    _list(w, "AR", on=day, now=LATER)
    assert _history(w) == known


def test_a_day_of_joining_before_the_last_departure_begins_with_it(w: Writer) -> None:
    _list(w, "AR", on=Y[4])
    _ended(w, Y[6])
    _list(w, "AR", on=Y[8])
    _list(w, "AR", on=Y[10], since="2006")
    assert _history(w)[1] == (Y[6], None, "since", 1)


@pytest.mark.parametrize(
    ("on", "known"),
    [
        # Listed again on or after the day it left: it came back, and not before that day.
        (Y[6], [(Y[4], Y[6], "stated", 0), (Y[6], None, "stated", 1)]),
        (Y[9], [(Y[4], Y[6], "stated", 0), (Y[9], None, "stated", 1)]),
        (None, [(Y[4], Y[6], "stated", 0), (NOON.date(), None, "stated", 1)]),
        (Y[5], [(Y[4], Y[6], "stated", 0)]),
        (Y[2], [(Y[2], Y[6], "stated", 0)]),
    ],
)
def test_a_state_that_left_is_listed_again(
    w: Writer, on: date | None, known: list[tuple[date | None, date | None, str, int]]
) -> None:
    _list(w, "AR", on=Y[4])
    _ended(w, Y[6])
    _list(w, "AR", on=on)
    assert _history(w) == known


def test_a_state_of_which_no_day_is_known_belongs_all_the_same(w: Writer) -> None:
    _list(w, "AR", on=None)
    assert _history(w) == [(None, None, "stated", 0)]
    _ended(w, Y[6])
    assert _history(w) == [(None, Y[6], "stated", 0)]


@pytest.mark.parametrize(
    ("decision", "stated", "known"),
    [
        ({"decided": Y[4], "effective": Y[5]}, Y[6], [(Y[5], None, "effective", 0)]),
        ({"decided": Y[4]}, Y[6], [(Y[4], None, "decided", 0)]),
        ({}, Y[6], [(Y[6], None, "stated", 0)]),
        ({}, None, [(None, None, "stated", 0)]),
    ],
)
@pytest.mark.parametrize("kind", [kind.value for kind in MembershipDecisionKind])
def test_a_decision_begins_a_membership_on_its_surest_day_where_it_admits(
    w: Writer, kind: str, decision: dict[str, date], stated: date | None,
    known: list[tuple[date | None, date | None, str, int]],
) -> None:  # fmt: skip
    made = MembershipDecision(MembershipDecisionKind(kind), ("AR",), **decision)
    _list(w, on=stated, decisions=(made,))
    assert _history(w) == (known if kind in ("admitted", "acceded", "subscribed") else [])


def test_a_decision_without_a_day_says_nothing_more_of_a_member_and_the_next_one_is_still_read(w: Writer) -> None:
    _list(w, "AR", on=Y[6])
    undated = MembershipDecision(MembershipDecisionKind.ADMITTED, ("AR", "BR"))
    invited = MembershipDecision(MembershipDecisionKind.INVITED, ("CL",))
    dated = MembershipDecision(MembershipDecisionKind.ADMITTED, ("IN",), effective=Y[3])
    _list(w, on=Y[2], decisions=(invited, undated, dated), now=LATER)
    assert _history(w) == [(Y[6], None, "stated", 0)]
    assert _history(w, "BR") == [(Y[2], None, "stated", 0)]
    assert _history(w, "IN") == [(Y[3], None, "effective", 0)]
    (brazil,) = w.membership_history("mtcr", "BR")
    assert (brazil.name, brazil.pointer, brazil.record_id) == ("Brazil", "/membership_decisions/1", 2)


def test_a_doubted_state_becomes_no_member_and_stays_one(w: Writer) -> None:
    doubted = frozenset({"AR", "BR"})
    dated = MembershipDecision(MembershipDecisionKind.ADMITTED, ("AR",), effective=Y[3])
    _list(w, "AR", "CL", on=Y[6], doubted=doubted, decisions=(dated,))
    assert (_history(w), _history(w, "CL")) == ([], [(Y[6], None, "stated", 0)])
    _list(w, "AR", on=Y[6])
    _list(w, "AR", on=Y[4], doubted=doubted)
    assert _history(w) == [(Y[4], None, "stated", 0)]
    _ended(w, Y[7])
    _list(w, "AR", on=Y[9], doubted=doubted)
    assert _history(w) == [(Y[4], Y[7], "stated", 0)]


@pytest.mark.parametrize("day", [None, Y[3]])
def test_no_word_begins_a_membership_of_a_doubted_state(w: Writer, day: date | None) -> None:
    said = MembershipDecision(MembershipDecisionKind.ADMITTED, ("AR", "BR"), decided=day)
    _list(w, on=Y[6], doubted=frozenset({"AR"}), decisions=(said,))
    assert (_history(w), len(_history(w, "BR"))) == ([], 1)


@pytest.mark.parametrize("status", list(Status))
def test_a_state_whose_joining_is_held_or_was_rejected_becomes_no_member(w: Writer, status: Status) -> None:
    run = w.begin_run("test", NOON)
    held = a_change(subject="AR", status=status)
    left = a_change(ChangeKind.MEMBER_LEFT, "BR", status=Status.HELD)
    elsewhere = a_change(subject="CL", status=Status.HELD, regime="nsg")
    w.save_changes(run, [held, left, elsewhere], None)
    _list(w, "AR", "BR", "CL", on=Y[6])
    joined = [] if status is not Status.CONFIRMED else ["AR"]
    assert [m.country for m in w.members("mtcr")] == [*joined, "BR", "CL"]


def test_an_unknown_name_on_a_list_keeps_no_later_one_from_belonging(w: Writer) -> None:
    record = a_record("AR", "BR")
    record = msgspec.structs.replace(record, members=(Member(None, "Ruritania"), *record.members))
    w.members_listed(record, a_version(w, record).id, stated_on=Y[6], now=NOON)
    assert [(m.country, m.pointer) for m in w.members("mtcr")] == [("AR", "/members/1"), ("BR", "/members/2")]


def test_a_state_that_is_listed_twice_is_one_member_with_the_surer_day(w: Writer) -> None:
    record = a_record("AR", "AR", "BR")
    members = (record.members[0], Member("AR", "AR", "1993"), record.members[2])
    record = msgspec.structs.replace(record, members=members)
    w.members_listed(record, a_version(w, record).id, stated_on=Y[6], now=NOON)
    assert _history(w) == [(date(1993, 1, 1), None, "since", 0)]
    assert _history(w, "BR") == [(Y[6], None, "stated", 0)]


def test_what_is_known_better_is_never_known_before_it_was_known(w: Writer) -> None:
    _list(w, "AR", on=Y[6], now=NOON)
    _list(w, "AR", on=Y[5], now=NOON)
    _list(w, "AR", on=Y[4], now=NOON - timedelta(hours=1))
    rows = w.membership_history("mtcr", "AR")
    known = sorted((m.observed_at, m.superseded_at or NOON + timedelta(days=9)) for m in rows)
    # Each is known from the moment at which the one before it no longer was.
    assert known[0][0] == NOON
    assert [before[1] for before in known[:-1]] == [after[0] for after in known[1:]]
    assert max(m.observed_at for m in rows) == NOON + timedelta(microseconds=1)


def test_a_joining_or_departure_that_never_was_is_taken_back_by_who_told_it(w: Writer) -> None:
    _list(w, "BR", on=Y[4])
    joined, left = a_change(subject="AR"), a_change(ChangeKind.MEMBER_LEFT, "BR")
    w.member_joined("mtcr", "AR", on=Y[6], record_id=1, pointer="/x", now=NOON)
    w.member_left("mtcr", "BR", on=Y[6], record_id=1, pointer="/x", now=NOON)
    w.membership_was_none(joined, 2, LATER)
    w.membership_was_none(msgspec.structs.replace(joined, subject="CL"), 1, LATER)
    w.membership_was_none(msgspec.structs.replace(joined, subject="BR"), 1, LATER)
    w.membership_was_none(msgspec.structs.replace(left, subject="AR"), 1, LATER)
    w.membership_was_none(msgspec.structs.replace(joined, kind=ChangeKind.TOPIC_ADDED), 1, LATER)
    assert (_history(w), _history(w, "BR")) == ([(Y[6], None, "stated", 0)], [(Y[4], Y[6], "stated", 0)])
    w.membership_was_none(joined, 1, LATER)
    w.membership_was_none(left, 1, LATER)
    assert (_history(w), _history(w, "BR")) == ([], [(Y[4], None, "stated", 0)])
    assert w.members("mtcr", as_of=Y[7], known_at=NOON)[0].country == "AR"
    (was,) = w.membership_history("mtcr", "AR")
    assert was.superseded_at == LATER
    # Of a state that came back, only the last membership is in question.
    _list(w, "AR", on=Y[8], now=LATER)
    w.membership_was_none(joined, 1, LATER)
    assert _history(w) == [(Y[8], None, "stated", 0)]


def test_a_departure_is_never_before_an_earlier_one_nor_ends_before_it_began(w: Writer) -> None:
    _ended(w, Y[5])
    assert w.membership_history("mtcr") == ()
    _list(w, "AR", on=Y[4])
    _ended(w, Y[6])
    _list(w, "AR", on=Y[8])
    _ended(w, Y[5])
    assert _history(w) == [(Y[4], Y[6], "stated", 0), (Y[6], Y[6], "stated", 1)]


def test_a_member_is_renamed_where_it_is_one_and_named_otherwise(w: Writer) -> None:
    _list(w, "TR", on=Y[4])
    w.member_renamed("mtcr", "TR", "TR", 1, "/x", LATER)
    w.member_renamed("mtcr", "AR", "Argentina", 1, "/x", LATER)
    assert len(w.membership_history("mtcr")) == 1
    w.member_renamed("mtcr", "TR", "Türkiye", 1, "/x", LATER)
    before, after = w.membership_history("mtcr")
    assert (before.name, before.superseded_at, after.name, after.observed_at) == ("TR", LATER, "Türkiye", LATER)
    assert (after.valid_from, after.valid_to, after.basis, after.pointer) == (Y[4], None, "stated", "/x")
    _ended(w, Y[6], "TR")
    w.member_renamed("mtcr", "TR", "Turkey", 1, "/x", LATER)
    assert [m.name for m in w.membership_history("mtcr") if m.superseded_at is None] == ["Türkiye"]


def test_members_are_counted_and_told_by_what_is_known(w: Writer) -> None:
    _list(w, "BR", "AR", "CL", on=Y[4])
    _list(w, "IN", on=Y[5], now=LATER)
    _ended(w, Y[6], "CL", now=LATER)
    _ended(w, Y[6], "AR", now=LATER)
    _list(w, "AR", on=Y[8], now=LATER + timedelta(days=1))
    assert [w.count_members("mtcr", known_at=at) for at in (
        NOON - timedelta(seconds=1), NOON, LATER - timedelta(seconds=1), LATER, LATER + timedelta(days=1)
    )] == [0, 3, 3, 2, 3]  # fmt: skip
    assert w.count_members("nsg", known_at=LATER) == 0
    members, ended = w.standing("mtcr")
    assert members == {"AR": ("AR", 1, Y[8]), "BR": ("BR", 0, Y[4]), "IN": ("IN", 0, Y[5])}
    assert ended == {"CL": 1}
    assert w.standing("nsg") == ({}, {})
    _list(w, "CL", on=Y[8], now=LATER)
    _ended(w, Y[9], "CL", now=LATER)
    assert w.standing("mtcr")[1] == {"CL": 2}
    assert [m.country for m in w.members("mtcr")] == ["AR", "BR", "IN"]
    assert [(m.country, m.epoch) for m in w.members("mtcr", as_of=Y[5])] == [
        ("AR", 0), ("BR", 0), ("CL", 0), ("IN", 0),
    ]  # fmt: skip
    assert [m.country for m in w.members("mtcr", as_of=Y[6], known_at=LATER)] == ["BR", "IN"]
    assert {m.country for m in w.membership_history("mtcr")} == {"AR", "BR", "CL", "IN"}
    known = [m.observed_at for m in w.membership_history("mtcr")]
    assert known == sorted(known)
