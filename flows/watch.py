"""What a run holds: the store, the archive, the fetcher, the regimes and the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from alerts.channels import Channel, channel_of, channels_named, names, setting_of
from alerts.config import DEFAULT, WITHOUT_ADDRESS, Rules
from alerts.load import load_rules, packaged_rules
from alerts.rules import Routing
from fetchers.fetcher import Fetcher
from fetchers.settings import settings_from_environment as fetch_settings
from flows.errors import BadRequest
from flows.secrets import look_up
from flows.settings import Settings, page_seconds, settings_from_environment
from sources import RegimeConfig, SourceConfig, load_regimes, regime_named
from storage import Archive, Store, open_archive


@dataclass(frozen=True)
class Watch:
    """Everything a step needs, shared by the threads of one run. Where it does not *tell*, changes are kept and
    nobody is alerted: history is no news. `channels` are those that the rules call "default", `named` those that
    they name."""

    settings: Settings
    store: Store
    archive: Archive
    fetcher: Fetcher
    regimes: tuple[RegimeConfig, ...]
    channels: tuple[Channel, ...]
    clock: Callable[[], datetime]
    tells: bool = True
    rules: Rules = field(default_factory=packaged_rules)
    named: tuple[Channel, ...] = ()

    @property
    def routing(self) -> Routing:
        """Who is told what, and where."""
        return Routing(self.rules, names(self.channels))

    @property
    def all_channels(self) -> tuple[Channel, ...]:
        """The channels that have an address: those of the settings, and those that the rules name."""
        return (*self.named, *self.channels)

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
    gate: Callable[[str, float], None] | None = None,
) -> Iterator[Watch]:
    """The watch that the environment's settings describe; with *now*, its time stands still there.
    *gate* returns when a host may be asked, where several processes share its pace (`fetchers.hosts.Pace`)."""
    settings = settings_from_environment()
    # A setting that is wrong is no source's failure, and may not wait for the first page that is long.
    page_seconds()
    regimes = load_regimes(config)
    rules = load_rules(settings.alerts) if settings.alerts else packaged_rules()
    channels = channels_named(settings.channels, home=settings.home, write=write, look_up=look_up)
    named = named_channels(rules, settings, write)
    archive = open_archive(settings.archive_url)

    def clock() -> datetime:
        return now or datetime.now(UTC)

    with (
        Store.open(settings.database_url) as store,
        Fetcher(fetch_settings(frozenset(allow_private)), archive=archive.put, clock=clock, gate=gate) as fetcher,
    ):
        yield Watch(settings, store, archive, fetcher, regimes, channels, clock, rules=rules, named=named)


def named_channels(
    rules: Rules, settings: Settings, write: Callable[[str], object] | None = None
) -> tuple[Channel, ...]:
    """The channels that *rules* name and that have an address. Raises `ChannelInvalid`."""
    return tuple(
        channel_of(name, address, home=settings.home, write=write, look_up=look_up)
        for name, address in addresses(rules)
        if address is not None
    )


def addresses(rules: Rules) -> Iterator[tuple[str, str | None]]:
    """The channels that *rules* name, each with its address, None where nothing gives it one."""
    for name in rules.named:
        if name != DEFAULT:
            yield name, name if name in WITHOUT_ADDRESS else look_up(setting_of(name))
