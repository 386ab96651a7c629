"""Sets of states, each with a number, of which the first is found that holds a set or lies within it."""

from __future__ import annotations

from collections.abc import Collection


class StateSets:
    """The sets that each state belongs to, as the bits of one integer: an operation on it asks all sets at once."""

    def __init__(self) -> None:
        self._sets_with: dict[str, int] = {}

    def add(self, number: int, states: Collection[str]) -> None:
        """Put *states* into the set of that number."""
        for state in states:
            self._sets_with[state] = self._sets_with.get(state, 0) | 1 << number

    def first_holding(self, states: Collection[str]) -> int | None:
        """The first set that all of *states* belong to; None where there is none, or *states* are none."""
        sets = -1 if states else 0
        for state in states:
            sets &= self._sets_with.get(state, 0)
        return _first(sets)

    def first_within(self, states: Collection[str], sets: int) -> int | None:
        """The first of *sets*, given as bits, to which no state belongs but *states*."""
        for state, with_it in self._sets_with.items():
            if state not in states:
                sets &= ~with_it
        return _first(sets)


def _first(sets: int) -> int | None:
    """The lowest bit of *sets*."""
    return (sets & -sets).bit_length() - 1 if sets else None
