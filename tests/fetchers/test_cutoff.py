"""What is connected within a request ends with it, and its time is told to the letter."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from urllib3.connection import HTTPConnection

from fetchers.cutoff import Cutoff
from fetchers.fault import Deadline, Fault

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    near, far = socket.socketpair()
    with near, far:
        far.settimeout(0.1)
        yield near, far


def _is_shut(far: socket.socket) -> bool:
    try:
        return far.recv(1) == b""
    except TimeoutError:
        return False


def test_a_deadline_counts_down_and_may_be_put_off() -> None:
    deadline = Deadline(0.25)
    assert deadline.seconds == 0.25
    assert 0 < deadline.left() <= 0.25
    deadline.add(100.0)
    assert 99 < deadline.left() <= 100.25
    deadline.add(-101.0)
    assert deadline.left() < 0
    fault = deadline.passed()
    assert (fault.kind, fault.line, fault.again) == ("timeout", "not complete within 0.25 s; try again later", False)
    assert str(fault) == fault.line


def test_time_that_is_left_is_never_less_than_none() -> None:
    cutoff = Cutoff(lambda: False)
    # Before a request there is none.
    assert cutoff.left() == 0.0
    with cutoff.within(Deadline(50.0)):
        assert 49 < cutoff.left() <= 50


@pytest.mark.parametrize("stopped", [True, False])
def test_what_is_too_late_is_not_begun(stopped: bool) -> None:
    cutoff = Cutoff(lambda: stopped)
    with pytest.raises(Fault) as caught, cutoff.within(Deadline(50.0 if stopped else 0.0)):
        pytest.fail("begun")
    fault = caught.value
    assert (fault.kind, fault.again) == ("stopped" if stopped else "timeout", False)
    if stopped:
        assert fault.line == "not asked to the end, for the run was broken off; the next one asks"


def test_a_cut_ends_each_connection_and_is_told_in_place_of_what_came_of_it(pair: Pair) -> None:
    near, far = pair
    cutoff = Cutoff(lambda: False)
    with (  # noqa: PT012 (the block is what is judged)
        pytest.raises(Fault, match=r"^not complete within 50 s; try again later$"),
        cutoff.within(Deadline(50.0)),
    ):
        cutoff.opened(HTTPConnection("127.0.0.1"), near)
        assert not _is_shut(far)
        cutoff.cut()
        assert _is_shut(far)
        raise ConnectionResetError("what came of it")


def test_a_connection_that_is_opened_after_the_cut_is_not_held(pair: Pair) -> None:
    near, far = pair
    cutoff = Cutoff(lambda: False)
    with pytest.raises(Fault), cutoff.within(Deadline(50.0)):  # noqa: PT012 (the block is what is judged)
        cutoff.cut()
        with pytest.raises(Fault, match="not complete"):
            cutoff.opened(HTTPConnection("127.0.0.1"), near)
        near.close()
        assert _is_shut(far)


def test_the_next_request_has_all_of_its_time_and_is_not_cut_by_the_last(pair: Pair) -> None:
    near, far = pair
    cutoff = Cutoff(lambda: False)
    with pytest.raises(Fault), cutoff.within(Deadline(50.0)):
        cutoff.cut()
    with cutoff.within(Deadline(50.0)):
        cutoff.opened(HTTPConnection("127.0.0.1"), near)
        assert not _is_shut(far)


def test_a_connection_that_was_closed_is_let_go_and_one_that_is_kept_is_not(pair: Pair) -> None:
    near, far = pair
    cutoff = Cutoff(lambda: False)
    kept, gone = HTTPConnection("127.0.0.1"), HTTPConnection("127.0.0.1")
    other, beyond = socket.socketpair()
    beyond.settimeout(0.1)
    with other, beyond:
        with cutoff.within(Deadline(50.0)):
            kept.sock = near
            cutoff.opened(kept, near)
            cutoff.opened(gone, other)
            other.close()
            assert not _is_shut(beyond)
        assert _is_shut(beyond)
        near.close()
        assert not _is_shut(far)
        cutoff.close()
        assert _is_shut(far)


def test_a_connection_that_tries_its_next_address_lets_the_last_go(pair: Pair) -> None:
    near, far = pair
    cutoff = Cutoff(lambda: False)
    connection = HTTPConnection("127.0.0.1")
    other, beyond = socket.socketpair()
    with other, beyond, cutoff.within(Deadline(50.0)):
        cutoff.opened(connection, near)
        near.close()
        assert not _is_shut(far)
        cutoff.opened(connection, other)
        assert _is_shut(far)
