"""The limit of open files: raised where the system allows it, and one clear line where it is too low."""

from __future__ import annotations

import errno
import os
import resource
from contextlib import ExitStack

from flows.errors import BadRequest

# The demo, all its processes together, was seen with 25 files open at once; macOS gives 256 unless asked.
_NEEDED = 64
_ASKED = 4096
# SQLite's words for whatever reason it has; it opens a few files at once.
_SQLITES_WORDS, _FEW = "unable to open database file", 8
_MEND = "run 'ulimit -n 1024' first (in a service: LimitNOFILE=1024)"


def allow_files() -> None:
    """Raise this process's limit of open files as far as it may be. Raises `BadRequest` where that is too few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= _ASKED:
        return
    wanted = _ASKED if hard == resource.RLIM_INFINITY else min(hard, _ASKED)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    if wanted < _NEEDED:
        raise BadRequest(f"open files: {wanted} are allowed here, and at least {_NEEDED} are needed; {_MEND}")


def out_of_files(error: BaseException) -> BadRequest | None:
    """The one line to say in place of *error* where it, or what it came from, is that no more files could be opened."""
    if _SQLITES_WORDS in str(error) and _few_are_left():
        return _told("Too many open files")
    todo: list[object] = [error]
    seen: set[int] = set()
    while todo:
        one = todo.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, OSError) and one.errno in (errno.EMFILE, errno.ENFILE):
            return _told(str(one.strerror))
        # Libraries keep what they caught as a cause, as a context, or as an argument of what they raise.
        todo += [one.__cause__, one.__context__, getattr(one, "orig", None), getattr(one, "reason", None), *one.args]
        todo += getattr(one, "exceptions", ())
    return None


def _told(reason: str) -> BadRequest:
    return BadRequest(f"open files: as many as are allowed here are open ({reason}); {_MEND}")


def _few_are_left() -> bool:
    with ExitStack() as opened:
        try:
            for _ in range(_FEW):
                opened.enter_context(open(os.devnull, "rb"))
        except OSError:
            return True
    return False
