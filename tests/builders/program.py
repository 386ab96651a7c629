"""`plenarywatch` as a child process, forked from one that has loaded its modules already: a run costs a test what
the run costs, and not a second of loading."""

from __future__ import annotations

import atexit
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 300

_fork = multiprocessing.get_context("forkserver")
_fork.set_forkserver_preload([__name__, "tests.builders.loaded"])


@dataclass(frozen=True)
class Ran:
    """A command that was run: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """`plenarywatch` as a child process, with a home of its own."""

    home: Path

    def __call__(self, *arguments: str, env: dict[str, str] | None = None) -> Ran:
        with tempfile.TemporaryDirectory() as name:
            out, err = Path(name, "out"), Path(name, "err")
            child = _fork.Process(target=_main, args=(arguments, self.surroundings(env), out, err))
            child.start()
            child.join(_PATIENCE)
            if child.exitcode is None:
                child.kill()
                raise TimeoutError(f"plenarywatch {' '.join(arguments)}: not done after {_PATIENCE} s")
            return Ran(child.exitcode, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    def killed(self, after: float, *arguments: str, env: dict[str, str] | None = None) -> Ran | None:
        """The same, killed by SIGKILL after so many seconds; None, or what it did where it was done by then.

        Processes that it began must end by themselves. Raises `TimeoutError` where one does not.
        """
        with tempfile.TemporaryDirectory() as name:
            out, err = Path(name, "out"), Path(name, "err")
            child = _fork.Process(target=_lead, args=(arguments, self.surroundings(env), out, err))
            child.start()
            child.join(after)
            child.kill()
            child.join(_PATIENCE)
            assert child.pid is not None
            _until_gone(child.pid)
            if child.exitcode == -signal.SIGKILL:
                return None
            assert child.exitcode is not None
            return Ran(child.exitcode, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    def started_anew(self, *arguments: str, env: dict[str, str] | None = None) -> Ran:
        """The same in an interpreter of its own, as a person starts it."""
        done = subprocess.run(
            [sys.executable, "-c", "from flows.cli import main; main()", *arguments],
            cwd=ROOT, env=self.surroundings(env), capture_output=True, text=True, timeout=_PATIENCE, check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    def surroundings(self, more: dict[str, str] | None) -> dict[str, str]:
        """The environment of the child: ours without our settings, a home, and *more*."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLENARYWATCH_", "PREFECT_"))}
        return kept | {"PLENARYWATCH_HOME": str(self.home), "COLUMNS": "140"} | (more or {})


def _until_gone(group: int) -> None:
    """Wait until a group of processes has none left."""
    end = time.monotonic() + _PATIENCE
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(group, 0)
            time.sleep(0.01)
        raise TimeoutError(f"group {group}: a process is left {_PATIENCE} s after the one that began it was killed")


def _lead(arguments: tuple[str, ...], env: dict[str, str], out: Path, err: Path) -> None:
    """`_main` at the head of a group of its own, by which what it leaves behind is found."""
    os.setpgid(0, 0)
    _main(arguments, env, out, err)


def _main(arguments: tuple[str, ...], env: dict[str, str], out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(ROOT)
    for descriptor, path in ((1, out), (2, err)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(file, descriptor)
        os.close(file)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 (theirs to the end of the process)
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115 (theirs to the end of the process)
    sys.argv = ["plenarywatch", *arguments]
    from flows.cli import main

    try:
        main()
    finally:
        # An interpreter does this at its end; a forked process does not.
        atexit._run_exitfuncs()
