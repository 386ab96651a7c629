"""History from WARC files and folders, and saved pages brought in: in any order, each at its own time, and no alert."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fetchers.saved import SavedPages
from flows.backfilling import backfill
from flows.ingesting import ingest_files
from flows.outcome import MonitorSummary
from flows.watch import Watch, open_watch
from storage.verifying import verify
from tests.fetchers.test_saved import a_warc
from tests.flows.test_backfill import REGIME, STATES, page

PARTNERS = "https://mtcr.example/partners"
CHALLENGE = "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "demo.yaml").write_text(REGIME)
    monkeypatch.setenv("PLENARYWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PLENARYWATCH_CHANNELS", "file")
    return tmp_path


@contextmanager
def _watch(home: Path, year: int = 2026) -> Iterator[Watch]:
    with open_watch(config=home / "demo.yaml", now=datetime(year, 1, 1, tzinfo=UTC)) as watch:
        yield watch
        assert verify(watch.store, watch.archive).damaged == ()


def _backfilled(watch: Watch, *paths: Path, since: int | None = None) -> MonitorSummary:
    saved = SavedPages(paths, archive=watch.archive.put, most=10**6)
    return backfill(watch, "demo", saved, since=since)


def _ingested(home: Path, year: int, html: str) -> MonitorSummary:
    file = home / "partners.html"
    file.write_text(html)
    with _watch(home, year) as watch:
        return ingest_files(watch, [file], "demo", url=PARTNERS)


def _record(at: str, html: str, url: str = PARTNERS) -> dict[str, object]:
    return {"url": url, "at": f"{at}T00:00:00Z", "body": html.encode()}


def _seen(watch: Watch) -> list[tuple[int, int]]:
    """Year and number of states of every version, by their times."""
    with watch.store.reading() as r:
        return [(v.observed_at.year, len(v.record.members)) for v in r.versions("demo")]


def _told(home: Path) -> bool:
    return (home / "home" / "alerts.jsonl").exists()


def test_captures_of_a_warc_are_versions_of_their_times_and_no_alert(home: Path) -> None:
    warc = a_warc(
        home / "crawl.warc.gz",
        _record("2009-01-01", page(*STATES[:5])),
        _record("2011-01-01", page(*STATES[:6]), "http://www.mtcr.example/partners/"),
        _record("2012-01-01", CHALLENGE),
        _record("2012-01-01", page("Nobody"), "https://elsewhere.example/partners"),
    )
    with _watch(home) as watch:
        summary = _backfilled(watch, warc)
        assert [o.outcome for o in summary.sources] == ["baseline", "changed", "quarantined"]
        assert (_seen(watch), summary.alerts) == ([(2009, 5), (2011, 6)], ())
        # Taken in again, from a copy elsewhere, it brings nothing new.
        again = home / "copy.warc.gz"
        again.write_bytes(warc.read_bytes())
        assert _backfilled(watch, again).sources == ()
    assert not _told(home)


def test_a_folder_of_saved_pages_is_history_too(home: Path) -> None:
    for day, states in (("20090101", STATES[:5]), ("20110418120000", STATES[:6])):
        file = home / "mirror" / day / "mtcr.example" / "partners.html"
        file.parent.mkdir(parents=True)
        file.write_text(page(*states))
    with _watch(home) as watch:
        assert [o.outcome for o in _backfilled(watch, home / "mirror").sources] == ["baseline", "changed"]
        assert _seen(watch) == [(2009, 5), (2011, 6)]


def test_a_capture_that_comes_late_is_compared_with_what_stood_before_it(home: Path) -> None:
    with _watch(home) as watch:
        new = a_warc(
            home / "new.warc.gz", _record("2011-01-01", page(*STATES[:6])), _record("2015-01-01", page(*STATES))
        )
        _backfilled(watch, new, since=2015)
        summary = _backfilled(watch, new)
        assert [(o.outcome) for o in summary.sources] == ["baseline"]
        # Nothing that a later page says has left a page of earlier.
        assert summary.changes == ()
        old = a_warc(
            home / "old.warc.gz", _record("2012-01-01", page(*STATES[:6])), _record("2013-01-01", page(*STATES[:5]))
        )
        _backfilled(watch, old)
        assert _seen(watch) == [(2011, 6), (2013, 5), (2015, 7)]


def test_history_beside_a_watched_page_says_of_no_member_of_today_that_it_left(home: Path) -> None:
    _ingested(home, 2020, page(*STATES))
    with _watch(home) as watch:
        warc = a_warc(
            home / "a.warc.gz", _record("2009-01-01", page(*STATES[:5])), _record("2011-01-01", page(*STATES[:6]))
        )
        summary = _backfilled(watch, warc)
        assert "member_left" not in {c.kind.value for c in summary.changes}
        with watch.store.reading() as r:
            assert len(r.members("demo")) == len(STATES)
            assert [c for c in r.changes("demo") if c.status.value == "held"] == []


def test_a_page_saved_before_what_its_address_said_last_is_history_and_tells_nothing(home: Path) -> None:
    assert [o.outcome for o in _ingested(home, 2020, page(*STATES)).sources] == ["baseline"]
    old = _ingested(home, 2010, page(*STATES[:5]))
    assert ([o.source for o in old.sources], old.changes) == (["history/partners"], ())
    new = _ingested(home, 2021, page(*STATES, "Denmark"))
    assert [c.kind.value for c in new.changes if c.kind.value == "member_joined"] == ["member_joined"]


def test_a_saved_page_that_stands_in_the_pages_place_is_no_version(home: Path) -> None:
    _ingested(home, 2020, page(*STATES))
    blocked = _ingested(home, 2021, CHALLENGE)
    assert [(o.outcome, o.error is not None) for o in blocked.sources] == [("quarantined", True)]
    with _watch(home) as watch:
        assert _seen(watch) == [(2020, 7)]


def test_each_page_of_a_warc_is_brought_in_under_its_own_address_at_its_own_time(home: Path) -> None:
    other = "https://mtcr.example/plenary-25"
    statement = "<html><head><title>25th Plenary</title></head><body><main><p>The MTCR held its 25th Plenary Meeting in Buenos Aires from 11 to 15 April 2011.</p></main></body></html>"
    warc = a_warc(
        home / "crawl.warc.gz", _record("2011-05-01", statement, other), _record("2009-01-01", page(*STATES[:5]))
    )
    with _watch(home) as watch:
        summary = ingest_files(watch, [warc], "demo")
        assert [(o.source, o.outcome) for o in summary.sources] == [
            ("partners", "baseline"),
            (f"ingested/{other}", "baseline"),
        ]
        assert [year for year, _ in _seen(watch)] == [2009, 2011]


def test_of_a_folder_every_page_is_brought_in_and_what_cannot_be_read_is_said(home: Path) -> None:
    folder = home / "saved"
    folder.mkdir()
    (folder / "a.html").write_text(page(*STATES))
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 cut off")
    with _watch(home) as watch:
        outcomes = [o.outcome for o in ingest_files(watch, [folder], "demo").sources]
    assert outcomes == ["baseline", "quarantined"]
