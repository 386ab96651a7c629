"""Whatever a change says, its words are found in an archived text, shown in their sentence, and led to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from diffs.change import BothSides, ChangeKind
from parsers.document import Document
from parsers.record import Decision, Evidence, Kind, Member, Plenary, Record
from reports.site import build
from storage import Store
from storage.values import Version
from tests.builders.comparing import NOON, a_decision, a_document, a_meeting, a_record
from tests.builders.stores import a_change, a_store, observed
from tests.reports.conftest import pages

LISTED = ("Partners of the Regime", "The Regime has 34 Partners. They are listed here.", "Belgium")
LATER = NOON + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path) as opened:
        yield opened


def span(document: Document, words: str) -> Evidence:
    """Where the words stand first."""
    number, text = next((i, b.text) for i, b in enumerate(document.blocks) if words in b.text)
    return Evidence(number, text.index(words), text.index(words) + len(words), words)


def seen(store: Store, document: Document, *, name: str = "partners", quoted: str = "", **fields: object) -> Version:
    evidence = {"/member_count": (span(document, quoted),)} if quoted else {}
    with store.writing() as w:
        record = a_record(Kind.MEMBERS, **({"evidence": evidence} | fields))  # type: ignore[arg-type]
        return observed(w, record, name=name, document=document, now=fields.pop("now", NOON))  # type: ignore[arg-type]


def told(store: Store, **change: object) -> str:
    """The change saved; the name of its page."""
    with store.writing() as w:
        made = a_change(**change)  # type: ignore[arg-type]
        w.save_changes(w.begin_run("monitor", LATER), [made], None)
    return f"changes/{made.key}.html"


def test_words_on_a_members_page_are_shown_in_their_sentence_and_led_to(store: Store, tmp_path: Path) -> None:
    document = a_document(*LISTED)
    version = seen(store, document, quoted="34")
    sides = BothSides((), (span(document, "34"),))
    name = told(store, kind=ChangeKind.MEMBER_COUNT_CHANGED, subject="count", url=version.url, evidence=sides)
    site = build(store, tmp_path / "site", LATER).parent
    page = pages(site)[name]
    assert "“The Regime has <mark>34</mark> Partners.”" in page
    assert f'href="../mtcr/record-{version.id}.html#e1-15-17"' in page
    assert '<mark id="e1-15-17">34</mark>' in pages(site)[f"mtcr/record-{version.id}.html"]
    assert "“The Regime has <mark>34</mark> Partners.”" in pages(site)["index.html"]


def test_the_two_sides_of_a_change_stand_in_two_versions_of_a_page(store: Store, tmp_path: Path) -> None:
    first, second = a_document(*LISTED), a_document(*(line.replace("34", "35") for line in LISTED))
    before = seen(store, first, quoted="34")
    with store.writing() as w:
        record = a_record(Kind.MEMBERS, evidence={"/member_count": (span(second, "35"),)})
        after = observed(w, record, name="partners", document=second, now=LATER)
    sides = BothSides((span(first, "34"),), (span(second, "35"),))
    name = told(
        store, kind=ChangeKind.MEMBER_COUNT_CHANGED, subject="count", url=after.url, evidence=sides, observed_at=LATER
    )
    page = pages(build(store, tmp_path / "site", LATER).parent)[name]
    assert re.findall(r"record-(\d+)\.html#e1-15-17", page) == [str(before.id), str(after.id)]


def test_an_edit_of_any_page_is_a_redline_and_no_pair_of_hashes(store: Store, tmp_path: Path) -> None:
    before = seen(store, a_document(*LISTED))
    with store.writing() as w:
        edited = a_document(*(line.replace("34", "35") for line in LISTED))
        after = observed(w, a_record(Kind.MEMBERS), name="partners", document=edited, now=LATER)
    name = told(
        store, kind=ChangeKind.STATEMENT_REVISED, subject=after.url, url=after.url, observed_at=LATER,
        before=before.text_hash, after=after.text_hash, detail="member_count",
    )  # fmt: skip
    said = pages(build(store, tmp_path / "site", LATER).parent)
    assert "How the words changed" in said[name]
    assert before.text_hash not in said[name]
    assert "Paragraphs: 1 reworded, 2 unchanged" in said[name]
    assert "<mark>The Regime has 35 Partners. They are listed here.</mark>" in said["index.html"]


def test_words_that_no_archived_text_holds_are_quoted_without_a_link(store: Store, tmp_path: Path) -> None:
    version = seen(store, a_document(*LISTED))
    sides = BothSides((), (Evidence(1, 0, 5, "Other"), Evidence(77, 0, 4, "None")))
    name = told(store, url=version.url, evidence=sides)
    page = pages(build(store, tmp_path / "site", LATER).parent)[name]
    assert "<blockquote>“<mark>Other</mark>”" in page
    assert "#e" not in page


def test_a_long_sentence_is_cut_between_words(store: Store, tmp_path: Path) -> None:
    document = a_document(f"{'before ' * 60}needle {'after ' * 60}")
    version = seen(store, document, quoted="needle")
    name = told(store, url=version.url, evidence=BothSides((), (span(document, "needle"),)))
    page = pages(build(store, tmp_path / "site", LATER).parent)[name]
    (passage,) = re.findall(r"“(.*?)”", page)
    assert re.fullmatch(r"…(before )+<mark>needle</mark>( after)+…", passage)
    assert len(passage) < 300


def test_values_are_said_in_words_and_states_by_their_names(store: Store, tmp_path: Path) -> None:
    value = {"decision": "first_attendance", "countries": ["IN", "FR"], "decided": None}
    name = told(store, kind=ChangeKind.MEMBERSHIP_DECISION, after=value)
    page = pages(build(store, tmp_path / "site", LATER).parent)[name]
    assert "<dt>decision</dt><dd>first attendance</dd><dt>countries</dt><dd>India, France</dd></dl>" in page


def a_statement(store: Store, ordinal: int, language: str, *lines: str, name: str) -> None:
    day = date(2000 + ordinal, 1, 1)
    record = a_record(
        plenary=Plenary(ordinal, "Oslo", "NO", day, day), language=language, decisions=(Decision("annex", "x"),)
    )
    with store.writing() as w:
        observed(w, record, name=name, document=a_document(*lines))


def test_texts_of_two_languages_are_not_compared(store: Store, tmp_path: Path) -> None:
    a_statement(store, 1, "fr", "Les partenaires se sont réunis à Oslo.", name="fr-1")
    a_statement(store, 2, "en", "The partners met in Oslo.", name="en-2")
    page = pages(build(store, tmp_path / "site", LATER).parent)["mtcr/plenary-2.html"]
    assert "the texts of two languages are not compared" in page
    assert "<del>" not in page.partition('id="redline"')[2].partition("</div>")[2]


def test_of_the_plenary_before_the_page_in_the_same_language_is_compared(store: Store, tmp_path: Path) -> None:
    a_statement(store, 1, "en", "The partners met in Oslo in spring.", name="en-1")
    a_statement(store, 1, "fr", "Les partenaires se sont réunis à Oslo au printemps.", name="fr-1")
    a_statement(store, 2, "fr", "Les partenaires se sont réunis à Oslo en automne.", name="fr-2")
    page = pages(build(store, tmp_path / "site", LATER).parent)["mtcr/plenary-2.html"]
    assert "Paragraphs: 1 reworded" in page


@pytest.mark.parametrize(
    ("record", "said", "year"),
    [
        (a_record(Kind.MEMBERS, members=(Member("BE", "Belgium", "1990"),)), "1990", "1990"),
        (a_record(Kind.MEMBERS, members=(Member("BE", "Belgium", "1990-05-04"),)), "1990-05-04", "1990"),
        (a_record(Kind.MEMBERS, members=(Member("BE", "Belgium"),)), "by 2011-04-15", "by 2011"),
        (
            a_record(Kind.PRESS_RELEASE, membership_decisions=(a_decision("acceded", "BE", effective=date(1990, 5, 4)),)),
            "1990-05-04", "1990",
        ),
    ],
    ids=["a year", "a day", "a list", "a decision"],
)  # fmt: skip
def test_a_membership_begins_no_more_exactly_than_a_page_says(
    store: Store, tmp_path: Path, record: Record, said: str, year: str
) -> None:
    with store.writing() as w:
        version = observed(w, record, document=a_document("Belgium"))
        w.members_listed(record, version.id, stated_on=date(2011, 4, 15), now=NOON)
    site = pages(build(store, tmp_path / "site", LATER).parent)
    assert f"<td>BE</td><td>{said}</td>" in site["mtcr/index.html"]
    assert f"</span> {year}</td>" in site["matrix.html"]


def test_a_state_that_statements_name_and_that_belongs_nowhere_stands_apart(store: Store, tmp_path: Path) -> None:
    with store.writing() as w:
        record = a_record(plenary=a_meeting(25), membership_decisions=(a_decision("applications_discussed", "CN"),))
        observed(w, record)
    page = pages(build(store, tmp_path / "site", LATER).parent)["matrix.html"]
    assert re.search(r"on record as a member of none.*China.*named", page, re.DOTALL)
