"""The end of a request, whatever its server does: its connections are shut down under the thread that waits at them.

A timeout of a socket bounds one wait for one byte. A server that drips headers, chunk sizes or trailers, or says
"100 Continue" for ever, is always in time for the next one; so the whole is bounded here, from outside.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from urllib3.connection import HTTPConnection

from fetchers.fault import Deadline, Fault


class Cutoff:
    """The connections of one thread. Of each it holds a second handle, which stays good when TLS takes the first.

    *stopped* says whether the run was broken off.
    """

    def __init__(self, stopped: Callable[[], bool]) -> None:
        self._stopped = stopped
        self._handles: dict[HTTPConnection, socket.socket] = {}
        self._guard = threading.Lock()
        self._deadline = Deadline(0.0)
        self._over = False

    @contextmanager
    def within(self, deadline: Deadline) -> Iterator[None]:
        """Let what is done inside take until the *deadline*. Raises `Fault` in place of whatever came of being cut."""
        self._deadline, self._over = deadline, False
        self.check()
        timer = threading.Timer(deadline.left(), self.cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            # One that has just begun to cut must not cut what comes next.
            timer.join()
            self._forget_closed()
            if self._over:
                self.check()

    def check(self) -> None:
        """Raises `Fault` once the time is over, or the run."""
        if self._stopped():
            raise Fault("stopped", "not asked to the end, for the run was broken off; the next one asks")
        if self._over or self._deadline.left() <= 0:
            raise self._deadline.passed()

    def left(self) -> float:
        """The seconds that are left."""
        return max(0.0, self._deadline.left())

    def opened(self, connection: HTTPConnection, sock: socket.socket) -> None:
        """Hold *sock*, by which *connection* is about to connect. Raises `Fault` where it is too late for that."""
        with self._guard:
            if (before := self._handles.pop(connection, None)) is not None:
                before.close()
            if not self._over:
                self._handles[connection] = sock.dup()
        self.check()

    def cut(self) -> None:
        """Shut the connections down, from any thread: every wait at one of them ends."""
        with self._guard:
            self._over = True
            for handle in self._handles.values():
                # One that is not connected yet, or no more, cannot be shut down.
                with suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give all handles back."""
        with self._guard:
            for handle in self._handles.values():
                handle.close()
            self._handles.clear()

    def _forget_closed(self) -> None:
        # A server sees that a connection was closed once both handles are.
        with self._guard:
            for connection in [c for c in self._handles if c.sock is None]:
                self._handles.pop(connection).close()
