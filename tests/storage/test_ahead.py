"""Work ahead of what is taken: in order, by everybody at once, and never more than keeps them busy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from storage.ahead import in_order


@dataclass
class Begun:
    """A piece that is done when it is asked for."""

    pool: Counting
    work: Callable[[], int]

    def result(self) -> int:
        self.pool.under_way -= 1
        return self.work()


@dataclass
class Counting:
    """A pool that counts what it has before it."""

    workers: int
    under_way: int = 0
    most: int = 0
    begun: list[int] = field(default_factory=list)

    def submit(self, work: Callable[[int], int], piece: int) -> Begun:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self.begun.append(piece)
        return Begun(self, lambda: work(piece))


def squared(n: int) -> int:
    return n * n


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 20])
@pytest.mark.parametrize("workers", [None, 1, 2, 7])
def test_everything_comes_in_the_order_it_was_given(workers: int | None, count: int) -> None:
    pool = None if workers is None else Counting(workers)
    pieces = [(f"p{n}", n) for n in range(count)]
    assert list(in_order(squared, pieces, pool)) == [(f"p{n}", n * n) for n in range(count)]  # type: ignore[arg-type]
    assert pool is None or pool.most == min(count, 2 * pool.workers)


def test_no_piece_is_taken_before_somebody_is_free() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[tuple[int, int]]:
        for n in range(9):
            taken.append(n)
            yield n, n

    done = in_order(squared, pieces(), None)
    assert next(done) == (0, 0)
    assert taken == [0]
    taken.clear()
    done = in_order(squared, pieces(), Counting(2))  # type: ignore[arg-type]
    assert next(done) == (0, 0)
    assert taken == [0, 1, 2, 3]
