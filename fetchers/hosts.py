"""Each host at its own pace, and what its robots.txt allows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from protego import Protego


class Pace:
    """One request at a time to a host, and no sooner than its pace allows; shared by all threads.

    *gate* is asked with the host before each request and returns when it may go: the pace that several
    processes keep together.
    """

    def __init__(self, seconds: Callable[[str], float], gate: Callable[[str], None] | None = None) -> None:
        self._seconds = seconds
        self._gate = gate
        self._locks: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._asked: dict[str, float] = {}
        self._guard = threading.Lock()

    def ask(self, host: str, seconds: float) -> None:
        """Let the host be asked no sooner than this from now on: its crawl-delay."""
        self._asked[host] = seconds

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host's turn, and hold it."""
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            wait = self._last.get(host, -1e9) + max(self._seconds(host), self._asked.get(host, 0.0)) - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            if self._gate is not None:
                self._gate(host)
            try:
                yield
            finally:
                self._last[host] = time.monotonic()


class Robots:
    """What hosts allow (RFC 9309): no robots.txt allows all, one that cannot be had forbids all."""

    # Larger ones are cut, as the RFC lets a crawler (500 KiB at least).
    MAX = 512 * 1024

    def __init__(self, fetch: Callable[[str], tuple[int | None, bytes | None]], agent: str) -> None:
        self._fetch = fetch
        self._agent = agent
        self._rules: dict[str, Protego | bool] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def allows(self, url: str) -> bool:
        """Whether the host of *url* lets us fetch it."""
        rules = self._of(url)
        return rules if isinstance(rules, bool) else bool(rules.can_fetch(url, self._agent))

    def delay(self, url: str) -> float:
        """The crawl-delay that the host asks for, in seconds, at most a minute; 0 without one."""
        rules = self._of(url)
        return 0.0 if isinstance(rules, bool) else min(60.0, float(rules.crawl_delay(self._agent) or 0.0))

    def _of(self, url: str) -> Protego | bool:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._guard:
            own = self._locks.setdefault(origin, threading.Lock())
        # One host that is slow to answer keeps nobody else waiting.
        with own:
            if origin not in self._rules:
                status, body = self._fetch(f"{origin}/robots.txt")
                if status is not None and 200 <= status < 300:
                    self._rules[origin] = Protego.parse((body or b"")[: self.MAX].decode("utf-8", "replace"))
                else:
                    self._rules[origin] = status is not None and 400 <= status < 500
            return self._rules[origin]
