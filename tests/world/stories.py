"""Stories for Hypothesis: a beginning, and what happens on each of the days after it."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.world import history as h

DAYS = 30


@dataclass(frozen=True)
class Story:
    """A regime's beginning and its days; a day without events is a quiet one."""

    founders: int
    first: int
    design: int
    days: tuple[tuple[h.Event, ...], ...]

    def mornings(self) -> list[h.World]:
        """The worlds of all mornings, the first look's included."""
        worlds = [h.beginning(self.founders, self.first, self.design)]
        for events in self.days:
            worlds.append(h.next_morning(worlds[-1], events))
        return worlds

    def __str__(self) -> str:
        told = [f"{self.founders} founders, plenaries from {self.first} on, design {self.design}"]
        told += [f"day {i}: {'; '.join(map(repr, events))}" for i, events in enumerate(self.days, 1) if events]
        return "\n".join(told)


_which = st.integers(0, 40)
_events: st.SearchStrategy[h.Event] = st.one_of(
    st.builds(h.Chatter),
    st.builds(h.Redesigned, st.integers(0, 3)),
    st.builds(h.Joined, _which),
    st.builds(h.Left, _which),
    st.builds(h.Renamed, _which),
    st.builds(
        h.Plenary,
        place=_which,
        admits=st.sampled_from((0, 0, 1, 2)),
        resolutions=st.lists(st.sampled_from(sorted(h.RESOLUTIONS)), max_size=4, unique=True).map(tuple),
        concerns=st.lists(st.sampled_from(sorted(h.CONCERNS)), max_size=3, unique=True).map(tuple),
        phrasing=st.integers(0, 5),
        page_lags=st.booleans(),
    ),
    st.builds(h.Edited, _which, st.sampled_from(("wording", "concern", "resolution"))),
    st.builds(h.Late),
    st.builds(h.Mirrored, _which, st.booleans()),
    st.builds(h.Moved, _which),
    st.builds(h.Down, st.sampled_from(("broken", "503", "blocked")), st.integers(1, 4)),
    st.builds(h.ListGone, st.integers(1, 3)),
)
# Most days are quiet, as in life.
_day = st.one_of(st.just(()), st.just(()), st.lists(_events, min_size=1, max_size=2).map(tuple))
stories = st.builds(
    Story,
    founders=st.integers(8, 30),
    first=st.integers(20, 30),
    design=st.integers(0, 3),
    days=st.lists(_day, min_size=DAYS, max_size=DAYS).map(tuple),
)
