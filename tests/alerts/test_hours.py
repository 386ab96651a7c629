"""Quiet hours and the hours of digests, over midnight and over the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.config import Daily, Habits, Quiet, Weekly
from alerts.hours import last_due, next_due, quiet_until
from diffs.change import Severity

OSLO = "Europe/Oslo"
NIGHT = Habits(quiet=Quiet(hours="22:00-07:00", timezone=OSLO, unless=(Severity.CRITICAL,)))
MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        # In March 2026 Oslo is an hour ahead of UTC, in July two.
        ("2026-03-02 20:59", None),
        ("2026-03-02 21:00", "2026-03-03 06:00"),
        ("2026-03-03 05:59", "2026-03-03 06:00"),
        ("2026-03-03 06:00", None),
        ("2026-07-01 20:00", "2026-07-02 05:00"),
        # The clocks go forward in the night to 29 March, and back in that to 25 October.
        ("2026-03-28 21:30", "2026-03-29 05:00"),
        ("2026-10-24 20:30", "2026-10-25 06:00"),
    ],
)
def test_a_channel_is_left_alone_until_its_morning(now: str, until: str | None) -> None:
    assert quiet_until(NIGHT, Severity.WARNING, at(now)) == (at(until) if until else None)


def test_what_weighs_enough_breaks_the_quiet() -> None:
    assert quiet_until(NIGHT, Severity.CRITICAL, at("2026-03-02 23:00")) is None
    assert quiet_until(Habits(), Severity.INFO, at("2026-03-02 23:00")) is None


def test_quiet_hours_of_one_day_end_on_it() -> None:
    noon = Habits(quiet=Quiet(hours="12:00-13:30"))
    assert quiet_until(noon, None, at("2026-03-02 12:10")) == at("2026-03-02 13:30")
    assert quiet_until(noon, None, at("2026-03-02 13:30")) is None


def test_a_weekly_digest_is_due_on_its_day_at_its_hour() -> None:
    monday = Weekly(on="monday", at="07:00", timezone=OSLO)
    assert last_due(monday, at("2026-03-02 05:59")) == at("2026-02-23 06:00")
    assert last_due(monday, at("2026-03-02 06:00")) == at("2026-03-02 06:00")
    assert next_due(monday, at("2026-03-02 06:00")) == at("2026-03-09 06:00")
    # By then the clocks have gone forward.
    assert next_due(monday, at("2026-03-23 06:00")) == at("2026-03-30 05:00")


@given(
    MOMENTS,
    st.sampled_from([Daily(), Daily(at="02:30", timezone=OSLO), Weekly(on="sunday", at="02:30", timezone=OSLO)]),
)
def test_between_the_last_and_the_next_there_is_one_period(now: datetime, digest: Daily) -> None:
    last, following = last_due(digest, now), next_due(digest, now)
    assert last <= now < following
    days = timedelta(days=7 if isinstance(digest, Weekly) else 1)
    assert abs(following - last - days) <= timedelta(hours=1)


@given(MOMENTS)
def test_when_the_quiet_ends_it_has_ended(now: datetime) -> None:
    until = quiet_until(NIGHT, None, now)
    if until is not None:
        assert now < until <= now + timedelta(hours=10)
        assert quiet_until(NIGHT, None, until) is None
