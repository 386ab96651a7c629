"""Which test reaches which line of a room, how long each test takes, and which libraries they load: a pytest plugin.

``python -m pytest -p tests.mutation.reach --reach-of ROOM --reach-to FILE tests/ROOM`` writes it as JSON. What runs
in a child process is not traced: a test that starts one of ours counts as reaching every line.
"""

from __future__ import annotations

import json
import multiprocessing.process
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import coverage
import pytest

ROOT = Path(__file__).resolve().parents[2]
# Loaded once by the server of judges, these would carry their first settings into every judge.
_LEFT_OUT = ("coverage", "prefect", "tests", "_pytest", "conftest", "__main__", "__mp_main__", "xdist")


@dataclass
class Reach:
    """What is noted while the tests run."""

    room: str
    to: Path
    traced: coverage.Coverage
    test: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    not_passed: set[str] = field(default_factory=set)
    everywhere: set[str] = field(default_factory=set)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        self.test = item.nodeid
        self.traced.switch_context(item.nodeid)
        done = yield
        self.traced.switch_context("")
        self.test = ""
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if not report.passed:
            self.not_passed.add(report.nodeid)

    def started(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note a test that starts a process of ours; the database's own server is none."""
        if not self.test:
            return
        ours = event == "os.fork"
        if event in {"subprocess.Popen", "os.posix_spawn"}:
            ours = any(name in f"{arguments[0]} {arguments[1]}" for name in ("python", "plenarywatch"))
        if ours:
            self.everywhere.add(self.test)

    def pytest_sessionfinish(self) -> None:
        self.traced.stop()
        data = self.traced.get_data()
        reached: dict[str, dict[int, list[str]]] = {}
        for name in data.measured_files():
            by_line = data.contexts_by_lineno(name)
            reached[Path(name).relative_to(ROOT).as_posix()] = {
                line: sorted(set(tests) - {""} - self.not_passed) for line, tests in by_line.items()
            }
        passed = {test: round(s, 3) for test, s in self.seconds.items() if test not in self.not_passed}
        self.to.write_text(
            json.dumps(
                {
                    "reached": reached,
                    "seconds": passed,
                    "not passed": sorted(self.not_passed),
                    "everywhere": sorted(self.everywhere - self.not_passed),
                    "libraries": _libraries(self.room),
                }
            )
        )


def _libraries(room: str) -> list[str]:
    """The modules that were loaded and are not of the project, in the order of their loading."""
    return [
        name
        for name, module in list(sys.modules.items())
        if (file := getattr(module, "__file__", None))
        and not (Path(file).is_relative_to(ROOT) and ".venv" not in file)
        and name.partition(".")[0] not in {*_LEFT_OUT, room}
    ]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--reach-of", help="the room whose lines are traced")
    parser.addoption("--reach-to", help="the file to write")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start to trace before the first conftest, and so the room itself, is imported: what runs at its import is judged
    by every test."""
    options = early_config.known_args_namespace
    if not options.reach_of:
        return
    traced = coverage.Coverage(data_file=None, source=[str(ROOT / options.reach_of)], config_file=False, messages=False)
    reach = Reach(options.reach_of, Path(options.reach_to), traced)
    early_config.pluginmanager.register(reach)
    sys.addaudithook(reach.started)
    start = multiprocessing.process.BaseProcess.start

    def started(process: multiprocessing.process.BaseProcess) -> None:
        # The server that forks for a test is another process, and raises no event here.
        reach.started("os.fork", ())
        start(process)

    multiprocessing.process.BaseProcess.start = started  # type: ignore[method-assign]
    os.environ["COVERAGE_CORE"] = "ctrace"
    traced.start()
