"""Whole pages, good and bad: no bad one passes, and of the good ones at most one in two hundred is held back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fetchers.result import FetchResult
from fetchers.verdict import Kind, Verdict, classify, classify_build, classify_redirect, ends_early
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


def test_each_kind_is_kept_under_its_name() -> None:
    assert [kind.value for kind in Kind] == [
        "good", "blocked", "soft_404", "maintenance", "login", "needs_script", "cookie_wall", "parked", "empty",
        "http_status", "truncated", "wrong_document", "too_large", "unreadable", "unread",
    ]  # fmt: skip


SHELL = b"<html><body><div id='app'></div><SCRIPT src='/app.js'></SCRIPT></body></html>"


def test_scripts_and_no_text_need_a_browser_and_scripts_beside_a_text_none() -> None:
    page = SHELL.replace(b"id='app'", b"class='x'")
    verdict = classify_build(page, {})
    assert (verdict.kind, verdict.reason) == (Kind.NEEDS_SCRIPT, "it holds scripts and no text")
    assert classify_build(page, {}, text="A word.").good
    assert classify_build(b"<html><body></body></html>", {}).good


@pytest.mark.parametrize(("length", "good"), [(159, False), (160, True), (161, True)])
def test_a_page_with_text_enough_is_not_judged_by_its_build(length: int, good: bool) -> None:
    assert classify_build(b"<html><main> <p></p>&nbsp;</main></html>", {}, text="a" * length).good is good


def test_one_place_with_text_is_enough_among_empty_ones() -> None:
    assert classify_build(b"<main></main><main>Met.</main>", {}, text="Met.").good
    verdict = classify_build(b"<main></main><main><script>x</script></main>", {}, text="Menu")
    assert (verdict.kind, verdict.reason) == (Kind.NEEDS_SCRIPT, "the place for its text is empty")


def test_a_firewalls_header_is_told_with_its_value() -> None:
    verdict = classify_build(b"<html>", {"cf-mitigated": "Challenge"}, text="a" * 500)
    assert (verdict.kind, verdict.reason) == (Kind.BLOCKED, "its header says cf-mitigated: Challenge")
    assert classify_build(b"<html>", {"cf-mitigated": "none"}, text="a" * 500).good


def test_a_page_that_leads_to_the_front_page_is_told_with_it() -> None:
    verdict = classify_redirect("https://a.example/partners", "https://a.example/en/")
    assert verdict.reason == "it leads to the front page https://a.example/en/"
    assert classify_redirect("https://a.example/", "https://a.example/en/").good
    assert classify_redirect("https://a.example/partners", "https://a.example/partners/").good


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("two words", Kind.EMPTY),
        ("three short words", Kind.GOOD),
        ("a" * 39, Kind.EMPTY),
        ("a" * 40, Kind.GOOD),
    ],
)
def test_a_page_of_two_short_words_is_empty(text: str, kind: Kind) -> None:
    assert classify(status=200, title=None, text=text).kind is kind


@pytest.mark.parametrize(("status", "kind"), [(399, Kind.GOOD), (400, Kind.HTTP_STATUS), (None, Kind.GOOD)])
def test_a_status_from_four_hundred_on_is_no_page(status: int | None, kind: Kind) -> None:
    assert classify(status=status, title=None, text="The partners met in plenary.").kind is kind


def test_the_first_of_two_lines_is_a_title_and_a_lone_line_is_none() -> None:
    rest = "The statement is here in several languages."
    assert classify(status=200, title=None, text=f"Consent\n{rest}").kind is Kind.COOKIE_WALL
    assert classify(status=200, title=None, text=f"Consent {rest}").good


def test_an_end_counts_in_the_last_bytes_in_any_letters_and_in_utf_16() -> None:
    whole, short = b"<html>text</HTML>", b"<html>te"
    assert ends_early(short, whole)
    assert not ends_early(whole, whole)
    assert not ends_early(short, short)
    assert not ends_early("<html>text</html>".encode("utf-16"), whole)
    # Seven bytes of the end and 8,185 behind it are the last 8,192.
    assert not ends_early(b"</html>" + b" " * 8185, whole)
    assert ends_early(b"</html>" + b" " * 8186, whole)
