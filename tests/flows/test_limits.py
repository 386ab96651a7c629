"""Too few open files are one clear line, whatever command it is and wherever in it they run out."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from flows.limits import out_of_files
from parsers.errors import PlenarywatchError
from tests.builders.program import ROOT

COMMANDS = ("members mtcr", "monitor --direct", "report build", "sources list", "verify", "backup all.zip", "demo")


def ran(home: Path, limit: int, command: str, held: int = 0) -> subprocess.CompletedProcess[str]:
    """The command where so many files may be open, *held* of which are."""
    words = (
        "import sys; from flows.cli import main; "
        f"held = [open('/dev/null') for _ in range({held})]; sys.argv[1:] = {command.split()}; main()"
    )

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, env=os.environ | {"PLENARYWATCH_HOME": str(home)}, capture_output=True,
        text=True, timeout=120, check=False, preexec_fn=bound,
    )  # fmt: skip


def told(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on standard error."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    return done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_sixteen_open_files_are_too_few_for_any_command(tmp_path: Path, command: str) -> None:
    line = told(ran(tmp_path / "home", 16, command))
    assert line.startswith("plenarywatch: open files: 16 are allowed here, and at least 64 are needed; run 'ulimit -n ")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("held", [124, 123, 122])
def test_files_that_run_out_in_the_work_are_told_as_that(tmp_path: Path, held: int) -> None:
    line = told(ran(tmp_path / "home", 128, "members mtcr", held))
    assert line.startswith("plenarywatch: open files: as many as are allowed here are open (")


def test_a_database_that_cannot_be_opened_for_another_reason_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "plenarywatch.sqlite").mkdir()
    assert "plenarywatch.sqlite: cannot be used as the database" in told(ran(tmp_path, 1024, "members mtcr"))


def test_a_soft_limit_is_raised_as_far_as_it_may_be() -> None:
    words = (
        "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (32, 200)); from flows.limits import allow_files; "
        "allow_files(); print(*r.getrlimit(r.RLIMIT_NOFILE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "200 200\n"


def _many() -> OSError:
    return OSError(errno.EMFILE, "Too many open files")


def _caused(by: BaseException, error: BaseException) -> BaseException:
    error.__cause__ = by
    return error


def _meanwhile(by: BaseException, error: BaseException) -> BaseException:
    error.__context__ = by
    return error


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (_many(), True),
        (OSError(errno.ENFILE, "Too many open files in system"), True),
        (_caused(_many(), PlenarywatchError("archive: cannot keep a blob")), True),
        (_meanwhile(_many(), ImportError("cannot import name")), True),
        (_meanwhile(_caused(_many(), ValueError()), RuntimeError("x")), True),
        (requests.ConnectionError(_many()), True),
        (ExceptionGroup("several", [ValueError(), _many()]), True),
        (OSError(errno.ENOSPC, "No space left on device"), False),
        (PlenarywatchError("Too many open files"), False),
        (ValueError(errno.EMFILE), False),
        (ExceptionGroup("several", [ValueError()]), False),
    ],
)
def test_it_is_found_wherever_a_library_keeps_it(error: BaseException, found: bool) -> None:
    assert (out_of_files(error) is not None) is found


def test_errors_that_name_each_other_are_no_endless_search() -> None:
    one, other = ValueError(), ValueError()
    one.__context__, other.__context__ = other, one
    assert out_of_files(one) is None
