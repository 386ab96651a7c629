"""Addresses as text: which can be asked for, and whose they are."""

from __future__ import annotations

import pytest

from fetchers.addresses import host_of, is_front_page, is_web_address, joined, without_user, words_of


@pytest.mark.parametrize(
    "url", ["http://a", "HTTPS://A.example:8443/x?y=1", "https://[::1]:1/", "http://a:65535/", "https://ü.example/ä b"]
)
def test_what_can_be_asked_for_is_a_web_address(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "httpx://a/", "//a.example/", "a.example", "http:/a", "http://", "http://:80/", "http://a:0/", "http://a:65536/",
        "http://a:-1/", "http://a:x/", "http://[::1/", "http://a/\x00", "http://a/\x1f", "http://a/\x7f", "http://a/\udc00",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_none(url: str) -> None:
    assert not is_web_address(url)


def test_a_target_is_seen_from_its_page_and_one_that_is_none_stays() -> None:
    assert joined("https://a.example/b/c", "../d") == "https://a.example/d"
    assert joined("https://a.example/b/c", "http://[::1") == "http://[::1"


def test_a_name_and_a_password_are_taken_out_and_nothing_else() -> None:
    assert without_user("https://me:p@ss@A.example:8443/x@y?z#f") == "https://A.example:8443/x@y?z#f"
    assert without_user("https://a.example/x@y") == "https://a.example/x@y"


def test_a_host_is_known_with_its_port_in_small_letters() -> None:
    assert host_of("https://me@A.Example:8443/X") == "a.example:8443"


@pytest.mark.parametrize(
    "path",
    ["", "/", "/index.html", "/index.php", "/home", "/Default.aspx", "/start/", "/en", "/en/", "/pt-BR/", "/pt_br/home.jsp"],
)  # fmt: skip
def test_where_a_site_begins_is_its_front_page(path: str) -> None:
    assert is_front_page(f"https://a.example{path}")


@pytest.mark.parametrize(
    "path", ["/press", "/eng/", "/en/press", "/?p=1", "/index.longer", "/index.html/x", "/home2", "/en/de/"]
)
def test_another_page_is_none(path: str) -> None:
    assert not is_front_page(f"https://a.example{path}")


def test_words_from_outside_stand_on_one_line_and_can_be_kept() -> None:
    assert words_of("  The\n25th\tPlenary\u00a0 met\x00\x08\x0e\x7f\ud800 ") == "The 25th Plenary met" + "\ufffd" * 5
    assert words_of("é 核 \ud7ff\ue000~") == "é 核 \ud7ff\ue000~"
