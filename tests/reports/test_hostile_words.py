"""Whatever a watched page says is text on the site: each guard by itself, and all of them in a browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html
from playwright.sync_api import Browser

from reports.errors import CannotWrite
from reports.folder import SiteFolder
from reports.links import host, outward
from reports.policy import HEADERS, POLICY
from reports.tables import as_csv
from tests.builders.browsing import Watched
from tests.reports.conftest import FORMULA, pages

_URL = re.compile(r"https?://|\.{0,2}/|#|[\w-]+[./]|data:,")
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b\x07\x9b")


@pytest.mark.fault("K11", "K13")
def test_only_our_own_elements_and_attributes_stand_in_a_page(hostile_site: Path) -> None:
    for name, text in pages(hostile_site).items():
        for element in html.fromstring(text).iter(html.etree.Element):
            assert element.tag not in ("img", "iframe", "object", "embed", "form", "style"), name
            assert not [a for a in element.attrib if a.startswith("on") or a in ("style", "autofocus")], name
            for attribute in ("href", "src"):
                assert _URL.match(element.get(attribute, "#")), f"{name}: {element.get(attribute)}"


@pytest.mark.fault("K11")
def test_every_script_is_a_file_of_the_site(hostile_site: Path) -> None:
    for name, text in pages(hostile_site).items():
        for script in html.fromstring(text).iter("script"):
            assert not script.text, name
            assert (hostile_site / name).parent.joinpath(script.get("src")).resolve().parent == hostile_site.resolve()


@pytest.mark.fault("K11", "K13")
def test_the_words_are_shown_as_they_are(hostile_site: Path) -> None:
    said = pages(hostile_site)
    title = html.fromstring(said["mtcr/plenary-25.html"]).findtext(".//h1")
    assert title.startswith("Plenary 25, </p></td></title></script><script>document.title='taken'")
    (change,) = [text for name, text in said.items() if name.startswith("changes/") and "<title>The MTCR expr" in text]
    assert "&amp;lt;b&amp;gt; &amp;#x3c;i&amp;#" in change
    (redline,) = [text for text in said.values() if "How the words changed" in text]
    assert "&lt;img src=x onerror=" in redline


@pytest.mark.fault("K23")
def test_a_template_in_a_page_is_text(hostile_site: Path) -> None:
    assert "{{7*7}} {% include &#39;x&#39; %}" in pages(hostile_site)["mtcr/plenary-25.html"]


def test_no_character_that_turns_text_around_reaches_a_file(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*"):
        # JSON is for programs: it says what the page said, with its control characters escaped.
        if path.is_file() and path.suffix in (".html", ".svg", ".js", ".atom"):
            assert not _TURNING & set(path.read_text(encoding="utf-8")), path.name


def test_every_page_carries_the_policy(hostile_site: Path) -> None:
    for name, text in pages(hostile_site).items():
        assert f'http-equiv="Content-Security-Policy" content="{POLICY}"' in text, name


def test_the_policy_allows_no_word_of_a_page_to_run() -> None:
    for part in (
        "default-src 'none'",
        "script-src 'self';",
        "style-src 'self';",
        "base-uri 'none'",
        "form-action 'none'",
    ):
        assert part in POLICY
    assert "unsafe" not in POLICY
    assert "frame-ancestors 'none'" in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScript:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example",
        "http://user:word@evil.example/", "http://a.example/\u202egpj.exe", 'https://a.example/"onclick=', "https://", "", None,
        "https://a.example/\nx", "http://[", "file:///etc/passwd", "javascript://a.example/%0aalert(1)",
    ],
)  # fmt: skip
def test_an_address_that_is_no_plain_address_of_the_web_is_no_link(url: str | None) -> None:
    assert (outward(url), host(url)) == (None, "")


def test_an_address_of_the_web_is_a_link_that_tells_it_nothing(hostile_site: Path) -> None:
    assert outward("https://mtcr.example/press?id=1#a") == "https://mtcr.example/press?id=1#a"
    links = [a for text in pages(hostile_site).values() for a in html.fromstring(text).iter("a")]
    away = [a for a in links if a.get("href", "").startswith("http")]
    assert {a.get("rel") for a in away} == {"noopener noreferrer"}
    assert {a.get("href").split("/")[2] for a in away} == {"mtcr.example", "www.ecfr.gov"}


@pytest.mark.fault("K16")
def test_no_cell_of_a_table_is_a_formula(hostile_site: Path) -> None:
    cells = {
        str(path.relative_to(hostile_site)): [
            cell for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in row
        ]
        for path in hostile_site.rglob("*.csv")
    }
    assert len(cells) > 10
    for name, found in cells.items():
        assert not [cell for cell in found if cell.startswith(("=", "+", "-", "@"))], name
    assert f"'{FORMULA}" in cells["api/v1/regimes/mtcr/members.csv"]
    assert f"'{FORMULA}" in cells["api/v1/changes.csv"]


@pytest.mark.fault("K16")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_whatever_begins_a_formula_is_made_a_word(start: str) -> None:
    ((cell,),) = csv.reader(as_csv(["a"], [[f"{start}1"]]).removeprefix("\ufeffa\n").splitlines(keepends=True)[:1])
    assert cell.startswith("'")


@pytest.mark.fault("K18")
@pytest.mark.parametrize("name", ["../x.html", "/etc/x", "a/../../x", "a//b", ".hidden", "a/\x00", "", "a\\..\\b"])
def test_no_page_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    with SiteFolder(tmp_path / "site") as out, pytest.raises(CannotWrite, match="is no name of a page"):
        out.write(name, "x")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_picture_is_whole_xml_and_holds_no_script(hostile_site: Path) -> None:
    drawn = {path.name: ElementTree.parse(path).getroot() for path in hostile_site.rglob("*.svg")}
    assert set(drawn) == {"timeline.svg", "concerns.svg", "map.svg"}
    for name, root in drawn.items():
        for element in root.iter():
            assert element.tag.rpartition("}")[2] not in ("script", "foreignObject", "a", "use", "image"), name
            assert not [a for a in element.attrib if a.startswith("on") or a.endswith("href")], name


@pytest.mark.browser
def test_nothing_a_page_says_runs_and_every_hostile_page_loads_quietly(hostile_site: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    watched = Watched(page, hostile_site)
    for name in pages(hostile_site):
        page.goto((hostile_site / name).as_uri())
        assert page.title().endswith("Plenarywatch"), name
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.close()
    assert (watched.said, watched.outside) == ([], [])


@pytest.mark.browser
def test_what_were_written_unescaped_would_still_not_run(hostile_site: Path, tmp_path: Path, browser: Browser) -> None:
    """The policy holds where all escaping has failed."""
    inline = "<script>document.title='taken'</script><img src=data:, onerror=\"document.title='taken'\">"
    unescaped = pages(hostile_site)["index.html"].replace("</main>", f"{inline}</main>")
    open_to_all = re.sub("<meta http-equiv[^>]*>", "", unescaped)
    titles = {}
    page = browser.new_page()
    for name, text in (("guarded", unescaped), ("open", open_to_all)):
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        page.goto((tmp_path / f"{name}.html").as_uri())
        titles[name] = page.title()
    page.close()
    assert titles == {"guarded": "What changed · Plenarywatch", "open": "taken"}


@pytest.mark.browser
def test_what_the_search_finds_is_set_as_text(hostile_site: Path, browser: Browser) -> None:
    page = browser.new_page()
    watched = Watched(page, hostile_site)
    page.goto((hostile_site / "search.html").as_uri())
    page.get_by_label("Words to look for").fill("concern")
    assert page.locator("#found a").first.inner_text().startswith("The MTCR expressed concern about </p>")
    assert page.locator("#found img, #found script, #found svg").count() == 0
    # In the passages of the pages themselves too.
    page.get_by_label("Words to look for").fill("onerror")
    assert "<img src=x onerror=" in page.locator("#found").inner_text()
    assert page.locator("#found img, #found script, #found svg").count() == 0
    page.close()
    assert watched.said == []
