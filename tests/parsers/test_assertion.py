"""What did not happen, is not sure, is long past or of another body is no value: the tables in ``assertion/``, by
language, each field with sentences that state a value and such as state nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.assertion import Assertion, Body, Certainty, Polarity, Speaker, Time, assertion_of
from parsers.assertion_rules import read_rules, rules
from parsers.errors import BadRules
from parsers.marked_sentence import Focus, languages_of
from parsers.phrase_table import PhraseTable, words_of
from tests.builders.said import said

HERE = Path(__file__).parent / "assertion"
PACKAGED = Path(__file__).parents[2] / "parsers" / "rules" / "assertion.yaml"

TABLES = {path.stem: YAML(typ="safe").load(path.read_text("utf-8")) for path in sorted(HERE.glob("*.yaml"))}
STATES = [
    pytest.param(field, text, value, id=f"{language}-{field}-{n}")
    for language, table in TABLES.items()
    for field, kinds in table.items()
    for n, (text, value) in enumerate(kinds["states"])
]
NOTHING = [
    pytest.param(field, text, id=f"{language}-{field}-{n}")
    for language, table in TABLES.items()
    for field, kinds in table.items()
    for n, text in enumerate(kinds["nothing"])
]


@pytest.mark.parametrize(("field", "text", "value"), STATES)
def test_what_is_asserted_stays_whatever_is_denied_beside_it(field: str, text: str, value: str) -> None:
    assert said(field, text) == value


@pytest.mark.parametrize(("field", "text"), NOTHING)
def test_what_is_not_asserted_is_no_value(field: str, text: str) -> None:
    # That states applied, or that no consensus was found, is told all the same.
    told = [
        value for value in said(field, text).split("; ") if not value.startswith(("applications_d", "no_consensus"))
    ]
    assert "".join(told) == ""


@pytest.mark.parametrize(
    ("regime", "text", "value"),
    [
        ("wa", "Portugal takes over as chair in 2023. Estonia joined the Wassenaar Arrangement in March 2015.", ""),
        ("mtcr", "The MTCR met in Oslo from 3 to 7 October 2022. Kenya became a Partner in 2016.", ""),
        ("mtcr", "The MTCR met in Oslo from 3 to 7 October 2022. Kenya became a Partner in 2022.", "acceded KE"),
        ("mtcr", "Le RCTM s'est réuni à Paris du 3 au 7 octobre 2022. Le Kenya a adhéré au Régime en 2010.", ""),
        (
            "mtcr",
            "Das MTCR tagte vom 3. bis 7. Oktober 2022 in Oslo. Kenia ist dem Regime im Jahr 2010 beigetreten.",
            "",
        ),
        ("mtcr", "Kenya joined the MTCR on 3 May 2016.", "acceded KE from 2016-05-03"),
        ("mtcr", "Kenya will become a member on 25 June 2022.", "acceded KE from 2022-06-25"),
        ("mtcr", "Kenya will become a member.", ""),
    ],
)
def test_what_was_long_before_the_page_is_no_decision_of_it(regime: str, text: str, value: str) -> None:
    assert said("membership_decisions", text, regime) == value


@pytest.mark.parametrize(
    "text",
    [
        "SERBIA JOINS THE AUSTRALIA GROUP", "PRESS RELEASE: SERBIA JOINS THE AUSTRALIA GROUP", "Serbia Joins Australia Group",
        "SERBIA HAS JOINED THE AUSTRALIA GROUP",
    ],
)  # fmt: skip
def test_a_state_in_the_name_of_the_regime_joins_nothing(text: str) -> None:
    assert said("membership_decisions", text, "ag") == "acceded RS"


def test_one_who_chaired_long_before_the_page_is_not_its_chair() -> None:
    page = "The MTCR met in Oslo from 3 to 7 October 2022. "
    assert said("officers", page + "In 2016 the Plenary was chaired by Greece.") == ""
    assert said("officers", page + "Since 2019 the MTCR is chaired by Greece.") == "chair (GR)"


def of(text: str, name: str, field: str = "membership_decisions", *, today: date | None = None) -> Assertion:
    """How *text* states a relation of *field* of the state *name*, on a page of the Lisbon Accord."""
    at = text.index(name)
    focus = Focus(field, at, at + len(name))
    return assertion_of(text, languages_of(text), focus, own=("Lisbon Accord",), today=today)


@pytest.mark.parametrize(
    ("text", "said_"),
    [
        ("Kenya joined the Lisbon Accord.", Assertion()),
        ("Kenya has not joined the Lisbon Accord.", Assertion(polarity=Polarity.DENIED)),
        ("Kenya will join the Lisbon Accord.", Assertion(certainty=Certainty.PLANNED, time=Time.TO_COME)),
        ("Kenya may join the Lisbon Accord.", Assertion(certainty=Certainty.POSSIBLE)),
        ("Kenya hopes to join the Lisbon Accord.", Assertion(certainty=Certainty.WISHED)),
        ("A request to let Kenya join the Lisbon Accord came in.", Assertion(certainty=Certainty.ASKED)),
        ("Reportedly Kenya joined the Lisbon Accord.", Assertion(speaker=Speaker.PRESS)),
        ("Since Kenya joined the Lisbon Accord, trade grew.", Assertion(time=Time.PAST)),
        ("Kenya joined the European Union.", Assertion(body=Body.OTHER)),
        ("Kenya joined the Lisbon Accord and not the European Union.", Assertion()),
        ("Kenya joined the working group on licences.", Assertion(body=Body.SUBGROUP)),
    ],
)
def test_each_side_of_an_assertion_is_told_by_itself(text: str, said_: Assertion) -> None:
    assert of(text, "Kenya") == said_


def test_the_day_is_that_of_the_clause_and_past_where_a_year_lies_between() -> None:
    text = "Kenya, which met the Chair in 2021, joined the Lisbon Accord in 2016."
    assert of(text, "Kenya", today=date(2022, 10, 3)) == Assertion(time=Time.PAST, year=2016)
    assert of("Kenya joined the Lisbon Accord on 5 May 2022.", "Kenya", today=date(2022, 10, 3)).time is Time.NOW


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Kenya was not admitted.", ("en",)), ("Le Kenya n'a pas été admis.", ("fr",)),
        ("Kenia wurde nicht aufgenommen.", ("de",)), ("O Quênia não foi admitido no Regime.", ("pt",)),
        ("Kenia no fue admitida en el Régimen.", ("es",)), ("Il Kenya non è stato ammesso.", ("it",)),
        ("Кения не принята.", ("ru",)), ("Kenya 2016", ("en",)),
    ],
)  # fmt: skip
def test_a_sentence_has_the_language_of_its_small_words(text: str, languages: tuple[str, ...]) -> None:
    assert languages_of(text) == languages


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("may", "It may join.", ["may"]),
        ("may", "They met in May in Oslo.", []),
        ("may <number>", "It came on may 3 then.", ["may 3"]),
        ("<count>", "3 of 30 came.", ["30"]),
        ("visit*", "The visitors made visits.", ["visitors", "visits"]),
        ("*n' t", "They didn’t and did not.", ["didn’t"]),
        ("was/were .. cancelled", "The visits were at short notice cancelled.", ["were at short notice cancelled"]),
        ("was/were cancelled", "It was cancelled.", ["was cancelled"]),
        ("was .. cancelled", "It was made. The other is cancelled.", []),
        ("Union", "The union and the Union.", ["Union"]),
        ("not", "THE PLENARY DOES NOT ADMIT KENYA", ["NOT"]),
    ],
)
def test_a_phrase_is_found_as_words(phrase: str, text: str, found: list[str]) -> None:
    words = words_of(text)
    hits = PhraseTable([(phrase, None)]).find(words)
    assert [text[words[h.start].start : words[h.end - 1].end] for h in hits] == found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("turns:", "turnings:", "unknown key 'turnings'"),
        ("  - is: possible", "  - is: probable", "unknown word 'probable'"),
        ("    reach: next", "    reach: near", "unknown word 'near'"),
        ("    scope: sentence", "    scope: page", "unknown scope 'page'"),
        ("      de: [jährt", "      dk: [jährt", "unknown language 'dk'"),
        ("fields: [concerns]", "fields: [worries]", "unknown field 'worries'"),
        ("it: [da quando, ma,", "it: [da quando, 12,", "12 is no phrase"),
        ("it: [da quando, ma,", "it: [da quando, '(?<=non) ma',", "looks like a regular expression"),
        ("  concerns: [expression*]", "  concerns: expression*", "acts.concerns is missing or no list"),
    ],
)
def test_a_mistake_in_the_rules_is_refused_with_its_file_and_line(old: str, new: str, problem: str) -> None:
    text = PACKAGED.read_text("utf-8")
    line = 1 + text[: text.index(old)].count("\n")
    with pytest.raises(BadRules) as refused:
        read_rules(text.replace(old, new, 1).encode(), "assertion.yaml")
    assert str(refused.value).startswith(f"assertion.yaml:{line}: ")
    assert problem in str(refused.value)


def test_the_rules_name_no_regime() -> None:
    text = PACKAGED.read_text("utf-8").lower()
    names = ("mtcr", "wassenaar", "australia group", "nuclear suppliers", "zangger", "hague", "hcoc", "nsg")
    assert [name for name in names if name in text] == []


def test_every_field_says_what_it_allows() -> None:
    assert set(rules().fields) <= set(rules().allows)
