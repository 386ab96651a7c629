"""Folders of saved pages: which address and which time a file has, and what is told of one that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from fetchers.errors import BadSaved
from fetchers.saved import SavedPages, body_of, files_under, records_of, saved_in

PAGE = "https://mtcr.example/partners"
HTML = b"<html><body><p>The partners met.</p></body></html>"
MOST = 10_000


def test_what_is_wrong_with_saved_pages_is_told_to_the_letter(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    page = tmp_path / "mtcr.example" / "a"
    page.parent.mkdir()
    page.write_bytes(HTML)
    (saved,) = saved_in([tmp_path])
    page.unlink()
    (tmp_path / "a.warc").write_bytes(b"no WARC at all")
    for read, says in (
        (lambda: files_under(tmp_path / "nowhere"), "nowhere: is not there; check the path"),
        (lambda: files_under(tmp_path / "empty"), "empty: holds no WARC file and no page; name a folder that does"),
        (lambda: body_of(saved, MOST), "a: cannot be read (No such file or directory); check the path"),
    ):
        with pytest.raises(BadSaved) as caught:
            read()
        assert str(caught.value).endswith(says)
    with pytest.raises(BadSaved, match=r"a\.warc: not a WARC that can be read \(.+\); fetch it again$"):
        list(records_of(tmp_path / "a.warc"))


def test_a_saved_page_that_is_gone_is_a_result_that_says_so(tmp_path: Path) -> None:
    page = tmp_path / "20110418120000" / "mtcr.example" / "partners.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(HTML)
    pages = SavedPages([tmp_path], archive=lambda body: "kept", most=MOST)
    (capture,) = pages.captures_of(PAGE)
    good = pages.get(capture)
    assert (good.status, good.body, good.sha256, good.fetched_at) == (200, HTML, "kept", capture.at)
    assert (good.url, good.final_url) == ("http://mtcr.example/partners.html",) * 2
    page.write_bytes(b"")
    assert (pages.get(capture).body, pages.get(capture).sha256) == (b"", None)
    page.unlink()
    gone = pages.get(capture)
    assert (gone.status, gone.body, gone.error_kind) == (None, None, "saved")
    assert (gone.error or "").endswith("cannot be read (No such file or directory); check the path")


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("20110418120000/mtcr.example/a/b", "http://mtcr.example/a/b"),
        ("mtcr.example/20110418/b", "http://mtcr.example/b"),
        ("mtcr.example/a/20110418/b", "http://mtcr.example/a/20110418/b"),
        ("18990418/mtcr.example/b", None),
        ("localhost/b", None),
        ("mtcr.example", None),
    ],
)
def test_a_time_counts_as_the_first_or_the_second_folder(tmp_path: Path, file: str, url: str | None) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_bytes(HTML)
    (tmp_path / "x.txt").write_bytes(b"beside the pages")
    assert [saved.url for saved in saved_in([tmp_path])] == ([url] if url else [])


def test_a_file_that_was_written_anew_is_another_capture(tmp_path: Path) -> None:
    digests = set()
    for folder, body in (("20110418", HTML), ("20120418", b"<p>new</p>"), ("20120418", b"<p>newer</p>")):
        page = tmp_path / folder / "mtcr.example" / "partners"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(body)
        digests |= {saved.digest for saved in saved_in([tmp_path])}
    assert len(digests) == 3
    pages = SavedPages([tmp_path], archive=lambda body: "kept", most=MOST)
    assert [pages.get(capture).body for capture in pages.captures_of(PAGE)] == [HTML, b"<p>newer</p>"]


def test_a_page_that_is_named_by_itself_has_no_address(tmp_path: Path) -> None:
    page = tmp_path / "mtcr.example" / "partners"
    page.parent.mkdir()
    page.write_bytes(HTML)
    assert saved_in([page]) == []
    assert [saved.url for saved in saved_in([tmp_path])] == ["http://mtcr.example/partners"]
