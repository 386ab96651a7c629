"""Pages made of a few sentences, for the tests of the field readers."""

from __future__ import annotations

from typing import TypeVar

from parsers.page import Found, Page
from parsers.read import read_document
from parsers.regime import RegimeProfile
from sources import load_regimes

T = TypeVar("T")

# As they are packaged.
REGIMES = {declared.regime: declared.profile() for declared in load_regimes()}
MTCR, NSG, AG, WA, HCOC, ZC = (REGIMES[regime] for regime in ("mtcr", "nsg", "ag", "wa", "hcoc", "zc"))


def a_page(*lines: str, regime: RegimeProfile = MTCR, url: str | None = None) -> Page:
    """A text page with a paragraph a line."""
    return Page(read_document("\n\n".join(lines).encode(), url=url), regime, url)


def quotes(page: Page, found: Found[T]) -> list[str]:
    """The words that each span of *found* covers."""
    return [page.blocks[s.block].text[s.start : s.end] for s in found.spans]
