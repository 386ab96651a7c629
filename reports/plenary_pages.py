"""A page a plenary: what it states, what its words mean against those before, its versions, mirrors and languages."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from diffs.change import Change, ChangeKind, Severity
from parsers.record import Record
from reports.comparing import Redlines
from reports.known import Regime, Statement
from reports.pages import Pages
from reports.quotes import anchors, marked_blocks
from storage.values import Version


class Mirror(Struct, frozen=True):
    """One page on the plenary, its versions newest last."""

    url: str
    language: str | None
    format: str
    facts: int
    shown: bool
    versions: tuple[Version, ...]


def write_plenaries(regime: Regime, pages: Pages, redlines: Redlines) -> None:
    """The pages of a regime's plenaries, each beside its record as JSON and its facts as CSV."""
    for statement in regime.statements:
        _page(regime, statement, pages, redlines)
        name = f"regimes/{regime.id}/plenary-{statement.plenary.label}"
        pages.json(f"{name}.json", statement.shown.record)
        pages.csv(f"{name}.csv", ("pointer", "value", "quote", "block", "start", "end"), facts(statement.shown.record))


def _page(regime: Regime, statement: Statement, pages: Pages, redlines: Redlines) -> None:
    label, shown, prior = statement.plenary.label, statement.shown, statement.prior
    urls = {version.url for version in statement.versions}
    changes = [c for c in regime.changes if _concerns(c, label, urls)]
    changes.sort(key=lambda c: list(Severity).index(c.severity))
    made_of = [
        statement.plenary, shown.record, changes, statement.before, prior and (prior.id, prior.text_hash),
        pages.quoted(changes),
        [(v.id, v.url, v.text_hash, v.sha256, v.held, v.observed_at, v.record.language) for v in statement.versions],
    ]  # fmt: skip

    def values() -> dict[str, object]:
        return {
            "regime": regime.id,
            "plenary": statement.plenary,
            "version": shown,
            "record": shown.record,
            "anchors": anchors(shown.record),
            "blocks": marked_blocks(shown),
            "before": statement.before,
            "against": redlines.between(prior, shown, "redline") if prior else None,
            "mirrors": mirrors(statement),
            "edits": [redlines.between(one, other, f"edited-{other.id}") for one, other in statement.edits],
            "changes": changes,
        }

    pages.page_if(f"{regime.id}/plenary-{label}.html", "plenary.html", made_of, values)


def _concerns(change: Change, label: str, urls: set[str]) -> bool:
    return str(change.plenary) == label or (change.kind is ChangeKind.STATEMENT_REVISED and change.url in urls)


def mirrors(statement: Statement) -> list[Mirror]:
    """The pages on a plenary, the one that is shown first, then by language and address."""
    found = [
        Mirror(
            own[-1].url, own[-1].record.language, own[-1].document.format, len(own[-1].record.evidence),
            source == statement.shown.source, tuple(own),
        )
        for source, own in statement.by_source.items()
    ]  # fmt: skip
    return sorted(found, key=lambda mirror: (not mirror.shown, mirror.language or "", mirror.url))


def facts(record: Record) -> Iterator[tuple[object, ...]]:
    """Each value that has evidence, with the words that state it and where they stand."""
    values = msgspec.to_builtins(record)
    for pointer, spans in record.evidence.items():
        value = _at(values, pointer)
        for span in spans:
            yield pointer, _said(value), span.quote, span.block, span.start, span.end


def _at(value: object, pointer: str) -> object:
    """What a JSON pointer (RFC 6901) leads to; None where nothing stands there."""
    for part in pointer.split("/")[1:]:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def _said(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else msgspec.json.encode(value).decode()
