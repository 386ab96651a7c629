"""A list checked: an index, a feed or a sitemap, and every page found under it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Set
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import unquote, urlsplit

import msgspec

from diffs.change import Change
from fetchers.discover import Discovered, twin_key
from flows.answers import attempt_of, failed, recovered_from, well
from flows.guarding import guarded
from flows.outcome import SourceOutcome, SourceReport
from flows.page import check_page
from flows.run import Run
from flows.telling import keep_changes
from flows.walking import Walked, walk
from parsers.version import PARSER
from sources import Kind, RegimeConfig, SourceConfig
from storage.standing import Standing
from storage.values import SourceRef, State

# A page that has said the same for so long (days) is asked for once in so many days. The oldest first.
_RARER = ((5 * 365, 7), (365, 3), (60, 1))


def check_list(run: Run, config: RegimeConfig, declared: SourceConfig, standing: Standing) -> SourceReport:
    """Check a list and every page under it, old and new."""
    below: list[SourceReport] = []
    outcome, changes = guarded(run, standing, partial(_checked, run, config, declared, standing, below))
    outcomes = (outcome, *(outcome for report in below for outcome in report.outcomes))
    return SourceReport(outcomes, (*changes, *(change for report in below for change in report.changes)))


def _checked(
    run: Run, config: RegimeConfig, declared: SourceConfig, standing: Standing, below: list[SourceReport]
) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """What came of the list itself; *below* gets what came of each page under it. The list has answered well once they
    all were looked at: one that was not is looked for by the next run as it was by this one.

    All that a list names is written down in one transaction before any of it is asked for. A first look that was broken
    off is known by it: what it had found goes on as part of it, and a page that is listed since is news.
    """
    ref, state, watch = standing.source, standing.state, run.watch
    with watch.store.reading() as r:
        known = {twin_key(child.source.url): child for child in r.standings(parent=ref.id)}
    walked, error = _read_list(run, config, declared, state, known.keys())
    if error is not None:
        return failed(run, ref, state, walked.first, error)

    def check(page: Standing) -> None:
        child_outcome, child_changes = guarded(run, page, partial(check_page, run, config, page))
        if child_outcome.failed and page.state.last_verified is None:
            child_outcome = msgspec.structs.replace(
                child_outcome, error=f"{child_outcome.error}; {declared.id} lists it"
            )
        below.append(SourceReport((child_outcome,), child_changes))

    listed = {twin_key(item.url) for item in walked.found}
    # What was never read is history that the others' edits are compared with, or older news than theirs.
    for key, page in sorted(known.items(), key=lambda item: item[1].state.last_verified is not None):
        # A page that its list names no longer may be one that it names at another address now.
        if key not in listed or is_due(page.state, watch.clock()):
            check(page)
    taken = {twin_key(s.url) for s in config.sources} | known.keys() | _moved(run, known, listed)
    names = {child.source.name for child in known.values()}
    new = [item for item in walked.found if twin_key(item.url) not in taken]
    begins = state.last_verified is None and not known
    for child in _write_down(run, config, ref, new, names, baseline=begins):
        check(Standing(child, State()))
    return _listed(run, ref, state, walked)


def _write_down(
    run: Run, config: RegimeConfig, ref: SourceRef, new: list[Discovered], names: set[str], *, baseline: bool
) -> list[SourceRef]:
    """The sources of the pages that are *new* under the list *ref*, made in one transaction; *names* are those taken
    under it, *baseline* says that this is the first look at it."""
    run.go_on()
    now = run.watch.clock()
    found: list[SourceRef] = []
    with run.watch.store.writing() as w:
        for item in new:
            name = _child_name(ref.name, item.url, names)
            names.add(name)
            found.append(
                w.found_source(
                    config.regime,
                    name,
                    Kind.STATEMENT.value,
                    item.url,
                    baseline=baseline,
                    now=now,
                    parent=ref.id,
                    title=item.title,
                )
            )
    return found


def is_due(state: State, now: datetime) -> bool:
    """Whether a page found under a list is asked for now: the longer it has said the same, the more rarely."""
    if state.failures or state.parser != PARSER or state.last_checked is None or state.last_changed is None:
        return True
    said_for = (now - state.last_changed).days
    every = next((days for longer, days in _RARER if said_for > longer), 0)
    # A run that begins a little earlier than the last one did is that day's all the same.
    return now - state.last_checked >= timedelta(days=every, hours=-1)


def _moved(run: Run, known: dict[str, Standing], listed: set[str]) -> set[str]:
    """The addresses at which known pages are found now: no new pages. A page that is listed there, and no longer
    where it was, is asked for there from now on."""
    ends: set[str] = set()
    for key, page in known.items():
        end = run.ended_at(page.source)
        if (there := twin_key(end)) == key:
            continue
        with run.watch.store.reading() as r:
            # An address that leads to another document than it did is not that document's.
            if r.latest_is_held(page.source.id):
                continue
        ends.add(there)
        if there in listed and key not in listed and there not in known:
            with run.watch.store.writing() as w:
                w.moved(page.source.id, end)
    return ends


def _child_name(parent: str, url: str, taken: set[str]) -> str:
    """A readable name for a page found under a source: the end of its address, with a hash where that is taken."""
    parts = urlsplit(url)
    words = re.sub(r"[^a-z0-9]+", "-", unquote(parts.path.rstrip("/").rsplit("/", 1)[-1] + parts.query).lower()).strip(
        "-"
    )
    name = f"{parent}/{words[:80] or 'page'}"
    if name in taken:
        name = f"{name}-{hashlib.sha256(url.encode()).hexdigest()[:6]}"
    return name


def _read_list(
    run: Run, config: RegimeConfig, declared: SourceConfig, state: State, known: Set[str]
) -> tuple[Walked, str | None]:
    """What an index, a feed or a sitemap lists, over its further pages, or why it is not taken; *known* are the pages
    found before."""
    walked = walk(run.watch.fetcher, config, declared, known)
    run.go_on()
    if walked.error is None and state.last_verified is None and walked.may_pass:
        # What is listed on a page that fails today would be news tomorrow.
        return walked, (
            f"{walked.missed[0]}; a first look takes all of a list or nothing, and the next run looks again "
            "(lower max_pages if that page is no part of it)"
        )
    return walked, walked.error


def _listed(run: Run, ref: SourceRef, state: State, walked: Walked) -> tuple[SourceOutcome, tuple[Change, ...]]:
    """Keep that a list answered well, and what of it was not read."""
    note = f"not all of it was read: {walked.missed[0]}" if walked.missed else None
    if walked.missed[1:]:
        note = f"{note} (and {len(walked.missed) - 1} more)"
    watch = run.watch
    now = watch.clock()
    with watch.store.writing() as w:
        w.fetch(run.id, ref.id, msgspec.structs.replace(attempt_of(walked.first, "good"), error=note))
        changes = keep_changes(watch, w, run.id, recovered_from(ref, state, now), None, now)
        if not w.overtaken(ref.id, state):
            w.set_state(ref.id, well(state, walked.first, now))
    outcome = SourceOutcome(
        regime=ref.regime,
        source=ref.name,
        url=ref.url,
        outcome="listed",
        http_status=walked.first.status,
        error=note,
    )
    return outcome, changes
