"""The static site: pages for people, JSON and CSV beside them, readable from a file and offline."""

from __future__ import annotations

import csv
import io
import itertools
import os
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from diffs.change import Change, ChangeKind, Severity, Status
from diffs.redline import redline
from diffs.sentence import regime_name, say
from parsers.countries import display_name
from parsers.record import Record
from reports.errors import CannotWrite
from reports.feeds import as_atom, as_json, feeds
from reports.matrices import Shown, citations, countries
from reports.metrics import NAME, as_metrics
from reports.quotes import anchors, marked_blocks, shown
from reports.redlines import redline_html
from reports.timeline import joining_timeline
from storage import Store
from storage.reading import Reader
from storage.values import Membership, PlenaryView, SourceView, Version

# The front page shows so many changes; all are in api/v1/changes.json and on the regimes' pages.
_LATEST = 40
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Folder:
    """The site's folder: a file is replaced whole, and one that would not change is left alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        data = text.encode("utf-8")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.read_bytes() == data:
                return
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except OSError as error:
            raise CannotWrite(
                f"{path}: cannot be written ({error.strerror}); name a folder you may write to"
            ) from error


def build(store: Store, folder: Path, now: datetime) -> Path:
    """Write the site of everything *store* holds into *folder*, as at *now*; the path of its front page.

    Raises `CannotWrite`.
    """
    out = _Folder(folder)
    with store.reading() as r:
        _Site(r, out, now).build()
        out.write(NAME, as_metrics(r))
    return folder / "index.html"


class _Site:
    """One building of the site, over one consistent state of the store."""

    def __init__(self, r: Reader, out: _Folder, now: datetime) -> None:
        self.r, self.out, self.now = r, out, now
        self.pages = Environment(
            loader=PackageLoader("reports"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.pages.filters |= {"say": say, "state": display_name, "shown": shown, "when": _when}
        self.pages.globals |= {"regime_name": lambda name: _capital(regime_name(name))}

    def build(self) -> None:
        runs = self.r.runs(limit=1)
        # The time of the last run, not of this building: a page whose facts are the same stays the same file.
        self.seen = (runs[0].ended_at or runs[0].started_at) if runs else self.now
        self.pages.globals["seen"] = self.seen
        sources = self.r.sources()
        regimes = sorted({view.source.regime for view in sources})
        changes = self.r.changes()
        self.page("index.html", "index.html", **self._front(sources, regimes, changes))
        self.page("coverage.html", "coverage.html", root=".", sources=sources, regimes=regimes)
        statements: list[Shown] = []
        for regime in regimes:
            statements += self._regime(
                regime, [v for v in sources if v.source.regime == regime], [c for c in changes if c.regime == regime]
            )
        self._countries(regimes, statements)
        for change in changes:
            self.page(f"changes/{change.key}.html", "change.html", root="..", change=change, regimes=regimes)
        self.json("changes.json", changes)
        self.json("sources.json", sources)
        self.csv("changes.csv", ("seen", "regime", "severity", "kind", "subject", "status", "sentence"), (
            (c.observed_at, c.regime, c.severity, c.kind, c.subject, c.status, say(c)) for c in changes
        ))  # fmt: skip
        for feed in feeds(changes, regimes):
            self.out.write(f"feeds/{feed.name}.atom", as_atom(feed, self.seen))
            self.out.write(f"feeds/{feed.name}.json", as_json(feed))
        style = self.pages.loader.get_source(self.pages, "style.css")[0] if self.pages.loader else ""
        self.out.write("style.css", style)

    def page(self, name: str, template: str, **values: object) -> None:
        self.out.write(name, self.pages.get_template(template).render(**values) + "\n")

    def json(self, name: str, value: object) -> None:
        self.out.write(f"api/v1/{name}", msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n")

    def csv(self, name: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
        self.out.write(f"api/v1/{name}", "\ufeff" + text.getvalue())

    def _front(
        self, sources: tuple[SourceView, ...], regimes: list[str], changes: tuple[Change, ...]
    ) -> dict[str, object]:
        newest = sorted(changes, key=lambda c: c.observed_at or self.now, reverse=True)
        told = [c for c in newest if c.status is Status.CONFIRMED]
        return {
            "root": ".",
            "regimes": regimes,
            "critical": [c for c in told if c.severity is Severity.CRITICAL][:_LATEST],
            "warning": [c for c in told if c.severity is Severity.WARNING][:_LATEST],
            "info": [c for c in told if c.severity is Severity.INFO][:_LATEST],
            "held": [c for c in newest if c.status is Status.HELD],
            "blind": [v for v in sources if v.state.failures],
            "cards": [self._card(regime, sources) for regime in regimes],
            "total": len(changes),
        }

    def _card(self, regime: str, sources: tuple[SourceView, ...]) -> dict[str, object]:
        own = [v for v in sources if v.source.regime == regime]
        verified = [v.state.last_verified for v in own if v.state.last_verified]
        held = self.r.plenaries(regime)
        return {
            "regime": regime,
            "members": len(self.r.members(regime)),
            "last": held[-1] if held else None,
            "verified": max(verified) if verified else None,
            "failing": sum(1 for v in own if v.state.failures),
            "sources": len(own),
            "next": self._next(regime),
        }

    def _next(self, regime: str) -> Record | None:
        """The newest record that announces a plenary which is yet to begin, as far as its day is known."""
        held = [p.start for p in self.r.plenaries(regime) if p.start]
        for version in reversed(self.r.versions(regime)):
            coming, reported = version.record.next_plenary, version.record.plenary.start
            if coming is None:
                continue
            past = coming.start < self.now.date() if coming.start else bool(held and reported and max(held) > reported)
            return None if past else version.record
        return None

    def _countries(self, regimes: list[str], statements: list[Shown]) -> None:
        """The matrix of countries and regimes, and a page a country."""
        rows = countries({regime: self.r.members(regime) for regime in regimes}, statements)
        targets = {
            (plenary.regime, plenary.label, pointer): target
            for plenary, version in statements
            for pointer, target in anchors(version.record).items()
        }
        self.page("matrix.html", "matrix.html", root=".", regimes=regimes, rows=rows)
        for row in rows:
            name = f"countries/{row.code}.html"
            self.page(name, "country.html", root="..", regimes=regimes, country=row, targets=targets)
        self.json("countries.json", rows)
        self.csv("matrix.csv", ("country", "name", *regimes), (
            (row.code, row.name, *(_since(row.memberships.get(regime)) for regime in regimes)) for row in rows
        ))  # fmt: skip

    def _regime(self, regime: str, sources: list[SourceView], changes: list[Change]) -> list[Shown]:
        """The pages of a regime; the statement shown for each of its plenaries, oldest first."""
        regimes = sorted({view.source.regime for view in self.r.sources()})
        members = self.r.members(regime)
        plenaries = self.r.plenaries(regime)
        cited: dict[str, PlenaryView] = {}
        statements: list[Shown] = []
        previous: Version | None = None
        for plenary in plenaries:
            versions = self.r.versions(regime, plenary=plenary.label)
            if not versions:
                continue
            shown_version = _fullest(versions)
            for resolution in shown_version.record.resolutions:
                cited.setdefault(resolution.symbol, plenary)
            self._plenary(regime, regimes, plenary, versions, shown_version, previous, changes)
            previous = shown_version
            statements.append((plenary, shown_version))
        timeline = joining_timeline(members, regime_name(regime))
        self.page(
            f"{regime}/index.html",
            "regime.html",
            root="..",
            regime=regime,
            regimes=regimes,
            members=members,
            plenaries=plenaries[::-1],
            cited=cited,
            citations=citations(statements),
            citing=[plenary for plenary, version in statements if version.record.resolutions],
            sources=sources,
            changes=changes[::-1][:_LATEST],
            timeline=Markup(timeline) if timeline else None,  # noqa: S704 (drawn by us, its texts escaped)
        )
        self.json(f"regimes/{regime}/members.json", members)
        self.json(f"regimes/{regime}/plenaries.json", plenaries)
        self.csv(f"regimes/{regime}/members.csv", ("country", "name", "since", "basis", "source"), (
            (m.country, m.name, m.valid_from, m.basis, m.url) for m in members
        ))  # fmt: skip
        return statements

    def _plenary(
        self,
        regime: str,
        regimes: list[str],
        plenary: PlenaryView,
        versions: tuple[Version, ...],
        newest: Version,
        previous: Version | None,
        changes: list[Change],
    ) -> None:
        by_source: dict[str, list[Version]] = {}
        for version in versions:
            by_source.setdefault(version.source, []).append(version)
        edits = [
            (before, after, redline_html(redline(before.document, after.document), f"edited-{after.id}"))
            for same in by_source.values()
            for before, after in itertools.pairwise(same)
        ]
        against = redline_html(redline(previous.document, newest.document), "redline") if previous else None
        self.page(
            f"{regime}/plenary-{plenary.label}.html",
            "plenary.html",
            root="..",
            regime=regime,
            regimes=regimes,
            plenary=plenary,
            version=newest,
            record=newest.record,
            anchors=anchors(newest.record),
            blocks=marked_blocks(newest),
            previous=previous,
            against=against,
            versions=versions,
            edits=edits,
            changes=[
                c for c in sorted(changes, key=lambda c: list(Severity).index(c.severity))
                if str(c.plenary) == plenary.label or (c.kind is ChangeKind.STATEMENT_REVISED and c.url in {v.url for v in versions})
            ],
        )  # fmt: skip
        self.json(f"regimes/{regime}/plenary-{plenary.label}.json", newest.record)


def _fullest(versions: tuple[Version, ...]) -> Version:
    """Of a plenary's pages the newest version of the one that says most, English before others."""
    newest = {v.source: v for v in versions if not v.held} or {v.source: v for v in versions}
    return max(newest.values(), key=lambda v: (v.record.language == "en", len(v.record.evidence)))


def _since(membership: Membership | None) -> str:
    """The day in a cell of the matrix, "member" where no day is known, empty for a country that is none."""
    if membership is None:
        return ""
    return membership.valid_from.isoformat() if membership.valid_from else "member"


def _cell(value: object) -> str:
    """A cell of a table, which no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _when(value: datetime | None) -> str:
    return value.strftime("%-d %B %Y, %H:%M UTC") if value else "never"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
