"""The pace of a host that all workers keep together: a global concurrency limit on the Prefect server, a host each."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from fetchers.addresses import host_of
from fetchers.settings import FetchSettings
from flows import engine
from sources import RegimeConfig

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

_PREFIX = "plenarywatch-host-"
# So long (seconds) a worker goes on at its own pace when the server does not answer, before it asks again.
_ALONE = 60.0


def hosts_of(regimes: Iterable[RegimeConfig], private: Collection[str] = ()) -> tuple[str, ...]:
    """The hosts that the declared sources name, each once, in order, with their ports where they name one; without
    those of one's own, *private*, which have no pace."""
    found = {host_of(source.url) for config in regimes for source in config.sources}
    return tuple(sorted(host for host in found if not {host, host.rsplit(":", 1)[0]} & set(private)))


def limit_of(host: str) -> str:
    """The name of a host's limit. Prefect allows letters, digits, dots, dashes and underscores: a port's colon, and
    those of an IPv6 address, become underscores."""
    return _PREFIX + re.sub(r"[^a-z0-9.-]", "_", host.lower())


def declare_paces(hosts: Iterable[str], seconds: float = FetchSettings().pace) -> tuple[str, ...]:
    """Make each host's limit on the server: one request, and the next after *seconds*; the limits' names."""
    from prefect.client.orchestration import get_client

    names = tuple(limit_of(host) for host in hosts)
    with get_client(sync_client=True) as client:
        for name in names:
            _set(client, name, seconds)
    return names


def shared_pace() -> Callable[[str, float], None] | None:
    """What waits for a host's turn among all workers; None without a server, where one process is alone."""
    return SharedPace().wait if engine.has_server() else None


class SharedPace:
    """Turns that the limits on the server give.

    A host that is met for the first time gets its limit then, and one whose robots.txt asks for more time has it from
    then on, for every worker; nothing but a deployment makes a limit faster. While the server does not answer, each
    worker goes on at its own pace: a page is worth more than a place in a queue that nobody keeps.
    """

    def __init__(self) -> None:
        # Seconds between two requests, by host; None for a limit that a person has switched off.
        self._known: dict[str, float | None] = {}
        self._guard = threading.Lock()
        self._alone_until = 0.0

    def wait(self, host: str, seconds: float) -> None:
        """Return when *host* may be asked: no sooner than *seconds* after the request that any worker made last."""
        if time.monotonic() < self._alone_until:
            return
        from prefect.concurrency.sync import rate_limit
        from prefect.logging import get_logger

        try:
            if self._kept(host, seconds):
                rate_limit(limit_of(host), occupy=1)
        except Exception as error:  # noqa: BLE001 (whatever the engine raises, the page can be had without it)
            self._alone_until = time.monotonic() + _ALONE
            get_logger("plenarywatch").warning(
                "%s: the pace that workers share cannot be asked for (%s); going on at this worker's own for %d s",
                host, type(error).__name__, _ALONE,
            )  # fmt: skip

    def _kept(self, host: str, seconds: float) -> bool:
        """Whether the host has a limit; it is made, or made slower, where *seconds* ask for it."""
        with self._guard:
            known = self._known.get(host, 0.0)
            # What comes back from the server is a rate: a hundredth is rounding.
            if host not in self._known or (known is not None and seconds > known * 1.01):
                self._known[host] = known = _slowed(limit_of(host), seconds)
            return bool(known)


def _slowed(name: str, seconds: float) -> float | None:
    """The seconds that a limit has, once it has at least *seconds*; 0 where none is there and none is asked for, None
    where a person has switched it off."""
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound

    with get_client(sync_client=True) as client:
        try:
            limit = client.read_global_concurrency_limit_by_name(name)
        except ObjectNotFound:
            if seconds:
                # Another worker may have met the host in the same moment.
                with suppress(ObjectAlreadyExists):
                    _set(client, name, seconds)
            return seconds
        if not limit.active or limit.slot_decay_per_second <= 0:
            return None
        has = 1.0 / limit.slot_decay_per_second
        if seconds > has * 1.01:
            _set(client, name, seconds)
            return seconds
        return has


def _set(client: SyncPrefectClient, name: str, seconds: float) -> None:
    client.upsert_global_concurrency_limit_by_name(name, limit=1, slot_decay_per_second=1.0 / seconds)
