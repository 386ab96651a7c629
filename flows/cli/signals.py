"""Ctrl-C and SIGTERM: a command that they end closes what it began, and ends soon."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

INTERRUPTED = 130
# A service manager, a container and a person wait ten seconds or less before they kill; ours are fewer.
_LONGEST = 3.5


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let the first SIGINT or SIGTERM raise KeyboardInterrupt, and no later one disturb what follows from it. The process
    ends when that was let through, or after 3.5 seconds, whatever it is doing."""
    # Loaded here: what it is for must begin at once.
    import psutil

    own = psutil.Process()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(_number: int, _frame: FrameType | None) -> None:
        for number in before:
            # No SIG_IGN: processes that are begun later would inherit it.
            signal.signal(number, lambda *_: None)
        last = threading.Timer(_LONGEST, _end_now, (own,))
        last.daemon = True
        last.start()
        raise KeyboardInterrupt

    for number in before:
        signal.signal(number, end)
    try:
        yield
    except KeyboardInterrupt:
        # What is begun is closed; with the engine loaded, an interpreter takes seconds to tidy up after itself.
        _end_now(own)
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is end:
                signal.signal(number, handler)


def _end_now(own: psutil.Process) -> None:
    import psutil

    # The engine's own server, and processes that read pages: they would outlive us.
    for child in own.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            child.kill()
    os._exit(INTERRUPTED)
