"""Who speaks on a page, told by where it stands as well as by its words, and what kind of page that makes it."""

from __future__ import annotations

import pytest

from parsers.document import Document
from parsers.fields.title import read as title_of
from parsers.issuer import Issuer, issuer_of
from parsers.page import Page
from parsers.parse import parse
from parsers.read import read_document
from parsers.record import Kind
from parsers.regime import RegimeProfile
from tests.builders.said import INVENTED

PLENARY = "The 7th Plenary of the Lisbon Drone Accord was held in Faro from 4 to 6 May 2031."
TITLE = "Plenary of the Lisbon Drone Accord (4-6 May 2031)"
DECISION = "Fiji joined the Lisbon Drone Accord on 4 May 2031."


def _document(*lines: str, url: str | None = None) -> Document:
    return read_document("\n\n".join(lines).encode(), url=url, content_type="text/plain")


def _kind(*lines: str, url: str, regime: RegimeProfile = INVENTED) -> Kind:
    return parse("\n\n".join(lines).encode(), regime=regime, url=url).record.kind


@pytest.mark.parametrize(
    ("url", "issuer"),
    [
        ("https://www.lda.org/news/plenary", Issuer.BODY),
        ("https://lisbondroneaccord.int/plenary", Issuer.BODY),
        ("https://trade.gov.fj/minisite/lisbondroneaccord/site/plenary.html", Issuer.BODY),
        ("https://web.archive.org/web/20310507120000/https://lda.org/plenary", Issuer.BODY),
        ("https://www.mfa.gov.fj/plenary", Issuer.STATE),
        ("https://www.embaixadadeangola.pt/?p=1", Issuer.STATE),
        ("https://onu-vienne.delegfrance.org/plenary", Issuer.STATE),
        ("https://suvatimes.example/plenary", Issuer.PRESS),
        ("https://www.pacific-times.example/plenary", Issuer.PRESS),
        ("https://de.wikipedia.org/wiki/Something", Issuer.REFERENCE),
        ("https://www.parliament.example/plenary", Issuer.REFERENCE),
        ("https://example.org/overview/plenary", Issuer.REFERENCE),
        ("https://example.org/wa/lda/plenary", None),
    ],
)
def test_the_host_tells_who_speaks(url: str, issuer: Issuer | None) -> None:
    assert issuer_of(Page(_document("Drones are flown.", url=url), INVENTED, url)) is issuer


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://lda.org/plenary", Kind.STATEMENT),
        ("https://mfa.gov.fj/plenary", Kind.PRESS_RELEASE),
        ("https://de.wikipedia.org/wiki/LDA", Kind.OTHER),
    ],
)
def test_the_same_words_are_the_bodys_a_ministrys_or_a_readers(url: str, kind: Kind) -> None:
    text = "Malta was in the chair of the 7th Plenary of the Lisbon Drone Accord in Faro."
    assert _kind(TITLE, text, url=url) is kind


def test_a_statement_stays_one_on_a_ministrys_site() -> None:
    assert _kind("Public Statement", TITLE, PLENARY, url="https://mfa.gov.fj/plenary") is Kind.STATEMENT


def test_the_bodys_news_of_a_joining_is_a_release_and_a_newspapers_is_none() -> None:
    assert _kind(DECISION, url="https://lda.org/fiji") is Kind.PRESS_RELEASE
    assert _kind(DECISION, url="https://pacific-times.example/fiji") is Kind.OTHER


def test_the_last_part_of_the_bodys_own_address_heads_its_statement() -> None:
    lines = ("Drones are flown by many, and more of them each year.",)
    assert _kind(*lines, url="https://lda.org/en/joint-statement-on-drones") is Kind.STATEMENT
    assert _kind(*lines, url="https://example.org/en/joint-statement-on-drones") is Kind.OTHER


@pytest.mark.parametrize("part", ["news", "media-release", "comunicados", "speech"])
def test_a_ministrys_page_on_nothing_that_happened_is_no_release_but_in_its_news(part: str) -> None:
    text = "The Lisbon Drone Accord is an informal group of states."
    assert _kind(text, url="https://mfa.gov.fj/topics/drones") is Kind.OTHER
    assert _kind(text, url=f"https://mfa.gov.fj/{part}/drones") is Kind.PRESS_RELEASE


def test_a_short_abbreviation_in_a_host_is_no_site_of_the_regime() -> None:
    regime = RegimeProfile("wa", "Western Accord", ("Western Accord", "WA"))
    url = "https://www.wa.gov.au/drones"
    assert issuer_of(Page(_document("Drones are flown.", url=url), regime, url)) is Issuer.STATE


def test_the_title_of_html_is_its_heading_unless_that_is_a_part_of_the_site() -> None:
    html = "<html><head><title>{tag}</title></head><body><main><h1>{h1}</h1><h2>{h2}</h2><p>{text}</p></main></body></html>"
    filled = html.format(tag="Fiji joins | Ministry", h1="Press Releases", h2="Fiji joins the Accord", text=PLENARY)
    page = Page(read_document(filled.encode(), content_type="text/html"), INVENTED)
    found = title_of(page)
    assert found is not None
    assert found.value == "Fiji joins the Accord"


def test_the_year_of_who_is_quoted_above_a_text_is_none_of_its_own() -> None:
    quoted = '"Over many years they have kept all of us safer than we were."'
    lines = (quoted, "Minister of Trade of Fiji, June 2, 2022", "LDA Plenary in Faro", "July/August 2002")
    text = "The Lisbon Drone Accord held its Plenary from June 3-6 in Faro."
    record = parse("\n\n".join((*lines, text)).encode(), regime=INVENTED).record
    assert str(record.plenary.start) == "2002-06-03"
