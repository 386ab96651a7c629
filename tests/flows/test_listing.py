"""What is found under a list, and how often it is asked for since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.listing import is_due
from parsers.version import PARSER
from storage.values import State
from tests.world.render import CONFIG
from tests.world.server import Answer, Site
from tests.world.watching import LAST, Mornings

NOW = datetime(2020, 6, 1, 6, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


def _state(days_since_change: int, days_since_check: float, **fields: object) -> State:
    changed, checked = NOW - timedelta(days=days_since_change), NOW - timedelta(days=days_since_check)
    return State(last_changed=changed, last_checked=checked, parser=PARSER, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (_state(59, 0.1), True),
        (_state(61, 0.3), False),
        (_state(61, 1), True),
        (_state(61, 0.97), True),
        (_state(366, 2), False),
        (_state(366, 3), True),
        (_state(5 * 366, 6), False),
        (_state(5 * 366, 7), True),
        (_state(5 * 366, 0.1, failures=1), True),
        (State(), True),
    ],
)
def test_a_page_is_asked_for_more_rarely_the_longer_it_says_the_same(state: State, due: bool) -> None:
    assert is_due(state, NOW) is due


def test_pages_below_an_index_are_indexes_to_the_depth_that_is_declared(site: Site, tmp_path: Path) -> None:
    config = CONFIG.replace('url: "BASE/press",', 'url: "BASE/press", depth: 2,')
    watching = Mornings(tmp_path, site, config)
    year = "<html><body><main><h1>Statements of 2013</h1><p>All statements of the year.</p><ul><li><a href='/press/plenary-27'>The 27th plenary</a></li></ul></main></body></html>"
    index = watching.page("/press").replace("</ul></main>", "<li><a href='/press/2013'>2013</a></li></ul></main>")
    statement = watching.page().replace("26th", "27th").replace("2011", "2013")
    told = watching.told(**{"/press": index, "/press/2013": year, "/press/plenary-27": statement})
    assert ("plenary_announced", "27", "confirmed") in told
    watching.close()


def test_a_page_that_is_listed_and_cannot_be_had_is_named_in_the_run(site: Site, tmp_path: Path) -> None:
    watching = Mornings(tmp_path, site)
    index = watching.page("/press").replace(
        "</ul></main>", "<li><a href='/press/plenary-27'>27th plenary</a></li></ul></main>"
    )
    for _ in range(3):
        assert watching.told(**{"/press": index, "/press/plenary-27": Answer(403)}) == set()
        assert "press lists it" in (watching.outcomes["/press/plenary-27"].error or "")
    watching.close()


def test_a_source_is_blind_at_once_where_its_rhythm_is_over(site: Site, tmp_path: Path) -> None:
    config = CONFIG.replace('url: "BASE/members",', 'url: "BASE/members", rhythm: 12h,')
    watching = Mornings(tmp_path, site, config)
    assert watching.told(**{"/members": Answer(503), LAST: Answer(503)}) == {
        ("source_unreachable", "/members", "confirmed")
    }
    watching.close()
