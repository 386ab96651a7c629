"""`plenarywatch` as a child process, forked from one that has loaded its modules already: a run costs a test what
the run costs, and not a second of loading."""

from __future__ import annotations

import atexit
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
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
