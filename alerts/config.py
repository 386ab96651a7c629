"""What `alerts.yaml` may say: channels, routes, digests. `docs/alerts.md` explains every key for those who write one.

Models refuse what they do not know. No address stands here: a channel is named, and its address is in the environment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from alerts.audience import Audience
from diffs.change import ChangeKind, Severity, Status
from parsers.countries import country_named, display_name
from parsers.declaration import LENGTH, check_timezone, one_or_many

# The channels of PLENARYWATCH_CHANNELS, under one name, and those that need no address.
DEFAULT = "default"
WITHOUT_ADDRESS = ("console", "file")

ChannelName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
Timezone = Annotated[str, AfterValidator(check_timezone)]
Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
# How a route tells: each change by itself, or what one run found, a day or a week together.
Send = Literal["at_once", "run", "daily", "weekly"]


def _country(value: str) -> str:
    code = value.upper()
    found = code if display_name(code) != code else country_named(value)
    if found is None:
        raise ValueError(f"{value!r} is no state; write its code or name, such as NO or Norway")
    return found


def _resolution(value: object) -> object:
    found = re.findall(r"\d{3,4}", str(value))
    if not found:
        raise ValueError(f"{value!r} is no resolution; write its number, such as 1540")
    return int(found[0])


Country = Annotated[str, AfterValidator(_country)]
Resolution = Annotated[
    int, BeforeValidator(_resolution), WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string"}]})
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Quiet(_Model):
    """Hours of the day in which a channel is left alone, ``22:00-07:00`` in an IANA timezone; what weighs as much as
    one of `unless` is sent all the same."""

    hours: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$")]
    timezone: Timezone = "Etc/UTC"
    unless: Annotated[tuple[Severity, ...], BeforeValidator(one_or_many)] = ()

    @property
    def bounds(self) -> tuple[time, time]:
        """When it begins and when it ends, the end left out."""
        begin, end = (time.fromisoformat(part) for part in self.hours.split("-"))
        return begin, end


class Habits(_Model):
    """How a channel wants to be told. `flood`: where more alerts than this are due to it at once, they come as one
    message."""

    quiet: Quiet | None = None
    flood: int | None = Field(default=None, ge=1)


class When(_Model):
    """Which changes a route is for: those for which each key that is given names what they have. A key that is left
    out lets all through, but for `kind` and `status`, for which the route's audience decides."""

    kind: Annotated[tuple[ChangeKind, ...], BeforeValidator(one_or_many)] = ()
    regime: Annotated[tuple[str, ...], BeforeValidator(one_or_many)] = ()
    country: Annotated[tuple[Country, ...], BeforeValidator(one_or_many)] = ()
    resolution: Annotated[tuple[Resolution, ...], BeforeValidator(one_or_many)] = ()
    topic: Annotated[tuple[str, ...], BeforeValidator(one_or_many)] = ()
    severity: Annotated[tuple[Severity, ...], BeforeValidator(one_or_many)] = ()
    status: Annotated[tuple[Literal[Status.CONFIRMED, Status.HELD], ...], BeforeValidator(one_or_many)] = ()


class Route(_Model):
    """Which changes go to which channels, for whom, and how. `remind`: what lasts (a source that stays blind, a change
    that stays held) is told again after each such time, until somebody has acknowledged it."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    audience: Audience
    when: When = When()
    to: Annotated[tuple[ChannelName, ...], BeforeValidator(one_or_many), Field(min_length=1)]
    send: Send = "at_once"
    remind: Annotated[str, Field(pattern=LENGTH)] | None = None


class Daily(_Model):
    """A digest a day, at `at`, to the channels `to`, and to those that a route sends to in it."""

    at: Hour = "07:00"
    timezone: Timezone = "Etc/UTC"
    to: Annotated[tuple[ChannelName, ...], BeforeValidator(one_or_many)] = ()


class Weekly(Daily):
    """A digest a week, on the day `on`."""

    on: Day = "monday"


class Digests(_Model):
    """When digests come, and to whom besides those that a route sends to in one."""

    daily: Daily = Daily()
    weekly: Weekly = Weekly()


class Rules(_Model):
    """Who is told what, when and where."""

    channels: dict[ChannelName, Habits] = {}
    routes: tuple[Route, ...] = Field(min_length=1)
    digests: Digests = Digests()

    def places(self) -> Iterator[tuple[tuple[int | str, ...], tuple[str, ...]]]:
        """Where channels are named, and which."""
        for number, route in enumerate(self.routes):
            yield ("routes", number, "to"), route.to
        yield ("digests", "daily", "to"), self.digests.daily.to
        yield ("digests", "weekly", "to"), self.digests.weekly.to

    @property
    def named(self) -> tuple[str, ...]:
        """The channels that are told something, `DEFAULT` among them as itself, in the order they are first named."""
        return tuple(dict.fromkeys(name for _, names in self.places() for name in names))
