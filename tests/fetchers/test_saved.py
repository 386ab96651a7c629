"""Pages that were saved elsewhere: WARC files of any making, and folders as wget lays them."""

from __future__ import annotations

import gzip
import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from fetchers.errors import BadSaved
from fetchers.saved import SavedPages, body_of, files_under, records_of, saved_in

PAGE = "https://mtcr.example/partners"
HTML = b"<html><body><p>The partners met.</p></body></html>"
MOST = 10_000


def a_warc(path: Path, *records: dict[str, object], gzipped: bool = True) -> Path:
    """A WARC file of responses; each is told by its url, at, status, kind, body, and coding."""
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=gzipped)
        for told in records:
            body = bytes(told.get("body", HTML))  # type: ignore[call-overload]
            headers = [("Content-Type", str(told.get("kind", "text/html; charset=utf-8")))]
            if coding := told.get("coding"):
                headers.append(("Content-Encoding", str(coding)))
            http = StatusAndHeaders(str(told.get("status", "200 OK")), headers, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                str(told.get("url", PAGE)), "response", payload=io.BytesIO(body), http_headers=http,
                warc_headers_dict={"WARC-Date": str(told.get("at", "2011-04-18T12:00:00Z"))},
            )  # fmt: skip
            writer.write_record(record)
    return path


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_page_of_a_warc_has_its_address_its_time_and_its_bytes(tmp_path: Path, gzipped: bool) -> None:
    path = a_warc(tmp_path / "a.warc.gz", {}, {"url": PAGE + "/2", "body": b"<p>Two</p>"}, gzipped=gzipped)
    one, two = records_of(path)
    assert (one.url, one.at, body_of(one, MOST)) == (PAGE, datetime(2011, 4, 18, 12, tzinfo=UTC), HTML)
    assert body_of(two, MOST) == b"<p>Two</p>"


def test_a_body_that_travelled_compressed_is_unpacked(tmp_path: Path) -> None:
    path = a_warc(tmp_path / "a.warc.gz", {"body": gzip.compress(HTML), "coding": "gzip"})
    assert [body_of(saved, MOST) for saved in records_of(path)] == [HTML]


@pytest.mark.parametrize(
    "told", [{"status": "404 Not Found"}, {"kind": "image/png"}, {"url": "dns:mtcr.example"}, {"status": "302 Found"}]
)
def test_what_is_no_page_is_left_out(tmp_path: Path, told: dict[str, object]) -> None:
    assert list(records_of(a_warc(tmp_path / "a.warc.gz", told))) == []


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = a_warc(tmp_path / "a.warc.gz", {"body": gzip.compress(bytes(10**6)), "coding": "gzip"})
    (saved,) = records_of(path)
    with pytest.raises(BadSaved, match="larger than"):
        body_of(saved, MOST)


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_warc_that_was_cut_off_gives_no_half_of_a_page(tmp_path: Path, gzipped: bool, part: float) -> None:
    body = b"<html><body>" + os.urandom(3000).hex().encode() + b"</body></html>"
    path = a_warc(tmp_path / "a.warc.gz", {"body": body}, gzipped=gzipped)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    with pytest.raises(BadSaved, match="fetch"):
        print([body_of(saved, MOST) for saved in records_of(path)])


def test_a_record_whose_bytes_were_altered_is_refused(tmp_path: Path) -> None:
    path = a_warc(tmp_path / "a.warc", {}, gzipped=False)
    path.write_bytes(path.read_bytes().replace(b"partners met", b"partners ate"))
    (saved,) = records_of(path)
    with pytest.raises(BadSaved, match="digest"):
        body_of(saved, MOST)


@pytest.mark.parametrize(
    "content", [b"no WARC at all", b"\x1f\x8b\x08garbage", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"]
)
def test_what_is_no_warc_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(BadSaved, match=r"^[^\n]*a\.warc\.gz: [^\n]*$"):
        list(records_of(path))


def test_a_revisit_gives_the_bytes_that_it_repeats_at_its_own_time(tmp_path: Path) -> None:
    path = a_warc(tmp_path / "a.warc.gz", {})
    (first,) = records_of(path)
    with open(path, "ab") as file:
        writer = WARCWriter(file)
        writer.write_record(
            writer.create_revisit_record(
                PAGE,
                first.digest,
                PAGE,
                "2011-04-18T12:00:00Z",
                warc_headers_dict={"WARC-Date": "2012-01-01T00:00:00Z"},
            )
        )
        unknown = {"WARC-Date": "2013-01-01T00:00:00Z"}
        writer.write_record(
            writer.create_revisit_record(PAGE, "sha1:AAAA", PAGE, "2010-01-01T00:00:00Z", warc_headers_dict=unknown)
        )
    _, again = records_of(path)
    assert (again.at.year, body_of(again, MOST)) == (2012, HTML)


def test_a_folder_as_wget_lays_it_names_its_pages_by_host_and_path(tmp_path: Path) -> None:
    for file in (
        "mtcr.example/partners.html",
        "20110418/mtcr.example/partners",
        "notes.txt",
        "a/b.html",
        ".git/mtcr.example/x",
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(HTML)
    os.utime(tmp_path / "mtcr.example/partners.html", (1_600_000_000, 1_600_000_000))
    old, new = saved_in([tmp_path])
    assert (old.url, old.at) == ("http://mtcr.example/partners", datetime(2011, 4, 18, tzinfo=UTC))
    assert (new.url, new.at.year, body_of(new, MOST)) == ("http://mtcr.example/partners.html", 2020, HTML)


def test_saved_pages_are_found_by_any_twin_of_their_address_oldest_first_and_the_same_bytes_once(
    tmp_path: Path,
) -> None:
    a_warc(
        tmp_path / "b.warc.gz",
        {"url": "http://www.mtcr.example/partners/", "at": "2013-01-01T00:00:00Z", "body": b"<p>new</p>"},
        {"at": "2012-01-01T00:00:00Z"},
    )
    a_warc(tmp_path / "a.warc", {}, gzipped=False)
    kept: list[bytes] = []
    pages = SavedPages([tmp_path], archive=lambda body: str(kept.append(body)), most=MOST)
    found = pages.captures_of("https://mtcr.example/partners")
    assert [capture.at.year for capture in found] == [2011, 2013]
    assert [pages.get(capture).body for capture in found] == kept == [HTML, b"<p>new</p>"]
    assert pages.captures_of("https://mtcr.example/partners", 2012) == found[1:]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_place_without_pages_is_one_clear_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadSaved, match=name):
        saved_in([tmp_path / name])


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.arc", "a.arc.gz", "page", "x.HTML", "x.htm", "x.xhtml", "x.txt", "x.md", "x.pdf", "x.docx"])  # fmt: skip
def test_what_may_hold_a_page_is_taken_from_a_folder(tmp_path: Path, name: str) -> None:
    for file in (name, "x.png", "x.css", ".hidden.html"):
        (tmp_path / file).write_bytes(HTML)
    assert [path.name for path in files_under(tmp_path)] == [name]
    # A file that is named itself is taken whatever it is called.
    assert files_under(tmp_path / "x.png") == [tmp_path / "x.png"]


ARC = b"""filedesc://a.arc 0.0.0.0 20110418120000 text/plain 76
1 0 Internet Archive
URL IP-address Archive-date Content-type Archive-length

http://mtcr.example/partners 1.2.3.4 20110418120000 text/html %d
%b
"""


def test_a_page_of_an_arc_has_its_address_its_time_and_its_bytes(tmp_path: Path) -> None:
    answer = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML
    (tmp_path / "a.arc").write_bytes(ARC % (len(answer), answer))
    (found,) = records_of(tmp_path / "a.arc")
    assert (found.url, found.at) == ("http://mtcr.example/partners", datetime(2011, 4, 18, 12, tzinfo=UTC))
    assert body_of(found, MOST) == HTML


@pytest.mark.parametrize(
    "kind",
    ["text/html", "TEXT/PLAIN; x=y", "application/pdf", "application/xhtml+xml", "application/vnd.openxmlformats-x"],
)
def test_what_may_be_read_is_a_page_of_a_warc(tmp_path: Path, kind: str) -> None:
    (found,) = records_of(a_warc(tmp_path / "a.warc", {"kind": kind}))
    assert (found.content_type, found.url) == (kind, PAGE)


def test_a_body_of_the_most_bytes_is_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    page = tmp_path / "mtcr.example" / "a"
    page.parent.mkdir()
    page.write_bytes(HTML)
    (of_folder,) = saved_in([tmp_path])
    (of_warc,) = records_of(a_warc(tmp_path / "a.warc", {}))
    for saved in (of_folder, of_warc):
        assert body_of(saved, len(HTML)) == HTML
        with pytest.raises(BadSaved, match=f"larger than {len(HTML) - 1} bytes"):
            body_of(saved, len(HTML) - 1)


def a_resource(path: Path, kind: str, body: bytes = HTML, uri: str = PAGE) -> Path:
    """A WARC file of one ``resource``: bytes that were kept without an answer round them."""
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=False)
        writer.write_record(
            writer.create_warc_record(
                uri, "resource", payload=io.BytesIO(body), warc_content_type=kind,
                warc_headers_dict={"WARC-Date": "2011-04-18T12:00:00Z"},
            )
        )  # fmt: skip
    return path


def test_bytes_that_were_kept_without_an_answer_are_a_page(tmp_path: Path) -> None:
    (found,) = records_of(a_resource(tmp_path / "a.warc", "text/html"))
    assert (found.url, found.content_type, body_of(found, MOST)) == (PAGE, "text/html", HTML)
    assert list(records_of(a_resource(tmp_path / "b.warc", "image/png"))) == []


@pytest.mark.parametrize("kind", ["request", "metadata", "conversion"])
def test_what_is_no_answer_is_no_page(tmp_path: Path, kind: str) -> None:
    path = a_resource(tmp_path / "a.warc", "text/html")
    path.write_bytes(path.read_bytes().replace(b"WARC-Type: resource", f"WARC-Type: {kind}".encode()))
    assert list(records_of(path)) == []


def test_a_record_without_a_digest_is_known_by_its_place(tmp_path: Path) -> None:
    path = a_resource(tmp_path / "a.warc", "text/html")
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join(line for line in lines if b"-Digest:" not in line))
    (found,) = records_of(path)
    assert (found.digest, found.offset) == (f"{path}:0", 0)


def test_an_address_in_brackets_and_a_time_without_a_zone_are_read(tmp_path: Path) -> None:
    path = a_resource(tmp_path / "a.warc", "text/html", uri=f"<{PAGE}/X>")
    path.write_bytes(path.read_bytes().replace(b"12:00:00Z", b"12:00:00"))
    (found,) = records_of(path)
    assert (found.url, found.at) == (f"{PAGE}/X", datetime(2011, 4, 18, 12, tzinfo=UTC))


@pytest.mark.parametrize("missing", [1, 1000])
def test_a_record_that_ends_early_is_told_with_its_address(tmp_path: Path, missing: int) -> None:
    path = a_warc(tmp_path / "a.warc", {"body": b"x" * 3000}, gzipped=False)
    path.write_bytes(path.read_bytes()[: -len(b"\r\n\r\n") - missing])
    saved = next(records_of(path))
    with pytest.raises(BadSaved) as caught:
        body_of(saved, MOST)
    assert str(caught.value) == f"{path}: the record of {PAGE} ends early; fetch the file again"
