"""The store: two times, one transaction an observation, each change and each delivery once."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from diffs.change import ChangeKind, Status
from parsers.record import Kind, Member, Plenary
from storage import Store
from storage.errors import CannotOpen, NotFound
from storage.values import Membership
from storage.writing import Writer
from tests.builders.comparing import NOON, a_decision, a_document, a_meeting, a_record, a_resolution, some_members
from tests.builders.stores import a_change, a_store, observed, told

ROOT = Path(__file__).resolve().parents[2]
DAY = timedelta(days=1)


def _listed(w: Writer, codes: str, on: date, *, now: datetime = NOON, **named: str) -> int:
    record = a_record(Kind.MEMBERS, members=some_members(codes, **named))
    version = observed(w, record, now=now)
    w.members_listed(record, version.id, stated_on=on, now=now)
    return version.id


def _codes(members: tuple[Membership, ...]) -> list[str]:
    return [m.country for m in members]


def test_a_listed_state_belongs_from_the_day_of_the_list(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        _listed(w, "AR BE", date(2010, 1, 1))
    with store.reading() as r:
        assert _codes(r.members("mtcr", as_of=date(2009, 12, 31))) == []
        assert _codes(r.members("mtcr", as_of=date(2010, 1, 1))) == ["AR", "BE"]


def test_an_older_list_that_comes_later_moves_the_beginning_back(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        _listed(w, "AR", date(2010, 1, 1))
        _listed(w, "AR", date(2003, 9, 19), now=NOON + DAY)
    with store.reading() as r:
        assert [m.valid_from for m in r.members("mtcr")] == [date(2003, 9, 19)]
        assert _codes(r.members("mtcr", as_of=date(2005, 1, 1))) == ["AR"]


def test_what_was_known_before_is_still_told_as_it_was_known(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        _listed(w, "AR", date(2010, 1, 1))
        _listed(w, "AR", date(2003, 9, 19), now=NOON + DAY)
    with store.reading() as r:
        assert _codes(r.members("mtcr", as_of=date(2005, 1, 1), known_at=NOON)) == []
        assert _codes(r.members("mtcr", as_of=date(2005, 1, 1), known_at=NOON + DAY)) == ["AR"]
        assert r.members("mtcr", known_at=NOON - DAY) == ()


def test_a_later_list_that_leaves_a_state_out_ends_nothing(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        _listed(w, "AR BE", date(2010, 1, 1))
        _listed(w, "AR", date(2011, 1, 1), now=NOON + DAY)
    with store.reading() as r:
        assert _codes(r.members("mtcr")) == ["AR", "BE"]


def test_a_later_list_changes_no_beginning(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        _listed(w, "AR", date(2010, 1, 1))
        _listed(w, "AR", date(2012, 1, 1), now=NOON + DAY)
    with store.reading() as r:
        assert [m.valid_from for m in r.membership_history("mtcr", "AR")] == [date(2010, 1, 1)]


def test_the_year_that_a_page_gives_beside_a_name_is_surer_than_the_list(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        _listed(w, "AR", date(1990, 1, 1))
        record = a_record(Kind.MEMBERS, members=(Member("AR", "Argentina", "1993"),))
        w.members_listed(record, observed(w, record).id, stated_on=date(2020, 1, 1), now=NOON + DAY)
    with store.reading() as r:
        (member,) = r.members("mtcr")
    assert (member.valid_from, member.basis) == (date(1993, 1, 1), "since")


def test_a_decision_makes_a_member_from_the_day_it_takes_effect(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    record = a_record(membership_decisions=(a_decision("admitted", "IN", effective=date(2016, 6, 27)),))
    with store.writing() as w:
        w.members_listed(record, observed(w, record).id, stated_on=date(2016, 10, 21), now=NOON)
    with store.reading() as r:
        (member,) = r.members("mtcr")
    assert (member.country, member.valid_from, member.basis) == ("IN", date(2016, 6, 27), "effective")


def test_an_invitation_makes_no_member(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    record = a_record(membership_decisions=(a_decision("invited", "IN"),))
    with store.writing() as w:
        w.members_listed(record, observed(w, record).id, stated_on=date(2016, 10, 21), now=NOON)
    with store.reading() as r:
        assert r.members("mtcr") == ()


def test_a_departure_ends_a_membership_on_its_day_and_not_before(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        record = _listed(w, "AR BE", date(2010, 1, 1))
        w.member_left("mtcr", "BE", on=date(2015, 5, 5), record_id=record, pointer="", now=NOON + DAY)
    with store.reading() as r:
        assert _codes(r.members("mtcr", as_of=date(2015, 5, 4))) == ["AR", "BE"]
        assert _codes(r.members("mtcr", as_of=date(2015, 5, 5))) == ["AR"]
        assert _codes(r.members("mtcr", known_at=NOON)) == ["AR", "BE"]


def test_a_state_that_comes_back_begins_a_second_epoch(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        record = _listed(w, "AR", date(2010, 1, 1))
        w.member_left("mtcr", "AR", on=date(2015, 1, 1), record_id=record, pointer="", now=NOON)
        w.member_joined("mtcr", "AR", on=date(2018, 1, 1), record_id=record, pointer="", now=NOON)
    with store.reading() as r:
        assert [(m.epoch, m.valid_from) for m in r.members("mtcr")] == [(1, date(2018, 1, 1))]
        assert _codes(r.members("mtcr", as_of=date(2016, 1, 1))) == []


def test_an_old_list_does_not_bring_back_who_left_later(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        record = _listed(w, "AR", date(2010, 1, 1))
        w.member_left("mtcr", "AR", on=date(2015, 1, 1), record_id=record, pointer="", now=NOON)
        _listed(w, "AR", date(2012, 1, 1), now=NOON + DAY)
    with store.reading() as r:
        assert r.members("mtcr") == ()


def test_a_renamed_member_is_the_same_member(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        record = _listed(w, "TR", date(2010, 1, 1))
        w.member_renamed("mtcr", "TR", "Türkiye", record, "/members/0", NOON + DAY)
    with store.reading() as r:
        assert [(m.name, m.valid_from, m.epoch) for m in r.members("mtcr")] == [("Türkiye", date(2010, 1, 1), 0)]
        assert [m.name for m in r.members("mtcr", known_at=NOON)] == ["Turkey"]


def test_two_pages_on_one_ordinal_tell_of_one_plenary(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        observed(w, a_record(plenary=Plenary(ordinal=25)))
        observed(w, a_record(plenary=a_meeting(25)), name="mirror")
    with store.reading() as r:
        (plenary,) = r.plenaries("mtcr")
    assert (plenary.label, plenary.city, plenary.start, len(plenary.records)) == (
        "25", "Buenos Aires", date(2011, 4, 13), 2,
    )  # fmt: skip


def test_a_plenary_known_by_its_days_takes_the_ordinal_that_another_page_gives(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        first = observed(w, a_record(plenary=a_meeting(None)))
        observed(w, a_record(plenary=a_meeting(25)), name="mirror")
    with store.reading() as r:
        assert first.plenary == "2011-04-13"
        assert [p.label for p in r.plenaries("mtcr")] == ["25"]
        assert r.version(first.id).plenary == "25"


def test_two_ordinals_on_the_same_days_are_two_plenaries(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        observed(w, a_record(plenary=a_meeting(25)))
        observed(w, a_record(plenary=a_meeting(26)), name="mirror")
    with store.reading() as r:
        assert sorted(p.label for p in r.plenaries("mtcr")) == ["25", "26"]


def test_the_prior_plenary_is_the_one_held_before_in_whatever_order_they_came(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        observed(w, a_record(plenary=a_meeting(25, day=date(2011, 4, 13))))
        observed(w, a_record(plenary=a_meeting(23, day=date(2008, 11, 5))))
        observed(w, a_record(plenary=a_meeting(24, day=date(2009, 11, 9))))
    with store.reading() as r:
        assert [p.label for p in r.plenaries("mtcr")] == ["23", "24", "25"]
        prior = r.prior_plenary("mtcr", "25")
        assert prior is not None
        assert prior.label == "24"
        assert r.prior_plenary("mtcr", "23") is None


def test_a_regime_sees_nothing_of_another(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        observed(w, a_record(regime="nsg", plenary=a_meeting(25)))
    with store.reading() as r:
        assert r.plenaries("mtcr") == ()


def test_what_was_told_is_told_of_earlier_believed_records_alone(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        observed(w, a_record(resolutions=(a_resolution(1540, 2004),), plenary=a_meeting(24)))
        held = observed(w, a_record(resolutions=(a_resolution(1718, 2006),)))
        w.hold(held.id)
        last = observed(w, a_record(resolutions=(a_resolution(2231, 2015),)))
    with store.reading() as r:
        assert r.told("mtcr", before=last.id).cited == {"1540"}


def test_form_alone_makes_no_other_text(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        one = observed(w, a_record(), document=a_document("The “Regime”  met — again."))
        other = observed(w, a_record(), document=a_document('The "Regime" met-again.'))
    assert one.text_hash == other.text_hash


def test_a_change_seen_twice_is_kept_once(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        run = w.begin_run("monitor", NOON)
        assert len(w.save_changes(run, [a_change(), a_change()], None)) == 1
    with store.writing() as w:
        assert w.save_changes(run, [a_change()], None) == ()
        assert len(w.changes()) == 1


def test_a_held_change_that_comes_confirmed_counts_as_new(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held, sure = a_change(status=Status.HELD), a_change()
    with store.writing() as w:
        run = w.begin_run("monitor", NOON)
        w.save_changes(run, [held], None)
        assert w.save_changes(run, [sure], None) == (sure,)
        assert [c.status for c in w.changes()] == [Status.CONFIRMED]


def test_a_rejected_change_stays_rejected(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held = a_change(status=Status.HELD)
    with store.writing() as w:
        run = w.begin_run("monitor", NOON)
        w.save_changes(run, [held], None)
        w.review(held.key, Status.REJECTED, who="A. Reader", why="a broken page", now=NOON)
        assert w.save_changes(run, [a_change()], None) == ()
        assert [c.status for c in w.changes()] == [Status.REJECTED]


def test_only_a_held_change_can_be_reviewed(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        w.save_changes(w.begin_run("monitor", NOON), [a_change()], None)
    with pytest.raises(NotFound, match="review list"), store.writing() as w:
        w.review(a_change().key, Status.CONFIRMED, who="A. Reader", why="", now=NOON)


def test_a_drift_that_is_confirmed_frees_the_version_it_held(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    drift = a_change(ChangeKind.SOURCE_DRIFT, "https://mtcr.example/1", status=Status.HELD)
    with store.writing() as w:
        version = observed(w, a_record())
        w.hold(version.id)
        w.save_changes(w.begin_run("monitor", NOON), [drift], version.id)
        w.review(drift.key, Status.CONFIRMED, who="A. Reader", why="they rebuilt the page", now=NOON)
        assert not w.version(version.id).held


def test_an_exception_undoes_the_whole_observation(tmp_path: Path) -> None:
    store = a_store(tmp_path)

    def observe_and_fail() -> None:
        with store.writing() as w:
            _listed(w, "AR", date(2010, 1, 1))
            told(w, a_change(), "file")
            raise RuntimeError("cut")

    with pytest.raises(RuntimeError, match="cut"):
        observe_and_fail()
    with store.reading() as r:
        assert (r.runs(), r.sources(), r.versions(), r.members("mtcr"), r.changes(), r.alerts()) == ((),) * 6


def test_a_writer_killed_in_its_transaction_leaves_nothing_of_it(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        from tests.builders.comparing import a_record
        from tests.builders.stores import a_store, observed
        with a_store(Path(sys.argv[1])).writing() as w:
            observed(w, a_record())
            os.kill(os.getpid(), signal.SIGKILL)
    """)
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=False, timeout=60)
    store = a_store(tmp_path)
    with store.reading() as r:
        assert r.versions() == ()
    with store.writing() as w:
        assert observed(w, a_record()).id == 1


def test_threads_that_write_at_once_all_write_and_the_change_is_new_to_one(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    new: list[int] = []

    def observe() -> None:
        with store.writing() as w:
            new.append(len(w.save_changes(w.begin_run("monitor", NOON), [a_change()], None)))

    threads = [threading.Thread(target=observe) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [0] * 7 + [1]


def test_processes_that_open_an_empty_database_at_once_all_write(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from tests.builders.comparing import NOON
        from tests.builders.stores import a_change, a_store
        with a_store(Path(sys.argv[1])).writing() as w:
            print(len(w.save_changes(w.begin_run("monitor", NOON), [a_change()], None)))
    """)
    command = [sys.executable, "-c", script, str(tmp_path)]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert sorted(p.communicate(timeout=60)[0].strip() for p in started) == ["0", "0", "1"]


def test_a_reader_does_not_see_what_is_not_yet_committed(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        w.begin_run("monitor", NOON)
        with store.reading() as r:
            assert r.runs() == ()


def test_an_alert_is_raised_once_for_a_change(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        told(w, a_change(), "file", "console")
        assert w.save_alert(a_change(), audience="analyst", sentence="", channels=["file"], now=NOON) is None
        (alert,) = w.alerts()
    assert [d.channel for d in alert.deliveries] == ["file", "console"]
    assert len({d.idempotency_key for d in alert.deliveries}) == 2


def test_an_acknowledged_alert_is_no_longer_open_and_keeps_its_first_reader(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        alert = told(w, a_change())
        w.acknowledge(alert, NOON)
        w.acknowledge(alert, NOON + DAY)
        assert w.alerts(unacknowledged=True) == ()
        assert w.alerts()[0].acknowledged_at == NOON
    with pytest.raises(NotFound, match="alert 99"), store.writing() as w:
        w.acknowledge(99, NOON)


def test_a_leased_delivery_is_claimed_by_nobody_else_until_the_lease_ends(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    lease = timedelta(minutes=5)
    with store.writing() as w:
        told(w, a_change(), "file")
        assert len(w.claim_deliveries(worker="a", now=NOON, lease=lease)) == 1
        assert w.claim_deliveries(worker="b", now=NOON + timedelta(minutes=4), lease=lease) == ()
        assert len(w.claim_deliveries(worker="b", now=NOON + lease, lease=lease)) == 1


def test_who_lost_the_lease_cannot_mark_the_delivery(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        told(w, a_change(), "file")
        (delivery,) = w.claim_deliveries(worker="a", now=NOON, lease=timedelta(0))
        w.claim_deliveries(worker="b", now=NOON, lease=DAY)
        assert w.delivered(delivery.id, "a", NOON) is False
        assert w.delivered(delivery.id, "b", NOON) is True
        assert w.delivered(delivery.id, "b", NOON) is False


def test_workers_that_claim_at_once_share_the_deliveries_out(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        for code in ("IN", "PK", "IL", "CY", "HR", "EE"):
            told(w, a_change(subject=code), "file")
    claimed: list[int] = []

    def work(name: str) -> None:
        with store.writing() as w:
            claimed.extend(d.id for d in w.claim_deliveries(worker=name, now=NOON, lease=DAY, limit=3))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == [1, 2, 3, 4, 5, 6]


def test_an_instant_comes_back_in_utc_and_none_goes_in_without_a_zone(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.writing() as w:
        w.begin_run("monitor", datetime.fromisoformat("2026-03-02T14:00:00+02:00"))
    with store.reading() as r:
        assert r.runs()[0].started_at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    with pytest.raises(Exception, match="zone"), store.writing() as w:
        w.begin_run("monitor", datetime(2026, 3, 2))  # noqa: DTZ001 (the fault under test)


@pytest.mark.parametrize("address", ["sqlite:////proc/nowhere/store.db", "nosuch://x", "no address"])
def test_an_address_that_cannot_be_used_is_one_clear_line(address: str) -> None:
    with pytest.raises(CannotOpen, match="PLENARYWATCH_DATABASE_URL") as told_so:
        Store.open(address)
    assert "\n" not in str(told_so.value)


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"this is a letter, not a database\n" * 200)
    with pytest.raises(CannotOpen, match="cannot be used as the database"):
        a_store(tmp_path)
