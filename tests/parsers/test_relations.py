"""Relations between what a clause names: sentences of many regimes, the items and clauses that they are made of, and
rules that are refused where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.annotate import Kind, annotated, counted_items, languages_of
from parsers.clauses import clauses
from parsers.errors import BadRules
from parsers.page import Page
from parsers.parse import parse
from parsers.regime import RegimeProfile
from parsers.relate.rules import read_rules
from tests.builders.pages import AG, MTCR, NSG, REGIMES, a_page
from tests.builders.said import INVENTED, said

TSC = RegimeProfile("tsc", "Tallinn Sensor Compact", ("Tallinn Sensor Compact", "TSC"), ("Signatory States",))
RGP = RegimeProfile("rgp", "Reykjavik Group on Propellants", ("Reykjavik Group on Propellants", "RGP"), ("members",))
KNOWN = REGIMES | {profile.id: profile for profile in (TSC, RGP, INVENTED)}


def _rows(name: str) -> list[list[str]]:
    rows: list[list[str]] = YAML(typ="safe").load((Path(__file__).parent / "relations" / name).read_text("utf-8"))
    return rows


ROWS, COUNTING = _rows("membership.yaml"), _rows("counting.yaml")
CONVENING = _rows("convening.yaml")


def _told(text: str, regime: RegimeProfile) -> str:
    record = parse(text.encode(), regime=regime).record
    return "; ".join(
        " ".join(
            [d.decision.value, *d.countries]
            + ([f"on {d.decided}"] if d.decided else [])
            + ([f"from {d.effective}"] if d.effective else [])
        )
        for d in record.membership_decisions
    )


@pytest.mark.parametrize("row", ROWS, ids=[str(i) for i in range(len(ROWS))])
def test_a_sentence_states_this_of_membership(row: list[str]) -> None:
    text, stated, regime = row if len(row) == 3 else (*row, "mtcr")
    assert _told(text, KNOWN[regime]) == stated, text


@pytest.mark.parametrize("row", COUNTING, ids=[str(i) for i in range(len(COUNTING))])
def test_a_sentence_counts_so_many_members(row: list[str]) -> None:
    text, stated, regime = row
    assert said("member_count", text, regime) == stated, text


@pytest.mark.parametrize("row", CONVENING, ids=[str(i) for i in range(len(CONVENING))])
def test_a_sentence_tells_this_of_when_and_where_members_meet(row: list[str]) -> None:
    field, text, stated, regime = row
    assert said(field, text, regime) == stated, text


def _counts(page: Page) -> list[tuple[str, str, str]]:
    (sentence,) = page.sentences
    items = counted_items(sentence.text, page.mentions_in(sentence), page.regime, languages_of(sentence.text), None)
    named = (item for item in items if item.kind in (Kind.NUMBER, Kind.COUNT))
    return [(item.low, sentence.text[item.start : item.end], " ".join(sorted(item.traits))) for item in named]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The 35 Partners met 12 experts.", [("35", "35 Partners", "closed members"), ("12", "12", "")]),
        ("A thirty-four-nation body", [("34", "thirty-four-nation", "closed compound")]),
        ("forty-five (45) participating states", [("45", "forty-five (45) participating states", "closed members")]),
        ("the 42nd member, now 43.", [("42", "42nd member", "closed members rank"), ("43", "43", "closed")]),
        ("all 27 EU member states", [("27", "27", "")]),
        ("The treaty has 190 States Parties.", [("190", "190 States Parties", "closed")]),
        ("39 MTCR partner countries met", [("39", "39 MTCR partner countries", "closed members")]),
        ("现有35个成员国", [("35", "35个成员", "members")]),
        ("the XII meeting of 3 May 2031", []),
        ("die 35 Partnerländer", [("35", "35 Partnerländer", "closed members")]),
        ("35 государств-участников", [("35", "35 государств-участников", "closed members")]),
    ],
)
def test_a_number_is_read_with_what_it_counts(text: str, counts: list[tuple[str, str, str]]) -> None:
    assert _counts(a_page(text)) == counts


def _items(page: Page) -> list[tuple[str, str]]:
    (sentence,) = page.sentences
    named = (item for item in annotated(page, sentence) if item.kind not in (Kind.WORD, Kind.MARK))
    return [(item.kind.value, sentence.text[item.start : item.end]) for item in named]


@pytest.mark.parametrize(
    ("regime", "text", "items"),
    [
        (AG, "CHILE JOINS THE AUSTRALIA GROUP", [("countries", "CHILE"), ("own", "AUSTRALIA GROUP")]),
        (NSG, "Chile joined the Australia Group.", [("countries", "Chile"), ("other", "Australia Group")]),
        (RGP, "Chile joined the Group.", [("countries", "Chile"), ("own", "Group")]),
        (TSC, "Chile joined the Council.", [("countries", "Chile"), ("other", "Council")]),
        (RGP, "Le Togo et le Bénin ont rejoint le Groupe.", [("countries", "Togo et le Bénin"), ("own", "Groupe")]),
        (MTCR, "Chile joined the troika.", [("countries", "Chile"), ("subgroup", "troika")]),
        (
            MTCR,
            "Chile became the 36th member of the Regime on 3 May 2031.",
            [("countries", "Chile"), ("member", "the 36th member of the Regime"), ("date", "3 May 2031")],
        ),
        (MTCR, "The Ambassador of Chile thanked Peru.", [("office", "Chile"), ("countries", "Peru")]),
        (AG, "Chile joined the Australian delegation.", [("countries", "Chile")]),
        (AG, "The Chair of the Group thanked Chile.", [("own", "Group"), ("countries", "Chile")]),
        (NSG, "The President of the Council thanked Chile.", [("other", "Council"), ("countries", "Chile")]),
        (
            MTCR,
            "Die Gruppe der Lieferländer dankte Kenia.",
            [("other", "Die Gruppe der Lieferländer"), ("countries", "Kenia")],
        ),
        (MTCR, "Die Arbeit der Regime half Kenia.", [("own", "Regime"), ("countries", "Kenia")]),
        (
            MTCR,
            "Reports of Chad and Mali, to Peru and, later, Fiji.",
            [("countries", "Chad and Mali"), ("countries", "Peru and, later, Fiji")],
        ),
    ],
)
def test_a_text_names_these(regime: RegimeProfile, text: str, items: list[tuple[str, str]]) -> None:
    assert _items(a_page(text, regime=regime)) == items


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Chad, which had applied, was admitted",
            ["chad was admitted", "chad had applied"],
        ),
        ("Chad, a neighbour of Libya, joined", ["chad joined"]),
        ("Peru left; later Chad joined", ["peru left", "later chad joined"]),
        ("Chad hosted the Plenary and joined", ["chad hosted the plenary and joined", "chad joined"]),
        ("The Plenary, which Norway hosted, admitted Chad", ["the plenary admitted chad", "plenary norway hosted"]),
    ],
)
def test_a_sentence_is_cut_into_clauses_with_their_subjects(text: str, parts: list[str]) -> None:
    page = a_page(text)
    (sentence,) = page.sentences
    found = clauses(annotated(page, sentence), languages_of(text))
    assert [" ".join(item.low for item in clause) for clause in found] == parts


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        (
            "classes: {}\nrelations: {a: ['~none COUNTRIES']}\nunless: {}\nwords: {denials: {}}",
            "r.yaml:2: unknown class",
        ),
        ("classes: {}\nrelations: {a: ['x STATES']}\nunless: {}\nwords: {denials: {}}", "r.yaml:2: unknown kind"),
        (
            "classes: {}\nrelations: {a: [MEMBER COUNTRIES]}\nunless: {}\nwords: {}",
            "r.yaml:2: 'MEMBER COUNTRIES' holds no word",
        ),
        ("classes:\n  a: {xx: [b]}\nrelations: {}\nunless: {}\nwords: {}", "r.yaml:2: unknown language"),
        ("classes: {a: {en: b}}\nrelations: {}\nunless: {}\nwords: {}", "r.yaml:1: classes.a.en is missing or no list"),
        ("classes: {}\nrelations: {}\nunless: {}\nwords: {}\nmore: {}", "r.yaml:5: unknown key 'more'"),
        ("about: [STATES]\nclasses: {}\nrelations: {}\nunless: {}\nwords: {}", "r.yaml:1: unknown kind"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_line(rules: str, problem: str) -> None:
    with pytest.raises(BadRules, match=problem.replace("(", r"\(")):
        read_rules(rules.encode(), "r.yaml")
