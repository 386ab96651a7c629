"""What the room answers with: values that nobody alters, yes or no, and every handle given back."""

from __future__ import annotations

import importlib
import os
import pkgutil
import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from urllib3.connection import HTTPConnection

import fetchers
from fetchers import connecting
from fetchers.addresses import is_front_page, is_web_address
from fetchers.connecting import NotPublic
from fetchers.cutoff import Cutoff
from fetchers.discover import Discovered, Listing, _chosen, links_of_index
from fetchers.errors import BadSaved
from fetchers.fault import Deadline, Fault
from fetchers.hosts import Pace, Robots
from fetchers.result import FetchResult
from fetchers.saved import _opened, records_of
from fetchers.verdict import Kind, Verdict, ends_early
from tests.builders.comparing import NOON as SOME_TIME
from tests.fetchers.test_saved import a_resource


def _values() -> Iterator[type[msgspec.Struct]]:
    for module in pkgutil.walk_packages(fetchers.__path__, "fetchers."):
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == module.name:
                yield kind


def test_no_answer_of_the_room_can_be_altered_by_who_has_it() -> None:
    found = list(_values())
    assert {Discovered, Listing, FetchResult, Verdict} <= set(found)
    assert [kind.__qualname__ for kind in found if not kind.__struct_config__.frozen] == []


def test_a_result_of_which_no_more_is_known_brought_nothing() -> None:
    result = FetchResult(url="u", final_url="v", fetched_at=SOME_TIME)
    assert msgspec.structs.astuple(result)[3:] == ((), None, {}, None, None, None, None, None, 0.0)
    assert (result.not_modified, result.etag, result.last_modified) == (False, None, None)
    assert (Listing(()), Discovered("u"), Verdict(Kind.GOOD)) == (
        Listing((), (), ()), Discovered("u", None), Verdict(Kind.GOOD, ""),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (lambda: is_web_address("https://a.example/"), True),
        (lambda: is_web_address("https://a.example/\x00"), False),
        (lambda: is_web_address("https://[::1/"), False),
        (lambda: is_web_address("mailto:a@a.example"), False),
        (lambda: is_web_address("https:///path"), False),
        (lambda: is_web_address("https://a.example:0/"), False),
        (lambda: is_front_page("https://a.example/"), True),
        (lambda: is_front_page("https://a.example/x"), False),
        (lambda: is_front_page("https://a.example/?a"), False),
        (lambda: connecting._is_address("::1"), True),
        (lambda: connecting._is_address("a.example"), False),
        (lambda: _chosen("https://a.example/", "", (), ("example",)), False),
        (lambda: _chosen("https://a.example/", "words", (), ("words",)), False),
        (lambda: _chosen("https://a.example/", "", ("zz",), ()), False),
        (lambda: _chosen("https://a.example/", "words", ("words",), ()), True),
        (lambda: _chosen("https://a.example/", "", (), ()), True),
        (lambda: Pace(lambda host: 0.0).is_worn_out("a.example"), False),
        (lambda: ends_early(b"<p>", b"<p></html>"), True),
        (lambda: ends_early(b"<p></html>", b"<p></html>"), False),
        (lambda: ends_early(b"<p>", b"<p>"), False),
        (lambda: Verdict(Kind.GOOD).good, True),
        (lambda: Verdict(Kind.EMPTY).good, False),
    ],
)  # fmt: skip
def test_what_is_asked_with_yes_or_no_is_answered_so(answer: object, expected: bool) -> None:
    assert answer() is expected  # type: ignore[operator]


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(199, None), (200, False), (204, False), (299, False), (300, True), (301, True), (399, True), (400, True),
     (404, True), (428, True), (429, None), (430, True), (499, True), (500, None), (599, None)],
)  # fmt: skip
def test_only_a_good_answer_is_read_for_what_it_forbids(status: int, allowed: bool | None) -> None:
    robots = Robots(lambda url, deadline: (status, b"User-agent: *\nDisallow: /\n"), "Plenarywatch")
    if allowed:
        assert robots.delay("http://a.example/", Deadline(60.0)) == 0.0
        return
    with pytest.raises(Fault, match="does not allow it" if allowed is False else "forbids all"):
        robots.delay("http://a.example/", Deadline(60.0))


# Letters are no slashes: a path that ends in one, whichever, keeps it.
@pytest.mark.parametrize("last", ["X", "x", "a", "0", "-"])
def test_what_stands_below_an_index_begins_with_the_whole_of_its_path(last: str) -> None:
    base = f"https://mtcr.example/docs/{last}{last}/"
    body = f'<a href="/docs/{last}{last}/year">Below it</a><a href="/docs/other">Beside it</a>'.encode()
    assert links_of_index(body, base, follow=["communique"], deeper=True).below == (f"{base}year",)


@pytest.mark.parametrize("last", ["X", "x", "a", "0"])
def test_a_further_page_of_a_list_begins_with_the_whole_of_its_path(last: str) -> None:
    base = f"https://mtcr.example/list{last}/page/3/"
    for path, further in ((f"/list{last}/page/2", True), (f"/list{last}/2", True), ("/list?page=2", False)):
        listing = links_of_index(f'<a href="{path}">2</a>'.encode(), base)
        assert (len(listing.pages), len(listing.found)) == ((1, 0) if further else (0, 1)), path


@pytest.mark.parametrize(("before", "found"), [(192, True), (193, False)])
def test_so_many_characters_beside_a_link_speak_of_it(before: int, found: bool) -> None:
    # The two hundredth character of the words beside it is the last that is read.
    body = f"<p>{'a' * before} plenary <a href='f'>PDF</a></p>".encode()
    assert bool(links_of_index(body, "https://mtcr.example/", follow=["plenary"]).found) is found


@pytest.mark.parametrize("address", ["XX::1", "X.example", "[XX", "93.184.216.34XX"])
def test_an_address_is_what_was_checked_and_nothing_beside_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "filter_host", lambda host, port, **_: f"[{host}]")
    expected = address.strip("[]")
    assert connecting._public("a.example", [(socket.AF_INET, address)]) == [(socket.AF_INET, expected)]


def test_one_address_that_is_not_public_refuses_the_name() -> None:
    good, own = (socket.AF_INET, "93.184.216.34"), (socket.AF_INET, "127.0.0.1")
    assert connecting._public("a.example", [good]) == [good]
    for found in ([own], [good, own], [own, good], [(socket.AF_INET6, "::1")], [(socket.AF_INET, "10.0.0.1")]):
        with pytest.raises(NotPublic, match=r"^a\.example$"):
            connecting._public("a.example", found)


def _handles() -> set[str]:
    return set(os.listdir("/proc/self/fd"))


def test_every_handle_of_a_thread_is_given_back_and_none_is_held_after() -> None:
    before = _handles()
    cutoff = Cutoff(lambda: False)
    pairs = [socket.socketpair() for _ in range(3)]
    with cutoff.within(Deadline(50.0)):
        for near, _far in pairs:
            connection = HTTPConnection("127.0.0.1")
            connection.sock = near
            cutoff.opened(connection, near)
    for near, far in pairs:
        near.close()
        far.close()
    assert len(_handles() - before) == 3
    # Given back at once, not when nobody refers to them any more.
    held = list(cutoff._handles.values())
    cutoff.close()
    assert len(held) == 3
    assert _handles() - before == set()
    assert cutoff._handles == {}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("two\n  lines\tof it"), "not a WARC that can be read (two lines of it); fetch it again"),
        (EOFError(), "not a WARC that can be read (it ends early); fetch it again"),
        (TypeError("x" * 300), f"not a WARC that can be read ({'x' * 200}); fetch it again"),
        (OSError(5, "Input/output error"), "cannot be read (Input/output error); check the path"),
        (OSError("no number"), "cannot be read (no number); check the path"),
    ],
)
def test_what_is_wrong_with_a_saved_file_is_one_line(tmp_path: Path, error: Exception, told: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"")
    with pytest.raises(BadSaved) as caught, _opened(path):
        raise error
    assert str(caught.value) == f"{path}: {told}"


@pytest.mark.parametrize("uri", ["XX", "urn:x", "<>", "dns:a.example", "a.example/x"])
def test_a_record_of_no_web_address_is_no_page(tmp_path: Path, uri: str) -> None:
    assert list(records_of(a_resource(tmp_path / "a.warc", "text/html", uri=uri))) == []
