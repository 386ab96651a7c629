"""Changes as feeds: Atom (RFC 4287) and JSON Feed 1.1, for each regime and each kind of change.

An entry's id is made of the change's key, so that it is the same in every feed and after every building.
Links are relative to the feed's own address: the site may stand anywhere.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

import msgspec
from msgspec import Struct

from diffs.change import Change, Status
from diffs.display import shown
from diffs.sentence import regime_name, say
from reports.quotes import printable

# A feed holds the newest so many; all stand in api/v1/changes.json.
_NEWEST = 100
_NAMES = uuid.UUID("6f1d4a5e-0d0c-5c7e-9a3d-3d1c0c1f7a52")


class Feed(Struct, frozen=True):
    """One feed's name under ``feeds/`` without its ending, its title, and its changes, newest first."""

    name: str
    title: str
    changes: tuple[Change, ...]


def feeds(changes: Iterable[Change], regimes: Sequence[str]) -> Iterator[Feed]:
    """A feed of all confirmed changes, one a regime, and one for each kind of change that a regime has had."""
    told = [change for change in changes if change.status is Status.CONFIRMED and change.observed_at]
    told.sort(key=lambda change: (change.observed_at, change.key), reverse=True)
    yield Feed("all", "What changed", tuple(told[:_NEWEST]))
    for regime in regimes:
        own = [change for change in told if change.regime == regime]
        yield Feed(regime, f"What changed: {regime_name(regime)}", tuple(own[:_NEWEST]))
        for kind in sorted({change.kind for change in own}):
            title = f"{regime_name(regime)}: {kind.value.replace('_', ' ')}"
            yield Feed(f"{regime}/{kind.value}", title, tuple([c for c in own if c.kind is kind][:_NEWEST]))


def as_atom(feed: Feed, updated: datetime) -> str:
    """The feed as Atom. *updated* stands for a feed that has no change yet."""
    root = _root(feed)
    newest = feed.changes[0].observed_at if feed.changes else updated
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{uuid.uuid5(_NAMES, feed.name).urn}</id>",
        f"<title>{_xml(feed.title)}</title>",
        f"<updated>{_time(newest)}</updated>",
        "<author><name>Plenarywatch</name></author>",
        f'<link rel="alternate" type="text/html" href="{root}/index.html"/>',
        f'<link rel="self" type="application/atom+xml" href="{feed.name.rsplit("/", 1)[-1]}.atom"/>',
    ]
    for change in feed.changes:
        lines += [
            "<entry>",
            f"<id>{_id(change)}</id>",
            f"<title>{_xml(say(change))}</title>",
            f"<updated>{_time(change.observed_at)}</updated>",
            f'<link rel="alternate" type="text/html" href="{root}/changes/{change.key}.html"/>',
            f'<category term="{change.kind.value}"/><category term="{change.severity.value}"/>',
            f'<content type="text">{_xml(_content(change))}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def as_json(feed: Feed) -> str:
    """The feed as JSON Feed 1.1."""
    root = _root(feed)
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": "en",
        "home_page_url": f"{root}/index.html",
        "items": [
            {
                "id": _id(change),
                "url": f"{root}/changes/{change.key}.html",
                "title": shown(say(change)),
                "content_text": shown(_content(change)),
                "date_published": change.observed_at,
                "tags": [change.regime, change.kind.value, change.severity.value],
            }
            for change in feed.changes
        ],
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def _content(change: Change) -> str:
    """The sentence, then the exact words of both sides, then where they stand."""
    lines = [say(change)]
    lines += [f"Stated before: “{e.quote}”" for e in change.evidence.before[:3]]
    lines += [f"Stated now: “{e.quote}”" for e in change.evidence.after[:3]]
    if change.url:
        lines.append(f"Source: {change.url}")
    return "\n".join(lines)


def _root(feed: Feed) -> str:
    return "../" * feed.name.count("/") + ".."


def _id(change: Change) -> str:
    return uuid.uuid5(_NAMES, change.key).urn


def _time(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def _xml(text: str) -> str:
    return escape(printable(text))
