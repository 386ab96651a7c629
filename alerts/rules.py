"""Which changes are worth telling, whom, and where: the routes of the rules, as questions without side effects."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from alerts.audience import Audience, kinds_for
from alerts.config import DEFAULT, Habits, Route, Rules, When
from diffs.change import Change, ChangeKind, Status
from parsers.countries import display_name

_RESOLUTIONS = (ChangeKind.RESOLUTION_CITED, ChangeKind.RESOLUTION_DROPPED)
_TOPICS = (ChangeKind.TOPIC_ADDED, ChangeKind.TOPIC_DROPPED)


class Telling(Struct, frozen=True):
    """Whom a change is told: its audience, the channels, and for those told later the name of the digest."""

    audience: Audience
    channels: tuple[str, ...]
    digests: dict[str, str]


class Routing(Struct, frozen=True):
    """Rules, and the names of the channels that `DEFAULT` stands for."""

    rules: Rules
    default: tuple[str, ...]

    def telling(self, change: Change) -> Telling | None:
        """Whom *change* is told; None where no route is for it. What one route tells a channel at once does not come
        in a digest as well."""
        routes = [route for route in self.rules.routes if matches(route, change)]
        if not routes:
            return None
        sends: dict[str, str] = {}
        for route in routes:
            for channel in self.spread(route.to):
                if sends.get(channel) != "at_once":
                    sends[channel] = route.send
        digests = {channel: send for channel, send in sends.items() if send != "at_once"}
        return Telling(routes[0].audience, tuple(sends), digests)

    def spread(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The channels that these names of the rules stand for, each once."""
        return tuple(dict.fromkeys(one for name in names for one in (self.default if name == DEFAULT else (name,))))

    def habits(self, channel: str) -> Habits:
        """How a channel wants to be told; those of `DEFAULT` share its habits where they have none of their own."""
        own = self.rules.channels.get(channel)
        shared = self.rules.channels.get(DEFAULT) if channel in self.default else None
        return own or shared or Habits()

    def readers(self, name: str) -> tuple[str, ...]:
        """The channels that get the digest ``daily`` or ``weekly``."""
        own = self.rules.digests.daily if name == "daily" else self.rules.digests.weekly
        routed = [channel for route in self.rules.routes if route.send == name for channel in route.to]
        return self.spread((*own.to, *routed))

    def reminders(self, change: Change) -> Iterator[tuple[str, str]]:
        """The channels that are reminded of *change* while it lasts, each with the time between two reminders."""
        for route in self.rules.routes:
            if route.remind is not None and matches(route, change):
                for channel in self.spread(route.to):
                    yield channel, route.remind


def matches(route: Route, change: Change) -> bool:
    """Whether *route* is for *change*. What was rejected is nobody's; a route that says nothing of kinds or states is
    for what its audience has to know: analysts the world, once it is confirmed, operators sources and whatever is held."""
    when = route.when
    if change.status is Status.REJECTED:
        return False
    held = change.status is Status.HELD
    for_operators = route.audience is Audience.OPERATOR
    if when.status:
        if change.status not in when.status:
            return False
    elif held and not for_operators:
        return False
    if when.kind:
        if change.kind not in when.kind:
            return False
    elif not (held and for_operators) and change.kind not in kinds_for(route.audience):
        return False
    return _is_about(when, change)


def _is_about(when: When, change: Change) -> bool:
    return (
        (not when.regime or change.regime in when.regime)
        and (not when.severity or change.severity in when.severity)
        and (not when.country or bool(countries(change) & set(when.country)))
        and (not when.resolution or resolution(change) in when.resolution)
        and (not when.topic or (change.kind in _TOPICS and change.subject in when.topic))
    )


def countries(change: Change) -> frozenset[str]:
    """The codes of the states that *change* is about: its subject, and those that either side names as its country."""
    sides = [side.get("country") for side in (change.before, change.after) if isinstance(side, dict)]
    return frozenset(code for code in (change.subject, *sides) if isinstance(code, str) and display_name(code) != code)


def resolution(change: Change) -> int | None:
    """The number of the resolution that *change* is about, if it is about one: ``S/RES/1540 (2004)`` is 1540."""
    if change.kind not in _RESOLUTIONS:
        return None
    digits = next((part for part in change.subject.replace("/", " ").split() if part.isdigit()), None)
    return int(digits) if digits else None
