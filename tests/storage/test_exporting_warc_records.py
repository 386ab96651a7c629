"""Each record of a WARC export: of which kind, with which head, and what is left out."""

from __future__ import annotations

import gzip
import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from storage import FolderArchive, Store
from storage.errors import CannotExport, NotFound
from storage.exporting import export_warc
from storage.values import Attempt
from storage.writing import Writer
from tests.storage.making import NOON

NOW = datetime(2020, 1, 1, 2, 3, 4, tzinfo=UTC)
DAY = timedelta(days=1)
PAGE, LATER = b"<p>A statement.</p>", b"<p>Another one.</p>"


class Kept:
    """A record as it stands in the file."""

    def __init__(self, record: object) -> None:
        self.kind: str = record.rec_type  # type: ignore[attr-defined]
        self.head: dict[str, str] = dict(record.rec_headers.headers)  # type: ignore[attr-defined]
        http = record.http_headers  # type: ignore[attr-defined]
        self.status: str | None = f"{http.protocol} {http.statusline}" if http else None
        self.http: list[tuple[str, str]] = http.headers if http else []
        self.body: bytes = record.content_stream().read()  # type: ignore[attr-defined]


class Watch:
    """A source that is fetched once a day, and what was kept of it."""

    def __init__(self, w: Writer, archive: FolderArchive, regime: str = "mtcr", name: str = "page") -> None:
        self.w, self.archive = w, archive
        self.source = w.found_source(regime, name, "statement", f"https://e.org/{name}", baseline=False, now=NOON)
        self.run = w.begin_run("test", NOON)
        self.days = 0

    def fetched(
        self, status: int | None, body: bytes | None = None, verdict: str = "good", **more: object
    ) -> str | None:
        sha256 = self.archive.put(body) if body is not None else None
        attempt = Attempt(
            self.source.url, str(more.pop("final_url", self.source.url)), status, verdict, NOON + self.days * DAY,
            sha256=sha256, size=len(body or b""), **more,
        )  # type: ignore[arg-type]  # fmt: skip
        self.w.fetch(self.run, self.source.id, attempt)
        self.days += 1
        return sha256


def exported(store: Store, archive: FolderArchive, folder: Path, **options: object) -> tuple[int, list[Kept]]:
    done = export_warc(store, archive, folder, now=NOW, **options)  # type: ignore[arg-type]
    (path,) = done.files
    assert path == folder / "plenarywatch.warc.gz"
    assert [file.name for file in folder.iterdir()] == [path.name]
    with open(path, "rb") as file:
        return done.rows["answers"], [Kept(record) for record in ArchiveIterator(file)]


def test_an_answer_and_what_we_know_of_it(sqlite_store: Store, archive: FolderArchive, tmp_path: Path) -> None:
    headers = {
        "Content-Type": "text/html", "Content-Encoding": "gzip", "Content-Length": "9", "Transfer-Encoding": "chunked",
        "Connection": "close", "keep-alive": "5", "ETag": '"x"',
    }  # fmt: skip
    with sqlite_store.writing() as w:
        Watch(w, archive).fetched(
            200, PAGE, hops=("https://e.org/a", "https://e.org/b"), headers=headers, elapsed=1.2345,
            final_url="https://e.org/moved",
        )  # fmt: skip
    count, (info, answer, metadata) = exported(sqlite_store, archive, tmp_path / "deep" / "out")
    assert count == 1
    assert (info.kind, info.head["WARC-Date"]) == ("warcinfo", "2020-01-01T02:03:04.000000Z")
    assert info.body.decode().splitlines() == [
        "software: Plenarywatch", "format: WARC File Format 1.1",
        "description: Bodies stand unpacked; headers that told how they travelled are named X-Archive-Orig-",
    ]  # fmt: skip
    sha256 = hashlib.sha256(PAGE).hexdigest()
    assert (answer.kind, answer.body, answer.status) == ("response", PAGE, "HTTP/1.1 200 OK")
    assert answer.http == [
        ("Content-Type", "text/html"), ("X-Archive-Orig-Content-Encoding", "gzip"),
        ("X-Archive-Orig-Content-Length", "9"), ("X-Archive-Orig-Transfer-Encoding", "chunked"),
        ("X-Archive-Orig-Connection", "close"), ("X-Archive-Orig-keep-alive", "5"), ("ETag", '"x"'),
        ("Content-Length", str(len(PAGE))),
    ]  # fmt: skip
    assert answer.head["WARC-Target-URI"] == metadata.head["WARC-Target-URI"] == "https://e.org/moved"
    assert answer.head["WARC-Date"] == metadata.head["WARC-Date"] == "2011-04-18T12:00:00.000000Z"
    assert answer.head["WARC-Payload-Digest"] == f"sha256:{sha256}"
    assert (metadata.kind, metadata.head["WARC-Concurrent-To"]) == ("metadata", answer.head["WARC-Record-ID"])
    assert metadata.body == (
        b"verdict: good\r\nredirected-from: https://e.org/a https://e.org/b\r\nfetchTimeMs: 1234\r\n"
    )
    ids = [record.head["WARC-Record-ID"] for record in (info, answer, metadata)]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"<urn:uuid:[0-9a-f-]{36}>", id) for id in ids)
    with gzip.open(tmp_path / "deep" / "out" / "plenarywatch.warc.gz") as file:
        assert file.readline() == b"WARC/1.1\r\n"


def test_a_body_stands_once_and_is_referred_to_from_then_on(
    sqlite_store: Store, archive: FolderArchive, tmp_path: Path
) -> None:
    with sqlite_store.writing() as w:
        watch = Watch(w, archive)
        watch.fetched(200, PAGE)
        watch.fetched(304, None, "not_modified")
        watch.fetched(200, LATER)
        watch.fetched(200, PAGE, final_url="https://e.org/mirror")
        other = Watch(w, archive, "nsg", "other")
        other.days = 9
        other.fetched(200, PAGE)
        # Of this one nothing was ever sent: there is nothing that it could be a revisit of.
        Watch(w, archive, "nsg", "third").fetched(304, None, "not_modified")
    count, records = exported(sqlite_store, archive, tmp_path / "out")
    assert count == 6
    answers = [r for r in records if r.kind not in ("metadata", "warcinfo")]
    page, later = (f"sha256:{hashlib.sha256(body).hexdigest()}" for body in (PAGE, LATER))
    same, unmodified = (
        f"http://netpreserve.org/warc/1.1/revisit/{name}"
        for name in ("identical-payload-digest", "server-not-modified")
    )
    keys = ("WARC-Payload-Digest", "WARC-Profile", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")
    first = ("https://e.org/page", "2011-04-18T12:00:00.000000Z")
    assert [(r.kind, r.body, *(r.head.get(key) for key in keys)) for r in answers] == [
        ("response", PAGE, page, None, None, None),
        # No body of ours: the writer's own digest of nothing.
        ("response", b"", "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", None, None, None),
        ("revisit", b"", page, unmodified, *first),
        ("response", LATER, later, None, None, None),
        ("revisit", b"", page, same, *first),
        ("revisit", b"", page, same, *first),
    ]
    assert [r.status for r in answers] == [
        "HTTP/1.1 200 OK", "HTTP/1.1 304 Not Modified", "HTTP/1.1 304 Not Modified", *["HTTP/1.1 200 OK"] * 3,
    ]  # fmt: skip
    assert [r.head["WARC-Target-URI"] for r in answers][4:] == ["https://e.org/mirror", "https://e.org/other"]


def test_of_what_stands_before_the_range_an_unmodified_answer_still_knows_the_body(
    sqlite_store: Store, archive: FolderArchive, tmp_path: Path
) -> None:
    with sqlite_store.writing() as w:
        watch = Watch(w, archive)
        watch.fetched(200, PAGE)
        watch.fetched(304, None, "not_modified")
        watch.fetched(200, PAGE)
        Watch(w, archive, "nsg", "other").fetched(200, LATER)
    since, until = NOON + DAY, NOON + 2 * DAY
    _, (_, revisit, _) = exported(sqlite_store, archive, tmp_path / "out", since=since, until=until)
    assert (revisit.kind, revisit.head["WARC-Payload-Digest"]) == (
        "revisit", f"sha256:{hashlib.sha256(PAGE).hexdigest()}",
    )  # fmt: skip
    # The body is not in this file: there is nothing to refer to.
    assert "WARC-Refers-To-Date" not in revisit.head
    for options, count in (
        ({}, 4), ({"since": since}, 2), ({"until": since}, 2), ({"until": NOON}, 0), ({"regime": "nsg"}, 1),
        ({"regime": "mtcr", "since": since}, 2), ({"since": NOON + 9 * DAY}, 0),
    ):  # fmt: skip
        assert exported(sqlite_store, archive, tmp_path / "out", **options)[0] == count, options


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04x", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"<p>x</p>", "text/html"), (b"", "text/html"), (b"x%PDF", "text/html"),
    ],
)  # fmt: skip
def test_a_file_that_was_brought_in_is_a_resource_of_its_kind(
    sqlite_store: Store, archive: FolderArchive, tmp_path: Path, body: bytes, kind: str
) -> None:
    with sqlite_store.writing() as w:
        Watch(w, archive).fetched(None, body, "good")
    _, (_, resource, metadata) = exported(sqlite_store, archive, tmp_path / "out")
    assert (resource.kind, resource.head["Content-Type"], resource.body, resource.status) == (
        "resource", kind, body, None,
    )  # fmt: skip
    assert metadata.body == b"verdict: good\r\nfetchTimeMs: 0\r\n"


def test_an_attempt_without_an_answer_is_left_out_and_a_refusal_is_not(
    sqlite_store: Store, archive: FolderArchive, tmp_path: Path
) -> None:
    with sqlite_store.writing() as w:
        watch = Watch(w, archive)
        watch.fetched(None, None, "failed", error="no answer")
        watch.fetched(403, b"Go away", "blocked", error="answered\n 403")
        watch.fetched(599, None, "http_status", error="answered 599")
    count, (_, refused, told, odd, _) = exported(sqlite_store, archive, tmp_path / "out")
    assert count == 2
    assert (refused.status, refused.body) == ("HTTP/1.1 403 Forbidden", b"Go away")
    assert told.body == b"verdict: blocked\r\nerror: answered 403\r\nfetchTimeMs: 0\r\n"
    assert (odd.status, odd.http, odd.body) == ("HTTP/1.1 599 Answered", [("Content-Length", "0")], b"")


def test_a_folder_that_cannot_be_and_a_blob_that_is_gone_leave_nothing(
    sqlite_store: Store, archive: FolderArchive, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotExport) as told:
        export_warc(sqlite_store, archive, tmp_path / "file" / "out", now=NOW)
    assert str(told.value) == f"{tmp_path}/file/out: cannot be written (Not a directory); choose another --out"
    with sqlite_store.writing() as w:
        sha256 = Watch(w, archive).fetched(200, PAGE)
    assert sha256 is not None
    archive.take_back(sha256)
    with pytest.raises(NotFound, match=sha256):
        export_warc(sqlite_store, archive, tmp_path / "out", now=NOW)
    assert list((tmp_path / "out").iterdir()) == []


def test_equal_data_give_equal_bytes_but_for_the_moment(
    sqlite_store: Store, archive: FolderArchive, tmp_path: Path
) -> None:
    with sqlite_store.writing() as w:
        watch = Watch(w, archive)
        watch.fetched(200, PAGE)
        watch.fetched(200, LATER)
    for name, now in (("a", NOW), ("b", NOW), ("c", NOW + DAY)):
        export_warc(sqlite_store, archive, tmp_path / name, now=now)
    a, b, c = ((tmp_path / name / "plenarywatch.warc.gz").read_bytes() for name in "abc")
    assert a == b != c
    _, records = exported(sqlite_store, archive, tmp_path / "a")
    _, later = exported(sqlite_store, archive, tmp_path / "c")
    assert len({r.head["WARC-Record-ID"] for r in records}) == 5
    assert records[1].head["WARC-Record-ID"] != records[3].head["WARC-Record-ID"]
    assert len(later) == 5
