"""A document is itself wherever it stands: at another address it has one more locator, and nothing is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import tables as t
from tests.world.server import Answer, Site
from tests.world.watching import LAST, Mornings


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Mornings]:
    site = Site()
    begun = Mornings(tmp_path, site)
    yield begun
    begun.close()
    site.close()


def _locators(watching: Mornings) -> set[str]:
    """Where the text of the last statement was seen."""
    with watching.watched.watch.store.reading() as r:
        text = select(t.Locator.text_hash).where(t.Locator.url == watching.site.address + LAST)
        urls = r.session.scalars(select(t.Locator.url).where(t.Locator.text_hash.in_(text)))
        return {url.removeprefix(watching.site.address) for url in urls}


def _leads(where: str) -> Answer:
    return Answer(301, b"", {"Location": where})


@pytest.mark.parametrize("other_bytes", [False, True], ids=["the same bytes", "other bytes of the same text"])
@pytest.mark.parametrize("there", ["/archive/26", "/press/plenary-26/?utm_source=feed"])
def test_behind_a_redirect_it_has_one_more_locator(watching: Mornings, there: str, other_bytes: bool) -> None:
    versions = watching.versions()
    html = watching.page().replace("<main>", "<main class='new'>") if other_bytes else watching.page()
    for _ in range(2):
        assert watching.told(**{LAST: _leads(there), there: html}) == set()
    assert _locators(watching) == {LAST, there}
    assert watching.versions() == versions


def test_a_mirror_is_one_more_locator_of_the_same_text(watching: Mornings) -> None:
    index = "<html><body><main><h1>Plenary statements</h1><ul><li><a href='/ministry/plenary-26'>26th plenary</a></li></ul></main></body></html>"
    assert watching.told(**{"/ministry": index, "/ministry/plenary-26": watching.page()}) == set()
    assert _locators(watching) == {LAST, "/ministry/plenary-26"}


def test_another_statement_behind_a_redirect_is_no_locator(watching: Mornings) -> None:
    watching.told(**{LAST: _leads("/press/plenary-24")})
    assert _locators(watching) == {LAST}
    assert "identity_mismatch" in (watching.outcomes[LAST].error or "")
