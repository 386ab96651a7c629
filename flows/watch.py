"""What a run holds: the store, the archive, the fetcher, the regimes and the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alerts.channels import Channel, channels_named
from fetchers.fetcher import Fetcher
from fetchers.settings import settings_from_environment as fetch_settings
from flows.errors import BadRequest
from flows.settings import Settings, settings_from_environment
from sources import RegimeConfig, SourceConfig, load_regimes, regime_named
from storage import Archive, Store, open_archive


@dataclass(frozen=True)
class Watch:
    """Everything a step needs, shared by the threads of one run. Where it does not *tell*, changes are kept and
    nobody is alerted: history is no news."""

    settings: Settings
    store: Store
    archive: Archive
    fetcher: Fetcher
    regimes: tuple[RegimeConfig, ...]
    channels: tuple[Channel, ...]
    clock: Callable[[], datetime]
    tells: bool = True

    def sources(
        self, regimes: tuple[str, ...] = (), source: str | None = None
    ) -> tuple[tuple[RegimeConfig, SourceConfig], ...]:
        """The declared sources of these regimes (all, when none is named), or the one source named.

        Raises `BadRequest` for a source that no chosen regime declares.
        """
        chosen = [regime_named(self.regimes, name) for name in regimes] or list(self.regimes)
        found = tuple((c, s) for c in chosen for s in c.sources if source is None or s.id == source)
        if source is not None and not found:
            known = sorted({s.id for c in chosen for s in c.sources})
            raise BadRequest(f"no source {source!r} is declared; known are {', '.join(known[:20])}")
        return found


@contextmanager
def open_watch(
    *,
    config: Path | None = None,
    now: datetime | None = None,
    allow_private: tuple[str, ...] = (),
    write: Callable[[str], object] | None = None,
    gate: Callable[[str], None] | None = None,
) -> Iterator[Watch]:
    """The watch that the environment's settings describe; with *now*, its time stands still there.
    *gate* returns when a host may be asked, where several processes share its pace."""
    settings = settings_from_environment()
    regimes = load_regimes(config)
    channels = channels_named(settings.channels, home=settings.home, write=write)
    archive = open_archive(settings.archive_url)

    def clock() -> datetime:
        return now or datetime.now(UTC)

    with (
        Store.open(settings.database_url) as store,
        Fetcher(fetch_settings(frozenset(allow_private)), archive=archive.put, clock=clock, gate=gate) as fetcher,
    ):
        yield Watch(settings, store, archive, fetcher, regimes, channels, clock)
