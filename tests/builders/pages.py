"""Pages made of a few sentences, for the tests of the field readers."""

from __future__ import annotations

from typing import TypeVar

from parsers.page import Found, Page
from parsers.read import read_document
from parsers.regime import RegimeProfile

T = TypeVar("T")

MTCR = RegimeProfile(
    "mtcr", "Missile Technology Control Regime", ("Missile Technology Control Regime", "MTCR"), ("Partners",)
)
NSG = RegimeProfile(
    "nsg", "Nuclear Suppliers Group", ("Nuclear Suppliers Group", "NSG"), ("Participating Governments",)
)
AG = RegimeProfile("ag", "Australia Group", ("Australia Group", "AG"), ("participants", "members"))
WA = RegimeProfile("wa", "Wassenaar Arrangement", ("Wassenaar Arrangement", "WA"), ("Participating States",))
HCOC = RegimeProfile(
    "hcoc", "Hague Code of Conduct",
    ("Hague Code of Conduct against Ballistic Missile Proliferation", "Hague Code of Conduct", "HCoC"),
    ("Subscribing States",),
)  # fmt: skip
ZC = RegimeProfile("zc", "Zangger Committee", ("Zangger Committee", "ZC"), ("members",))
REGIMES = {profile.id: profile for profile in (MTCR, NSG, AG, WA, HCOC, ZC)}


def a_page(*lines: str, regime: RegimeProfile = MTCR, url: str | None = None) -> Page:
    """A text page with a paragraph a line."""
    return Page(read_document("\n\n".join(lines).encode(), url=url), regime, url)


def quotes(page: Page, found: Found[T]) -> list[str]:
    """The words that each span of *found* covers."""
    return [page.blocks[s.block].text[s.start : s.end] for s in found.spans]
