"""The edge of a source: whatever goes wrong with it is its own failure, and the run goes on with the others."""

from __future__ import annotations

from collections.abc import Callable

from diffs.change import Change
from fetchers.addresses import words_of
from fetchers.result import FetchResult
from flows.answers import failed
from flows.errors import RunOver
from flows.outcome import SourceOutcome
from flows.run import Run
from parsers.errors import PlenarywatchError
from storage.standing import Standing

# The words of an exception may hold a whole page.
_LONGEST = 300

Checked = tuple[SourceOutcome, tuple[Change, ...]]


def guarded(run: Run, standing: Standing, check: Callable[[], Checked]) -> Checked:
    """What *check* makes of a source; an exception in it is kept and told as the source's failure.

    *standing* is how the source stood before: a failure counts on from there, whatever went well before it. Raises
    `RunOver` for a run that was broken off, and what the store raises where it cannot keep even the failure: then no
    source can be checked.
    """
    try:
        return check()
    except RunOver:
        raise
    except Exception as error:  # noqa: BLE001 (the edge of a source: what was caught is kept as its failure)
        ref = standing.source
        line = _line(ref.url, error)
        result = FetchResult(url=ref.url, final_url=ref.url, fetched_at=run.watch.clock(), error=line)
        return failed(run, ref, standing.state, result, line)


def _line(url: str, error: Exception) -> str:
    """What to say of an exception about the source at *url*, in one line."""
    if isinstance(error, PlenarywatchError):
        words = words_of(str(error))
        return words if url in words else f"{url}: {words}"
    # The first line alone: a database goes on with its statement, a parser with the page.
    words = words_of(next(iter(str(error).splitlines()), ""))
    return f"{url}: {type(error).__name__}: {words[:_LONGEST]} (a fault of ours; report it)"
