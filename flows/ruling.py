"""Where each route of the rules leads, for `alerts check`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from alerts.channels import channels_named, names, setting_of
from alerts.config import Route
from alerts.load import load_rules, packaged_rules
from alerts.rules import Routing
from flows.secrets import block_of, look_up
from flows.settings import settings_from_environment
from flows.watch import addresses, named_channels
from sources import load_regimes


class Led(Struct, frozen=True):
    """A route, the channels that it leads to, and what is wrong with it, a line each with its mend."""

    route: str
    audience: str
    send: str
    channels: tuple[str, ...]
    wrong: tuple[str, ...]


def routes(config: Path | None = None) -> tuple[Led, ...]:
    """Every route of the rules, in their order; *config* are the declarations that say which regimes there are."""
    settings = settings_from_environment()
    rules = load_rules(settings.alerts) if settings.alerts else packaged_rules()
    default = channels_named(settings.channels, home=settings.home, look_up=look_up)
    named_channels(rules, settings)
    missing = {name for name, address in addresses(rules) if address is None}
    declared = {c.regime for c in load_regimes(config)}
    routing = Routing(rules, names(default))
    return tuple(
        Led(r.name, r.audience.value, r.send, routing.spread(r.to), tuple(_wrong(r, missing, declared)))
        for r in rules.routes
    )


def _wrong(route: Route, missing: set[str], declared: set[str]) -> Iterator[str]:
    for name in route.to:
        if name in missing:
            setting = setting_of(name)
            yield f"channel {name!r} has no address; set {setting} or make the Secret block {block_of(setting)}"
    for regime in route.when.regime:
        if regime not in declared:
            yield f"no regime {regime!r} is declared; known are {', '.join(sorted(declared))}"
