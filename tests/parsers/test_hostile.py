"""Bytes made to cost time or memory are read, or refused in one line, by a process that may use little of either.

Each runs in a process of its own with the kernel's limits on processor seconds and the peak of its memory read
back; all but a few are slow for that reason: forty interpreters are started.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.builders.hostile import HOSTILE, pdf_of_one_page

SECONDS, MEGABYTES = 5, 500
_CHILD = f"""
import resource, sys
from parsers.errors import ParseError
from parsers.parse import parse
from tests.builders.pages import MTCR
body = sys.stdin.buffer.read()
used = resource.getrusage(resource.RUSAGE_SELF)
started = int(used.ru_utime + used.ru_stime) + 1
resource.setrlimit(resource.RLIMIT_CPU, (started + {SECONDS}, started + {SECONDS}))
try:
    print("record", len(parse(body, regime=MTCR).document.blocks))
except ParseError as error:
    print(type(error).__name__, "\\n" in str(error), str(error))
# The kernel counts in ru_maxrss what the process was before it became this program; VmHWM is its own.
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
# One of each reader, and the dearest of the text.
QUICK = ("10 MB of nested tags", "5,000 names in a list", "a PDF cut off")


def read_within_limits(body: bytes) -> str:
    """What came of *body*: "record N", or the error's name, whether it has more than a line, and its words."""
    run = subprocess.run([sys.executable, "-c", _CHILD], input=body, capture_output=True, timeout=120, check=False)
    assert run.returncode == 0, f"killed or failed: {run.returncode} {run.stderr.decode()[-400:]}"
    said, megabytes = run.stdout.decode().strip().rsplit("\n", 1)
    assert int(megabytes) < MEGABYTES
    return said


@pytest.mark.parametrize("name", QUICK)
def test_hostile_bytes_are_read_or_refused(name: str) -> None:
    said = read_within_limits(HOSTILE[name]())
    assert said.startswith("record") or said.split()[1] == "False", said


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in QUICK])
def test_all_hostile_bytes_are_read_or_refused(name: str) -> None:
    said = read_within_limits(HOSTILE[name]())
    assert said.startswith("record") or said.split()[1] == "False", said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("a PDF whose stream grows", "TooLarge"),
        ("a PDF of 10,000 pages", "TooLarge"),
        ("a PDF cut off", "Damaged"),
        ("a DOCX that grows", "TooLarge"),
        ("a DOCX that lies", "Damaged"),
        ("a DOCX of entities", "Damaged"),
        ("a DOCX of many paragraphs", "TooLarge"),
        ("a PDF under a password", "Damaged"),
        ("a paragraph of 1 MB", "TooLarge"),
        ("null bytes", "EmptyInput"),
    ],
)
def test_the_error_says_what_is_wrong(name: str, error: str) -> None:
    assert read_within_limits(HOSTILE[name]()).split()[0] == error


def test_an_honest_pdf_of_many_pages_is_read_whole() -> None:
    said = read_within_limits(pdf_of_one_page("The MTCR held its 25th Plenary Meeting in Oslo in 2014. " * 10, 40))
    assert said.startswith("record")
