"""Full text over every version, the same on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Store
from storage.errors import BadQuery
from storage.searching import Term, search, terms_of
from storage.words import word_spans, words_of
from tests.storage.making import NOON, a_document, a_plenary, a_record
from tests.storage.observing import a_version

ANNEX = "Partners agreed to amend the Annex."
EXPORT = "Each state keeps its own export control laws."


def filled(store: Store) -> None:
    with store.writing() as w:
        a_version(w, a_record(plenary=a_plenary(24, date(2009, 11, 9))), source="24", document=a_document(ANNEX))
        a_version(
            w,
            a_record(plenary=a_plenary(25, date(2011, 4, 11))),
            source="25",
            document=a_document("A greeting from Türkiye.", EXPORT),
            now=NOON + timedelta(days=1),
        )
        nsg = a_record(regime="nsg", published=date(2018, 6, 15))
        a_version(w, nsg, source="nsg", document=a_document("The control of exports; an export of control."))


def found(store: Store, query: str, **filters: object) -> list[str]:
    return [hit.source for hit in search(store, query, **filters)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ("annex", ["24"]),
        ("ANNEX amend", ["24"]),
        ("annex greeting", []),
        ('"export control"', ["25"]),
        ("export control", ["25", "nsg"]),
        ("export*", ["25", "nsg"]),
        ("exports", ["nsg"]),
        ("control -laws", ["nsg"]),
        ('control -"export control"', ["nsg"]),
        ("turkiye", ["25"]),
        ("Türkiye", ["25"]),
        ('"from turk"*', ["25"]),
        ('"turkiye each"', []),
    ],
)
def test_words_phrases_and_beginnings_are_found(store: Store, query: str, sources: list[str]) -> None:
    filled(store)
    assert found(store, query) == sources


def test_a_result_shows_the_passage_with_its_words_marked_and_its_plenary(store: Store) -> None:
    filled(store)
    (hit,) = search(store, '"export control"')
    assert (hit.plenary, hit.block, hit.passage) == ("25", 1, EXPORT)
    assert [hit.passage[a:b] for a, b in hit.marks] == ["export", "control"]


def test_a_long_block_is_cut_at_blanks_around_the_words(store: Store) -> None:
    with store.writing() as w:
        a_version(w, a_record(), document=a_document("word " * 500 + "needle " + "word " * 500))
    (hit,) = search(store, "needle")
    assert len(hit.passage) < 300
    assert [hit.passage[a:b] for a, b in hit.marks] == ["needle"]
    assert set(hit.passage.split()) == {"word", "needle"}


def test_regime_and_days_narrow_a_search(store: Store) -> None:
    filled(store)
    assert found(store, "control", regime="nsg") == ["nsg"]
    assert found(store, "control", since=date(2018, 1, 1)) == ["nsg"]
    assert found(store, "control", until=date(2011, 4, 11)) == ["25"]
    assert found(store, "control", limit=1) == ["25"]


@pytest.mark.parametrize("query", ["", "   ", "-annex", '"', "***", "'; DROP TABLE records; --\""])
def test_what_cannot_be_looked_for_is_one_clear_line(store: Store, query: str) -> None:
    with pytest.raises(BadQuery) as refused:
        search(store, query)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "query", ["annex AND", "NEAR(annex)", "annex:", "(annex", "annex' OR 1=1", "annex & | !", "words:annex", "^annex"]
)
def test_no_operator_of_a_database_reaches_it(store: Store, query: str) -> None:
    filled(store)
    assert set(found(store, query)) <= {"24"}


@given(st.text(max_size=40))
def test_the_words_of_a_text_stand_where_they_are_said_to(written: str) -> None:
    for word, start, end in word_spans(written):
        assert word in words_of(written[start:end])


@given(st.lists(st.text(alphabet="abcäéß19", min_size=1, max_size=5), min_size=1, max_size=4))
def test_any_words_make_terms_of_their_own(words: list[str]) -> None:
    assert [term.words for term in terms_of(" ".join(words))] == [tuple(words_of(word)) for word in words]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("annex", [Term(("annex",))]),
        ("missil*", [Term(("missil",), prefix=True)]),
        ('"export control"', [Term(("export", "control"))]),
        ('"export contr"*', [Term(("export", "contr"), prefix=True)]),
        ("annex -nuclear", [Term(("annex",)), Term(("nuclear",), denied=True)]),
        ('annex -"export control"', [Term(("annex",)), Term(("export", "control"), denied=True)]),
        ("annex -nucl*", [Term(("annex",)), Term(("nucl",), prefix=True, denied=True)]),
        ("dual-use", [Term(("dual", "use"))]),
        ("annex !!", [Term(("annex",))]),
    ],
)
def test_a_query_is_read_as_its_terms(query: str, terms: list[Term]) -> None:
    assert terms_of(query) == tuple(terms)


@pytest.mark.parametrize(
    ("query", "told"),
    [('"annex', "is not closed"), ('"a" "b', "is not closed"), ("", "nothing to look for"), ("-annex", "nothing to"),
     ("!!", "nothing to look for"), ('""', "nothing to look for")],
)  # fmt: skip
def test_a_query_that_asks_for_nothing_is_told_so(query: str, told: str) -> None:
    with pytest.raises(BadQuery, match=told):
        terms_of(query)


LONG = "one " * 60 + "annex two " + "three " * 60 + "control"


@pytest.mark.parametrize(
    ("lines", "query", "block", "passage"),
    [
        (("The annex.",), "annex", 0, "The [annex]."),
        (("Nothing.", "The annex and the Annex."), "annex", 1, "The [annex] and the [Annex]."),
        (("An annex.", "An annex on control."), "annex control", 1, "An [annex] on [control]."),
        (("An annex on control.", "The control annex."), "annex control", 0, "An [annex] on [control]."),
        (("An annex.", "A control."), "annex control", 0, "An [annex]."),
        (("An annex.",), "annex control", None, ""),
        (("export", "control"), '"export control"', None, ""),
        (("control export control",), '"export control"', 0, "control [export] [control]"),
        (("The annexes",), "annex", None, ""),
        (("The annexes",), "annex*", 0, "The [annexes]"),
        (("exports control", "export controls"), '"export control"*', 1, "[export] [controls]"),
        (("The annex.",), "annex -control", 0, "The [annex]."),
    ],
)
def test_the_passage_is_of_the_block_that_says_most(
    sqlite_store: Store, lines: tuple[str, ...], query: str, block: int | None, passage: str
) -> None:
    with sqlite_store.writing() as w:
        a_version(w, a_record(), document=a_document(*lines))
    hits = search(sqlite_store, query)
    assert [hit.block for hit in hits] == ([] if block is None else [block])
    for hit in hits:
        shown = hit.passage
        for start, end in reversed(hit.marks):
            shown = f"{shown[:start]}[{shown[start:end]}]{shown[end:]}"
        assert shown == passage
        assert lines[hit.block][hit.start : hit.end] == hit.passage


def test_a_long_block_is_cut_at_blanks_on_both_sides(sqlite_store: Store) -> None:
    with sqlite_store.writing() as w:
        a_version(w, a_record(), document=a_document(LONG))
    (hit,) = search(sqlite_store, "annex control")
    at = LONG.index("annex")
    assert (hit.start, LONG[hit.start - 1], LONG[hit.end]) == (at - 120, " ", " ")
    assert at + 5 + 120 <= hit.end < at + 5 + 120 + len("three ")
    assert [hit.passage[a:b] for a, b in hit.marks] == ["annex"]


def test_so_many_hits_are_given_the_newest_first(sqlite_store: Store) -> None:
    with sqlite_store.writing() as w:
        for n in range(4):
            a_version(
                w, a_record(), source=f"p{n}", document=a_document(f"annex {n}"), now=NOON + timedelta(days=n % 3)
            )
    assert [hit.source for hit in search(sqlite_store, "annex")] == ["p2", "p1", "p3", "p0"]
    assert [hit.source for hit in search(sqlite_store, "annex", limit=2)] == ["p2", "p1"]
    day = NOON.date()
    assert [h.source for h in search(sqlite_store, "annex", since=day + timedelta(days=1))] == ["p2", "p1"]
    assert [h.source for h in search(sqlite_store, "annex", until=day + timedelta(days=1), limit=2)] == ["p1", "p3"]
