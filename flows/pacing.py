"""The pace of a host that all workers keep together: a global concurrency limit on the Prefect server, a host each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from fetchers.settings import FetchSettings
from flows import engine
from sources import RegimeConfig

_PREFIX = "plenarywatch-host-"


def hosts_of(regimes: Iterable[RegimeConfig]) -> tuple[str, ...]:
    """The hosts that the declared sources name, each once, in order."""
    found = {urlsplit(source.url).hostname for config in regimes for source in config.sources}
    return tuple(sorted(host for host in found if host))


def declare_paces(hosts: Iterable[str], seconds: float = FetchSettings().pace) -> tuple[str, ...]:
    """Make each host's limit on the server: one request, and the next after *seconds*; the limits' names."""
    from prefect.client.orchestration import get_client

    names = tuple(limit_of(host) for host in hosts)
    with get_client(sync_client=True) as client:
        for name in names:
            client.upsert_global_concurrency_limit_by_name(name, limit=1, slot_decay_per_second=1.0 / seconds)
    return names


def limit_of(host: str) -> str:
    """The name of a host's limit. Prefect allows letters, digits, dots, dashes and underscores, so a port's or
    an IPv6 address's colon becomes an underscore."""
    return _PREFIX + host.replace(":", "_")


def shared_pace() -> Callable[[str], None] | None:
    """What waits for a host's turn among all workers; None without a server, where one process is alone.

    A host without a limit has only the pace of its own process.
    """
    if not engine.has_server():
        return None
    from prefect.client.orchestration import get_client
    from prefect.concurrency.sync import rate_limit

    with get_client(sync_client=True) as client:
        known = {limit.name for limit in client.read_global_concurrency_limits(limit=200, offset=0) if limit.active}

    def gate(host: str) -> None:
        if (name := limit_of(host)) in known:
            rate_limit(name, occupy=1)

    return gate
