"""How sources stand: declared, checked, overtaken, and what each state of them means."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.standing import Declared
from storage.values import BLIND_AFTER, Attempt, Sight, SourceRef, State
from storage.writing import Writer
from tests.storage.making import NOON, a_document, a_record
from tests.storage.observing import a_version

DAY = timedelta(days=1)


def found(w: Writer, name: str = "page", regime: str = "mtcr") -> SourceRef:
    return w.found_source(regime, name, "statement", f"https://e.org/{name}", baseline=False, now=NOON)


@pytest.mark.parametrize(
    ("state", "sight"),
    [
        (State(), Sight.UNCHECKED),
        (State(last_verified=NOON), Sight.OK),
        (State(last_verified=NOON, failures=1), Sight.DEGRADED),
        (State(failures=1), Sight.DEGRADED),
        (State(last_verified=NOON, failures=BLIND_AFTER - 1), Sight.DEGRADED if BLIND_AFTER > 1 else Sight.BLIND),
        (State(last_verified=NOON, failures=BLIND_AFTER), Sight.BLIND),
        (State(last_verified=NOON, told_unreachable=True), Sight.BLIND),
    ],
)
def test_a_source_is_seen_as_well_as_its_checks_say(state: State, sight: Sight) -> None:
    assert state.sight is sight


def test_the_declared_are_made_once_and_brought_to_what_is_declared_now(w: Writer) -> None:
    one = Declared("mtcr", "press", "index", "https://e.org/1")
    w.declare([one, Declared("nsg", "press", "index", "https://e.org/n")], NOON)
    w.declare(
        [msgspec.structs.replace(one, url="https://e.org/2"), Declared("mtcr", "new", "feed", "https://e.org/f")], NOON
    )
    shown = [(s.source.regime, s.source.name, s.source.kind, s.source.url) for s in w.standings()]
    assert shown == [
        ("mtcr", "press", "index", "https://e.org/2"), ("nsg", "press", "index", "https://e.org/n"),
        ("mtcr", "new", "feed", "https://e.org/f"),
    ]  # fmt: skip
    w.declare([msgspec.structs.replace(one, kind="feed")], NOON)
    assert next((s.source.kind, s.source.url) for s in w.standings(["mtcr"])) == ("feed", "https://e.org/1")
    w.declare([], NOON)
    assert len(w.standings()) == 3


def test_sources_are_asked_for_by_regime_and_by_where_they_were_found(w: Writer) -> None:
    parent, _ = found(w, "press"), found(w, "other", "nsg")
    w.found_source("mtcr", "child", "statement", "https://e.org/c", baseline=False, now=NOON, parent=parent.id)
    assert [s.source.name for s in w.standings()] == ["press", "other", "child"]
    assert [s.source.name for s in w.standings(["nsg"])] == ["other"]
    assert w.standings([]) == ()
    assert [s.source.name for s in w.standings(parent=parent.id)] == ["child"]


def test_a_state_comes_back_as_it_was_set_and_is_empty_before(w: Writer) -> None:
    one, other = found(w), found(w, "other")
    state = State(checks=3, failures=2, last_verified=NOON, etag='"x"')
    w.set_state(one.id, state)
    assert (w.state(one.id), w.state(other.id)) == (state, State())
    assert [s.state for s in w.standings()] == [state, State()]
    w.set_state(one.id, State(checks=4))
    assert w.state(one.id) == State(checks=4)


def test_a_source_that_was_checked_meanwhile_is_overtaken(w: Writer) -> None:
    source = found(w)
    assert not w.overtaken(source.id, State())
    w.set_state(source.id, State(checks=2))
    assert [w.overtaken(source.id, State(checks=n)) for n in (1, 2, 3)] == [True, False, True]


def test_a_worker_that_comes_back_late_sets_no_source_back(w: Writer) -> None:
    run = w.begin_run("test", NOON)
    one, other = found(w), found(w, "other")
    w.set_state(one.id, State(checks=5))
    w.set_state(other.id, State(checks=5))
    again = Attempt(one.url, one.url, 304, "not_modified", NOON)
    w.checked_again(run, [(one.id, again, State(checks=5, failures=9)), (other.id, again, State(checks=6, failures=1))])
    assert (w.state(one.id), w.state(other.id)) == (State(checks=5), State(checks=6, failures=1))
    w.checked_again(run, [])


def test_a_page_that_was_found_elsewhere_has_one_more_locator_on_its_newest_version(w: Writer) -> None:
    first = a_version(w, a_record(), document=a_document("One."))
    second = a_version(w, a_record(), document=a_document("Two."))
    (source,) = w.sources()
    moved = Attempt(first.url, "https://e.org/moved", 304, "not_modified", NOON + DAY)
    w.checked_again(w.begin_run("test", NOON), [(source.source.id, moved, State(checks=9))])
    rows = w.session.execute(text("SELECT url, record_id FROM locators ORDER BY url")).all()
    assert ("https://e.org/moved", second.id) in [tuple(row) for row in rows]
    assert ("https://e.org/moved", first.id) not in [tuple(row) for row in rows]
    w.located(999, "https://e.org/none", NOON)
    w.moved(source.source.id, "https://e.org/now")
    assert w.standings()[0].source.url == "https://e.org/now"


def test_a_standing_is_told_in_every_field(w: Writer) -> None:
    source = found(w)
    state = State(
        NOON, NOON + DAY, NOON + 2 * DAY, '"etag"', "Mon, 18 Apr 2011", "ab" * 32, "test 1", 7, 3, NOON + 3 * DAY, True, 2,
    )  # fmt: skip
    w.set_state(source.id, state)
    (standing,) = w.standings()
    assert (standing.source, standing.state, w.state(source.id)) == (source, state, state)
    other = found(w, "other")
    newer = msgspec.structs.replace(state, checks=8, etag=None, told_unreachable=False, last_modified="x")
    w.set_state(other.id, state)
    again = Attempt(source.url, source.url, 304, "not_modified", NOON)
    w.checked_again(w.begin_run("test", NOON), [(source.id, again, newer), (other.id, again, state)])
    assert (w.state(source.id), w.state(other.id)) == (newer, state)
    assert len(w.fetched(source.id)) == len(w.fetched(other.id)) == 1


def test_what_was_declared_begins_as_a_baseline_and_a_found_page_is_no_declaration(w: Writer) -> None:
    w.declare([Declared("mtcr", "press", "index", "https://e.org/1")], NOON)
    press = w.source("mtcr", "press")
    assert press == SourceRef(1, "mtcr", "press", "index", "https://e.org/1", None, None, True, NOON)
    w.found_source("mtcr", "page", "statement", "https://e.org/p", baseline=False, now=NOON, parent=1)
    w.declare([Declared("mtcr", "press", "index", "https://e.org/1")], NOON + DAY)
    assert w.source("mtcr", "press") == press
    with pytest.raises(IntegrityError):
        w.declare([Declared("mtcr", "page", "feed", "https://e.org/f")], NOON)


def test_the_same_text_at_the_same_address_is_one_locator(w: Writer) -> None:
    version = a_version(w, a_record(), document=a_document("One."))
    (source,) = w.sources()
    for n in range(3):
        w.located(source.source.id, "https://e.org/moved", NOON + n * DAY)
    rows = w.session.execute(text("SELECT url, text_hash, record_id, first_seen FROM locators ORDER BY url")).all()
    assert [row[0] for row in rows] == ["https://e.org/moved", version.url]
    assert (rows[0][1:3], str(rows[0][3])[:10]) == ((version.text_hash, version.id), "2011-04-18")
    same = Attempt(version.url, version.url, 304, "not_modified", NOON)
    w.checked_again(w.begin_run("test", NOON), [(source.source.id, same, State(checks=9))])
    assert w.session.execute(text("SELECT count(*) FROM locators")).scalar() == 2


def test_a_blob_that_is_met_again_keeps_when_it_was_first_seen(w: Writer) -> None:
    source = found(w)
    for n in range(2):
        w.fetch(
            w.begin_run("test", NOON), source.id,
            Attempt(source.url, source.url, 200, "good", NOON + n * DAY, sha256="ab" * 32, size=5 + n),
        )  # fmt: skip
    assert w.session.execute(text("SELECT size, first_seen FROM blobs")).all() == [(5, "2011-04-18 12:00:00.000000")]
