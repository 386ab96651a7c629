"""A whole run that is killed at its nth write, for each n, and the run of the next morning.

``python -m tests.flows.killing START SITE STEP`` copies the home START for each kill, forks a worker that watches SITE
there and dies at its 1st, 1+STEPth, 1+2*STEPth… write, and another that does the next morning's run. Counted as writes,
and killed before or after, are those of `tests.storage.killing`: statements that alter the database, commits, syncs and
renames of files. What then stands is printed as JSON beside what stands where nobody was killed.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from storage import tables as t
from storage.verifying import verify
from tests.storage.killing import Death
from tests.world.history import DAY_ONE
from tests.world.watching import Watched

# More writes than a run makes: a worker that counts to here lives.
_NEVER = 10**9


@dataclass(frozen=True)
class _Place:
    """A site that is served by another process."""

    address: str


def _in_child(work: Callable[[], None]) -> bool:
    """Whether a forked worker lived to its end."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def _run(home: Path, site: str, morning: int, kill_at: int, counted: Path | None = None) -> None:
    watched = Watched(home, _Place(site))  # type: ignore[arg-type]
    death = Death(kill_at)
    death.arm(watched.watch.store.engine)
    watched.run(DAY_ONE + timedelta(days=morning))
    watched.close()
    if counted is not None:
        counted.write_text(str(kill_at - death.left))


def _stands(home: Path, site: str) -> dict[str, object]:
    """What stands in a home, times and the numbers of rows left aside."""
    watched = Watched(home, _Place(site))  # type: ignore[arg-type]
    store = watched.watch.store
    found = verify(store, watched.watch.archive)
    with store.reading() as r:
        told = {
            "damaged": [damage.object for damage in found.damaged],
            "sources": sorted(r.session.scalars(select(t.Source.name))),
            "versions": sorted((v.source, v.text_hash, v.held) for v in r.versions()),
            "changes": sorted((c.key, c.status.value) for c in r.changes()),
            "alerts": sorted((a.change.key, a.audience) for a in r.alerts()),
            "not sent": sum(d.state != "sent" for a in r.alerts() for d in a.deliveries),
            "members": sorted(m.country for m in r.members("lda")),
            "open runs": sum(state == "running" for state in r.session.scalars(select(t.Run.state))),
        }
    told["told"] = sorted(watched.alerts())
    watched.close()
    return told


def main(start: Path, site: str, step: int) -> None:
    """Kill, look, and print."""
    lives = start.parent / "lives"

    def life(name: str, kill_at: int) -> tuple[bool, dict[str, object]]:
        home = lives / name
        shutil.copytree(start, home)
        lived = _in_child(lambda: _run(home, site, 1, kill_at, lives / "counted"))
        assert _in_child(lambda: _run(home, site, 2, _NEVER)), f"the run after kill {name} failed"
        stands = _stands(home, site)
        shutil.rmtree(home)
        return lived, json.loads(json.dumps(stands))

    lived, whole = life("whole", _NEVER)
    assert lived
    writes = int((lives / "counted").read_text())
    differ: dict[str, object] = {}
    killed = 0
    for at in range(1, writes + 1, step):
        lived, stands = life(f"killed-{at}", at)
        killed += not lived
        if stands != whole:
            differ[str(at)] = {name: stands[name] for name in whole if stands[name] != whole[name]}
    print(json.dumps({"whole": whole, "writes": writes, "killed": killed, "differ": differ}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
