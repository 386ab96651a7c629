"""The packaged declarations against what is known of the regimes' addresses: `addresses.yaml`, beside this module."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec import Struct
from msgspec.yaml import decode

from fetchers.discover import links_of_index, twin_key
from sources import Kind, RegimeConfig, SourceConfig, load_regimes
from tests.builders.program import Program

HERE = Path(__file__).parent
FACTS = HERE.parents[1].parent / "shared" / "facts" / "addresses.yaml"

REGIMES = {config.regime: config for config in load_regimes()}
in_each_regime = pytest.mark.parametrize("regime", sorted(REGIMES))


class Known(Struct):
    """What is known of one regime's addresses."""

    members: list[str]
    followed: dict[str, list[str]] = {}
    past: list[str] = []
    background: list[str] = []
    retired: list[str] = []


KNOWN = decode((HERE / "addresses.yaml").read_bytes(), type=dict[str, Known])


def lists(config: RegimeConfig) -> list[SourceConfig]:
    return [source for source in config.sources if source.lists_others]


def followed(source: SourceConfig, *links: tuple[str, str]) -> set[str]:
    """The addresses that *source* would find on a page with these links, each an address and its words."""
    items = "".join(f'<li><a href="{url.replace("&", "&amp;")}">{words}</a></li>' for url, words in links)
    found = links_of_index(
        f"<html><body><main><ul>{items}</ul></main></body></html>".encode(),
        source.url,
        follow=source.follow,
        ignore=source.ignore,
    )
    return {twin_key(item.url) for item in found.found}


def by_address(*urls: str) -> list[tuple[str, str]]:
    """Links whose words say nothing, longer than those that the words around them explain."""
    return [(url, f"number {n} of this page") for n, url in enumerate(urls)]


@in_each_regime
def test_each_known_statement_is_followed_by_the_one_list_under_which_it_stands(regime: str) -> None:
    known = KNOWN[regime]
    everything = [url for urls in known.followed.values() for url in urls] + known.past + known.background
    for source in lists(REGIMES[regime]):
        meant = {twin_key(url) for url in known.followed.get(source.id, [])}
        assert followed(source, *by_address(*everything, *known.members)) == meant


@pytest.mark.parametrize(
    ("regime", "source", "link"),
    [
        ("nsg", "documents", ("/images/Files/NSG_Public_Statement_2019.pdf", "")),
        ("nsg", "documents", ("/images/Files/2017_Press-Statement_Bern.pdf", "")),
        ("nsg", "documents", ("/download/88", "Public Statement, Plenary Meeting, June 2017")),
        ("nsg", "documents", ("/download/89", "Déclaration de la réunion plénière de Berne")),
        ("wa", "statements", ("/public-statement-3-december-1998/", "")),
        ("wa", "statements", ("/app/uploads/2019/12/WA-2019-Chairs-Statement.pdf", "")),
        ("wa", "statements", ("/app/uploads/2023/12/final.pdf", "Statement issued by the Plenary Chair, 2023")),
        ("ag", "press", ("agm_june2024.html", "")),
        ("ag", "press", ("2026-ag-plenary-statement.html", "")),
        ("ag", "press", ("../fr/rga_2012.html", "")),
        ("ag", "press", ("../de/release_2011.html", "")),
        ("ag", "press", ("statement-39.html", "Statement by the Chair of the 39th meeting")),
        ("mtcr", "press", ("/en/press-releases/26th-plenary-meeting-berlin-germany-24-26-october-2012", "")),
        ("mtcr", "documents", ("/en/public-documents/report-by-the-mtcr-chair-plenary-meeting-in-rio-2023", "")),
        ("mtcr", "documents", ("/en/public-documents/public-statement-2027", "")),
        ("mtcr", "news", ("/en/news/report-by-the-mtcr-chair-on-the-accession-of-a-new-partner", "")),
        ("mtcr", "news", ("/en/news/joint-statement-2027", "")),
        ("hcoc", "news", ("/hcoc/qatar-becomes-the-145th-subscribing-state-to-the-hcoc/", "")),
        ("hcoc", "news", ("/hcoc/press-release-22nd-annual-regular-meeting-of-the-hcoc/", "")),
        ("hcoc", "news", ("/hcoc/uruguay-takes-over-hcoc-chairmanship/", "")),
    ],
)
def test_what_may_come_next_is_followed_by_its_address_or_its_words(
    regime: str, source: str, link: tuple[str, str]
) -> None:
    (declared,) = [one for one in lists(REGIMES[regime]) if one.id == source]
    assert len(followed(declared, (link[0], link[1] or "number 1 of this page"))) == 1


@pytest.mark.parametrize(
    ("regime", "link"),
    [
        ("mtcr", ("/en/press-releases", "Press releases")),
        ("mtcr", ("/en/press-releases/outreach-visit-to-singapore", "An outreach visit to Singapore")),
        ("mtcr", ("/en/news/chair-addressed-hcoc-regular-meeting", "The chair addressed the HCoC")),
        ("mtcr", ("/en/news/new-web-site", "A new web site of ours")),
        ("mtcr", ("/en/mtcr-guidelines/equipment-software-and-technology", "Equipment and technology annex")),
        ("nsg", ("/index.php/en/guidelines/updated-nsg-guidelines", "The updated guidelines of the Group")),
        ("nsg", ("/index.php/en/resources/faq", "Frequently asked questions here")),
        ("nsg", ("/index.php/en/about/participants", "The Participating Governments of the Group")),
        ("ag", ("participants.html", "The participants of the plenary and others")),
        ("ag", ("controllists.html", "The common control lists of today")),
        ("ag", ("contact.html", "How the chair can be reached")),
        ("wa", ("/about-us/", "What we are and do")),
        ("wa", ("/app/uploads/2025/12/List-of-Dual-Use-Goods-and-Technologies-and-ML-2025.pdf", "The list of 2025")),
        ("wa", ("/wa-20th-anniversary-2/", "Twenty years of the Arrangement")),
        ("hcoc", ("/hcoc/about-the-project/", "What this project is about")),
        ("hcoc", ("/hcoc/publications/", "Research papers and other publications")),
        ("hcoc", ("/hcoc/category/events/", "Seminars and other events")),
        ("hcoc", ("/hcoc/author/frs/", "All that it has written")),
    ],
)
def test_what_else_a_site_has_is_followed_by_no_list(regime: str, link: tuple[str, str]) -> None:
    assert all(followed(source, link) == set() for source in lists(REGIMES[regime]))


@in_each_regime
def test_the_members_page_is_todays_in_each_language(regime: str) -> None:
    declared = [source for source in REGIMES[regime].sources if source.kind is Kind.MEMBERS]
    assert [source.url for source in declared] == KNOWN[regime].members
    first, *others = declared
    assert all(source.mirrors_of is not None and source.mirrors_of.source == first.id for source in others)


@in_each_regime
def test_what_was_given_up_is_declared_by_nobody(regime: str) -> None:
    declared = {twin_key(source.url) for source in REGIMES[regime].sources}
    assert declared.isdisjoint(twin_key(url) for url in KNOWN[regime].retired)


@in_each_regime
def test_a_page_of_background_is_declared_as_no_statement_and_as_no_list_of_members(regime: str) -> None:
    background = {twin_key(url) for url in KNOWN[regime].background}
    kinds = {source.kind for source in REGIMES[regime].sources if twin_key(source.url) in background}
    assert kinds <= {Kind.PAGE, Kind.INDEX}


@in_each_regime
def test_a_statement_that_no_list_names_is_declared_itself(regime: str) -> None:
    declared = {twin_key(s.url) for s in REGIMES[regime].sources if s.kind is Kind.STATEMENT}
    assert declared >= {twin_key(url) for url in KNOWN[regime].past}


@in_each_regime
def test_no_page_is_declared_twice_and_no_address_holds_what_a_scanner_left(regime: str) -> None:
    """One text may stand under the name of its file in the section of each language."""
    urls = [source.url for source in REGIMES[regime].sources if source.kind in (Kind.STATEMENT, Kind.PAGE)]
    ends = Counter(urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1] + urlsplit(url).query for url in urls)
    assert [end for end, count in ends.items() if count > 1] == []
    assert [url for url in urls if "%" in url or "ADMCMD" in url] == []


def test_a_statement_is_in_the_language_that_it_is_declared_in() -> None:
    """The Australia Group keeps each language in a folder; the MTCR keeps English texts in all of them."""
    folders = {"en": "en", "fr": "fr", "de": "de", "es": "es", "ar": "ar", "ch": "zh"}
    for source in REGIMES["ag"].sources:
        if (folder := source.url.partition("/site/")[2].partition("/")[0]) in folders:
            assert source.language == folders[folder] or source.kind is Kind.INDEX
    assert {s.language for s in REGIMES["mtcr"].sources if s.kind is Kind.STATEMENT} == {"en"}


def test_two_documents_of_one_plenary_are_no_copies_of_each_other() -> None:
    copies = {(c.regime, s.url): s.mirrors_of for c in REGIMES.values() for s in c.sources}
    appeal = "https://mtcr.info/de/oeffentliche-dokumente/joint-appeal-by-mtcr-member-states-november-1997"
    accession = "https://mtcr.info/report-by-the-mtcr-chair-accession-of-india-to-the-mtcr/"
    assert (copies["mtcr", appeal], copies["mtcr", accession]) == (None, None)
    pages = [source for config in REGIMES.values() for source in config.sources if source.kind is Kind.PAGE]
    assert {source.mirrors_of for source in pages} == {None}


def test_the_packaged_declarations_pass_their_own_check(tmp_path: Path) -> None:
    ran = Program(tmp_path)("sources", "check", "--json")
    assert (ran.code, ran.err) == (0, "")
    rows = ran.json
    assert isinstance(rows, list)
    assert {row["regime"] for row in rows} == set(KNOWN)
    assert {row["url"] for row in rows if row["kind"] == "members"} == {u for k in KNOWN.values() for u in k.members}


class Fact(Struct):
    """One address in the collection of facts."""

    regime: str
    url: str
    kind: str
    official: bool
    certainty: str
    declare: str
    language: str | None = None
    plenary: dict[str, int | None] | None = None


class Facts(Struct):
    addresses: list[Fact]


def test_nothing_declared_contradicts_the_collection_of_facts() -> None:
    if not FACTS.is_file():
        if os.environ.get("CI"):
            pytest.fail(f"{FACTS}: is not there")
        pytest.skip("the facts about addresses stand beside the project only where it is developed")
    facts = {(f.regime, twin_key(f.url)): f for f in decode(FACTS.read_bytes(), type=Facts).addresses}
    compared = 0
    for regime, config in REGIMES.items():
        for source in config.sources:
            if (fact := facts.get((regime, twin_key(source.url)))) is None:
                continue
            compared += 1
            assert fact.declare != "no", source.url
            assert source.is_verified == (fact.certainty == "seen_in_stored_copy"), source.url
            assert source.language in (None, fact.language), source.url
            if (copied := source.mirrors_of and source.mirrors_of.plenary) is not None:
                assert fact.plenary is not None, source.url
                assert copied == fact.plenary["ordinal"], source.url
            if source.kind is Kind.STATEMENT:
                assert fact.kind == "statement", source.url
    assert compared == sum(len(config.sources) for config in REGIMES.values())
