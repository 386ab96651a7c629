"""The digest: what changed, what was checked and found unchanged, what is held, what is blind. It comes whether anything
changed or not: silence says that nobody watches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

import msgspec
from msgspec import Struct

from alerts.audience import urgency
from alerts.message import Message, linked_page, moment, plain
from alerts.writing import Line, Rank, as_html, as_text
from diffs.change import Change, Severity
from diffs.sentence import regime_name, say
from storage.coverage import Sendings
from storage.reading import Reader
from storage.values import Sight, State

# So many changes of one regime stand in a digest; the site has all.
_MOST = 50
# What weighs most stands first.
RANK = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.INFO: 2}
# The names of sources that are read once and never watched hold this.
_NOT_WATCHED = "/"


class Checked(Struct, frozen=True):
    """A declared source that answered well in the time of the digest and says what it said when it last changed. `pages`
    are those found under it of which the same holds."""

    regime: str
    source: str
    url: str
    verified: datetime
    changed: datetime | None
    pages: int


class Blind(Struct, frozen=True):
    """A source of which nobody knows what it says by now."""

    regime: str
    source: str
    url: str
    since: datetime | None
    verified: datetime | None
    error: str | None


class Digest(Struct, frozen=True, kw_only=True):
    """What a time brought, from `since` to `until`; `following` is when the next digest is due.
    `watched` counts the declared sources, `unchecked` those that were not asked for in this time."""

    name: str
    since: datetime
    until: datetime
    following: datetime | None
    watched: int
    unchecked: int
    changes: tuple[Change, ...]
    held: tuple[Change, ...]
    blind: tuple[Blind, ...]
    unchanged: tuple[Checked, ...]
    sendings: Sendings


def digest_of(
    r: Reader,
    name: str,
    since: datetime,
    until: datetime,
    *,
    following: datetime | None = None,
    also: Sequence[Change] = (),
) -> Digest:
    """The digest of a time; *also* are changes that are to stand in it whenever they were found."""
    found = {change.key: change for change in (*r.changes_found(since, until), *also)}
    changes = tuple(change for change in found.values() if change.status == "confirmed")
    standings = r.standings()
    declared = [s for s in standings if s.source.parent is None and _NOT_WATCHED not in s.source.name]
    unchanged = [s for s in standings if _unchanged(s.state, since)]
    found_under = Counter(s.source.parent for s in unchanged)
    return Digest(
        name=name,
        since=since,
        until=until,
        following=following,
        watched=len(declared),
        unchecked=sum(s.state.last_checked is None or s.state.last_checked <= since for s in declared),
        changes=tuple(sorted(changes, key=lambda c: (c.regime, RANK[urgency(c)], c.kind.value, c.subject))),
        held=r.held_changes(),
        blind=tuple(
            Blind(
                s.source.regime, s.source.name, s.source.url, s.state.failing_since, s.state.last_verified,
                r.last_error(s.source.id),
            )
            for s in standings
            if s.state.sight is Sight.BLIND
        ),
        unchanged=tuple(
            Checked(
                s.source.regime, s.source.name, s.source.url, s.state.last_verified, s.state.last_changed,
                found_under.get(s.source.id, 0),
            )
            for s in unchanged
            if s in declared and s.state.last_verified
        ),
        sendings=r.sendings(since),
    )  # fmt: skip


def _unchanged(state: State, since: datetime) -> bool:
    """Whether a source was seen after *since*, and after it last changed."""
    seen = state.last_verified
    return seen is not None and seen > since and (state.last_changed is None or seen > state.last_changed)


def message_of_digest(digest: Digest, key: str) -> Message:
    """The digest as it is sent."""
    lines = list(lines_of(digest))
    return Message(
        key=key,
        kind="digest",
        source="/plenarywatch",
        about=f"{digest.name} {digest.until:%Y-%m-%d}",
        time=digest.until,
        subject=headline(digest),
        text=as_text(lines),
        html=as_html(lines),
        data=msgspec.Raw(msgspec.json.encode({"sentence": headline(digest), "digest": digest})),
    )


def headline(digest: Digest) -> str:
    """The digest in one line."""
    if not digest.watched:
        return f"Plenarywatch, {digest.name} digest: no source is watched"
    counts = [_count(len(digest.changes), "change") if digest.changes else "nothing changed"]
    counts += [f"{len(digest.held)} held for review"] if digest.held else []
    counts += [f"{_count(len(digest.blind), 'source')} blind"] if digest.blind else []
    counts += [f"{digest.unchecked} of {digest.watched} sources not checked"] if digest.unchecked else []
    return f"Plenarywatch, {digest.name} digest: {', '.join(counts)}"


def lines_of(digest: Digest) -> Iterator[Line]:
    """The digest, a line a statement."""
    yield Line(Rank.TITLE, headline(digest))
    yield Line(Rank.PARAGRAPH, f"From {moment(digest.since)} to {moment(digest.until)}.")
    yield Line(Rank.PART, "What changed")
    if not digest.changes:
        yield Line(Rank.PARAGRAPH, "Nothing changed.")
    for regime, changes in groupby(digest.changes, lambda c: c.regime):
        yield Line(Rank.SMALLER, _regime(regime))
        yield from listed(tuple(changes))
    yield Line(Rank.PART, "Checked and found unchanged")
    if not digest.unchanged:
        yield Line(Rank.PARAGRAPH, "None.")
    for regime, checked in groupby(digest.unchanged, lambda c: c.regime):
        yield Line(Rank.SMALLER, _regime(regime))
        for one in checked:
            pages = f", and {_count(one.pages, 'page')} found under it" if one.pages else ""
            last = f"unchanged since {moment(one.changed)}" if one.changed else "unchanged since it was first seen"
            yield Line(Rank.ITEM, f"{one.source}{pages}: last checked {moment(one.verified)}, {last}")
            yield Line(Rank.NOTE, one.url)
    yield Line(Rank.PART, "Held for review")
    yield from listed(digest.held) if digest.held else [Line(Rank.PARAGRAPH, "Nothing is held.")]
    yield Line(Rank.PART, "Blind")
    if not digest.blind:
        yield Line(Rank.PARAGRAPH, "Every source is seen." if digest.watched else "No source is watched.")
    for blind in digest.blind:
        seen = f"last seen {moment(blind.verified)}" if blind.verified else "never seen"
        failing = f", failing since {moment(blind.since)}" if blind.since else ""
        yield Line(Rank.ITEM, f"{regime_name(blind.regime)}, {blind.source}: {seen}{failing}")
        yield Line(Rank.NOTE, blind.error or blind.url)
    if digest.unchecked:
        yield Line(Rank.PARAGRAPH, f"{digest.unchecked} of {digest.watched} sources were not checked in this time.")
    yield Line(Rank.PART, "Messages")
    yield Line(Rank.PARAGRAPH, _sendings(digest.sendings))
    if digest.following:
        yield Line(
            Rank.PARAGRAPH,
            f"The next {digest.name} digest is due {digest.following:%A} {moment(digest.following)}, whether anything "
            "changes or not. If it does not come, nobody watches.",
        )


def listed(changes: Sequence[Change]) -> Iterator[Line]:
    """Changes in sentences, each with its words and where they stand."""
    for change in changes[:_MOST]:
        yield Line(Rank.ITEM, f"[{urgency(change).value}] {say(change)}")
        for label, side in (("Stated before", change.evidence.before), ("Stated now", change.evidence.after)):
            yield from (Line(Rank.NOTE, f"{label}: “{plain(item.quote)}”") for item in side[:1])
        if where := linked_page(change):
            yield Line(Rank.NOTE, where)
    if len(changes) > _MOST:
        yield Line(Rank.ITEM, f"and {len(changes) - _MOST} more: 'plenarywatch alerts list', or the site, shows all")


def _regime(regime: str) -> str:
    name = regime_name(regime)
    return name[0].upper() + name[1:]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _sendings(sendings: Sendings) -> str:
    if sendings == Sendings():
        return "None waits for another try, none was given up."
    return (
        f"{_count(sendings.waiting, 'message')} to be tried again, {sendings.given_up} given up; {sendings.repeated} "
        "repeated under their keys, because nobody knew whether they had arrived."
    )
