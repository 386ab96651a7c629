"""Several pages on one plenary: a copy is compared fact by fact, and a fuller page adds what no page had said."""

from __future__ import annotations

import msgspec
import pytest

from diffs.change import Change, ChangeKind, Severity
from diffs.compare import compare
from diffs.context import Context
from parsers.record import Concern, Meeting, Officer, OfficerRole, Plenary, Record
from tests.builders.comparing import a_context, a_decision, a_meeting, a_record, a_resolution, some_members

K = ChangeKind
WHOLE = a_record(
    language="en",
    plenary=a_meeting(),
    member_count=7,
    members=some_members(),
    officers=(Officer(OfficerRole.CHAIR, "Ana Silva", country="AR"),),
    resolutions=(a_resolution(1540, 2004), a_resolution(1718, 2006)),
    concerns=(Concern(country="IR"), Concern(country="KP")),
    membership_decisions=(a_decision("admitted", "FR"),),
)


def beside(*others: Record, **fields: object) -> Context:
    """What is known where *others* are pages on the plenary already."""
    return a_context(**({"plenary_known": True, "same_plenary": others} | fields))


def differences(one: Record, other: Record) -> list[Change]:
    return [c for c in compare(one, context=beside(other)) if c.kind is K.MIRRORS_DISAGREE]


@pytest.mark.parametrize(
    ("subject", "fields", "here", "there"),
    [
        ("member_count", {"member_count": 8}, "8", "7"),
        ("members", {"members": some_members("AR AU BE BR CA DK NZ")}, "AR, AU, BE, BR, CA, DK, NZ",
         "AR, AU, BE, BR, CA, DK, FR"),
        ("chair", {"officers": (Officer(OfficerRole.CHAIR, "Ana Silva", country="BR"),)}, "BR", "AR"),
        ("resolutions", {"resolutions": (a_resolution(1540), a_resolution(1737))}, "1540, 1737", "1540, 1718"),
        ("concerns", {"concerns": (Concern(country="IR"),)}, "IR", "IR, KP"),
        ("membership_decisions", {"membership_decisions": (a_decision("invited", "FR"),)}, "invited FR", "admitted FR"),
        ("ordinal", {"plenary": a_meeting(26)}, "26", "25"),
    ],
)  # fmt: skip
def test_each_fact_in_which_a_copy_differs_is_listed_with_both_values(
    subject: str, fields: dict[str, object], here: str, there: str
) -> None:
    (told,) = differences(msgspec.structs.replace(WHOLE, **fields), WHOLE)
    assert (told.subject, told.before, told.after, told.severity) == (subject, there, here, Severity.INFO)


def test_a_copy_word_for_word_differs_in_nothing() -> None:
    assert compare(WHOLE, context=beside(WHOLE, decided=frozenset({"admitted:FR:25"}))) == ()


def test_a_translation_names_its_city_otherwise_and_differs_in_nothing() -> None:
    french = msgspec.structs.replace(WHOLE, language="fr", plenary=msgspec.structs.replace(a_meeting(), city="Bonaire"))
    assert differences(french, WHOLE) == []
    elsewhere = Plenary(25, "Paris", "FR", a_meeting().start, a_meeting().end)
    assert [c.subject for c in differences(msgspec.structs.replace(french, plenary=elsewhere), WHOLE)] == ["country"]


def test_an_edit_tells_the_differences_that_it_made_and_no_others() -> None:
    edited = msgspec.structs.replace(WHOLE, resolutions=(a_resolution(1540),))
    other = msgspec.structs.replace(WHOLE, member_count=8)
    context = beside(other, previous=WHOLE, previous_hash="old")
    assert [c.subject for c in compare(edited, context=context) if c.kind is K.MIRRORS_DISAGREE] == ["resolutions"]


NOTE = a_record(plenary=a_meeting(), resolutions=(a_resolution(1540, 2004),))
PRIOR = a_record(
    plenary=a_meeting(24), concerns=(Concern(country="IR"),), officers=(Officer(OfficerRole.CHAIR, "Juan Paz"),)
)


def test_a_statement_that_follows_a_short_note_is_compared_with_the_plenary_before_in_what_the_note_left_out() -> None:
    full = msgspec.structs.replace(WHOLE, meetings=(Meeting("TEM", None),))
    told = {(c.kind, c.subject) for c in compare(full, context=beside(NOTE, prior=PRIOR, cited=frozenset({"1540"})))}
    assert told >= {(K.CONCERN_ADDED, "KP"), (K.OFFICER_CHANGED, "chair"), (K.MEETING_ADDED, "TEM")}
    assert (K.CONCERN_ADDED, "IR") not in told
    assert not {kind for kind, _ in told} & {K.PLENARY_ANNOUNCED, K.RESOLUTION_DROPPED}


def test_what_a_page_on_the_plenary_spoke_of_is_not_told_of_the_next_one() -> None:
    more = msgspec.structs.replace(WHOLE, concerns=(Concern(country="SY"),))
    told = compare(more, context=beside(WHOLE, prior=PRIOR))
    assert [c.subject for c in told if c.kind is K.CONCERN_ADDED] == []
    assert [c.after for c in told if c.kind is K.MIRRORS_DISAGREE] == ["SY"]
