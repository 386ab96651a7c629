"""Pieces of work done ahead of the one whose result is taken, by a pool of processes or here, in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Key = TypeVar("Key")
Piece = TypeVar("Piece")
Done = TypeVar("Done")
Given = TypeVar("Given", covariant=True)

# Pieces that each worker of a pool has before it: one it works on, one that waits.
_EACH = 2


class Pending(Protocol[Given]):
    """A piece that a pool works on."""

    def result(self) -> Given:
        """What came of it, when it is there."""


class Pool(Protocol):
    """Processes that work, of this machine or of others."""

    @property
    def workers(self) -> int:
        """How many pieces they work on at once."""

    def submit(self, work: Callable[[Piece], Done], piece: Piece) -> Pending[Done]:
        """Begin *work*, which must be importable by name, on a piece."""


def in_order(
    work: Callable[[Piece], Done], pieces: Iterable[tuple[Key, Piece]], pool: Pool | None
) -> Iterator[tuple[Key, Done]]:
    """What *work* makes of each piece, beside the piece's key, in the order of *pieces*.

    No more pieces are taken and held than keep the workers of *pool* busy; without one, one at a time, here.
    """
    if pool is None:
        for key, piece in pieces:
            yield key, work(piece)
        return
    waiting: deque[tuple[Key, Pending[Done]]] = deque()
    for key, piece in pieces:
        waiting.append((key, pool.submit(work, piece)))
        if len(waiting) >= _EACH * pool.workers:
            first, pending = waiting.popleft()
            yield first, pending.result()
    for key, pending in waiting:
        yield key, pending.result()
