"""A list of members is the same list however a site lays it out: who, since when, and nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.parse import parse_document
from parsers.read import read_document
from parsers.record import Record
from tests.builders.pages import MTCR

STATES = {
    "Argentina": ("AR", "1993"), "Australia": ("AU", "1990"), "Austria": ("AT", "1991"), "Belgium": ("BE", "1990"),
    "Brazil": ("BR", "1995"), "Bulgaria": ("BG", "2004"), "Canada": ("CA", "1987"), "Denmark": ("DK", "1990"),
    "Finland": ("FI", "1991"), "France": ("FR", "1987"), "Germany": ("DE", "1987"), "Greece": ("GR", "1992"),
}  # fmt: skip


def read(body: str, head: str = "") -> Record:
    html = f"<html><head>{head}</head><body><main><h1>MTCR Partners</h1>{body}</main></body></html>"
    document = read_document(html.encode(), content_type="text/html; charset=utf-8")
    return parse_document(document, regime=MTCR).record


def _each(line: Callable[[str, str], str]) -> str:
    return "".join(line(name, year) for name, (_, year) in STATES.items())


def _by_year(line: Callable[[str, list[str]], str]) -> str:
    years: dict[str, list[str]] = {}
    for name, (_, year) in STATES.items():
        years.setdefault(year, []).append(name)
    return "".join(line(year, names) for year, names in sorted(years.items()))


def _regions() -> str:
    names = list(STATES)
    return "".join(
        f"<h2>{region} ({len(part)})</h2><ul>{''.join(f'<li>{n} ({STATES[n][1]})</li>' for n in part)}</ul>"
        for region, part in (("Americas", names[:5]), ("Europe", names[5:]))
    )


SHAPES = {
    "definitions": f"<dl>{_each(lambda n, y: f'<dt>{n}</dt><dd>Joined in {y}</dd>')}</dl>",
    "cards": _each(lambda n, y: f"<div><h3>{n}</h3><p>{y}</p></div>"),
    "cards with a word": _each(lambda n, y: f"<div><h3>{n}</h3><p>Member since: {y}</p></div>"),
    "nested items": f"<ul>{_each(lambda n, y: f'<li>{n}<ul><li>Joined in {y}</li></ul></li>')}</ul>",
    "regions with counts": _regions(),
    "years over paragraphs": _by_year(lambda y, names: f"<h3>{y}</h3><p>{', '.join(names)}</p>"),
    "years over items": _by_year(lambda y, names: f"<h2>Joined in {y}</h2><ul>{''.join(f'<li>{n}</li>' for n in names)}</ul>"),
    "a table with numbers": "<table><tr><th>No</th><th>Country</th><th>Joined</th><th>Office</th></tr>"
    + "".join(
        f"<tr><td>{i}</td><td>{n}</td><td>{y}</td><td>Ministry of Trade</td></tr>" for i, (n, (_, y)) in enumerate(STATES.items(), 1)
    )
    + "</table>",
    "accordions": _each(lambda n, y: f"<h2><button aria-expanded='false'>{n}</button></h2><div><p>Member since {y}</p></div>"),
    "twice, for two kinds of screens": 2 * f"<ul>{_each(lambda n, y: f'<li>{n} ({y})</li>')}</ul>",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_members_and_the_years_of_joining_are_read_off(shape: str) -> None:
    record = read(f"<p>The Partners are:</p>{SHAPES[shape]}")
    said = {member.name: (member.country, member.since) for member in record.members}
    assert said == STATES
    assert record.inconsistencies == ()
    assert record.published is None


def test_a_list_led_up_to_by_an_office_is_none_of_members() -> None:
    listed = "".join(f"<li>{name}</li>" for name in STATES)
    statement = "<p>The 25th Plenary Meeting took place in Oslo on 3 June 2010.</p>"
    assert read(f"{statement}<p>Our embassies and missions abroad:</p><ul>{listed}</ul>").members == ()


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"WebPage","datePublished":"2019-10-14T08:00:00+00:00"}]}</script>', ""),
        ("", '<time datetime="2019-10-14">Mon, 14 Oct</time>'),
        ("", '<time itemprop="datePublished" datetime="2019-10-14T09:00">3 years ago</time> <time datetime="2020-01-01">x</time>'),
    ],
    ids=["a graph", "one time", "a marked time"],
)  # fmt: skip
def test_the_day_of_publication_is_read_off_what_a_page_marks(head: str, line: str) -> None:
    assert str(read(f"<p>{line}</p><p>The Plenary Meeting took place in Oslo.</p>", head).published) == "2019-10-14"


def test_a_heading_that_goes_on_in_its_next_line_is_one() -> None:
    html = "<html><body><main><h1>PUBLIC STATEMENT<br>FROM THE PLENARY MEETING</h1><p>Oslo, 3 June 2010</p></main></body></html>"
    document = read_document(html.encode(), content_type="text/html; charset=utf-8")
    record = parse_document(document, regime=MTCR).record
    assert (record.title, str(record.published)) == ("PUBLIC STATEMENT FROM THE PLENARY MEETING", "2010-06-03")


def test_a_title_in_the_picture_across_the_page_is_the_pages() -> None:
    hero = '<div class="hero-banner"><h1>Statement on the Plenary</h1><p class="date">14 October 2019</p></div>'
    html = (
        f"<html><head><title>Site</title></head><body><main>{hero}<p>The Plenary met in Oslo.</p></main></body></html>"
    )
    document = read_document(html.encode(), content_type="text/html; charset=utf-8")
    record = parse_document(document, regime=MTCR).record
    assert (record.title, str(record.published)) == ("Statement on the Plenary", "2019-10-14")
