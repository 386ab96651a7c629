"""What a person decides about a reading, and where it holds."""

from __future__ import annotations

import msgspec
import pytest

from parsers.record import (
    Evidence,
    Inconsistency,
    InconsistencyCode,
    Member,
    MembershipDecision,
    MembershipDecisionKind,
    Plenary,
    Record,
)
from storage import Store
from storage.corrections import Correction, Decision, Value, apply, place_of
from storage.errors import BadCorrection, NotFound
from tests.storage.making import NOON, a_record
from tests.storage.observing import a_version


def with_ruritania(*before: str) -> Record:
    """A record whose last member has a name that no table knows."""
    record = a_record(*before, "XX")
    at = len(before)
    evidence = record.evidence | {f"/members/{at}": (Evidence(0, 0, 9, "Ruritania"),)}
    members = (*record.members[:at], Member(None, "Ruritania"))
    return msgspec.structs.replace(record, members=members, evidence=evidence)


def decide(store: Store, record: Record, pointer: str, decision: Decision, value: Value = None) -> None:
    with store.writing() as w:
        version = a_version(w, record)
        w.correct(version.id, pointer, decision, value=value, who="A. Analyst", why="by hand", now=NOON)


def test_a_name_that_no_table_knows_waits_for_a_person_with_its_words(store: Store) -> None:
    with store.writing() as w:
        version = a_version(w, with_ruritania("AR"))
    with store.reading() as r:
        (reading,) = r.open_readings("mtcr")
    assert (reading.record, reading.pointer, reading.evidence[0].quote) == (version.id, "/members/1", "Ruritania")
    assert "Ruritania" in reading.reading


def test_a_page_that_contradicts_itself_waits_too(store: Store) -> None:
    odd = (Inconsistency(InconsistencyCode.COUNT_MISMATCH, "states 35, lists 34"),)
    with store.writing() as w:
        a_version(w, msgspec.structs.replace(a_record("AR"), inconsistencies=odd))
    with store.reading() as r:
        assert [reading.reading for reading in r.open_readings()] == ["count_mismatch: states 35, lists 34"]


def test_a_corrected_name_holds_wherever_the_page_says_it(store: Store) -> None:
    decide(store, with_ruritania("AR"), "/members/1", "corrected", {"country": "RO"})
    with store.reading() as r:
        corrected = r.corrected(with_ruritania("AR", "BR", "CL"))
    assert [m.country for m in corrected.members] == ["AR", "BR", "CL", "RO"]
    assert corrected.members[3].name == "Ruritania"


def test_a_decision_in_one_regime_says_nothing_in_another(store: Store) -> None:
    decide(store, with_ruritania("AR"), "/members/1", "corrected", {"country": "RO"})
    other = msgspec.structs.replace(with_ruritania("AR"), regime="nsg")
    with store.reading() as r:
        assert r.corrected(other) == other


def test_a_rejected_reading_is_taken_out_with_its_evidence_and_not_proposed_again(store: Store) -> None:
    record = a_record("AR", "BR", "CL")
    decide(store, record, "/members/1", "rejected")
    with store.reading() as r:
        corrected = r.corrected(record)
    assert [m.country for m in corrected.members] == ["AR", "CL"]
    assert [e[0].quote for e in corrected.evidence.values()] == ["AR", "CL"]


@pytest.mark.parametrize("decision", ["approved", "rejected", "corrected"])
def test_what_was_decided_is_not_asked_again(store: Store, decision: Decision) -> None:
    value = {"country": "RO"} if decision == "corrected" else None
    decide(store, with_ruritania("AR"), "/members/1", decision, value)
    with store.writing() as w:
        a_version(w, with_ruritania("AR", "BR"), source="mirror")
    with store.reading() as r:
        assert r.open_readings() == ()


def test_the_last_decision_counts_and_all_are_kept(store: Store) -> None:
    decide(store, with_ruritania("AR"), "/members/1", "corrected", {"country": "RO"})
    decide(store, with_ruritania("AR"), "/members/1", "corrected", {"country": "RS"})
    with store.reading() as r:
        assert r.corrected(with_ruritania("AR")).members[1].country == "RS"
        assert [(c.who, c.why, c.decided_at) for c in r.corrections()] == [("A. Analyst", "by hand", NOON)] * 2


def test_a_plain_value_is_corrected_or_taken_out(store: Store) -> None:
    record = a_record("AR", member_count=43)
    record = msgspec.structs.replace(record, evidence=record.evidence | {"/member_count": (Evidence(0, 0, 2, "43"),)})
    decide(store, record, "/member_count", "corrected", 34)
    with store.reading() as r:
        assert r.corrected(record).member_count == 34
    decide(store, record, "/member_count", "rejected")
    with store.reading() as r:
        assert r.corrected(record).member_count is None


def test_a_value_that_its_field_cannot_have_is_refused_and_not_kept(store: Store) -> None:
    with pytest.raises(BadCorrection, match="does not fit"):
        decide(store, with_ruritania("AR"), "/members/1", "corrected", "Romania")
    with store.reading() as r:
        assert r.corrections() == ()


def test_a_place_the_record_does_not_have_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="/members/9"):
        decide(store, a_record("AR"), "/members/9", "approved")


def decision(place: str, quote: str, decided: Decision, value: Value = None, regime: str = "mtcr") -> Correction:
    return Correction(regime, place, quote, decided, value, "A. Analyst", "", NOON, 1)


@pytest.mark.parametrize(
    ("pointer", "place"),
    [("/members/3", "/members/*"), ("/members/31/country", "/members/*/country"), ("/plenary/ordinal", "/plenary/ordinal"),
     ("/outreach/0/countries/12", "/outreach/*/countries/*"), ("/members/3a", "/members/3a"), ("/member_count", "/member_count")],
)  # fmt: skip
def test_a_place_is_named_without_positions(pointer: str, place: str) -> None:
    assert place_of(pointer) == place


@pytest.mark.parametrize(
    ("decisions", "members"),
    [
        ([], "AR BR CL"),
        ([decision("/members/*", "BR", "approved")], "AR BR CL"),
        ([decision("/members/*", "BR", "rejected")], "AR CL"),
        ([decision("/members/*", "AR", "rejected"), decision("/members/*", "BR", "rejected")], "CL"),
        ([decision("/members/*", "BR", "corrected", {"country": "BE"})], "AR BE CL"),
        (
            [decision("/members/*", "BR", "corrected", {"country": "BE"}), decision("/members/*", "AR", "rejected")],
            "BE CL",
        ),
        ([decision("/members/*", "BR", "rejected"), decision("/members/*", "BR", "approved")], "AR BR CL"),
        ([decision("/members/*", "BR", "approved"), decision("/members/*", "BR", "rejected")], "AR CL"),
        ([decision("/members/*", "XX", "rejected")], "AR BR CL"),
        ([decision("/observers/*", "BR", "rejected")], "AR BR CL"),
        ([decision("/members/*", "BR", "rejected", regime="nsg")], "AR BR CL"),
    ],
)
def test_decisions_are_applied_to_the_words_they_name(decisions: list[Correction], members: str) -> None:
    record = apply(a_record("AR", "BR", "CL"), decisions)
    assert " ".join(str(m.country) for m in record.members) == members
    # The evidence moves up with its member, and says what the page says.
    quotes = [record.evidence[f"/members/{i}"][0].quote for i in range(len(record.members))]
    names = [m.name for m in record.members]
    assert quotes == names
    assert len(record.evidence) == len(names)


def test_a_single_value_is_taken_out_or_becomes_another() -> None:
    record = msgspec.structs.replace(
        a_record("AR"), member_count=34, evidence={"/member_count": (Evidence(0, 0, 2, "34"),)}
    )
    assert apply(record, [decision("/member_count", "34", "rejected")]).member_count is None
    assert apply(record, [decision("/member_count", "34", "corrected", 35)]).member_count == 35
    assert apply(record, [decision("/member_count", "34", "approved", 35)]) is record
    with pytest.raises(BadCorrection, match="does not fit its field"):
        apply(record, [decision("/member_count", "34", "corrected", "many")])


def rich() -> Record:
    """A record with a list in a list, and evidence of each place."""
    spot = (Evidence(0, 0, 2, "AR"),)
    record = a_record("AR", "BR", "CL")
    return msgspec.structs.replace(
        record,
        plenary=Plenary(25, "Paris", "FR"),
        membership_decisions=(
            MembershipDecision(MembershipDecisionKind.ADMITTED, ("IN", "PK")),
            MembershipDecision(MembershipDecisionKind.INVITED, ("IL",)),
        ),
        evidence=record.evidence | {
            "/plenary/city": (Evidence(0, 0, 5, "Paris"),), "/plenary": (Evidence(0, 0, 9, "in Paris."),),
            "/membership_decisions/0": (Evidence(0, 0, 5, "India"),),
            "/membership_decisions/0/countries/1": (Evidence(0, 0, 3, "Pak"),),
            "/membership_decisions/1": (Evidence(0, 0, 6, "Israel"),), "/members": spot,
            "/member_count": (Evidence(0, 0, 1, "3"),),
        },
    )  # fmt: skip


def test_what_stands_in_an_item_goes_and_moves_with_it() -> None:
    record = apply(rich(), [decision("/membership_decisions/*", "India", "rejected")])
    assert [d.countries for d in record.membership_decisions] == [("IL",)]
    assert {place: spans[0].quote for place, spans in record.evidence.items() if "decisions" in place} == {
        "/membership_decisions/0": "Israel"
    }
    # The list's own evidence is of no item, and other fields' is not touched.
    assert {"/members", "/members/0", "/members/1", "/members/2", "/plenary", "/plenary/city"} <= set(record.evidence)


def test_several_items_of_several_lists_go_at_once() -> None:
    record = apply(
        rich(),
        [
            decision("/members/*", "AR", "rejected"), decision("/members/*", "CL", "rejected"),
            decision("/membership_decisions/*", "Israel", "rejected"),
        ],
    )  # fmt: skip
    assert [m.country for m in record.members] == ["BR"]
    assert record.evidence["/members/0"][0].quote == "BR"
    assert "/members/1" not in record.evidence
    assert [d.countries for d in record.membership_decisions] == [("IN", "PK")]


def test_an_objects_field_an_object_and_an_item_of_a_list_are_set() -> None:
    def corrected(place: str, quote: str, value: Value) -> Record:
        return apply(rich(), [decision(place, quote, "corrected", value)])

    assert corrected("/plenary/city", "Paris", "Lyon").plenary == Plenary(25, "Lyon", "FR")
    assert corrected("/plenary", "in Paris.", {"ordinal": 26, "city": "Lyon"}).plenary == Plenary(26, "Lyon")
    assert corrected("/membership_decisions/*/countries/*", "Pak", "PL").membership_decisions[0].countries == (
        "IN",
        "PL",
    )
    assert corrected("/members/*", "BR", {"since": "1995"}).members[1] == Member("BR", "BR", "1995")
    assert corrected("/members/*", "BR", {"country": None, "name": "B"}).members[1] == Member(None, "B")
    rejected = apply(rich(), [decision("/plenary/city", "Paris", "rejected")])
    assert rejected.plenary == Plenary(25, None, "FR")
    # What is rejected inside an item is taken out there; the item stays.
    with pytest.raises(BadCorrection):
        apply(rich(), [decision("/membership_decisions/*/countries/*", "Pak", "rejected")])


def test_nothing_to_decide_leaves_the_record_as_it_is() -> None:
    record = rich()
    for decisions in (
        [], [decision("/members/*", "AR", "rejected", regime="nsg")], [decision("/members/*", "DE", "rejected")],
        [decision("/members/*", "AR", "approved")],
    ):  # fmt: skip
        assert apply(record, decisions) is record


def test_a_value_that_does_not_fit_is_told_with_why() -> None:
    with pytest.raises(BadCorrection) as told:
        apply(rich(), [decision("/plenary/city", "Paris", "corrected", 7)])
    assert str(told.value).startswith("the value does not fit its field (Expected `str | null`, got `int`")
    assert str(told.value).endswith("); give one of the field's own kind")


def test_an_unknown_name_is_asked_about_once_and_another_contradiction_beside_it(store: Store) -> None:
    odd = (
        Inconsistency(InconsistencyCode.UNKNOWN_COUNTRY, "Ruritania"),
        Inconsistency(InconsistencyCode.COUNT_MISMATCH, "states 35, lists 34"),
    )
    with store.writing() as w:
        a_version(w, msgspec.structs.replace(with_ruritania("AR"), inconsistencies=odd))
    with store.reading() as r:
        assert [(o.pointer, o.reading) for o in r.open_readings()] == [
            ("/members/1", "no table knows the country 'Ruritania'"),
            ("/inconsistencies/1", "count_mismatch: states 35, lists 34"),
        ]
