"""What goes wrong while a page is fetched."""

from __future__ import annotations

import time


class Fault(Exception):
    """A fault of one attempt: its short name, what to say of it, and whether another try may mend it.

    *line* follows the address it is about: "cannot be reached (connection refused); check the address".
    """

    def __init__(self, kind: str, line: str, *, again: bool = False) -> None:
        super().__init__(line)
        self.kind, self.line, self.again = kind, line, again


class Deadline:
    """How long an answer may take. What was spent on waiting for one's turn is added to it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, below 0 when it has passed."""
        return self._end - time.monotonic()

    def add(self, seconds: float) -> None:
        self._end += seconds

    def passed(self) -> Fault:
        """What to raise when it has passed."""
        return Fault("timeout", f"not complete within {self.seconds:g} s; try again later")
