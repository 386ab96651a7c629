"""What a new version of a page tells against what is known."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from diffs.change import Change, ChangeKind, Novelty, Severity, Status
from diffs.compare import compare, holds_back
from diffs.context import Context, Standing
from diffs.sources import recovered, unreachable, withdrawn
from parsers.record import (
    Concern,
    Evidence,
    Inconsistency,
    InconsistencyCode,
    Kind,
    Meeting,
    Member,
    Officer,
    OfficerRole,
    Participant,
    Record,
)
from tests.builders.comparing import (
    NOON,
    a_context,
    a_decision,
    a_meeting,
    a_record,
    a_resolution,
    some_members,
    standing,
)

K = ChangeKind
SEVEN = "AR AU BE BR CA DK FR"


def _of(changes: tuple[Change, ...], kind: ChangeKind) -> list[Change]:
    return [c for c in changes if c.kind is kind]


def _kinds(changes: tuple[Change, ...]) -> set[ChangeKind]:
    return {c.kind for c in changes}


def _a_list(codes: str = SEVEN, **fields: object) -> Record:
    return a_record(Kind.MEMBERS, members=some_members(codes), **fields)


def _known(codes: str = SEVEN, **fields: object) -> Context:
    """A members page that was seen before, listing *codes*."""
    values = {"source_kind": "members", "plenary": None, "members": standing(codes), "previous": _a_list(codes)}
    return a_context(**(values | {"previous_hash": "old"} | fields))


def test_a_state_new_on_the_list_joined() -> None:
    (joined,) = _of(compare(_a_list(f"{SEVEN} NZ"), context=_known()), K.MEMBER_JOINED)
    assert (joined.subject, joined.after, joined.severity, joined.status) == (
        "NZ", "New Zealand", Severity.CRITICAL, Status.CONFIRMED,
    )  # fmt: skip


def test_a_state_that_a_statement_admits_joined_and_the_decision_is_told() -> None:
    after = a_record(plenary=a_meeting(), membership_decisions=(a_decision("admitted", "NZ"),))
    changes = compare(after, context=a_context(members=standing()))
    assert [c.subject for c in _of(changes, K.MEMBER_JOINED)] == ["NZ"]
    assert [c.after["decision"] for c in _of(changes, K.MEMBERSHIP_DECISION)] == ["admitted"]


def test_an_admission_that_takes_effect_later_is_a_decision_and_not_yet_a_joining() -> None:
    decision = a_decision("admitted", "NZ", effective=date(2012, 1, 1))
    after = a_record(plenary=a_meeting(), published=date(2011, 4, 15), membership_decisions=(decision,))
    changes = compare(after, context=a_context(members=standing()))
    assert _of(changes, K.MEMBER_JOINED) == []
    assert [c.after["effective"] for c in _of(changes, K.MEMBERSHIP_DECISION)] == ["2012-01-01"]


@pytest.mark.parametrize(("kind", "state"), [("admitted", "NZ"), ("acceded", "NZ"), ("withdrew", "FR")])
@pytest.mark.parametrize("published", [date(2011, 4, 15), None])
def test_what_takes_effect_later_moves_nobody_and_is_no_critical_decision(
    kind: str, state: str, published: date | None
) -> None:
    """Of a page without a day, the day on which it was seen counts."""
    on = (published or NOON.date()) + timedelta(days=1)
    after = a_record(published=published, membership_decisions=(a_decision(kind, state, effective=on),))
    changes = [c for c in compare(after, context=a_context(members=standing())) if c.subject == state]
    assert [(c.kind, c.severity, c.status) for c in changes] == [
        (K.MEMBERSHIP_DECISION, Severity.WARNING, Status.CONFIRMED)
    ]
    today = a_record(
        published=published, membership_decisions=(a_decision(kind, state, effective=on - timedelta(days=1)),)
    )
    told = [c for c in compare(today, context=a_context(members=standing())) if c.subject == state]
    assert [c.severity for c in told] == [Severity.CRITICAL, Severity.CRITICAL]


def test_an_invitation_is_no_joining() -> None:
    after = a_record(plenary=a_meeting(), membership_decisions=(a_decision("invited", "NZ"),))
    assert _of(compare(after, context=a_context(members=standing())), K.MEMBER_JOINED) == []


def test_a_few_states_named_in_a_statement_are_no_list_of_members() -> None:
    after = a_record(plenary=a_meeting(), members=some_members("AR NZ"))
    assert _of(compare(after, context=a_context(members=standing())), K.MEMBER_JOINED) == []


def test_a_joining_again_is_another_change_than_the_first() -> None:
    (first,) = _of(compare(_a_list(f"{SEVEN} NZ"), context=_known()), K.MEMBER_JOINED)
    (again,) = _of(compare(_a_list(f"{SEVEN} NZ"), context=_known(past={"NZ": 1})), K.MEMBER_JOINED)
    assert again.detail == "re-admitted"
    assert again.key != first.key


def test_the_same_joining_told_by_two_pages_is_one_change() -> None:
    statement = a_record(plenary=a_meeting(), membership_decisions=(a_decision("admitted", "NZ"),))
    (told,) = _of(compare(statement, context=a_context(members=standing())), K.MEMBER_JOINED)
    (listed,) = _of(compare(_a_list(f"{SEVEN} NZ"), context=_known()), K.MEMBER_JOINED)
    assert told.key == listed.key


def test_a_state_missing_from_the_list_is_held_and_not_believed_to_have_left() -> None:
    (left,) = _of(compare(_a_list("AR AU BE BR CA DK"), context=_known()), K.MEMBER_LEFT)
    assert (left.subject, left.status) == ("FR", Status.HELD)


def test_a_state_missing_where_the_stated_count_fell_with_it_left() -> None:
    after = _a_list("AR AU BE BR CA DK", member_count=6)
    (left,) = _of(compare(after, context=_known()), K.MEMBER_LEFT)
    assert (left.subject, left.status) == ("FR", Status.CONFIRMED)


def test_a_state_missing_under_an_unchanged_count_is_held() -> None:
    after = _a_list("AR AU BE BR CA DK", member_count=7)
    assert [c.status for c in _of(compare(after, context=_known()), K.MEMBER_LEFT)] == [Status.HELD]


def test_a_withdrawal_that_the_page_states_is_confirmed() -> None:
    after = a_record(plenary=a_meeting(), membership_decisions=(a_decision("withdrew", "FR"),))
    (left,) = _of(compare(after, context=a_context(members=standing())), K.MEMBER_LEFT)
    assert (left.subject, left.status) == ("FR", Status.CONFIRMED)


def test_a_statement_that_names_no_members_denies_none() -> None:
    changes = compare(a_record(plenary=a_meeting()), context=a_context(members=standing(), prior=_a_list()))
    assert _kinds(changes) == {K.PLENARY_ANNOUNCED}


def test_a_renamed_country_is_neither_a_departure_nor_a_joining() -> None:
    after = a_record(Kind.MEMBERS, members=some_members(f"{SEVEN} TR", TR="Türkiye"))
    changes = compare(after, context=_known(f"{SEVEN} TR"))
    (renamed,) = _of(changes, K.MEMBER_RENAMED)
    assert (renamed.subject, renamed.before, renamed.after) == ("TR", "Turkey", "Türkiye")
    assert _kinds(changes) == {K.MEMBER_RENAMED, K.STATEMENT_REVISED}


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("NL", "Netherlands", "The Netherlands"),
        ("NL", "the Netherlands", "Netherlands"),
        ("US", "United States", "United States of America"),
        ("KR", "Republic of Korea", "Korea, Republic of"),
        ("FR", "FRANCE", "France"),
    ],
)
def test_an_article_or_a_spelling_is_no_new_name(code: str, before: str, after: str) -> None:
    rest = "AR AU BE BR CA DK"
    members = (*some_members(rest), Member(code, after))
    context = _known(
        members=standing(rest) | {code: Standing(before)},
        previous=a_record(Kind.MEMBERS, members=(*some_members(rest), Member(code, before))),
    )
    changes = compare(a_record(Kind.MEMBERS, members=members), context=context)
    assert _kinds(changes) <= {K.STATEMENT_REVISED}


def test_another_stated_count_is_told_with_both_sides() -> None:
    after, prior = a_record(plenary=a_meeting(), member_count=35), a_record(plenary=a_meeting(24), member_count=34)
    (counted,) = _of(compare(after, context=a_context(prior=prior)), K.MEMBER_COUNT_CHANGED)
    assert (counted.before, counted.after) == (34, 35)


def test_a_count_that_another_page_stated_already_is_no_change() -> None:
    after = a_record(plenary=a_meeting(), member_count=8)
    known = a_context(prior=a_record(plenary=a_meeting(24), member_count=6), count=7)
    (told,) = _of(compare(after, context=known), ChangeKind.MEMBER_COUNT_CHANGED)
    assert (told.before, told.after) == (7, 8)
    assert not _of(compare(after, context=msgspec.structs.replace(known, count=8)), ChangeKind.MEMBER_COUNT_CHANGED)


def test_a_page_that_lags_behind_says_of_no_state_that_it_left() -> None:
    lagging = _known(members=standing(f"{SEVEN} TR"), previous=_a_list(member_count=7))
    assert not _of(compare(_a_list(member_count=7), context=lagging), ChangeKind.MEMBER_LEFT)


def test_a_drift_is_told_once_while_it_lasts_and_again_when_it_comes_back() -> None:
    gone = _a_list("")
    (first,) = compare(gone, context=_known(believed=3))
    (lasting,) = compare(gone, context=_known(believed=3, after_hash="another"))
    (again,) = compare(gone, context=_known(believed=4))
    assert first.key == lasting.key != again.key


def test_a_list_that_became_a_table_is_no_edit() -> None:
    assert not compare(_a_list(), context=_known(same_form_apart=True))


def test_a_count_left_unsaid_is_no_change() -> None:
    prior = a_record(plenary=a_meeting(24), member_count=34)
    changes = compare(a_record(plenary=a_meeting()), context=a_context(prior=prior))
    assert _of(changes, K.MEMBER_COUNT_CHANGED) == []


def test_a_plenary_that_nobody_told_of_is_announced_with_its_place_and_days() -> None:
    (told,) = _of(compare(a_record(plenary=a_meeting()), context=a_context()), K.PLENARY_ANNOUNCED)
    assert (told.plenary, told.subject, told.after["city"], told.after["start"]) == (
        25, "25", "Buenos Aires", "2011-04-13",
    )  # fmt: skip


def test_a_second_page_on_a_known_plenary_announces_nothing() -> None:
    context = a_context(plenary_known=True, same_plenary=(a_record(plenary=a_meeting()),))
    assert compare(a_record(plenary=a_meeting()), context=context) == ()


def test_a_number_that_rises_again_after_it_fell_is_another_change() -> None:
    page, prior = a_record(plenary=a_meeting(), member_count=27), a_record(plenary=a_meeting(24), member_count=25)
    first = a_context(prior=prior, count=26, counted=3)
    again = msgspec.structs.replace(first, counted=5)
    keys = {_of(compare(page, context=c), ChangeKind.MEMBER_COUNT_CHANGED)[0].key for c in (first, again)}
    assert len(keys) == 2


def test_a_resolution_never_cited_before_is_first_ever_and_critical() -> None:
    after = a_record(plenary=a_meeting(), resolutions=(a_resolution(1540, 2004),))
    context = a_context(prior=a_record(plenary=a_meeting(24)))
    (cited,) = _of(compare(after, context=context), K.RESOLUTION_CITED)
    assert (cited.subject, cited.novelty, cited.severity) == (
        "S/RES/1540 (2004)", Novelty.FIRST_EVER, Severity.CRITICAL,
    )  # fmt: skip


def test_a_resolution_cited_long_ago_but_not_at_the_prior_plenary_is_new_since_then_alone() -> None:
    after = a_record(plenary=a_meeting(), resolutions=(a_resolution(1540, 2004),))
    context = a_context(prior=a_record(plenary=a_meeting(24)), cited=frozenset({"1540"}))
    (cited,) = _of(compare(after, context=context), K.RESOLUTION_CITED)
    assert (cited.novelty, cited.severity) == (Novelty.SINCE_PRIOR, Severity.INFO)


def test_a_resolution_that_the_prior_plenary_cited_too_is_no_news_with_or_without_its_year() -> None:
    after = a_record(plenary=a_meeting(), resolutions=(a_resolution(1540),))
    prior = a_record(plenary=a_meeting(24), resolutions=(a_resolution(1540, 2004),))
    changes = compare(after, context=a_context(prior=prior, cited=frozenset({"1540"})))
    assert _kinds(changes) == {K.PLENARY_ANNOUNCED}


def test_a_copy_of_a_known_statement_drops_no_resolution_that_it_leaves_out() -> None:
    after = a_record(plenary=a_meeting(), resolutions=(a_resolution(1540, 2004),))
    known = a_record(plenary=a_meeting(), resolutions=(a_resolution(1540, 2004), a_resolution(1718, 2006)))
    context = a_context(plenary_known=True, same_plenary=(known,))
    assert _of(compare(after, context=context), ChangeKind.RESOLUTION_DROPPED) == []


def test_a_resolution_no_longer_cited_is_dropped_where_others_are_cited() -> None:
    prior = a_record(plenary=a_meeting(24), resolutions=(a_resolution(1540), a_resolution(1718)))
    context = a_context(prior=prior, cited=frozenset({"1540", "1718"}))
    some = compare(a_record(plenary=a_meeting(), resolutions=(a_resolution(1540),)), context=context)
    none = compare(a_record(plenary=a_meeting()), context=context)
    assert [c.before for c in _of(some, K.RESOLUTION_DROPPED)] == ["S/RES/1718"]
    assert _of(none, K.RESOLUTION_DROPPED) == []


def test_concerns_new_and_gone_are_told() -> None:
    after = a_record(plenary=a_meeting(), concerns=(Concern(country="IR"),))
    prior = a_record(plenary=a_meeting(24), concerns=(Concern(country="KP"), Concern(region="the Middle East")))
    changes = compare(after, context=a_context(prior=prior))
    assert [c.subject for c in _of(changes, K.CONCERN_ADDED)] == ["IR"]
    assert [c.subject for c in _of(changes, K.CONCERN_DROPPED)] == ["KP", "the Middle East"]


def test_concerns_that_a_statement_does_not_mention_are_not_dropped() -> None:
    prior = a_record(plenary=a_meeting(24), concerns=(Concern(country="KP"),))
    changes = compare(a_record(plenary=a_meeting()), context=a_context(prior=prior))
    assert _of(changes, K.CONCERN_DROPPED) == []


def test_meetings_and_topics_are_compared_with_the_prior_plenary() -> None:
    after = a_record(plenary=a_meeting(), meetings=(Meeting("TEM", None),), topics=("brokering", "catch_all"))
    prior = a_record(plenary=a_meeting(24), meetings=(Meeting("LEEM", None),), topics=("brokering", "transit"))
    told = {(c.kind, c.subject) for c in compare(after, context=a_context(prior=prior))}
    assert told >= {
        (K.MEETING_ADDED, "TEM"), (K.MEETING_DROPPED, "LEEM"),
        (K.TOPIC_ADDED, "catch_all"), (K.TOPIC_DROPPED, "transit"),
    }  # fmt: skip
    assert (K.TOPIC_ADDED, "brokering") not in told


def _chair(name: str, country: str | None = None) -> Officer:
    return Officer(OfficerRole.CHAIR, name, country=country)


def test_another_chair_is_told_and_the_same_one_in_capitals_is_not() -> None:
    prior = a_record(plenary=a_meeting(24), officers=(_chair("Ana Silva"),))
    other = compare(a_record(plenary=a_meeting(), officers=(_chair("Juan Paz"),)), context=a_context(prior=prior))
    same = compare(a_record(plenary=a_meeting(), officers=(_chair("Ana SILVA"),)), context=a_context(prior=prior))
    assert [(c.before, c.after) for c in _of(other, K.OFFICER_CHANGED)] == [("Ana Silva", "Juan Paz")]
    assert _of(same, K.OFFICER_CHANGED) == []


def test_an_office_left_unsaid_is_no_change() -> None:
    prior = a_record(plenary=a_meeting(24), officers=(_chair("Ana Silva"),))
    assert _of(compare(a_record(plenary=a_meeting()), context=a_context(prior=prior)), K.OFFICER_CHANGED) == []


def test_a_new_adherent_is_told_and_one_gone_is_held() -> None:
    before = _a_list(adherents=(Participant("EE", "Estonia"),))
    after = _a_list(adherents=(Participant("LV", "Latvia"),))
    changes = compare(after, context=_known(previous=before, adherents=frozenset({"EE"})))
    assert [c.subject for c in _of(changes, K.ADHERENT_ADDED)] == ["LV"]
    assert [(c.subject, c.status) for c in _of(changes, K.ADHERENT_REMOVED)] == [("EE", Status.HELD)]


def test_a_new_observer_is_told() -> None:
    after = _a_list(observers=(Participant(None, "European Commission"),))
    assert [c.after for c in _of(compare(after, context=_known()), K.OBSERVER_ADDED)] == ["European Commission"]


def test_a_contradiction_is_told_once() -> None:
    odd = Inconsistency(InconsistencyCode.COUNT_MISMATCH, "states 35 members and lists 34")
    new = compare(a_record(plenary=a_meeting(), inconsistencies=(odd,)), context=a_context())
    held = a_record(plenary=a_meeting(), inconsistencies=(odd,))
    again = compare(held, context=a_context(previous=held, previous_hash="old", plenary_known=True))
    assert [c.after for c in _of(new, K.INCONSISTENCY_FOUND)] == [odd.detail]
    assert _of(again, K.INCONSISTENCY_FOUND) == []


def _edit(before: Record, after: Record, **fields: object) -> tuple[Change, ...]:
    values = {"previous": before, "previous_hash": "old", "plenary_known": True, "same_plenary": (before,)}
    return compare(after, context=a_context(**(values | fields)))


def test_a_silent_edit_of_a_fact_is_a_warning_that_names_the_field() -> None:
    before = a_record(plenary=a_meeting(), resolutions=(a_resolution(1540),))
    after = msgspec.structs.replace(before, resolutions=(a_resolution(1540), a_resolution(1718)))
    changes = _edit(before, after, cited=frozenset({"1540"}))
    (revised,) = _of(changes, K.STATEMENT_REVISED)
    assert (revised.severity, revised.detail, revised.before, revised.after) == (
        Severity.WARNING, "resolutions", "old", "new",
    )  # fmt: skip
    assert [c.subject for c in _of(changes, K.RESOLUTION_CITED)] == ["S/RES/1718"]


def test_an_edit_of_wording_alone_is_of_little_weight() -> None:
    record = a_record(plenary=a_meeting())
    (revised,) = _edit(record, record)
    assert (revised.kind, revised.severity, revised.detail) == (K.STATEMENT_REVISED, Severity.INFO, "wording")


def test_the_same_text_is_no_edit() -> None:
    record = a_record(plenary=a_meeting())
    assert _edit(record, record, after_hash="old") == ()


def test_an_edit_that_mends_a_contradiction_is_a_correction() -> None:
    odd = Inconsistency(InconsistencyCode.COUNT_MISMATCH, "states 35 members and lists 34")
    before = a_record(plenary=a_meeting(), member_count=35, inconsistencies=(odd,))
    (revised,) = _of(_edit(before, a_record(plenary=a_meeting(), member_count=34)), K.STATEMENT_REVISED)
    assert revised.detail.startswith("correction: ")


def test_two_edits_of_one_page_are_two_changes() -> None:
    record = a_record(plenary=a_meeting())
    (one,) = _edit(record, record)
    (two,) = _edit(record, record, previous_hash="new", after_hash="newer")
    assert one.key != two.key


def test_pages_on_one_plenary_that_differ_in_a_fact_disagree() -> None:
    other = a_record(plenary=a_meeting(city="Rosario"), member_count=35)
    after = a_record(plenary=a_meeting(), member_count=34)
    changes = compare(after, context=a_context(plenary_known=True, same_plenary=(other,)))
    assert {(c.subject, c.before, c.after) for c in _of(changes, K.MIRRORS_DISAGREE)} == {
        ("city", "Rosario", "Buenos Aires"), ("member_count", "35", "34"),
    }  # fmt: skip


def test_a_disagreement_has_one_key_from_whichever_side_it_is_seen() -> None:
    one, other = a_record(plenary=a_meeting(), member_count=34), a_record(plenary=a_meeting(), member_count=35)
    (seen,) = compare(one, context=a_context(plenary_known=True, same_plenary=(other,)))
    (from_there,) = compare(other, context=a_context(plenary_known=True, same_plenary=(one,)))
    assert seen.key == from_there.key


def test_what_one_mirror_leaves_unsaid_is_no_disagreement() -> None:
    other = a_record(plenary=a_meeting(), member_count=35)
    after = a_record(plenary=a_meeting(day=None))
    assert compare(after, context=a_context(plenary_known=True, same_plenary=(other,))) == ()


DRIFTS: dict[str, tuple[Record, Context]] = {
    "is gone": (a_record(Kind.MEMBERS), _known()),
    "3 members are gone": (_a_list("AR AU BE BR"), _known()),
    "states 40 members and lists 7": (_a_list(member_count=40), _known()),
    "fewer than the 30 expected": (_a_list(), _known(expects_min=30)),
    "more than the 6 expected": (_a_list(), _known(expects_max=6)),
    "plenary 25 now tells of plenary 26": (
        a_record(plenary=a_meeting(26, day=date(2012, 5, 8))), a_context(previous=a_record(plenary=a_meeting(25)))
    ),
    "facts and now states": (a_record(), a_context(previous=a_record(plenary=a_meeting(), member_count=34))),
    "shrank from 7": (
        a_record(plenary=a_meeting(), members=some_members("AR AU")),
        a_context(previous=a_record(plenary=a_meeting(), members=some_members())),
    ),
}  # fmt: skip


@pytest.mark.parametrize("reason", DRIFTS)
def test_a_page_that_drifts_tells_its_drift_alone_and_is_held(reason: str) -> None:
    after, context = DRIFTS[reason]
    changes = compare(after, context=context)
    assert [(c.kind, c.status) for c in changes] == [(K.SOURCE_DRIFT, Status.HELD)]
    assert reason in changes[0].detail
    assert holds_back(changes)


def test_a_name_that_goes_while_another_comes_is_held_for_it_may_be_one_misread() -> None:
    changes = compare(_a_list("AR AU BE BR CA DK NZ", member_count=7), context=_known())
    assert not holds_back(changes)
    assert [c.status for c in _of(changes, K.MEMBER_LEFT)] == [Status.HELD]


def test_a_list_that_grows_by_many_at_once_is_held() -> None:
    changes = compare(_a_list("AR AU BE BR CA DK FR NZ PL PT RO SE SI SK", member_count=14), context=_known())
    assert [c.kind for c in changes] == [K.SOURCE_DRIFT]


def test_each_change_stands_once_under_its_key() -> None:
    decisions = (a_decision("admitted", "NZ"), a_decision("welcomed", "NZ"), a_decision("admitted", "NZ"))
    changes = compare(a_record(plenary=a_meeting(), membership_decisions=decisions), context=a_context())
    assert len({c.key for c in changes}) == len(changes)
    assert len(_of(changes, K.MEMBER_JOINED)) == 1


def test_a_decision_that_was_told_before_is_not_told_again() -> None:
    after = a_record(plenary=a_meeting(), membership_decisions=(a_decision("no_consensus"),))
    first = compare(after, context=a_context())
    again = compare(after, context=a_context(decided=frozenset({"no_consensus::25"})))
    assert len(_of(first, K.MEMBERSHIP_DECISION)) == 1
    assert _of(again, K.MEMBERSHIP_DECISION) == []


def test_a_change_carries_the_words_of_both_sides() -> None:
    was, now = Evidence(3, 0, 2, "34"), Evidence(4, 5, 7, "35")
    prior = a_record(plenary=a_meeting(24), member_count=34, evidence={"/member_count": (was,)})
    after = a_record(plenary=a_meeting(), member_count=35, evidence={"/member_count": (now,)})
    (counted,) = _of(compare(after, context=a_context(prior=prior)), K.MEMBER_COUNT_CHANGED)
    assert (counted.evidence.before, counted.evidence.after) == ((was,), (now,))


def test_the_time_it_was_seen_is_no_part_of_a_changes_name() -> None:
    after = a_record(plenary=a_meeting())
    (one,) = compare(after, context=a_context())
    (other,) = compare(after, context=a_context(observed_at=NOON.replace(year=2027)))
    assert one.key == other.key


def test_a_second_outage_is_another_change_than_the_first() -> None:
    first = unreachable("mtcr", "https://mtcr.example", outage=0, reason="timed out", since=NOON, now=NOON)
    second = unreachable("mtcr", "https://mtcr.example", outage=1, reason="timed out", since=NOON, now=NOON)
    back = recovered("mtcr", "https://mtcr.example", outage=0, now=NOON)
    assert len({first.key, second.key, back.key}) == 3


def test_a_withdrawn_statement_is_critical() -> None:
    gone = withdrawn("mtcr", "https://mtcr.example/25", status=410, sha256="ab", now=NOON)
    assert (gone.kind, gone.severity, gone.after) == (K.STATEMENT_WITHDRAWN, Severity.CRITICAL, 410)
