"""The tables of an export, each row with where it comes from and since when it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Literal

import msgspec
from msgspec import Struct

from parsers.countries import alpha3
from parsers.record import Record
from storage.exporting.panel import status_by_year
from storage.reading import Reader
from storage.store import Store
from storage.values import Membership, Version

Cell = str | int | bool | date | datetime | None
Row = tuple[Cell, ...]
Type = Literal["string", "integer", "boolean", "date", "datetime"]


class Column(Struct, frozen=True):
    name: str
    type: Type
    description: str


class Table(Struct, frozen=True):
    """Rows under named columns; the first `key` columns name a row."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: int
    rows: tuple[Row, ...]


def _columns(*specs: Column | tuple[str, Type, str]) -> tuple[Column, ...]:
    return tuple(spec if isinstance(spec, Column) else Column(*spec) for spec in specs)


_REGIME = Column("regime", "string", "id of the regime")
_COUNTRY = Column("country", "string", "ISO 3166-1 alpha-2 (XK for Kosovo, ISO 3166-3 for former states)")
_ISO3 = Column("iso3", "string", "ISO 3166-1 alpha-3, where there is one")
_RECORD = Column("record", "integer", "id of the version that states it")
_URL = Column("url", "string", "address of the page that states it")
_CAPTURE = Column("capture", "string", "SHA-256 of the bytes that were read")
_QUOTE = Column("quote", "string", "the page's own words")
_PLENARY = Column("plenary", "string", "label of the plenary: its ordinal, or its first day")
_KNOWN = Column("known_since", "datetime", "when it was observed (UTC)")


def snapshot(
    store: Store, *, regime: str | None = None, known_at: datetime | None = None, as_of: date | None = None
) -> tuple[Table, ...]:
    """All tables as known at a moment (default: now); *as_of* keeps the memberships that held on that day."""
    with store.reading() as r:
        versions = [v for v in r.versions(regime) if known_at is None or v.observed_at <= known_at]
        regimes = sorted({v.regime for v in versions})
        held = [m for name in regimes for m in _known(r.membership_history(name), known_at)]
        captures = {v.id: v.sha256 for v in versions}
        return (
            _memberships(held if as_of is None else [m for m in held if _holds(m, as_of)], captures),
            _plenaries(r, regimes, {v.id for v in versions}),
            _versions(versions),
            _resolutions(versions),
            _officers(versions),
            _participants(versions),
            _changes(r, regime, known_at),
            _panel(held, versions, known_at or datetime.now(UTC)),
        )


def delta(before: tuple[Table, ...], after: tuple[Table, ...]) -> tuple[Table, ...]:
    """What is in *after* and not in *before*: the same tables with a first column ``delta`` that says
    ``added``, ``changed`` or ``removed`` (then the row is the old one)."""
    old = {table.name: {row[: table.key]: row for row in table.rows} for table in before}
    column = Column("delta", "string", "added, changed or removed")
    return tuple(
        msgspec.structs.replace(
            table,
            columns=(column, *table.columns),
            key=table.key + 1,
            rows=tuple(_differences(old.get(table.name, {}), {row[: table.key]: row for row in table.rows})),
        )
        for table in after
    )


def _differences(old: dict[Row, Row], new: dict[Row, Row]) -> Iterator[Row]:
    for key, row in new.items():
        if key not in old:
            yield ("added", *row)
        elif old[key] != row:
            yield ("changed", *row)
    for key, row in old.items():
        if key not in new:
            yield ("removed", *row)


def _known(rows: Iterable[Membership], at: datetime | None) -> list[Membership]:
    if at is None:
        return [m for m in rows if m.superseded_at is None]
    return [m for m in rows if m.observed_at <= at and (m.superseded_at is None or m.superseded_at > at)]


def _holds(m: Membership, day: date) -> bool:
    return (m.valid_from is None or m.valid_from <= day) and (m.valid_to is None or m.valid_to > day)


def _memberships(held: list[Membership], captures: dict[int, str]) -> Table:
    rows = (
        (
            m.regime, m.country, m.epoch, alpha3(m.country), m.name, "member", m.valid_from, m.valid_to, m.basis,
            m.record_id, m.url, captures.get(m.record_id), m.quote, m.observed_at,
        )
        for m in held
    )  # fmt: skip
    columns = _columns(
        _REGIME, _COUNTRY, ("epoch", "integer", "how many times the state had belonged before"), _ISO3,
        ("name", "string", "the state as the page names it"), ("status", "string", "member"),
        ("valid_from", "date", "first day of the membership, as far as known"),
        ("valid_to", "date", "first day on which it no longer held; empty while it holds"),
        ("basis", "string", "where valid_from comes from: since, effective, decided, or stated (listed by then)"),
        _RECORD, _URL, _CAPTURE, _QUOTE, _KNOWN,
    )  # fmt: skip
    return Table("memberships", "Which states belonged to which regime, and when", columns, 3, _sorted(rows))


def _plenaries(r: Reader, regimes: list[str], known: set[int]) -> Table:
    rows = (
        (p.regime, p.label, p.ordinal, p.city, p.country, p.start, p.end, len(told))
        for regime in regimes
        for p in r.plenaries(regime)
        if (told := [record for record in p.records if record in known])
    )
    columns = _columns(
        _REGIME, _PLENARY, ("ordinal", "integer", "the how-manyeth plenary"), ("city", "string", "where it was held"),
        ("country", "string", "the host state"), ("start", "date", "first day"), ("end", "date", "last day"),
        ("versions", "integer", "how many versions of pages tell of it"),
    )  # fmt: skip
    return Table("plenaries", "The plenary meetings that pages tell of", columns, 2, _sorted(rows))


def _versions(versions: list[Version]) -> Table:
    rows = (
        (
            v.id, v.regime, v.source, v.record.kind.value, v.url, v.record.title, v.record.language,
            v.record.published, v.plenary, v.held, v.sha256, v.text_hash, v.record.parser, v.observed_at,
        )
        for v in versions
    )  # fmt: skip
    columns = _columns(
        ("record", "integer", "id of the version"), _REGIME, ("source", "string", "the watched page"),
        ("kind", "string", "statement, members, press_release or other"), ("url", "string", "address of the page"),
        ("title", "string", "the page's title"), ("language", "string", "ISO 639-1"),
        ("published", "date", "the day the page gives"), _PLENARY,
        ("held", "boolean", "held back as drifted, and not believed"),
        _CAPTURE, ("text_hash", "string", "SHA-256 of the readable text without its form"),
        ("parser", "string", "the version of the reading rules"), _KNOWN,
    )  # fmt: skip
    return Table("versions", "Every version of every watched page", columns, 1, _sorted(rows))


def _quote(record: Record, pointer: str) -> str | None:
    spans = record.evidence.get(pointer)
    return spans[0].quote if spans else None


def _resolutions(versions: list[Version]) -> Table:
    rows = (
        (
            v.id, i, v.regime, v.plenary, c.symbol, c.body, c.number, c.year, c.year_source, v.url, v.sha256,
            _quote(v.record, f"/resolutions/{i}"), v.observed_at,
        )
        for v in versions
        for i, c in enumerate(v.record.resolutions)
    )  # fmt: skip
    columns = _columns(
        _RECORD, ("position", "integer", "place in the version"), _REGIME, _PLENARY,
        ("symbol", "string", "UN symbol"), ("body", "string", "the organ"), ("number", "integer", "its number"),
        ("year", "integer", "its year"), ("year_source", "string", "stated or looked_up"),
        _URL, _CAPTURE, _QUOTE, _KNOWN,
    )  # fmt: skip
    return Table("resolutions", "UN resolutions that the pages cite", columns, 2, _sorted(rows))


def _officers(versions: list[Version]) -> Table:
    rows = (
        (
            v.id, i, v.regime, v.plenary, o.role.value, o.name, o.title, o.country, v.url, v.sha256,
            _quote(v.record, f"/officers/{i}"), v.observed_at,
        )
        for v in versions
        for i, o in enumerate(v.record.officers)
    )  # fmt: skip
    columns = _columns(
        _RECORD, ("position", "integer", "place in the version"), _REGIME, _PLENARY,
        ("role", "string", "the office"), ("name", "string", "who held it"), ("title", "string", "form of address"),
        ("country", "string", "the officer's state"), _URL, _CAPTURE, _QUOTE, _KNOWN,
    )  # fmt: skip
    return Table("officers", "Who chaired and opened, as the pages say", columns, 2, _sorted(rows))


def _participants(versions: list[Version]) -> Table:
    rows = (
        (v.id, role, i, v.regime, p.country, p.name, v.plenary, v.url, v.sha256, v.observed_at)
        for v in versions
        for role, people in (("observer", v.record.observers), ("adherent", v.record.adherents))
        for i, p in enumerate(people)
    )
    columns = _columns(
        _RECORD, ("role", "string", "observer or adherent"), ("position", "integer", "place in the version"),
        _REGIME, _COUNTRY, ("name", "string", "the state or body as the page names it"), _PLENARY, _URL, _CAPTURE,
        _KNOWN,
    )  # fmt: skip
    return Table("participants", "Observers and adherents, as the pages list them", columns, 3, _sorted(rows))


def _changes(r: Reader, regime: str | None, known_at: datetime | None) -> Table:
    rows = (
        (
            c.key, c.regime, c.kind.value, c.severity.value, c.status.value, c.subject, _text(c.plenary),
            _text(c.prior), _json(c.before), _json(c.after), c.url, c.observed_at,
        )
        for c in r.changes(regime)
        if known_at is None or c.observed_at is None or c.observed_at <= known_at
    )  # fmt: skip
    columns = _columns(
        ("key", "string", "names the change"), _REGIME, ("kind", "string", "what kind of change"),
        ("severity", "string", "critical, warning or info"), ("status", "string", "confirmed, held or rejected"),
        ("subject", "string", "what it is about"), _PLENARY, ("prior", "string", "the plenary compared with"),
        ("before", "string", "the value before, as JSON"), ("after", "string", "the value after, as JSON"),
        _URL, _KNOWN,
    )  # fmt: skip
    return Table("changes", "The differences that were told or held", columns, 1, _sorted(rows))


def _panel(held: list[Membership], versions: list[Version], now: datetime) -> Table:
    rows = (
        (cell.regime, cell.country, cell.year, alpha3(cell.country), cell.status)
        for cell in status_by_year(held, versions, until=now.year)
    )
    columns = _columns(
        _REGIME, _COUNTRY, ("year", "integer", "the year"), _ISO3,
        ("status", "integer", "0 none, 1 member, 2 adherent, 3 observer, -9 missing, -1 not in existence"),
    )  # fmt: skip
    description = "A row a country and year, with the status codes of the Correlates of War IGO data"
    return Table("panel", description, columns, 3, _sorted(rows))


def _text(label: int | str | None) -> str | None:
    return None if label is None else str(label)


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    """In the order of their keys, so that two exports of the same data are the same bytes."""
    return tuple(sorted(rows, key=lambda row: tuple((cell is not None, str(type(cell)), cell) for cell in row[:4])))
