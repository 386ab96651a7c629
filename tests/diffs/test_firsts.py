"""What is said anew, and since when it was not said, over all of a regime's plenaries."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from diffs.change import Change, ChangeKind, Novelty, Severity
from diffs.compare import compare
from diffs.facts import Meaning, say_wording
from diffs.meaning import first_mentions, mentions, said_otherwise, with_firsts
from diffs.sentence import say
from parsers.document import Document
from parsers.parse import parse_document
from parsers.record import Concern, Evidence, Meeting, Record
from tests.builders.comparing import a_context, a_document, a_meeting, a_record, a_resolution
from tests.builders.pages import REGIMES

K = ChangeKind


def told(after: Record, kind: ChangeKind, **known: object) -> Change:
    prior = a_record(plenary=a_meeting(24), concerns=(Concern(country="KP"),))
    (found,) = [c for c in compare(after, context=a_context(**({"prior": prior} | known))) if c.kind is kind]
    return found


@pytest.mark.parametrize(
    ("last_said", "novelty", "since", "sentence"),
    [
        ({}, Novelty.FIRST_EVER, None, "The MTCR expressed concern about Iran for the first time ever."),
        ({"concerns:IR": "12"}, Novelty.SINCE_PRIOR, 12, "The MTCR expressed concern about Iran for the first time since plenary 12."),
        ({"concerns:IR": "1997-11-04"}, Novelty.SINCE_PRIOR, "1997-11-04",
         "The MTCR expressed concern about Iran for the first time since the plenary of 1997-11-04."),
    ],
)  # fmt: skip
def test_a_concern_tells_when_it_was_voiced_last(
    last_said: dict[str, str], novelty: Novelty, since: int | str | None, sentence: str
) -> None:
    after = a_record(plenary=a_meeting(), concerns=(Concern(country="IR"), Concern(country="KP")))
    change = told(after, K.CONCERN_ADDED, last_said=last_said)
    assert (change.novelty, change.since, say(change)) == (novelty, since, sentence)


def test_a_resolution_cited_again_tells_the_plenary_that_cited_it_last() -> None:
    after = a_record(plenary=a_meeting(), resolutions=(a_resolution(1540, 2004),))
    change = told(after, K.RESOLUTION_CITED, cited=frozenset({"1540"}), last_said={"resolutions:1540": "19"})
    assert (change.novelty, change.since) == (Novelty.SINCE_PRIOR, 19)
    assert say(change) == "The MTCR cited S/RES/1540 (2004) at plenary 25 for the first time since plenary 19."


def test_meetings_and_topics_tell_it_too() -> None:
    after = a_record(plenary=a_meeting(), meetings=(Meeting("TEM", None),), topics=("brokering",))
    assert told(after, K.MEETING_ADDED, last_said={"meetings:TEM": "20"}).since == 20
    topic = told(after, K.TOPIC_ADDED)
    assert say(topic) == "The MTCR now speaks of brokering at plenary 25 for the first time ever."


def test_an_edit_that_adds_what_the_plenary_before_said_is_said_to_be_no_first() -> None:
    before = a_record(plenary=a_meeting(), concerns=(Concern(country="SY"),))
    after = a_record(plenary=a_meeting(), concerns=(Concern(country="SY"), Concern(country="KP")))
    known = {"previous": before, "previous_hash": "old", "plenary_known": True, "last_said": {"concerns:KP": "24"}}
    sentence = say(told(after, K.CONCERN_ADDED, **known))
    assert sentence.endswith("about North Korea, as at plenary 24.")


def test_an_edit_that_takes_the_last_concern_out_says_so() -> None:
    before = a_record(plenary=a_meeting(), concerns=(Concern(country="IR"),), resolutions=(a_resolution(1540),))
    edit = {"previous": before, "previous_hash": "old", "plenary_known": True}
    assert told(a_record(plenary=a_meeting()), K.CONCERN_DROPPED, **edit).subject == "IR"
    assert told(a_record(plenary=a_meeting()), K.RESOLUTION_DROPPED, **edit).subject == "S/RES/1540"


def read(*lines: str) -> tuple[Record, Document]:
    document = a_document(*lines)
    return parse_document(document, regime=REGIMES["mtcr"]).record, document


OPENING = (
    "The Missile Technology Control Regime (MTCR) held its 25th Plenary in Oslo, Norway, from 13 to 15 April 2011."
)
VISITS = "The Chair reported on visits to {}, where the guidelines of the regime were explained to officials."


def firsts(document: Document, record: Record, known: Iterable[str], earlier: dict[int, set[str]]) -> list[object]:
    asked = [(plenary, lambda found=found: found) for plenary, found in earlier.items()]
    return [(f.after, f.since) for f in first_mentions(mentions(document, record), known, asked)]


def test_a_state_named_again_tells_the_last_plenary_that_named_it() -> None:
    record, document = read(OPENING, VISITS.format("Belarus, China and Kazakhstan"))
    earlier = {23: {"IN"}, 22: {"BY"}, 12: {"BY", "KZ"}}
    assert firsts(document, record, {"CN"}, earlier) == [("BY", 22), ("KZ", 12)]


def test_the_host_and_the_members_on_a_list_are_not_spoken_of() -> None:
    members = "The Partners of the MTCR are: Argentina, Australia, Belgium, Brazil, Canada and Denmark."
    record, document = read(OPENING, members, VISITS.format("Belarus"))
    assert firsts(document, record, (), {}) == [("BY", None)]


def test_older_plenaries_are_not_read_once_all_are_found() -> None:
    def never() -> set[str]:
        raise AssertionError("there was nothing left to find")

    named = {"BY": Evidence(0, 0, 7, "Belarus")}
    (fact,) = first_mentions(named, (), [(24, lambda: {"BY"}), (23, never)])
    assert fact.since == 24


def test_a_first_mention_is_a_sentence_and_is_not_said_twice() -> None:
    before, after = read(OPENING, VISITS.format("China")), read(OPENING, VISITS.format("China and Belarus"))
    facts = said_otherwise(before, after)
    assert [(f.kind, f.after) for f in facts] == [(Meaning.NAMED, "BY")]
    assert facts[0].said_after == Evidence(1, 42, 49, "Belarus")
    first = first_mentions(mentions(after[1], after[0]), {"CN"}, [(7, lambda: {"BY"})])
    assert [say_wording(f) for f in with_firsts(facts, first)] == [
        "In paragraph 2 Belarus is named for the first time since plenary 7."
    ]


def test_numbers_and_states_that_are_facts_of_the_record_are_left_to_its_comparison() -> None:
    before = read(
        OPENING, "They recalled UN Security Council resolutions 1540 (2004) and 1718 (2006) at their meeting."
    )
    after = read(
        OPENING.replace("Oslo, Norway", "Ottawa, Canada").replace("25th", "26th"),
        "They recalled UN Security Council resolutions 1540 (2004) and 1737 (2006) at their meeting.",
    )
    assert said_otherwise(before, after) == ()


def test_an_edit_that_softens_an_obligation_is_a_warning_that_says_so() -> None:
    before = read(OPENING, "The Partners call on all states to apply the guidelines of the regime to exports of items.")
    after = read(
        OPENING, "The Partners encourage all states to apply the guidelines of the regime to exports of items."
    )
    wording = said_otherwise(before, after)
    context = a_context(previous=before[0], previous_hash="old", plenary_known=True, wording=wording)
    (change,) = compare(after[0], context=context)
    assert (change.kind, change.severity, change.detail) == (
        K.STATEMENT_REVISED,
        Severity.WARNING,
        "obligation softened",
    )
    (fact,) = change.wording
    assert fact.said_before == Evidence(1, 13, 20, "call on")
    assert fact.said_after == Evidence(1, 13, 22, "encourage")


def test_a_text_put_back_as_it_was_is_told_as_that() -> None:
    edit = {"previous": a_record(plenary=a_meeting()), "previous_hash": "b", "after_hash": "a", "plenary_known": True}
    (change,) = compare(a_record(plenary=a_meeting()), context=a_context(**edit, earlier=frozenset({"a", "b"})))
    assert change.detail == "taken back: wording"
