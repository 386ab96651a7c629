"""What is mutated and what is not, and that a mutant nobody notices is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.mutation.__main__ import _as_json, _that_survived
from tests.mutation.mutations import mutants_of
from tests.mutation.sampling import Found, judged, sample_of

ROOT = Path(__file__).resolve().parents[2]


def _made(source: str) -> set[str]:
    """The source with each mutant applied."""
    return {mutant.applied(source.encode()).decode() for mutant in mutants_of("a.py", source.encode())}


@pytest.mark.parametrize(
    ("source", "mutant"),
    [
        ("x = a < b", "x = (a <= b)"),
        ("x = a is None", "x = (a is not None)"),
        ("x = a in b", "x = (a not in b)"),
        ("x = a and b", "x = (a or b)"),
        ("x = not a", "x = (a)"),
        ("x = a + b", "x = (a - b)"),
        ("x = 160", "x = 161"),
        ("x = True", "x = False"),
        ("x = 'é' + 'b'", "x = 'é' + 'XXb'"),
        ("x = f'{a}'", "x = 'mutated'"),
        ("x = a if b else c", "x = (c if b else a)"),
        ("x = any(a)", "x = all(a)"),
        ("call(a)", "pass"),
        ("raise Wrong(a)", "pass"),
        ("def f(a=1):\n    return a", "def f(a=2):\n    return a"),
        ("def f(a):\n    return a", "def f(a):\n    return None"),
        ("for a in b:\n    break", "for a in b:\n    continue"),
        ("a += 1", "a -= 1"),
    ],
)
def test_a_statement_is_made_wrong(source: str, mutant: str) -> None:
    assert mutant in _made(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        "import a.b",
        "__all__ = ['a']",
        "__version__ = '1.0'",
        "log.warning('three %s', 4)",
        "def f(a: Literal['b']) -> Literal['c']:\n    '''Say.'''",
        "x: Literal['b']",
        "if TYPE_CHECKING:\n    x = 3",
        "def f():\n    return None",
    ],
)
def test_what_no_test_can_judge_is_left_alone(source: str) -> None:
    assert _made(source) == set()


def test_a_mutant_is_told_as_the_lines_that_differ() -> None:
    source = b"a = 1\nb = 2\n"
    assert [m.diff(source) for m in mutants_of("a.py", source)] == ["-a = 1\n+a = 2", "-b = 2\n+b = 3"]


def test_the_default_of_a_function_is_judged_by_who_reaches_its_body() -> None:
    source = b"def f(a=1):\n    b = a\n    return b\n"
    assert {m.lines for m in mutants_of("a.py", source) if m.line == 1} == {(1, 3)}
    assert {m.lines for m in mutants_of("a.py", source) if m.line == 3} == {(3, 3)}


def test_those_that_survived_are_judged_again(tmp_path: Path) -> None:
    sample = mutants_of("a.py", b"a = 1\nb = 2\nc = 3\n")
    found = [Found(m, "", how, "", 1) for m, how in zip(sample, ("survived", "failed", "survived"), strict=True)]
    (tmp_path / "told.json").write_text(_as_json("room", 1, found))
    assert _that_survived(sample, tmp_path / "told.json") == [sample[0], sample[2]]


ROOM = """LIMIT = 10

def held(n):
    if n == 0:
        return "none"
    return min(n, LIMIT)

def unreached(n):
    return n + 1

def counted(n):
    while n > 0:
        n -= 1
    return n
"""
CLAIMS = """from room.holding import counted, held

def test_it_holds_no_more_than_ten():
    assert held(11) == 10

def test_nothing_is_said():
    assert held(0)

def test_it_counts_down():
    assert counted(3) == 0
"""


@pytest.mark.slow
def test_a_mutant_that_nobody_notices_is_told(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    files = {
        "room/__init__.py": "", "room/holding.py": ROOM, "tests/room/test_it.py": CLAIMS,
        # A room that is imported before the first test is collected is judged all the same.
        "tests/room/conftest.py": "import room.holding",
    }  # fmt: skip
    for path, text in files.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(text)
    (tree / "tests" / "__init__.py").touch()
    shutil.copytree(ROOT / "tests" / "mutation", tree / "tests" / "mutation")
    (tmp_path / "work").mkdir()
    found = judged(tree, tmp_path / "work", "room", sample_of(tree, "room", 100, seed=1), processes=2)
    how = {f.diff.splitlines()[1].strip("+ "): f.how for f in found}
    # A constant is judged, a limit that is off by one is seen, and so is a loop without an end.
    assert how["LIMIT = 11"] == "failed"
    assert how["return max(n, LIMIT)"] == "failed"
    assert how["n += 1"] == "hung"
    # The text is not compared, and one function is called by nobody.
    assert how["return 'XXnone'"] == how["return (n - 1)"] == "survived"
    assert {f.tests for f in found if "n - 1" in f.diff} == {0}
    assert (tree / "room" / "holding.py").read_text() == ROOM
