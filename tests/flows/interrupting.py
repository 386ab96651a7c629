"""A work that is killed, over and over, each time from the same beginning, and then done again.

``python -m tests.flows.interrupting WORK FOLDER KILLS SEED [SERVER]`` copies the beginning for each kill, forks a worker
that is killed by SIGKILL, looks for what is half done, does the work again and compares what stands with what stands
where nobody was killed. One worker in two dies at a random write (those of `tests.storage.killing`), the other at a
random moment of the time that the work takes. The database is a file in the copy, or one on the PostgreSQL server whose
socket is in the folder SERVER.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from sqlalchemy import Engine

from tests.builders.postgres import address, created, dropped
from tests.flows.works import ADDRESS, WORKS, Work
from tests.storage.killing import Death

_NEVER = 10**9
# A worker that dies at a moment may be done by then: so many are tried for each kill at most.
_TRIES = 10


def _life(work: Work, home: Path, life: int, *, at: int = _NEVER, after: float | None = None) -> bool:
    """Whether a worker lived to its end; it leaves the number of its writes in the home."""
    child = os.fork()
    if not child:
        status = 1
        try:
            death = Death(at)
            death.arm(Engine)
            work.do(home, life)
            (home / "writes").write_text(str(at - death.left))
            status = 0
        finally:
            os._exit(status)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), f"a worker failed: {status}"
    return status == 0


class _Homes:
    """Homes and their databases, copied and removed together."""

    def __init__(self, server: str | None) -> None:
        self._server = server
        self._names: dict[Path, str] = {}

    def begun(self, home: Path) -> None:
        home.mkdir()
        self._database(home, "template0")

    def copied(self, start: Path, home: Path) -> None:
        shutil.copytree(start, home)
        self._database(home, self._names.get(start, ""))

    def removed(self, home: Path) -> None:
        shutil.rmtree(home)
        if self._server:
            dropped(self._server, self._names.pop(home))

    def _database(self, home: Path, model: str) -> None:
        if self._server:
            self._names[home] = created(self._server, model)
            (home / ADDRESS).write_text(address(self._server, self._names[home]))


def main(name: str, folder: Path, kills: int, seed: int, server: str | None = None) -> None:
    """Kill, look, do again, and print what differs."""
    work, chance, homes = WORKS[name], random.Random(seed), _Homes(server)
    start, whole = folder / "start", folder / "whole"
    homes.begun(start)
    work.begin(start)
    homes.copied(start, whole)
    began = time.monotonic()
    assert _life(work, whole, 1)
    took = time.monotonic() - began
    writes = int((whole / "writes").read_text())
    expected = work.stands(whole)
    killed, differ = 0, []
    for life in range(kills * _TRIES):
        if killed == kills:
            break
        home = folder / "killed"
        homes.copied(start, home)
        at, after = chance.randint(1, max(writes, 1)), chance.uniform(0, took)
        lived = _life(work, home, 1, at=at) if life % 2 and writes else _life(work, home, 1, after=after)
        killed += not lived
        work.whole(home)
        assert _life(work, home, 2), f"kill {life}: the work could not be done again"
        if (stands := work.stands(home)) != expected:
            differ.append([life, at, after, repr(stands)[:500]])
        homes.removed(home)
    print(json.dumps({"killed": killed, "writes": writes, "differ": differ}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:])
