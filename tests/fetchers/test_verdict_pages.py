"""Whole pages, good and bad: no bad one passes, and of the good ones at most one in two hundred is held back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fetchers.result import FetchResult
from fetchers.verdict import Kind, Verdict, classify_build, classify_redirect, ends_early
from flows.judging import classify_page
from parsers.errors import ParseError
from parsers.read import read_document
from tests.builders.pages import REGIMES
from tests.builders.substitutes import SUBSTITUTES, Substitute, bare, in_divisions, in_site
from tests.world.history import Plenary, beginning, next_morning
from tests.world.render import pages

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
DEMO = Path(__file__).resolve().parents[2] / "flows" / "demo"

# What good pages say that is near to what bad ones say.
SHORT = (
    ("Site visit to the maintenance depot", "The chair visited a maintenance depot for rocket motors in Bern and spoke with experts there on 4 May."),
    ("Access to technology", "Partners spoke of how access is denied to those who would build missiles, in Oslo on 3 June 2014."),
    ("Next plenary", "The next plenary will take place in Seoul. The page of the host gives more."),
    ("Not found wanting", "An evaluation of the regime's export controls was not found wanting by its Partners."),
    ("Chair", "Ambassador Jane Roe of Canada has taken over the chair from Norway."),
    ("News", "India joined the regime today. Its Partners welcome it."),
    ("New website", "The Nuclear Suppliers Group has a new website. We hope that you like it."),
    ("Documents", "The list of controlled items was updated on 1 March 2019; the earlier one is no longer valid."),
    ("Members", "Argentina, Australia, Austria, Belgium, Bulgaria, Canada, Czech Republic, Denmark, Finland, France"),
    ("Point of contact", "The point of contact of the MTCR is the foreign ministry in Paris."),
    ("Statement by the Chair", "The Chair regrets the launch of 7 February and calls for restraint."),
    ("Security", "The Hague Code of Conduct lifts security and confidence among its Subscribing States."),
    ("Participants", "Forty-two participants and the European Union belong to the Australia Group."),
    ("Outreach", "A team of the Wassenaar Arrangement went to Colombo. The visit was planned for long."),
    ("Log of changes", "The trigger list of the Zangger Committee was amended in 2009 and in 2018."),
    ("Error in the annex", "An error in item 9.A.6 of the annex was corrected after the plenary of Dublin."),
    ("Robots", "Experts of the regime spoke of robots and drones that could carry such weapons."),
    ("Prohibited ends", "Transfers are forbidden where an item is meant for chemical weapons, said the Australia Group."),
    ("Registered", "The association registered at The Hague tells of the code's launch notices."),
    ("Documents of the plenary", "The 31st Plenary will be held in Reykjavik in 2018. Its documents are coming soon."),
    ("Redirected goods", "Partners spoke in Vienna on 4 June 2018 of goods that are redirected to users whose access is denied."),
    ("Loading of cargo", "Partners exchanged views on the loading of cargo in transit, in Lisbon in October."),
)  # fmt: skip
_DOOR = "<div><a href='/login'>Log in</a> <a href='/register'>Sign in</a></div>"
_BANNER = "<div class='consent'><p>We value your privacy. We use cookies to make the site work.</p><button>Accept all</button></div>"
_NOSCRIPT = "<noscript><p>Please enable JavaScript to use the menu of this site.</p></noscript>"
_WORDS = (
    "<p>Member states met in plenary in Vienna from 5 to 7 May and spoke of brokering, transit and intangible transfers. They "
    "thanked the host for its welcome and asked the chair to go on with visits to states that are not members. They will meet again "
    "next year, and look forward to the advice of their experts on licensing, enforcement and information.</p>"
)


def _verdict(body: bytes, headers: dict[str, str] | None = None, status: int = 200) -> Verdict:
    url = "https://regime.example/page"
    result = FetchResult(
        url=url, final_url=url, fetched_at=datetime.now(UTC), status=status, headers=headers or {}, body=body
    )
    try:
        document = read_document(body, url=url, content_type="text/html")
    except ParseError as error:
        built = classify_build(body, headers or {})
        return Verdict(Kind.UNREADABLE, str(error)) if built.good else built
    return classify_page(result, document, REGIMES["mtcr"])


def _good() -> Iterator[tuple[str, bytes]]:
    for file in sorted((*EXAMPLES.glob("*.html"), *EXAMPLES.glob("*.txt"), *DEMO.rglob("*.html"))):
        yield file.name, file.read_bytes()
    for title, words in SHORT:
        yield f"{title}, bare", bare(title, f"<h1>{title}</h1><p>{words}</p>").encode()
        yield f"{title}, in its site", in_site(title, f"<h1>{title}</h1><p>{words}</p>").encode()
        yield f"{title}, in divisions", in_divisions(title, f"<div>{words}</div>").encode()
        yield (
            f"{title}, beside a door",
            bare("Australia Group", f"{_DOOR}<h1>The Australia Group: {title}</h1><p>{words}</p>").encode(),
        )
        yield (
            f"{title}, under a banner",
            bare(title, f"{_BANNER}{_NOSCRIPT}<h1>{title}</h1><p>{words}</p>{_WORDS}").encode(),
        )
    for design in range(4):
        for phrasing in range(8):
            world = next_morning(
                beginning(20 + phrasing, 20 + phrasing, design),
                [
                    Plenary(
                        phrasing,
                        phrasing % 3,
                        (1540, 1929)[: phrasing % 3],
                        ("IR", "KP")[: phrasing % 3],
                        phrasing,
                        page_lags=False,
                    )
                ],
            )
            yield f"world {design}, {phrasing}", pages(world)[f"/press/plenary-{world.latest.ordinal}"]
            yield f"members {design}, {phrasing}", pages(world)["/members"]


def test_of_two_hundred_good_pages_none_is_held_back() -> None:
    good = dict(_good())
    assert len(good) >= 200
    held = {name: verdict.reason for name, body in good.items() if not (verdict := _verdict(body)).good}
    assert held == {}


@pytest.mark.parametrize("one", SUBSTITUTES, ids=lambda one: f"{one.row} {one.name}")
def test_a_substitute_is_told_by_its_words_and_its_build_whatever_its_status(one: Substitute) -> None:
    headers = {name.lower(): value for name, value in one.headers.items()}
    verdict = _verdict(one.html.encode(), headers)
    assert not verdict.good
    assert verdict.reason


@pytest.mark.parametrize(
    ("url", "final", "good"),
    [
        ("https://a.example/press/25", "https://a.example/", False),
        ("https://a.example/press/25", "https://a.example", False),
        ("https://a.example/press/25", "https://b.example/en", False),
        ("https://a.example/press/25", "https://b.example/pt-BR/", False),
        ("https://a.example/press/25", "https://b.example/index.aspx", False),
        ("https://a.example/press/25", "https://a.example/archive/25", True),
        ("https://a.example/press/25", "https://a.example/?p=25", True),
        ("http://a.example/", "https://www.a.example/en/", True),
    ],
)
def test_only_the_front_page_of_a_site_is_no_place_for_a_statement(url: str, final: str, good: bool) -> None:
    assert classify_redirect(url, final).good is good


def test_a_page_that_ends_early_is_known_by_how_it_ended_before() -> None:
    whole, cut = b"<html><p>a</p></html>", b"<html><p>a"
    assert ends_early(cut, whole)
    assert not ends_early(whole, whole)
    # A page that never closed its last tag is built so.
    assert not ends_early(cut, cut)
    assert not ends_early(whole.decode().encode("utf-16"), whole)
