"""Each kind of change said in one sentence."""

from __future__ import annotations

import pytest

from diffs.change import ChangeKind, Novelty, Severity, Status
from diffs.sentence import say
from tests.builders.stores import a_change

K = ChangeKind
URL = "https://mtcr.example/25"
SENTENCES: dict[ChangeKind, tuple[str, dict[str, object], str]] = {
    K.MEMBER_JOINED: ("IN", {}, "India joined the MTCR."),
    K.MEMBER_LEFT: ("BE", {}, "Belgium left the MTCR."),
    K.MEMBER_RENAMED: ("TR", {"before": "Turkey", "after": "Türkiye"}, "The MTCR now lists “Turkey” as “Türkiye”."),
    K.MEMBER_COUNT_CHANGED: ("mtcr", {"before": 34, "after": 35}, "The MTCR now states 35 members, after 34."),
    K.MEMBERSHIP_DECISION: (
        "IN", {"after": {"decision": "admitted"}, "plenary": 30}, "The MTCR decided to admit India at plenary 30."
    ),
    K.ADHERENT_ADDED: ("EE", {}, "Estonia is now an adherent of the MTCR."),
    K.ADHERENT_REMOVED: ("EE", {}, "Estonia is no longer listed as an adherent of the MTCR."),
    K.OBSERVER_ADDED: ("European Commission", {}, "European Commission is now an observer at the MTCR."),
    K.OBSERVER_REMOVED: ("EE", {}, "Estonia is no longer listed as an observer at the MTCR."),
    K.PLENARY_ANNOUNCED: (
        "25",
        {"plenary": 25, "after": {"city": "Buenos Aires", "start": "2011-04-13", "end": "2011-04-15"}},
        "The MTCR published a statement on its plenary 25 in Buenos Aires, 13 to 15 April 2011.",
    ),
    K.RESOLUTION_CITED: (
        "S/RES/1540 (2004)", {"novelty": Novelty.FIRST_EVER, "plenary": 19},
        "The MTCR cited S/RES/1540 (2004) for the first time ever at plenary 19.",
    ),
    K.RESOLUTION_DROPPED: ("S/RES/1718", {"plenary": 25}, "The MTCR no longer cites S/RES/1718 at plenary 25."),
    K.CONCERN_ADDED: ("IR", {}, "The MTCR expressed concern about Iran, new since the plenary before."),
    K.CONCERN_DROPPED: ("the Middle East", {}, "The MTCR no longer names the Middle East among its concerns."),
    K.OFFICER_CHANGED: (
        "co_chair", {"before": "Ana Silva", "after": "Juan Paz"},
        "The co-chair of the MTCR is now Juan Paz, after Ana Silva.",
    ),
    K.MEETING_ADDED: ("TEM", {"plenary": 25}, "The MTCR now names its meeting TEM at plenary 25."),
    K.MEETING_DROPPED: ("TEM", {"plenary": 25}, "The MTCR no longer names its meeting TEM at plenary 25."),
    K.DECISION_ADDED: ("control_list", {"plenary": 25}, "The MTCR decided on its control list at plenary 25."),
    K.TOPIC_ADDED: ("catch_all", {}, "The MTCR now speaks of catch-all controls."),
    K.TOPIC_DROPPED: ("catch_all", {}, "The MTCR no longer speaks of catch-all controls."),
    K.STATEMENT_REVISED: (
        URL, {"detail": "correction: member_count, members"},
        "The page “25” of the MTCR was edited: correction: number of members and members.",
    ),
    K.STATEMENT_WITHDRAWN: (URL, {"plenary": 25}, "The statement of the MTCR on plenary 25 was withdrawn."),
    K.MIRRORS_DISAGREE: (
        "member_count", {"before": "34", "after": "35"},
        "Pages on the same plenary of the MTCR disagree on its number of members: 34 on one, 35 on another.",
    ),
    K.INCONSISTENCY_FOUND: (
        "count_mismatch", {"after": "it states 35 and lists 34"},
        "A page of the MTCR contradicts itself: it states 35 and lists 34.",
    ),
    K.SOURCE_DRIFT: (
        URL, {"detail": "the list is gone"}, "The page “25” of the MTCR is not believed: the list is gone."
    ),
    K.SOURCE_UNREACHABLE: (
        URL, {"after": "timed out; try again later"}, "The page “25” of the MTCR cannot be reached: timed out."
    ),
    K.SOURCE_RECOVERED: (URL, {}, "The page “25” of the MTCR can be reached again."),
}  # fmt: skip


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_of_change_is_said_in_a_sentence(kind: ChangeKind) -> None:
    subject, fields, sentence = SENTENCES[kind]
    assert say(a_change(kind, subject, **fields)) == sentence


@pytest.mark.parametrize("kind", ChangeKind)
def test_a_change_that_carries_next_to_nothing_is_still_said(kind: ChangeKind) -> None:
    assert "the " in say(a_change(kind, "Atlantis", severity=Severity.INFO)).lower()


def test_a_held_departure_is_not_said_to_have_happened() -> None:
    assert say(a_change(K.MEMBER_LEFT, "BE", status=Status.HELD)) == (
        "Held for review: Belgium is no longer on the list of members of the MTCR."
    )


def test_a_return_is_said_to_be_one() -> None:
    assert say(a_change(K.MEMBER_JOINED, "IN", detail="re-admitted")) == "India rejoined the MTCR."


def test_a_plenary_without_an_ordinal_is_named_by_its_day() -> None:
    change = a_change(K.TOPIC_ADDED, "transit", plenary="2011-04-13")
    assert say(change) == "The MTCR now speaks of transit at the plenary of 2011-04-13."


def test_a_resolution_cited_before_is_not_said_to_be_a_first() -> None:
    change = a_change(K.RESOLUTION_CITED, "S/RES/1540", novelty=Novelty.SINCE_PRIOR)
    assert say(change) == "The MTCR cited S/RES/1540, which it did not at the plenary before."


@pytest.mark.parametrize(
    ("kind", "subject", "fields", "sentence"),
    [
        (K.STATEMENT_REVISED, URL, {"plenary": 24, "detail": "concerns, obligation strengthened"},
         "The statement of the MTCR on plenary 24 was edited: concerns and a stronger obligation."),
        (K.STATEMENT_WITHDRAWN, "https://mtcr.example/", {}, "The page “mtcr.example” of the MTCR was withdrawn."),
        (K.SOURCE_UNREACHABLE, URL, {"after": "cannot be reached (connection refused); try later"},
         "The page “25” of the MTCR cannot be reached: connection refused."),
        (K.MIRRORS_DISAGREE, "membership_decisions", {"before": "admitted IN", "after": "admitted BE, invited IN"},
         "Pages on the same plenary of the MTCR disagree on its decisions on members: "
         "admitted India on one, admitted Belgium and invited India on another."),
        (K.PLENARY_ANNOUNCED, "25", {"plenary": 25, "after": {"start": "2010-12-30", "end": "2011-01-02"}},
         "The MTCR published a statement on its plenary 25, 30 December 2010 to 2 January 2011."),
    ],
)  # fmt: skip
def test_a_sentence_is_plain_english_whatever_the_change_carries(
    kind: ChangeKind, subject: str, fields: dict[str, object], sentence: str
) -> None:
    assert say(a_change(kind, subject, **fields)) == sentence


@pytest.mark.parametrize("kind", ChangeKind)
def test_no_sentence_shows_a_name_of_data_or_an_address(kind: ChangeKind) -> None:
    subject, fields, _ = SENTENCES[kind]
    said = say(a_change(kind, subject, **fields))
    assert "_" not in said
    assert "://" not in said
