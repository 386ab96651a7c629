"""What a source said, when, and which of it counts: the questions about versions, and the verbs that make them."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy import select, text

from diffs.change import ChangeKind, Status
from parsers.record import (
    Concern,
    Decision,
    Evidence,
    Kind,
    Meeting,
    MembershipDecision,
    MembershipDecisionKind,
    Officer,
    OfficerRole,
    Participant,
    Plenary,
    Record,
    Resolution,
)
from storage import tables as t
from storage.searching import search
from storage.store import Store
from storage.values import Attempt, RunView, SourceRef, State, Told, Version
from storage.writing import Writer, text_hash
from tests.builders.stores import a_change
from tests.storage.making import NOON, a_document, a_plenary, a_record
from tests.storage.observing import a_version

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def on(ordinal: int, **fields: object) -> Record:
    return a_record(plenary=a_plenary(ordinal, date(1986 + ordinal, 4, 13)), **fields)


def said(w: Writer, source: str, after: timedelta, ordinal: int = 25, held: bool = False) -> Version:
    """A version of *source* in words of its own, seen so long after noon."""
    words = f"{source} {after} {len(w.versions())}"
    version = a_version(w, on(ordinal), source=source, document=a_document(words), now=NOON + after)
    if held:
        w.hold(version.id)
    return version


def ids(versions: tuple[Version, ...]) -> list[int]:
    return [version.id for version in versions]


def source_of(w: Writer, name: str, regime: str = "mtcr") -> SourceRef:
    found = w.source(regime, name)
    assert found is not None
    return found


def test_a_version_comes_back_whole_from_whatever_question(w: Writer) -> None:
    record = on(
        25,
        published=date(2011, 4, 16),
        title="Statement",
        officers=(Officer(OfficerRole.CHAIR, "Ana Paz", "Amb.", "AR"),),
    )
    made = a_version(w, record, document=a_document("The Annex."), now=NOON + DAY)
    source = source_of(w, "page")
    assert (made.source, made.regime, made.url, made.content_type, made.held, made.observed_at, made.plenary) == (
        "page", "mtcr", "https://example.org/page", "text/plain", False, NOON + DAY, "25",
    )  # fmt: skip
    assert (made.record, made.document, made.text_hash) == (record, a_document("The Annex."), text_hash(made.document))
    assert w.version(made.id) == w.latest_version(source.id) == made
    assert w.versions() == w.current_versions("mtcr", "25") == (made,)
    row = w.session.get_one(t.Record, made.id)
    w.session.refresh(row)
    assert (row.kind, row.title, row.published, row.parser, row.fetch_id) == (
        "statement", "Statement", date(2011, 4, 16), "test 1", 1,
    )  # fmt: skip
    officer = w.session.execute(select(t.OfficerRow.__table__)).one()
    assert tuple(officer) == (1, made.id, 0, "mtcr", "chair", "Ana Paz", "Amb.", "AR")
    locator = w.session.execute(select(t.Locator.__table__)).one()
    assert tuple(locator) == (1, made.text_hash, made.url, NOON + DAY, made.id)


def test_what_is_cited_is_kept_in_its_order_with_all_of_its_name(w: Writer) -> None:
    cited = (Resolution(1540, 2004, "S/RES/1540 (2004)"), Resolution(64, None, "A/RES/64", body="UNGA"))
    version = a_version(w, a_record(resolutions=cited))
    assert [tuple(row) for row in w.session.execute(select(t.Citation.__table__).order_by(t.Citation.id))] == [
        (1, version.id, 0, "mtcr", "UNSC", 1540, 2004, "S/RES/1540 (2004)"),
        (2, version.id, 1, "mtcr", "UNGA", 64, None, "A/RES/64"),
    ]


def test_a_hash_that_is_known_is_not_made_again(w: Writer) -> None:
    version = a_version(w, a_record())
    ref = source_of(w, "page")
    other = w.save_version(
        ref, 1, sha256=version.sha256, url=ref.url, content_type=None, document=a_document("x"), record=a_record(),
        now=NOON, digest="given",
    )  # fmt: skip
    assert (other.text_hash, other.content_type, other.plenary) == ("given", None, None)
    assert w.latest_hash(ref.id) == "given"


def test_the_latest_is_what_was_written_last_or_seen_last_at_a_moment(w: Writer) -> None:
    first, late, past = said(w, "page", DAY), said(w, "page", 2 * DAY), said(w, "page", timedelta())
    same = said(w, "page", 2 * DAY)
    said(w, "other", 9 * DAY)
    source = source_of(w, "page").id

    def latest(**options: object) -> int | None:
        found = w.latest_version(source, **options)  # type: ignore[arg-type]
        return found.id if found else None

    assert latest() == same.id
    assert latest(before=same.id) == past.id
    assert latest(before=first.id) is None
    assert latest(seen_by=NOON + 2 * DAY) == same.id
    assert latest(seen_by=NOON + 2 * DAY - SECOND) == first.id
    assert latest(seen_by=NOON) == past.id
    assert latest(seen_by=NOON - SECOND) is None
    assert latest(seen_by=NOON + 2 * DAY, before=same.id) == late.id
    w.hold(same.id)
    assert (latest(), latest(believed=True)) == (same.id, past.id)
    assert latest(believed=True, seen_by=NOON + 9 * DAY) == late.id
    assert latest(believed=True, before=past.id) == late.id
    hashes = {v.id: v.text_hash for v in w.versions()}
    assert w.latest_hash(source) == hashes[same.id]
    assert w.latest_hash(source, NOON + DAY) == hashes[first.id]
    assert w.latest_hash(source, NOON - SECOND) is w.latest_hash(99) is None
    assert w.latest_version(99) is None
    assert (w.latest_is_held(source), w.latest_is_held(source_of(w, "other").id), w.latest_is_held(99)) == (
        True, False, False,
    )  # fmt: skip
    assert (w.count_versions(source), w.count_versions(99)) == ((4, 3), (0, 0))


def test_versions_are_told_as_they_were_seen_of_a_regime_a_source_or_a_meeting(w: Writer) -> None:
    late, early = said(w, "page", DAY, 25), said(w, "page", timedelta(), 24)
    same = said(w, "other", DAY, 25)
    nsg = a_version(w, a_record(regime="nsg", plenary=a_plenary(25)), source="page", now=NOON + 2 * DAY)
    assert ids(w.versions()) == [early.id, late.id, same.id, nsg.id]
    assert ids(w.versions("mtcr")) == [early.id, late.id, same.id]
    assert ids(w.versions(source_id=source_of(w, "page").id)) == [early.id, late.id]
    assert ids(w.versions(plenary="25")) == [late.id, same.id, nsg.id]
    assert ids(w.versions("mtcr", plenary="25", source_id=source_of(w, "other").id)) == [same.id]
    assert w.versions("zc") == ()


def test_of_each_page_on_a_meeting_the_newest_believed_version_counts(w: Writer) -> None:
    said(w, "one", DAY)
    newest = said(w, "one", 3 * DAY)
    said(w, "one", 2 * DAY)
    said(w, "one", 4 * DAY, held=True)
    said(w, "one", 5 * DAY, ordinal=26)
    said(w, "two", timedelta())
    tied = said(w, "two", timedelta())
    last = said(w, "three", 3 * DAY)
    said(w, "held", DAY, held=True)
    a_version(w, a_record(regime="nsg", plenary=a_plenary(25)), source="one", now=NOON + 9 * DAY)
    assert ids(w.current_versions("mtcr", "25")) == [tied.id, newest.id, last.id]
    assert w.current_versions("mtcr", "27") == ()
    for source, most, expected in (
        ("one", 9, [tied, last]), ("three", 9, [tied, newest]), ("held", 9, [tied, newest, last]),
        ("held", 2, [newest, last]), ("held", 1, [last]), ("one", 1, [last]),
    ):  # fmt: skip
        found = w.other_records("mtcr", "25", source_of(w, source).id, most=most)
        assert found == tuple(version.record for version in expected), (source, most)
    assert w.other_records("mtcr", "27", 1, most=9) == ()


def test_other_records_are_told_in_the_order_in_which_they_were_seen(w: Writer) -> None:
    for source, after, count in (("a", 3 * DAY, 1), ("b", DAY, 2), ("c", 2 * DAY, 3), ("d", 2 * DAY, 4)):
        a_version(w, on(25, member_count=count), source=source, document=a_document(source), now=NOON + after)
    assert [r.member_count for r in w.other_records("mtcr", "25", 99, most=9)] == [2, 3, 4, 1]


def test_what_another_parser_read_is_found(w: Writer) -> None:
    a_version(w, a_record(), source="one")
    other = a_version(w, a_record(parser="test 2"), source="two")
    a_version(w, a_record(parser="test 2", regime="nsg"), source="three")
    assert w.read_by_others("mtcr", "test 1") == {other.id}
    assert w.read_by_others("mtcr", "test 3") == {1, other.id}
    assert w.read_by_others("zc", "test 1") == frozenset()


def test_a_version_is_the_newest_until_its_own_source_says_something(w: Writer) -> None:
    one, other = said(w, "one", DAY), said(w, "other", DAY)
    assert w.is_newest(one)
    again = said(w, "one", timedelta())
    assert [w.is_newest(version) for version in (one, other, again)] == [False, True, True]


# Runs and sources


def test_a_run_goes_on_until_it_is_ended_or_lost(w: Writer) -> None:
    old, young, backfill, done = (
        w.begin_run("monitor", NOON - DAY), w.begin_run("monitor", NOON), w.begin_run("backfill", NOON - DAY),
        w.begin_run("monitor", NOON - 2 * DAY),
    )  # fmt: skip
    assert len({old, young, backfill, done}) == 4
    assert len(old) == 32
    w.end_run(done, "failed", "a reason", NOON - DAY)
    assert w.close_lost_runs("monitor", NOON, NOON + DAY) == 1
    assert w.close_lost_runs("monitor", NOON, NOON + DAY) == 0
    lost = "its worker was lost; a later run did its work"
    assert {run.id: run for run in w.runs()} == {
        young: RunView(young, "monitor", NOON, None, "running", ""),
        old: RunView(old, "monitor", NOON - DAY, NOON + DAY, "crashed", lost),
        backfill: RunView(backfill, "backfill", NOON - DAY, None, "running", ""),
        done: RunView(done, "monitor", NOON - 2 * DAY, NOON - DAY, "failed", "a reason"),
    }
    assert [run.id for run in w.runs()] == [young, *sorted((old, backfill)), done]
    assert [run.id for run in w.runs(1)] == [young]
    w.end_run(old, "completed", "", NOON + 2 * DAY)
    assert next(run.state for run in w.runs() if run.id == old) == "completed"


def test_the_last_fifty_runs_are_shown(w: Writer) -> None:
    for n in range(51):
        w.begin_run("monitor", NOON + n * DAY)
    shown = w.runs()
    assert (len(shown), shown[0].started_at, shown[-1].started_at) == (50, NOON + 50 * DAY, NOON + DAY)


def test_a_source_is_made_once_and_a_found_one_stays_where_it_was(w: Writer) -> None:
    def found(name: str, url: str, kind: str = "index", **more: object) -> SourceRef:
        return w.found_source("mtcr", name, kind, url, baseline=True, now=NOON, **more)  # type: ignore[arg-type]

    index = found("index", "https://e.org/1")
    assert index == SourceRef(1, "mtcr", "index", "index", "https://e.org/1", None, None, True, NOON)
    child = found("child", "https://e.org/c", "statement", parent=index.id, title="A title")
    assert (child.parent, child.title) == (index.id, "A title")
    assert found("child", "https://e.org/moved", "feed", parent=index.id) == child
    moved = w.found_source("mtcr", "index", "feed", "https://e.org/2", baseline=False, now=NOON + DAY)
    assert (moved.id, moved.kind, moved.url, moved.baseline, moved.first_seen) == (
        1,
        "feed",
        "https://e.org/2",
        True,
        NOON,
    )
    nsg = w.found_source("nsg", "index", "index", "https://e.org/n", baseline=False, now=NOON)
    assert nsg.id not in (index.id, child.id)
    assert w.source("mtcr", "index") == moved
    assert w.source("zc", "index") is w.source("mtcr", "none") is None
    other = found("other", "https://e.org/o", "statement", parent=index.id)
    assert w.children(index.id) == (child, other)
    assert w.children(child.id) == ()


def test_a_source_is_shown_with_how_it_stands_what_it_said_and_what_went_wrong_last(w: Writer) -> None:
    said(w, "one", DAY)
    said(w, "one", 2 * DAY)
    one = source_of(w, "one")
    w.set_state(one.id, State(checks=2, last_verified=NOON))
    nsg = w.found_source("nsg", "two", "statement", "https://e.org/2", baseline=False, now=NOON)
    run = w.begin_run("test", NOON)
    failed = Attempt("https://e.org/2", "https://e.org/2", None, "failed", NOON, error="no answer")
    w.fetch(run, nsg.id, failed)
    shown = w.sources()
    assert [(s.source, s.state, s.versions, s.last_error) for s in shown] == [
        (one, State(checks=2, last_verified=NOON), 2, None), (nsg, State(), 0, "no answer"),
    ]  # fmt: skip
    assert w.sources("nsg") == shown[1:]
    w.fetch(
        run, nsg.id, Attempt("https://e.org/x", "https://e.org/y", 403, "blocked", NOON + DAY, error="answered 403")
    )
    assert w.last_error(nsg.id) == "answered 403"
    assert w.fetched(nsg.id) == {("https://e.org/x", NOON + DAY)}
    w.fetch(run, nsg.id, Attempt("https://e.org/2", "https://e.org/2", 200, "good", NOON + DAY))
    assert w.last_error(nsg.id) is w.last_error(99) is None
    assert w.fetched(nsg.id) == {("https://e.org/x", NOON + DAY), ("https://e.org/2", NOON + DAY)}
    assert w.fetched(99) == frozenset()


def test_a_fetch_is_kept_with_all_that_came_of_it(w: Writer) -> None:
    source = w.found_source("mtcr", "page", "statement", "https://e.org/p", baseline=False, now=NOON)
    run = w.begin_run("test", NOON)
    attempt = Attempt(
        "https://e.org/p", "https://e.org/q", 200, "good", NOON + DAY, None, ("https://e.org/p",), {"ETag": '"x"'},
        "ab" * 32, 7, 1.5,
    )  # fmt: skip
    assert (w.fetch(run, source.id, attempt), w.fetch(run, source.id, attempt)) == (1, 2)
    row = w.session.get_one(t.Fetch, 1)
    assert (row.run_id, row.source_id, row.url, row.final_url, row.status, row.verdict, row.fetched_at) == (
        run, source.id, "https://e.org/p", "https://e.org/q", 200, "good", NOON + DAY,
    )  # fmt: skip
    assert (row.hops, row.headers, row.sha256, row.elapsed, row.error) == (
        '["https://e.org/p"]', '{"ETag":"\\"x\\""}', "ab" * 32, 1.5, None,
    )  # fmt: skip
    blob = w.session.get_one(t.Blob, "ab" * 32)
    assert (blob.size, blob.first_seen) == (7, NOON + DAY)


# Changes and decisions on them


def test_a_change_is_kept_with_what_tells_of_it(w: Writer) -> None:
    version = said(w, "page", DAY)
    first, second = w.begin_run("monitor", NOON), w.begin_run("monitor", NOON)
    joined, left = a_change(), a_change(ChangeKind.MEMBER_LEFT, "BR", observed_at=NOON + DAY, regime="nsg")
    assert w.save_changes(first, [joined, left], version.id) == (joined, left)
    row = w.session.scalars(select(t.ChangeRow).order_by(t.ChangeRow.id)).first()
    assert row is not None
    assert (row.key, row.kind, row.severity, row.regime, row.subject, row.status, row.observed_at, row.run_id) == (
        joined.key, "member_joined", "critical", "mtcr", "IN", "confirmed", joined.observed_at, first,
    )  # fmt: skip
    assert w.changes() == (joined, left)
    assert w.changes("nsg") == (left,)
    assert w.changes(run=second) == w.changes("mtcr", run=second) == ()
    assert w.changes("mtcr", run=first) == (joined,)
    assert w.changes_of_version(version.id) == (joined, left)
    assert w.changes_of_version(99) == ()
    assert (w.version_behind(joined.key), w.version_behind("none")) == (version.id, None)
    assert w.known_keys([joined.key, "none"]) == {joined.key}
    assert w.known_keys([]) == frozenset()


def test_a_change_that_carries_no_time_is_not_kept(sqlite_store: Store) -> None:
    untimed = msgspec.structs.replace(a_change(subject="CL"), observed_at=None)
    with pytest.raises(ValueError, match=f"^change {untimed.key} carries no time$"), sqlite_store.writing() as w:
        w.save_changes(w.begin_run("monitor", NOON), [untimed], None)


def test_a_held_change_that_comes_again_is_new_only_as_a_confirmed_one(w: Writer) -> None:
    first, second, third = (w.begin_run("monitor", NOON) for _ in range(3))
    held = a_change(status=Status.HELD)
    assert w.save_changes(first, [held], None) == (held,)
    assert w.held_subjects("mtcr", ChangeKind.MEMBER_JOINED) == {"IN"}
    assert (
        w.held_subjects("mtcr", ChangeKind.MEMBER_LEFT)
        == w.held_subjects("nsg", ChangeKind.MEMBER_JOINED)
        == frozenset()
    )
    assert w.save_changes(second, [held], None) == ()
    sure = a_change(after={"x": 1})
    assert w.save_changes(second, [sure], None) == (sure,)
    assert w.save_changes(third, [sure, held], None) == ()
    assert w.changes(run=second) == (sure,)
    assert w.changes(run=first) == ()
    assert w.held_subjects("mtcr", ChangeKind.MEMBER_JOINED) == frozenset()


def test_a_decision_is_kept_with_who_took_it_and_why(w: Writer) -> None:
    held, other = a_change(status=Status.HELD), a_change(subject="BR", status=Status.HELD)
    w.save_changes(w.begin_run("monitor", NOON), [held, other], None)
    decided = w.review(held.key[:9], Status.CONFIRMED, who="A. Reader", why="seen", now=NOON + DAY)
    assert decided == msgspec.structs.replace(held, status=Status.CONFIRMED)
    assert w.changes() == (decided, other)
    assert [tuple(row) for row in w.session.execute(select(t.Review.__table__))] == [
        (1, held.key, "confirmed", "A. Reader", "seen", NOON + DAY)
    ]
    # What a row says inside is what it says outside.
    (row, _) = w.session.scalars(select(t.ChangeRow).order_by(t.ChangeRow.id)).all()
    assert '"status":"confirmed"' in row.change
    assert row.status == "confirmed"


def test_a_confirmed_change_can_be_rejected_and_a_rejected_one_nothing(w: Writer) -> None:
    version = said(w, "page", DAY)
    joined = a_change()
    w.save_changes(w.begin_run("monitor", NOON), [joined], version.id)
    w.member_joined("mtcr", "IN", on=date(2011, 4, 15), record_id=version.id, pointer="/x", now=NOON)
    w.review(joined.key, Status.REJECTED, who="", why="", now=NOON + DAY)
    assert w.members("mtcr") == ()
    for decision in (Status.CONFIRMED, Status.REJECTED):
        with pytest.raises(Exception, match="not held"):
            w.review(joined.key, decision, who="", why="", now=NOON)


def test_a_held_joining_that_is_rejected_ends_no_membership(w: Writer) -> None:
    version = said(w, "page", DAY)
    held = a_change(status=Status.HELD)
    w.save_changes(w.begin_run("monitor", NOON), [held], version.id)
    w.member_joined("mtcr", "IN", on=date(2011, 4, 15), record_id=version.id, pointer="/x", now=NOON)
    w.review(held.key, Status.REJECTED, who="", why="", now=NOON + DAY)
    assert [m.country for m in w.members("mtcr")] == ["IN"]


def test_a_drift_frees_what_was_held_from_it_on_and_no_more(w: Writer) -> None:
    before = said(w, "page", timedelta(), held=True)
    drifted = [said(w, "page", n * DAY, held=True) for n in (1, 2)]
    elsewhere = said(w, "other", DAY, held=True)
    believed = said(w, "page", 3 * DAY)
    later = said(w, "page", 4 * DAY, held=True)
    drift = a_change(ChangeKind.SOURCE_DRIFT, "https://example.org/page", status=Status.HELD)
    joined = a_change(status=Status.HELD)
    run = w.begin_run("monitor", NOON)
    w.save_changes(run, [drift], drifted[0].id)
    w.save_changes(run, [joined], later.id)
    assert ids(w.held_for(drift.key)) == ids(tuple(drifted))
    assert ids(w.held_for(drift.key[:7])) == ids(tuple(drifted))
    assert w.held_for(joined.key) == w.held_for("none") == ()
    w.review(joined.key, Status.CONFIRMED, who="", why="", now=NOON)
    assert w.version(later.id).held
    w.review(drift.key, Status.CONFIRMED, who="", why="", now=NOON)
    assert {v.id for v in w.versions() if v.held} == {before.id, elsewhere.id, later.id}
    assert not w.version(believed.id).held


def test_a_drift_that_is_rejected_frees_nothing(w: Writer) -> None:
    version = said(w, "page", timedelta(), held=True)
    drift = a_change(ChangeKind.SOURCE_DRIFT, "https://example.org/page", status=Status.HELD)
    w.save_changes(w.begin_run("monitor", NOON), [drift], version.id)
    w.review(drift.key, Status.REJECTED, who="", why="", now=NOON)
    assert w.version(version.id).held
    w.hold(version.id, False)
    assert not w.version(version.id).held


def test_alerts_are_asked_for_by_run_by_id_by_change_and_by_who_read_them(w: Writer) -> None:
    runs = [w.begin_run("monitor", NOON) for _ in range(2)]
    changes = [
        a_change(), a_change(subject="BR", status=Status.HELD),
        a_change(ChangeKind.SOURCE_UNREACHABLE, "https://e.org/x"), a_change(subject="CL"),
    ]  # fmt: skip
    for n, change in enumerate(changes):
        w.save_changes(runs[n % 2], [change], None)
        w.save_alert(change, audience="all", sentence=f"{n}", channels=["b", "a"], now=NOON + n * DAY)
    first = w.alerts()[0]
    assert (first.id, first.audience, first.sentence, first.created_at, first.acknowledged_at) == (
        1,
        "all",
        "0",
        NOON,
        None,
    )
    assert (first.change, [d.channel for d in first.deliveries]) == (changes[0], ["b", "a"])
    assert [a.id for a in w.alerts()] == [1, 2, 3, 4]
    assert [a.id for a in w.alerts(run=runs[1])] == [2, 4]
    assert [a.id for a in w.alerts(ids=[3, 1, 9])] == [1, 3]
    assert w.alerts(ids=[]) == ()
    assert [a.id for a in w.lasting_alerts()] == [2, 3]
    w.acknowledge(2, NOON)
    assert [a.id for a in w.alerts(unacknowledged=True)] == [1, 3, 4]
    assert [a.id for a in w.lasting_alerts()] == [3]
    assert (found := w.alert_on(changes[3].key)) is not None
    assert (found.id, [d.alert for d in found.deliveries]) == (4, [4, 4])
    assert w.alert_on("none") is None
    # Its status is the present one.
    w.review(changes[1].key, Status.CONFIRMED, who="", why="", now=NOON)
    assert w.alerts(ids=[2])[0].change.status is Status.CONFIRMED


# What was told before


def test_what_was_told_is_drawn_from_every_field_that_tells(w: Writer) -> None:
    decisions = (
        MembershipDecision(MembershipDecisionKind.ADMITTED, ("IN", "BR")), MembershipDecision(MembershipDecisionKind.INVITED, ()),
    )  # fmt: skip
    record = on(
        25, cites=(1540,), membership_decisions=decisions, topics=("missiles",), member_count=35,
        adherents=(Participant("IL", "Israel"), Participant(None, "A Body")), observers=(Participant("CL", "Chile"),),
        concerns=(Concern(country="KP"), Concern(region="the Middle East")),
        meetings=(Meeting(name="Technical Experts Meeting", abbreviation="TEM"), Meeting(name="Seminar", abbreviation=None)),
        decisions=(Decision("annex", "Partners amended the Annex."),),
    )  # fmt: skip
    last = a_version(w, record)
    assert w.told("mtcr", before=last.id) == Told(frozenset(), frozenset(), frozenset(), frozenset())
    assert w.told("nsg", before=99) == Told(frozenset(), frozenset(), frozenset(), frozenset())
    assert w.told("mtcr", before=last.id + 1) == Told(
        frozenset({"1540"}), frozenset({"admitted:IN:25", "admitted:BR:25", "invited::25"}),
        frozenset({"IL", "A Body"}), frozenset({"CL"}), 35, 1, ((35, NOON),),
        {"25": frozenset({
            "resolutions:1540", "concerns:KP", "concerns:the Middle East", "meetings:TEM", "meetings:Seminar",
            "decisions:annex", "topics:missiles",
        })},
    )  # fmt: skip


def test_a_number_counts_when_its_page_states_another_than_before(w: Writer) -> None:
    def counted(count: int | None, source: str = "list", after: int = 0, **fields: object) -> tuple[int | None, int]:
        document = a_document(f"{len(w.versions())}")
        a_version(w, a_record(member_count=count, **fields), source=source, document=document, now=NOON + after * DAY)
        told = w.told("mtcr", before=999)
        assert len(told.stated) == told.counted
        return told.count, told.counted

    assert counted(34) == (34, 1)
    assert counted(34, after=1) == (34, 1)
    assert counted(None, after=2) == (34, 1)
    assert counted(35, after=3) == (35, 2)
    assert counted(36, "other", after=4) == (36, 3)
    assert counted(35, after=5) == (36, 3)
    # A plenary's second page says nothing of its own; an older plenary nothing at all.
    assert counted(40, "p25", after=6, plenary=a_plenary(25, date(2011, 4, 11))) == (40, 4)
    assert counted(41, "mirror", after=7, plenary=a_plenary(25, date(2011, 4, 11))) == (40, 4)
    assert counted(42, "p25", after=8, plenary=a_plenary(25, date(2011, 4, 11))) == (42, 5)
    assert counted(20, "p24", after=9, plenary=a_plenary(24, date(2010, 4, 11))) == (42, 5)
    assert counted(43, "p26", after=10, plenary=a_plenary(26, date(2012, 4, 11))) == (43, 6)
    assert [count for count, _ in w.told("mtcr", before=999).stated] == [34, 35, 36, 40, 42, 43]
    assert [at for _, at in w.told("mtcr", before=999).stated][:2] == [NOON, NOON + 3 * DAY]


def test_the_texts_that_a_source_showed_are_known_by_their_hashes(w: Writer) -> None:
    one, two = said(w, "page", DAY), said(w, "page", timedelta())
    said(w, "other", DAY)
    source = source_of(w, "page").id
    assert w.texts(source, before=two.id + 1) == {one.text_hash, two.text_hash}
    assert w.texts(source, before=two.id) == {one.text_hash}
    assert w.texts(source, before=one.id) == frozenset()


def test_the_lists_of_a_page_are_told_with_those_of_its_past_in_the_order_they_were_seen(w: Writer) -> None:
    for n, (source, after, countries) in enumerate((
        ("members", 3, ("AR", "BR")), ("history/members", 1, ("AR",)), ("members", 2, ()), ("other", 1, ("CL",)),
        ("members", 3, ("AR", "BR", "IN")),
    )):  # fmt: skip
        record = a_record(*countries, kind=Kind.MEMBERS)
        a_version(w, record, source=source, document=a_document(f"list {n}"), now=NOON + after * DAY)
    unknown = a_record("AR", kind=Kind.MEMBERS)
    unknown = msgspec.structs.replace(
        unknown, members=(*unknown.members, msgspec.structs.replace(unknown.members[0], country=None)),
    )  # fmt: skip
    a_version(w, unknown, source="members", document=a_document("unknown"), now=NOON + 9 * DAY)
    a_version(w, a_record("DE", regime="nsg"), source="members", document=a_document("nsg"))
    lists = [{"AR"}, {"AR", "BR"}, {"AR", "BR", "IN"}, {"AR"}]
    for source in ("members", "history/members"):
        page = source_of(w, source)
        assert w.lists(page, before=99) == tuple(map(frozenset, lists))
        assert w.lists(page, before=5) == tuple(map(frozenset, lists[:2]))
        assert w.lists(page, before=99, seen_by=NOON + 3 * DAY) == tuple(map(frozenset, lists[:3]))
        assert w.lists(page, before=99, seen_by=NOON + 3 * DAY - SECOND) == (frozenset({"AR"}),)


# Full text and corrections


def test_so_many_words_of_a_page_are_found_and_no_more(sqlite_store: Store) -> None:
    with sqlite_store.writing() as w:
        a_version(w, a_record(), document=a_document("word " * 99_999 + "needle", "haystack"))
    assert [hit.record for hit in search(sqlite_store, "needle")] == [1]
    assert search(sqlite_store, "haystack") == ()


def test_fifty_hits_are_shown_where_nobody_says_how_many(sqlite_store: Store) -> None:
    with sqlite_store.writing() as w:
        for n in range(51):
            a_version(w, a_record(), source=f"p{n}", document=a_document(f"annex {n}"))
    assert len(search(sqlite_store, "annex")) == 50
    assert len(search(sqlite_store, "annex", limit=51)) == 51


def test_a_hit_says_where_it_stands_and_of_which_day(sqlite_store: Store) -> None:
    with sqlite_store.writing() as w:
        a_version(w, on(25, title="Statement"), source="held", document=a_document("x", "the annex"))
        a_version(w, on(24, published=date(2009, 1, 2)), source="said", document=a_document("the annex"))
        a_version(w, a_record(), source="seen", document=a_document("the annex"), now=NOON + DAY)
    seen, said_, held = search(sqlite_store, "annex")
    assert (held.record, held.regime, held.source, held.url, held.title, held.plenary) == (
        1, "mtcr", "held", "https://example.org/held", "Statement", "25",
    )  # fmt: skip
    assert (held.block, held.start, held.end, held.marks, held.observed_at) == (1, 0, 9, ((4, 9),), NOON)
    assert [hit.day for hit in (seen, said_, held)] == [(NOON + DAY).date(), date(2009, 1, 2), date(2011, 4, 13)]


def test_readings_that_wait_are_asked_of_the_newest_version_of_each_page_once(w: Writer) -> None:
    def odd(source: str, name: str, regime: str = "mtcr") -> None:
        record = a_record("AR", regime=regime)
        member = msgspec.structs.replace(record.members[0], country=None, name=name)
        evidence = {"/members/0": (Evidence(0, 0, 2, name),)}
        record = msgspec.structs.replace(record, members=(member,), evidence=evidence)
        a_version(w, record, source=source, document=a_document(f"{name} {len(w.versions())}"))

    for source, name in (("one", "Atlantis"), ("one", "Ruritania"), ("two", "Ruritania"), ("three", "Utopia")):
        odd(source, name)
    odd("four", "Utopia", "nsg")
    shown = [(o.record, o.regime, o.url, o.pointer, o.reading) for o in w.open_readings()]
    assert shown == [
        (2, "mtcr", "https://example.org/one", "/members/0", "no table knows the country 'Ruritania'"),
        (4, "mtcr", "https://example.org/three", "/members/0", "no table knows the country 'Utopia'"),
        (5, "nsg", "https://example.org/four", "/members/0", "no table knows the country 'Utopia'"),
    ]
    assert [o.record for o in w.open_readings("nsg")] == [5]
    w.correct(2, "/members/0", "approved", who="A. Reader", why="", now=NOON)
    assert [o.record for o in w.open_readings("mtcr")] == [4]
    (decided,) = w.corrections("mtcr")
    assert (decided.regime, decided.place, decided.quote, decided.decision, decided.value, decided.record) == (
        "mtcr", "/members/*", "Ruritania", "approved", None, 2,
    )  # fmt: skip
    assert w.corrections("nsg") == ()
    assert w.corrections() == (decided,)


def test_a_reading_of_two_places_is_named_by_both_and_a_plenarys_field_is_set_alone(w: Writer) -> None:
    record = msgspec.structs.replace(
        a_record(), plenary=Plenary(25, "Paris", "FR"),
        evidence={"/plenary/city": (Evidence(0, 0, 2, "in"), Evidence(0, 3, 8, "Paris"))},
    )  # fmt: skip
    version = a_version(w, record)
    made = w.correct(version.id, "/plenary/city", "corrected", value="Lyon", who="", why="", now=NOON)
    assert (made.quote, made.value) == ("in\nParis", "Lyon")
    assert w.corrected(record).plenary == Plenary(25, "Lyon", "FR")


def test_the_words_of_a_text_do_not_hang_on_its_form_and_its_stamps() -> None:
    one = text_hash(a_document("The  “Regime” met.", "", "Second line."))
    assert one == text_hash(a_document('The "Regime" met.', "Second line."))
    assert one != text_hash(a_document('The "Regime" met. Second line.'))
    assert len(one) == 64


def test_what_is_told_of_a_source_is_counted_in_its_own_table(w: Writer) -> None:
    said(w, "page", DAY)
    assert w.session.execute(text("SELECT count(*) FROM record_words WHERE record_words MATCH 'page'")).scalar() == 1
