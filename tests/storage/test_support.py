"""What a change stands on: the pages that state it now, and when its own page was last seen to say so."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from diffs.change import ChangeKind
from storage import Store
from storage.support import UNSUPPORTED, Support
from storage.values import State
from tests.storage.making import NOON, a_document, a_record
from tests.storage.observing import a_version
from tests.storage.test_outbox import CHANGE

DAY = timedelta(days=1)


def test_a_change_stands_on_the_newest_believed_version_of_each_page(sqlite_store: Store) -> None:
    joined = msgspec.structs.replace(CHANGE, key="in", subject="IN")
    with sqlite_store.writing() as w:
        assert w.support([joined]) == {"in": UNSUPPORTED}
        first = a_version(w, a_record("AR", "IN"), source="one")
        a_version(w, a_record("AR", "IN"), source="two")
        a_version(w, a_record("AR", "IN"), source="dropped")
        a_version(w, a_record("AR"), source="dropped", document=a_document("AR only"))
        a_version(w, a_record("AR"), source="silent")
        a_version(w, a_record("IN", regime="nsg"), source="other")
        w.save_changes(w.begin_run("test", NOON), [joined], first.id)
        (one, two) = ("https://example.org/one", "https://example.org/two")
        assert w.support([joined]) == {"in": Support((one, two), None)}
        source = next(s.source.id for s in w.standings() if s.source.name == "one")
        w.set_state(source, State(checks=1, last_verified=NOON + DAY))
        assert w.support([joined]) == {"in": Support((one, two), NOON + DAY)}
        assert w.support([]) == {}


def test_what_a_source_itself_does_was_seen_when_the_source_was(sqlite_store: Store) -> None:
    with sqlite_store.writing() as w:
        source = w.found_source("mtcr", "page", "statement", "https://e.org/p", baseline=False, now=NOON)
        w.set_state(source.id, State(checks=1, last_verified=NOON))
        down = msgspec.structs.replace(
            CHANGE, key="down", kind=ChangeKind.SOURCE_UNREACHABLE, subject="https://e.org/p"
        )
        elsewhere = msgspec.structs.replace(down, key="elsewhere", regime="nsg")
        w.save_changes(w.begin_run("test", NOON), [down, elsewhere], None)
        assert w.support([down, elsewhere]) == {"down": Support((), NOON), "elsewhere": UNSUPPORTED}
