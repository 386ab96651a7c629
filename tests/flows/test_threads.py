"""Work side by side that nobody has to wait for."""

from __future__ import annotations

import threading

import pytest

from flows.threads import Threads


def test_what_is_made_comes_in_the_order_given_and_by_so_many_at_once() -> None:
    together = threading.Barrier(3, timeout=30)
    at_once: set[int] = set()
    most = [0]

    def work(number: int) -> int:
        at_once.add(number)
        most[0] = max(most[0], len(at_once))
        if number < 3:
            together.wait()
        at_once.discard(number)
        return number * number

    assert Threads(3).map(work, range(20)) == [number * number for number in range(20)]
    assert most == [3]
    assert Threads(3).map(work, []) == []


def test_an_exception_is_raised_while_another_is_still_at_work_and_nothing_is_begun_after_it() -> None:
    release, begun = threading.Event(), []
    threads = Threads(2)

    def work(number: int) -> None:
        begun.append(number)
        if number == 0:
            release.wait(30)
        else:
            raise LookupError(number)

    with pytest.raises(LookupError):
        threads.map(work, range(2))
    assert sorted(begun) == [0, 1]
    # The one that is stuck is not waited for.
    threads.leave(0.0)
    assert not release.is_set()
    release.set()


def test_what_waits_is_not_begun_once_the_work_is_left() -> None:
    inside, release, begun = threading.Event(), threading.Event(), []
    threads = Threads(1)

    def work(number: int) -> None:
        begun.append(number)
        inside.set()
        release.wait(30)

    thread = threading.Thread(target=threads.map, args=(work, range(3)), daemon=True)
    thread.start()
    assert inside.wait(30)
    threads.leave(0.0)
    release.set()
    threads.leave(30.0)
    assert begun == [0]
