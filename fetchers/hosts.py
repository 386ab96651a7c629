"""Each host at its own pace, and what its robots.txt allows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from protego import Protego

from fetchers.fault import Deadline, Fault

# However often a host says that it had enough, it is asked once in so many seconds.
_SLOWEST = 30.0
# A host that failed so often in a row is not asked again by this fetcher.
_WORN_OUT = 10
_UNASKED = Fault("unasked", "its robots.txt was not asked for yet")


class Pace:
    """One request at a time to a host, and no sooner than its pace allows; shared by all threads.

    *gate* is asked before each request, with the host and the seconds that belong between two requests to it
    (by its robots.txt too), and returns when it may go: the pace that several processes keep together. *sleep* waits
    so many seconds, or less where there is nothing to wait for any more.
    """

    def __init__(
        self,
        seconds: Callable[[str], float],
        gate: Callable[[str, float], None] | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._seconds = seconds
        self._gate = gate
        self._sleep = sleep
        self._locks: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._asked: dict[str, float] = {}
        self._slowed: dict[str, float] = {}
        self._rest: dict[str, float] = {}
        self._failed: dict[str, int] = {}
        self._guard = threading.Lock()

    def ask(self, host: str, seconds: float) -> None:
        """Let the host be asked no sooner than this from now on: its crawl-delay."""
        self._asked[host] = max(seconds, self._asked.get(host, 0.0))

    def slow_down(self, host: str, wait: float) -> None:
        """Ask a host that had enough no sooner than after *wait* seconds, and half as often from then on."""
        with self._guard:
            pace = max(self._usual(host), self._slowed.get(host, 0.0))
            self._slowed[host] = max(pace, min(_SLOWEST, 2 * pace))
            self._rest[host] = max(self._rest.get(host, 0.0), time.monotonic() + wait)

    def tries(self, host: str, most: int) -> int:
        """How often a request to the host is made again: less each time that it failed to the end."""
        return max(0, most - self._failed.get(host, 0))

    def is_worn_out(self, host: str) -> bool:
        """Whether the host failed so often in a row that asking on would help nobody."""
        return self._failed.get(host, 0) >= _WORN_OUT

    def ended(self, host: str, *, well: bool) -> None:
        """Note how a request to the host ended."""
        with self._guard:
            self._failed[host] = 0 if well else self._failed.get(host, 0) + 1

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host's turn, and hold it."""
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            usual = self._usual(host)
            pace = max(usual, self._slowed.get(host, 0.0))
            wait = max(self._last.get(host, -1e9) + pace, self._rest.get(host, -1e9)) - time.monotonic()
            if wait > 0:
                self._sleep(wait)
            if self._gate is not None:
                self._gate(host, usual)
            try:
                yield
            finally:
                self._last[host] = time.monotonic()

    def _usual(self, host: str) -> float:
        """The seconds between two requests to a host that does not complain."""
        return max(self._seconds(host), self._asked.get(host, 0.0))


class Robots:
    """What hosts allow (RFC 9309): no robots.txt allows all, one that cannot be had forbids all."""

    # Larger ones are cut, as the RFC lets a crawler (500 KiB at least).
    MAX = 512 * 1024

    def __init__(self, fetch: Callable[[str, Deadline], tuple[int, bytes | None]], agent: str) -> None:
        self._fetch = fetch
        self._agent = agent
        self._rules: dict[str, Protego | Fault | None] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def delay(self, url: str, deadline: Deadline) -> float:
        """The crawl-delay in seconds that the host of *url* asks for, at most a minute; 0 without one.

        A robots.txt that must be asked for is part of the request, with its *deadline*. Raises `Fault` when the host
        does not let us fetch *url*, or when nobody can know.
        """
        rules = self._of(url, deadline)
        if rules is None:
            return 0.0
        if not rules.can_fetch(url, self._agent):
            raise Fault("robots", "its robots.txt does not allow it; take the source out or ask its owner")
        return min(60.0, float(rules.crawl_delay(self._agent) or 0.0))

    def _of(self, url: str, deadline: Deadline) -> Protego | None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._guard:
            own = self._locks.setdefault(origin, threading.Lock())
        # One host that is slow to answer keeps nobody else waiting.
        with own:
            if (rules := self._rules.get(origin, _UNASKED)) is _UNASKED:
                much = deadline.left() > deadline.seconds / 2
                rules = self._read(origin, deadline)
                # What could not be had in the rest of another page's time says nothing of the host.
                if much or not (isinstance(rules, Fault) and rules.kind == "timeout"):
                    self._rules[origin] = rules
        if isinstance(rules, Fault):
            raise Fault(rules.kind, rules.line)
        return rules

    def _read(self, origin: str, deadline: Deadline) -> Protego | Fault | None:
        try:
            status, body = self._fetch(f"{origin}/robots.txt", deadline)
        except Fault as fault:
            return fault
        if 200 <= status < 300:
            return Protego.parse((body or b"")[: self.MAX].decode("utf-8", "replace"))
        if 300 <= status < 500 and status != 429:
            return None
        return Fault("robots", f"its robots.txt answered {status}, which forbids all; try again later")
