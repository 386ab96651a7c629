"""Whole histories of invented regimes against the whole pipeline: what is told equals what happened.

A story is 30 days of a regime: states join, leave and are renamed, plenaries are held, statements edited, moved,
mirrored and found late, the site is redesigned, chats, breaks. Every morning a run looks, over real HTTP and a real
database. Of each morning: nothing missed, nothing invented, nothing told twice.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, seed, settings

from tests.world.history import Joined, Late, Left, ListGone, Plenary
from tests.world.server import Site
from tests.world.stories import Story, stories
from tests.world.truth import Watcher
from tests.world.watching import Watched, in_short

_SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)


def _holds(story: Story) -> None:
    """Watch the story through; each morning's news are the truth's."""
    site = Site()
    with tempfile.TemporaryDirectory(prefix="world-") as folder:
        watched = Watched(Path(folder), site)
        try:
            watcher = Watcher(("press", "members", "ministry"))
            first, *mornings = story.mornings()
            watcher.baseline(first)
            assert watched.looks(first) == []
            for day, world in enumerate(mornings, 1):
                told, true = in_short(watched.looks(world), site.address), watcher.looks(world)
                assert told == true, f"day {day}: missed {dict(true - told)}, invented {dict(told - true)}"
            assert max(watched.alerts().values(), default=1) == 1
        finally:
            watched.close()
            site.close()


def _tell(stories_told: int, start: int) -> None:
    """So many stories, from a start of their own; a failure is shrunk to the shortest story that shows it."""

    @seed(start)
    @settings(_SETTINGS, max_examples=stories_told)
    @given(stories)
    def one(story: Story) -> None:
        note(str(story))
        _holds(story)

    one()


_RETURNS = [
    # It left, and the next plenary admits it again: its list shows a text that it showed before.
    Story(14, 28, 0, ((Left(24),), (), (Plenary(33, 1, (1929,), ("KP",), 4, False),), ())),
    # It joined and left, and comes back with a plenary whose statement is found late.
    Story(
        12, 21, 0, ((ListGone(3), Joined(0)), (), (), (), (Left(0),), (Plenary(24, 1, (), (), 5, False), Late()), ())
    ),
    # Two leave, and the same plenary has both again.
    Story(12, 24, 1, ((Left(2),), (Left(3),), (), (Plenary(5, 2, (), (), 2, False),), ())),
]


@pytest.mark.parametrize("story", _RETURNS, ids=["next plenary", "found late", "two at once"])
def test_a_state_that_a_plenary_has_again_is_told_once(story: Story) -> None:
    _holds(story)


# In parts, so that they may run side by side.
@pytest.mark.parametrize("part", range(4))
def test_what_is_told_of_twenty_histories_is_what_happened(part: int) -> None:
    _tell(5, start=part)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_what_is_told_of_three_hundred_histories_is_what_happened(part: int) -> None:
    _tell(15, start=100 + part)
