"""Pages broken at random, through a whole run over real HTTP: none is more to it than a source that failed or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.fuzzing import broken
from tests.world.history import DAY_ONE
from tests.world.server import Answer, Site
from tests.world.watching import Watched

_HEAD = "regime: lda\nname: Lisbon Drone Accord\nabbreviation: LDA\nmembers_called: [Participating States]\nsources:\n"


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


def _faults(site: Site, folder: Path, seeds: range) -> list[str]:
    """The errors of a run over the broken pages of these seeds that are a fault of ours; each page is a source."""
    folder.mkdir()
    pages = {f"/{seed}": broken(seed) for seed in seeds}
    site.put({}, {path: Answer(200, body, {"Content-Type": of}) for path, (_, of, body) in pages.items()})
    declared = "".join(f"  - {{id: s{path[1:]}, kind: {kind}, url: 'BASE{path}', max_links: 4, max_pages: 2}}\n" for path, (kind, *_) in pages.items())  # fmt: skip
    watched = Watched(folder, site, _HEAD + declared, read=5.0, total=5.0)
    ran = watched.run(DAY_ONE)
    watched.close()
    own = [o for o in ran.sources if o.source.removeprefix("s").isdecimal()]
    assert len(own) == len(seeds)
    # Enough of them are whole enough to be read.
    assert sum(not o.failed for o in own) > len(seeds) / 3
    return [f"{o.source}: {o.error}" for o in ran.sources if o.error and "a fault of ours" in o.error]


def test_pages_broken_at_random_end_no_run_and_are_no_fault_of_ours(site: Site, tmp_path: Path) -> None:
    assert _faults(site, tmp_path / "run", range(280)) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(280, 5280, 500))
def test_five_thousand_pages_broken_at_random_end_no_run_and_are_no_fault_of_ours(
    site: Site, tmp_path: Path, first: int
) -> None:
    assert _faults(site, tmp_path / "run", range(first, first + 500)) == []
