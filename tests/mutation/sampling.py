"""A sample of a room's mutants, each judged in a copy of the tree by the tests that reach its line."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.mutation.mutations import Mutant, mutants_of

_NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv*", "*.egg-info", ".*_cache", ".hypothesis", "__pycache__", "demo-run"
)


@dataclass(frozen=True)
class Found:
    """A mutant that was judged: how it ended, by which test, and how many tests reach it."""

    mutant: Mutant
    diff: str
    how: str
    test: str
    tests: int

    @property
    def killed(self) -> bool:
        """Whether a test noticed; one that hangs is noticed too."""
        return self.how != "survived"


@dataclass(frozen=True)
class Reached:
    """What the tests of a room reach when nothing is mutated."""

    reached: dict[str, dict[str, list[str]]]
    seconds: dict[str, float]
    everywhere: frozenset[str]
    libraries: list[str]

    def tests_of(self, mutant: Mutant) -> list[tuple[str, float]]:
        """The tests that reach a mutant's statement, quickest first, those that start processes last.

        A statement that runs as its file is imported is reached by every test; those of its file come first.
        """
        lines = self.reached.get(mutant.file, {})
        first, last = mutant.lines
        hit = [lines[str(line)] for line in range(first, last + 1) if str(line) in lines]
        here = {test for tests in hit for test in tests}
        at_import = bool(hit) and not here
        near = {test for tests in lines.values() for test in tests} if at_import else here
        chosen = set(self.seconds) if at_import else here | self.everywhere
        order = sorted(chosen, key=lambda test: (test not in near, test in self.everywhere, self.seconds[test], test))
        return [(test, self.seconds[test]) for test in order]


def _copied(root: Path, to: Path) -> Path:
    tree = to / "tree"
    shutil.copytree(root, tree, ignore=_NOT_COPIED)
    shared = root.parent / "shared"
    if shared.is_dir():
        (to / "shared").symlink_to(shared)
    return tree


def _surroundings(tree: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0"}


def reached_by(tree: Path, room: str, to: Path) -> Reached:
    """Run the quick tests of a room once, traced."""
    subprocess.run(
        [
            sys.executable, "-m", "pytest", "-p", "tests.mutation.reach", "--reach-of", room, "--reach-to", str(to),
            "-p", "no:cacheprovider", "-m", "not slow", f"--basetemp={to.parent / 'traced'}", f"tests/{room}",
        ],
        cwd=tree, env=_surroundings(tree), stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False,
    )  # fmt: skip
    told = json.loads(to.read_text())
    for test in told["not passed"]:
        print(f"mutants: {test} does not pass without a mutant and judges none", file=sys.stderr)
    return Reached(told["reached"], told["seconds"], frozenset(told["everywhere"]), told["libraries"])


class _Judge:
    """A copy of the tree, and a process in it that judges the mutants put there."""

    def __init__(self, tree: Path, libraries: list[str]) -> None:
        self.tree = tree
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mutation.judging", str(tree.parent / "basetemp")],
            # A file's bytecode is that of the file as it was; a mutant's is never kept.
            cwd=tree, env=_surroundings(tree) | {"PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._say(libraries)

    def _say(self, what: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def judge(self, mutant: Mutant, tests: list[tuple[str, float]]) -> Found:
        """Put the mutant in its place, ask, and put back what stood there, its time of change too."""
        path = self.tree / mutant.file
        source, stat = path.read_bytes(), path.stat()
        diff = mutant.diff(source)
        if not tests:
            return Found(mutant, diff, "survived", "", 0)
        path.write_bytes(mutant.applied(source))
        try:
            self._say(tests)
            assert self._process.stdout is not None
            how, test = json.loads(self._process.stdout.readline())
        finally:
            path.write_bytes(source)
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return Found(mutant, diff, how, test, len(tests))

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)


def sample_of(root: Path, room: str, size: int, seed: int) -> list[Mutant]:
    """So many mutants of a room's files: the same ones for the same seed and source."""
    every = [
        mutant
        for path in sorted((root / room).rglob("*.py"))
        for mutant in mutants_of(path.relative_to(root).as_posix(), path.read_bytes())
    ]
    chosen = random.Random(seed).sample(every, min(size, len(every)))
    return sorted(chosen, key=lambda m: (m.file, m.start, m.end, m.new))


def judged(root: Path, folder: Path, room: str, sample: list[Mutant], processes: int) -> list[Found]:
    """Judge a sample of a room's mutants in copies of the tree below *folder*."""
    first = _copied(root, folder / "0")
    reached = reached_by(first, room, folder / "reached.json")
    # The copies have the bytecode that the first run made, and the times of change it was made for.
    trees = [first, *(_copied_again(folder, n) for n in range(1, processes))]
    judges: SimpleQueue[_Judge] = SimpleQueue()
    every = [_Judge(tree, reached.libraries) for tree in trees]
    for one in every:
        judges.put(one)

    def ask(mutant: Mutant) -> Found:
        judge = judges.get()
        try:
            found = judge.judge(mutant, reached.tests_of(mutant))
        finally:
            judges.put(judge)
        print("." if found.killed else "S", end="", file=sys.stderr, flush=True)
        return found

    try:
        with ThreadPoolExecutor(processes) as pool:
            found = list(pool.map(ask, sample))
    finally:
        for one in every:
            one.close()
    print(file=sys.stderr)
    return found


def _copied_again(folder: Path, number: int) -> Path:
    shutil.copytree(folder / "0", folder / str(number), symlinks=True)
    return folder / str(number) / "tree"
