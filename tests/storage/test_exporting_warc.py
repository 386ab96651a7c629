"""What was fetched, as a WARC that other people's tools check, and that comes back as it went."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from fetchers.saved import body_of, records_of
from storage.exporting import export_warc
from tests.world.history import DAY_ONE
from tests.world.server import Answer, Site
from tests.world.watching import LAST, Mornings

# Another page of the world than its last statement.
OLD = "/press/plenary-24"
NOW = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Mornings]:
    """A site that was watched for three mornings: as it was, then edited, blocked and moved, then as it was."""
    site = Site()
    begun = Mornings(tmp_path, site)
    edited = begun.page().replace("remain concerned", "are gravely concerned")
    begun.told(
        **{
            LAST: edited,
            "/members": Answer(403, b"<p>Go away</p>", {"Content-Type": "text/html", "Set-Cookie": "id=secret"}),
            OLD: Answer(301, b"", {"Location": "/archive/25"}),
            "/archive/25": begun.page(OLD),
        }
    )
    begun.told()
    yield begun
    begun.close()
    site.close()


def _exported(watching: Mornings, folder: Path, **options: datetime | str) -> Path:
    watch = watching.watched.watch
    (path,) = export_warc(watch.store, watch.archive, folder, now=NOW, **options).files  # type: ignore[arg-type]
    return path


def _kinds(path: Path) -> Counter[str]:
    with open(path, "rb") as file:
        return Counter(record.rec_type for record in ArchiveIterator(file))


def test_warcios_own_verifier_finds_every_digest_right(watching: Mornings, tmp_path: Path) -> None:
    path = _exported(watching, tmp_path / "out")
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "digest pass" in checked.stdout
    damaged = bytearray(path.read_bytes())
    # A file that is damaged is found out, so the verifier does look.
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(damaged)
    again = subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)], capture_output=True, check=False)
    assert again.returncode != 0


def test_every_answer_stands_in_it_once_with_its_verdict(watching: Mornings, tmp_path: Path) -> None:
    path = _exported(watching, tmp_path / "out")
    kinds = _kinds(path)
    assert kinds["warcinfo"] == 1
    assert kinds["metadata"] == kinds["response"] + kinds["revisit"]
    with open(path, "rb") as file:
        said = [
            record.content_stream().read().decode() for record in ArchiveIterator(file) if record.rec_type == "metadata"
        ]
    assert sum("answered 403" in one for one in said) == 1
    assert [one for one in said if f"redirected-from: {watching.site.address}{OLD}" in one]


def test_what_was_not_modified_refers_to_the_answer_that_it_repeats(watching: Mornings, tmp_path: Path) -> None:
    with open(_exported(watching, tmp_path / "out"), "rb") as file:
        profiles = Counter(
            record.rec_headers.get_header("WARC-Profile", "").rsplit("/", 1)[-1]
            for record in ArchiveIterator(file)
            if record.rec_type == "revisit" and record.rec_headers.get_header("WARC-Refers-To-Date")
        )
    assert profiles["server-not-modified"] > 0
    assert profiles["identical-payload-digest"] > 0


def test_a_range_of_time_holds_what_was_fetched_in_it_alone(watching: Mornings, tmp_path: Path) -> None:
    second = datetime(DAY_ONE.year, DAY_ONE.month, DAY_ONE.day, tzinfo=UTC) + timedelta(days=1)
    path = _exported(watching, tmp_path / "out", since=second, until=second + timedelta(days=1))
    with open(path, "rb") as file:
        dates = {record.rec_headers.get_header("WARC-Date")[:10] for record in ArchiveIterator(file)}
    assert dates == {f"{second:%Y-%m-%d}", f"{NOW:%Y-%m-%d}"}
    assert _kinds(_exported(watching, tmp_path / "none", regime="nsg")) == {"warcinfo": 1}


def test_no_secret_stands_in_it(watching: Mornings, tmp_path: Path) -> None:
    with open(_exported(watching, tmp_path / "out"), "rb") as file:
        heads = [
            str(record.http_headers).lower() for record in ArchiveIterator(file) if record.http_headers is not None
        ]
    assert any(" 403 " in head for head in heads)
    assert not [head for head in heads if "cookie" in head or "secret" in head]


def test_the_same_data_give_the_same_bytes(watching: Mornings, tmp_path: Path) -> None:
    one, other = _exported(watching, tmp_path / "one"), _exported(watching, tmp_path / "other")
    assert one.read_bytes() == other.read_bytes()


def test_what_comes_back_is_what_was_sent(watching: Mornings, tmp_path: Path) -> None:
    path = _exported(watching, tmp_path / "out")
    bodies = {(saved.url, body_of(saved, 10**6)) for saved in records_of(path)}
    address = watching.site.address
    assert (address + LAST, watching.page().encode()) in bodies
    assert (address + "/archive/25", watching.pages[OLD]) in bodies
    # The edit and its being taken back are three sights of one page.
    assert len([saved for saved in records_of(path) if saved.url == address + LAST]) == 3
