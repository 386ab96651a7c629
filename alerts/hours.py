"""When a channel may be told: its quiet hours, and the days and hours of its digests."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alerts.config import Daily, Habits, Weekly
from diffs.change import Severity

# The digests that come by the clock, and how often.
PERIODS = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def quiet_until(habits: Habits, severity: Severity | None, now: datetime) -> datetime | None:
    """The end (UTC) of the quiet hours in which *now* lies, or None where a message of this severity may be sent."""
    quiet = habits.quiet
    if quiet is None or severity in quiet.unless:
        return None
    begin, end = quiet.bounds
    here = now.astimezone(ZoneInfo(quiet.timezone))
    clock = here.time().replace(tzinfo=None)
    over_midnight = end <= begin
    inside = (clock >= begin or clock < end) if over_midnight else begin <= clock < end
    if not inside:
        return None
    tomorrow = over_midnight and clock >= begin
    return _moment(here + timedelta(days=1) if tomorrow else here, end)


def last_due(digest: Daily, now: datetime) -> datetime:
    """The last moment (UTC) up to *now* at which the digest was due."""
    zone, at = ZoneInfo(digest.timezone), time.fromisoformat(digest.at)
    day = now.astimezone(zone)
    for _ in range(9):
        wanted = not isinstance(digest, Weekly) or day.weekday() == _DAYS.index(digest.on)
        if wanted and (due := _moment(day, at)) <= now:
            return due
        day -= timedelta(days=1)
    raise AssertionError("each week has each day")


def next_due(digest: Daily, after: datetime) -> datetime:
    """The first moment (UTC) after *after* at which the digest is due."""
    period = PERIODS["weekly" if isinstance(digest, Weekly) else "daily"]
    found = last_due(digest, after + period)
    # Where the clocks go forward in between, the period is an hour shorter than the days say.
    return found if found > after else last_due(digest, after + period + timedelta(hours=1))


def _moment(day: datetime, at: time) -> datetime:
    """An hour of the calendar day that *day* has in its zone."""
    return datetime.combine(day.date(), at, day.tzinfo).astimezone(UTC)
