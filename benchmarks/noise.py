"""What watchers tell of the same invented regimes: alerts a real change, ours and those of webchanges.

``python benchmarks/noise.py`` tells stories of 30 days (those of ``tests/world``: states join and leave, plenaries are
held, statements edited, moved and copied, the site is redesigned, chats, breaks) and serves each morning's site on
loopback to both. The truth is worked out from the story, never from a page. ``--stories N`` sets how many, ``--start N``
which; ``--json`` prints the figures alone. webchanges is the program of the environment, or named by ``--webchanges
PATH``; ``pip install webchanges`` brings it.

webchanges is given every page the site had on the morning before, as if a person added each new page within a day; that
it tells of such a page as new is not counted. Each entry of its report is an alert, and is right when the truth of that
morning has a change that stands on that page. What we tell is right when it is that very change; lesser changes wait for
the digest and are no alerts. A morning is missed when something happened and nothing right was told.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.world.history import World
from tests.world.render import pages, path
from tests.world.server import Site
from tests.world.stories import Story, stories
from tests.world.truth import Told, Watcher
from tests.world.watching import Watched, in_short

# An entry of webchanges' report: what it is, and the page's path, which is the job's name.
_ENTRY = re.compile(r"^(NEW|CHANGED|ERROR|ERROR,REPEATED): (/\S*) \(http", re.MULTILINE)


@dataclass
class Figures:
    """What a watcher told in all, how much of it at once as alerts, what of it was of nothing real, and mornings with
    news of which it told nothing."""

    told: int = 0
    alerts: int = 0
    of_nothing: int = 0
    missed_mornings: int = 0

    def count(self, told: int, right: int, alerts: int, news: bool) -> None:
        self.told += told
        self.alerts += alerts
        self.of_nothing += told - right
        self.missed_mornings += news and not right


def some_stories(count: int, start: int) -> list[Story]:
    """So many stories, the same for the same start."""
    found: list[Story] = []

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(stories)
    def collect(story: Story) -> None:
        found.append(story)

    collect()
    return found


def places(told: Iterable[Told], world: World) -> set[str]:
    """The paths of the pages that changes of the truth stand on; an outage stands on all."""
    found: set[str] = set()
    for kind, subject in told:
        if kind in ("source_unreachable", "source_recovered"):
            return set(pages(world))
        if kind == "statement_revised" and subject != "members":
            found.add(path(world, int(subject.split()[-1])))
        elif kind == "plenary_announced":
            found |= {"/press", path(world, int(subject))}
        elif kind == "mirrors_disagree":
            found |= {"/ministry", *(f"/ministry/plenary-{ordinal}" for ordinal in world.mirrors)}
        elif kind.startswith("member_") or subject == "members":
            found.add("/members")
    return found


class Webchanges:
    """webchanges over a site, a run a morning."""

    def __init__(self, program: str, folder: Path, site: Site) -> None:
        self._folder, self._site = folder, site
        (folder / "config.yaml").write_text("report:\n  stdout:\n    enabled: true\n    color: false\n")
        self._command = [program, "--jobs", str(folder / "jobs.yaml"), "--config", str(folder / "config.yaml")]
        self._command += ["--database", str(folder / "snapshots.db"), "--hooks", str(folder / "hooks.py")]

    def looks(self, watched: Iterable[str]) -> Counter[str]:
        """How many alerts there were of each of these pages."""
        jobs = (f"name: {p}\nurl: {self._site.address}{p}\nfilter: [html2text]\n" for p in sorted(watched))
        (self._folder / "jobs.yaml").write_text("---\n".join(jobs))
        env = os.environ | {"HOME": str(self._folder)}
        ran = subprocess.run(self._command, env=env, capture_output=True, text=True, timeout=300, check=True)
        return Counter(page for kind, page in _ENTRY.findall(ran.stdout) if kind != "NEW")


def watch(story: Story, program: str | None, found: dict[str, Figures]) -> tuple[int, int]:
    """Tell a story to all watchers; how many real changes it had, and on how many mornings."""
    changes = mornings = 0
    site = Site()
    with tempfile.TemporaryDirectory(prefix="noise-") as folder:
        theirs = Webchanges(program, Path(folder), site) if program else None
        ours = Watched(Path(folder), site)
        truth = Watcher(("press", "members", "ministry"))
        try:
            first, *later = story.mornings()
            truth.baseline(first)
            ours.looks(first)
            if theirs:
                theirs.looks(pages(first))
            before, alerts = first, 0
            for world in later:
                told, true = in_short(ours.looks(world), site.address), truth.looks(world)
                raised, alerts = sum(ours.alerts().values()) - alerts, sum(ours.alerts().values())
                found["plenarywatch"].count(sum(told.values()), sum((told & true).values()), raised, bool(true))
                changes += sum(true.values())
                mornings += bool(true)
                # Of a site that is byte for byte as it was, webchanges says nothing: it is not started.
                if theirs and (world.down or before.down or pages(world) != pages(before)):
                    said, real = theirs.looks(pages(before)), places(true, world)
                    right = sum(n for page, n in said.items() if page in real)
                    found["webchanges"].count(sum(said.values()), right, sum(said.values()), bool(true))
                before = world
        finally:
            ours.close()
            site.close()
    return changes, mornings


def main() -> None:
    """Measure what the command line asks for, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stories", type=int, default=10, help="how many stories")
    options.add_argument("--start", type=int, default=1, help="which ones")
    beside = shutil.which("webchanges", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    options.add_argument("--webchanges", default=beside, help="its program; 'none' leaves it out")
    options.add_argument("--json", action="store_true")
    given_ = options.parse_args()
    program = None if given_.webchanges == "none" else given_.webchanges
    if program is None:
        print("webchanges is left out; pip install webchanges brings it", file=sys.stderr)
    logging.disable(logging.WARNING)
    found = {name: Figures() for name in ("plenarywatch", *(["webchanges"] if program else []))}
    changes = mornings = 0
    for story in some_stories(given_.stories, given_.start):
        more, on = watch(story, program, found)
        changes, mornings = changes + more, mornings + on
    figures = {
        name: {
            "told": f.told,
            "alerts": f.alerts,
            "alerts_a_real_change": round(f.alerts / changes, 3),
            "of_nothing": f.of_nothing,
            "missed_mornings": f.missed_mornings,
        }
        for name, f in found.items()
    }
    if given_.json:
        print(
            json.dumps({"stories": given_.stories, "real_changes": changes, "mornings": mornings, "watchers": figures})
        )
        return
    print(f"{given_.stories} stories, {changes} real changes on {mornings} mornings")
    for name, values in figures.items():
        print(f"  {name:14}" + "  ".join(f"{key} {value}" for key, value in values.items()))


if __name__ == "__main__":
    main()
