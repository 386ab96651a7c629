"""What every test run tells at its end: how many rows of the fault catalogue the collected tests cover.

A test names the row it covers, ``@pytest.mark.fault("H2")``: the letter of the section and the place in it.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import settings

# No example is timed: a busy machine is no fault of what is tested.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# The sections of the catalogue and how many rows each has.
ROWS = {"A": 14, "B": 15, "C": 13, "D": 10, "E": 18, "F": 11, "G": 26, "H": 15, "I": 14, "J": 10, "K": 24, "L": 8}
_ROW = re.compile(r"([A-L])(\d{1,2})")
_covered = pytest.StashKey[set[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note the rows that the collected tests cover, those behind ``-m`` included; a row that is none is an error."""
    rows = {str(row) for item in items for mark in item.iter_markers("fault") for row in mark.args}
    for row in rows:
        match = _ROW.fullmatch(row)
        if match is None or not 1 <= int(match[2]) <= ROWS[match[1]]:
            raise pytest.UsageError(f'fault("{row}"): no such row; write a letter A to L and a place, such as "H2"')
    config.stash[_covered] = rows


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands what it collected to the process that reports."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["fault_rows"] = sorted(session.config.stash.get(_covered, set()))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take what a worker collected."""
    config: pytest.Config = node.config  # type: ignore[attr-defined]
    config.stash.setdefault(_covered, set()).update(getattr(node, "workeroutput", {}).get("fault_rows", ()))


def covered_by_section(rows: set[str]) -> dict[str, int]:
    """How many rows of each section *rows* names."""
    return {section: sum(row.startswith(section) for row in rows) for section in ROWS}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line: the rows of each section that have a test, of all it has."""
    rows = config.stash.get(_covered, set())
    if rows:
        told = "  ".join(f"{section} {n}/{ROWS[section]}" for section, n in covered_by_section(rows).items() if n)
        terminalreporter.write_line(f"fault catalogue: {told}")
