"""What indexes, feeds and sitemaps list."""

from __future__ import annotations

import gzip

import pytest

from fetchers.discover import (
    canonical_address,
    entries_of_feed,
    entries_of_sitemap,
    links_of_index,
    twin_key,
)
from fetchers.errors import FetchError

BASE = "https://mtcr.example/press/"


def _page(*links: str) -> bytes:
    return f"<html><body>{''.join(links)}</body></html>".encode()


def _link(href: str, words: str = "A plenary statement") -> str:
    return f'<p><a href="{href}">{words}</a></p>'


def _urls(body: bytes, **options: object) -> list[str]:
    return [d.url for d in links_of_index(body, BASE, **options).found]  # type: ignore[arg-type]


def test_links_are_listed_once_in_the_pages_order_with_their_words() -> None:
    listing = links_of_index(_page(_link("b", "Second"), _link("a", "First"), _link("b#top", "Again")), BASE)
    assert [(d.url, d.title) for d in listing.found] == [(f"{BASE}b", "Second"), (f"{BASE}a", "First")]


def test_another_host_counts_only_where_it_is_asked_for() -> None:
    body = _page(_link("https://other.example/plenary-25", "Plenary 25"))
    assert _urls(body) == []
    assert _urls(body, follow=["plenary"]) == ["https://other.example/plenary-25"]


def test_what_is_followed_is_sought_in_the_address_and_in_the_words() -> None:
    body = _page(_link("plenary-25", "Here"), _link("news-7", "The 25th Plenary"), _link("contact", "Contact us"))
    assert _urls(body, follow=["plenary"]) == [f"{BASE}plenary-25", f"{BASE}news-7"]


def test_what_is_ignored_is_left_out_though_it_is_followed() -> None:
    body = _page(_link("plenary-25"), _link("plenary-photos"))
    assert _urls(body, follow=["plenary"], ignore=["photos"]) == [f"{BASE}plenary-25"]


def test_menus_footers_and_scripts_list_nothing() -> None:
    menu = f"<nav>{_link('about')}</nav><footer>{_link('legal')}</footer><script>'<a href=x>'</script>"
    assert _urls(_page(menu, _link("plenary-25"))) == [f"{BASE}plenary-25"]


def test_further_pages_of_the_list_are_told_apart() -> None:
    listing = links_of_index(_page(_link("plenary-25"), _link("?page=2", "Next"), _link("page/3/", "3")), BASE)
    assert [d.url for d in listing.found] == [f"{BASE}plenary-25"]
    assert listing.pages == (f"{BASE}?page=2", f"{BASE}page/3/")


@pytest.mark.parametrize("href", ["mailto:a@example.org", "javascript:void(0)", "tel:+100", "#top", "http://[bad", "http://host:port/", "data:text/html,x"])  # fmt: skip
def test_a_link_that_is_no_web_address_is_passed_over(href: str) -> None:
    assert _urls(_page(_link(href), _link("plenary-25")), follow=["plenary"]) == [f"{BASE}plenary-25"]


@pytest.mark.parametrize(
    "head",
    [
        b"<meta charset='utf\x018'>", b"<meta charset='\x7f'>", b"<?xml version='1.0' encoding='u\x02f'?>", b"<meta charset=''>",
        b"<meta http-equiv='Content-Type' content='text/html; charset=\x1fx'>", b"<meta charset='nothing'>", "<meta charset='ü'>".encode(),
        b"<meta charset='UTF-8'>",
    ],
)  # fmt: skip
def test_a_page_in_an_encoding_by_a_name_that_is_none_is_read_all_the_same(head: bytes) -> None:
    page = (
        b"<html><head>" + head + b"</head><body>" + _link("plenary-25", "Buenos Aires, é").encode() + b"</body></html>"
    )
    (found,) = links_of_index(page, BASE).found
    assert (found.url, found.title) == (f"{BASE}plenary-25", "Buenos Aires, é")


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTPS://MTCR.Example/A", "https://mtcr.example/A"),
        ("https://mtcr.example:443/a#part", "https://mtcr.example/a"),
        ("https://mtcr.example", "https://mtcr.example/"),
        ("https://mtcr.example/a?utm_source=x&id=5&fbclid=y", "https://mtcr.example/a?id=5"),
        ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
        ("http://[2001:db8::1]:80/a", "http://[2001:db8::1]/a"),
        ("http://me@[::1]:8080", "http://[::1]:8080/"),
    ],
)
def test_an_address_is_known_under_one_form(url: str, same: str) -> None:
    assert canonical_address(url) == same


def test_pages_that_differ_in_a_parameter_are_two() -> None:
    assert canonical_address("https://a.example/?p=1") != canonical_address("https://a.example/?p=2")


def test_twins_share_a_key_and_other_pages_do_not() -> None:
    assert twin_key("http://www.mtcr.example/a/") == twin_key("https://mtcr.example/a")
    assert twin_key("https://mtcr.example/a") != twin_key("https://mtcr.example/b")


ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>Plenary  25</title><link href="/plenary-25?utm_source=feed"/></entry>
<entry><title>Photos</title><link href="/photos"/></entry><entry><title>No link</title></entry></feed>"""
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Plenary 25</title><link>https://mtcr.example/plenary-25</link></item></channel></rss>"""


def test_an_atom_feed_lists_its_entries() -> None:
    listing = entries_of_feed(ATOM, BASE, follow=["plenary"])
    assert [(d.url, d.title) for d in listing.found] == [("https://mtcr.example/plenary-25", "Plenary 25")]


def test_an_rss_feed_lists_its_items() -> None:
    assert [d.url for d in entries_of_feed(RSS, BASE).found] == ["https://mtcr.example/plenary-25"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be-with-mark", "latin-1"])
@pytest.mark.parametrize(
    ("reference", "read"),
    [
        ("&#xD800;", "\ufffd"), ("&#xdfff;", "\ufffd"), ("&#55296;", "\ufffd"), ("&#x110000;", "\ufffd"), ("&#0;", "\ufffd"),
        ("&#8;", "\ufffd"), ("&#31;", "\ufffd"), ("&#" + "9" * 5000 + ";", "\ufffd"), ("&#xD7FF;", "\ud7ff"), ("&#xE9;", "é"),
        ("&#0000000233;", "é"), ("&#xE000;", "\ue000"), ("&#x10FFFF;", "\U0010ffff"), ("&#32;", ""),
    ],
)  # fmt: skip
def test_a_number_in_a_feed_that_is_no_character_is_replaced_and_any_other_is_read(
    reference: str, read: str, encoding: str
) -> None:
    text = RSS.decode().partition("?>")[2].replace("Plenary 25", f"Plenary {reference}").replace("25<", f"{reference}<")
    body = b"\xfe\xff" + text.encode("utf-16-be") if encoding.endswith("mark") else text.encode(encoding)
    if encoding == "latin-1":
        body = b'<?xml version="1.0" encoding="iso-8859-1"?>' + body
    (entry,) = entries_of_feed(body, BASE).found
    assert (entry.title, entry.url) == (f"Plenary {read}".strip(), f"https://mtcr.example/plenary-{read}")


@pytest.mark.parametrize("link", ["mailto:a@example.org", "ftp://mtcr.example/a", "http://[::1", "http://a:99999/", "http://a:0/", "urn:x:1", "http://"])  # fmt: skip
def test_what_is_no_web_address_in_a_feed_or_a_sitemap_is_passed_over(link: str) -> None:
    feed = RSS.replace(b"<item>", f"<item><title>No</title><link>{link}</link></item><item>".encode())
    for listing in (entries_of_feed(feed, BASE), entries_of_sitemap(_sitemap(link, "https://a.example/b"), BASE)):
        assert len(listing.found) == 1
    assert entries_of_sitemap(_sitemap(link, "https://a.example/b.xml", index=True), BASE).below == (
        "https://a.example/b.xml",
    )


@pytest.mark.parametrize("body", [b"", b"<html><body>No feed</body></html>", b"{}"])
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(FetchError, match="not an Atom or RSS feed"):
        entries_of_feed(body, BASE)


@pytest.mark.fault("K14")
def test_a_feed_with_entities_of_its_own_is_not_read() -> None:
    with pytest.raises(FetchError, match="entities"):
        entries_of_feed(b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + RSS, BASE)


def _sitemap(*locations: str, index: bool = False, head: str = "") -> bytes:
    name, item = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    inner = "".join(f"<{item}><loc>{loc}</loc></{item}>" for loc in locations)
    return f'{head}<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{name}>'.encode()


def test_a_sitemap_lists_what_is_followed_once() -> None:
    body = _sitemap(f"{BASE}plenary-25", f"{BASE}plenary-25", f"{BASE}about")
    assert [d.url for d in entries_of_sitemap(body, BASE, follow=["plenary"]).found] == [f"{BASE}plenary-25"]


def test_a_nested_sitemap_gives_pages_and_no_documents() -> None:
    listing = entries_of_sitemap(_sitemap("/a.xml", "/b.xml.gz", index=True), BASE, follow=["plenary"])
    assert listing.found == ()
    assert listing.below == ("https://mtcr.example/a.xml", "https://mtcr.example/b.xml.gz")


def test_a_compressed_sitemap_is_unpacked() -> None:
    body = gzip.compress(_sitemap(f"{BASE}plenary-25"))
    assert [d.url for d in entries_of_sitemap(body, BASE).found] == [f"{BASE}plenary-25"]


@pytest.mark.parametrize("damage", [lambda b: b[:-15], lambda b: b[:12] + b"\xff\xff\xff" + b[15:]])
def test_a_sitemap_of_broken_compression_is_one_clear_line(damage: object) -> None:
    body = damage(gzip.compress(_sitemap(f"{BASE}plenary-25")))  # type: ignore[operator]
    with pytest.raises(FetchError, match="compression is broken"):
        entries_of_sitemap(body, BASE)


@pytest.mark.parametrize("body", [b"", b"not xml", b"<urlset><url>"])
def test_what_is_no_sitemap_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(FetchError, match="not a sitemap"):
        entries_of_sitemap(body, BASE)


@pytest.mark.fault("K14")
def test_no_entity_of_a_sitemap_is_resolved() -> None:
    head = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    body = _sitemap("https://mtcr.example/&secret;", f"{BASE}plenary-25", head=head)
    listing = entries_of_sitemap(body, BASE)
    assert {d.url for d in listing.found} <= {"https://mtcr.example/", f"{BASE}plenary-25"}


def test_an_address_in_a_sitemap_that_is_none_is_passed_over() -> None:
    listing = entries_of_sitemap(_sitemap("http://[bad", f"{BASE}plenary-25"), BASE)
    assert [d.url for d in listing.found] == [f"{BASE}plenary-25"]


@pytest.mark.fault("K14")
def test_entities_that_multiply_are_not_unfolded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = _sitemap("https://mtcr.example/&l9;", head=f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>')
    with pytest.raises(FetchError, match="not a sitemap"):
        entries_of_sitemap(body, BASE)


@pytest.mark.fault("K15")
def test_a_pattern_that_never_ends_is_stopped_and_named() -> None:
    body = _page(_link("a" * 40, "a" * 40 + "!"))
    with pytest.raises(FetchError, match="takes too long"):
        links_of_index(body, BASE, follow=[r"(a|aa)+$!"])


def test_pages_below_an_index_are_told_apart_where_it_goes_deeper() -> None:
    body = _page(
        _link("2011/", "The year 2011"), _link("plenary-25"), _link("/about", "About"), _link("https://other.example/x")
    )
    listing = links_of_index(body, BASE, follow=["plenary-"], deeper=True)
    assert [d.url for d in listing.found] == [f"{BASE}plenary-25"]
    assert listing.below == (f"{BASE}2011/",)
    assert links_of_index(body, BASE, follow=["plenary-"]).below == ()


@pytest.mark.parametrize(
    ("body", "is_xml"),
    [
        (b"<?xml version='1.0'?><feed/>", True),
        (b"\n <?xml version='1.0'?><urlset/>", True),
        (b"<?xml version='1.0'?><!DOCTYPE html><HTML><a href='/plenary-1'>plenary</a></HTML>", False),
        (b"<p>No html <a href='/plenary-1'>plenary</a></p>", False),
    ],
)
def test_xml_is_no_index_and_xhtml_is(body: bytes, is_xml: bool) -> None:
    if is_xml:
        with pytest.raises(FetchError, match="declare it as a feed or a sitemap"):
            links_of_index(body, BASE)
    else:
        assert len(links_of_index(body, BASE).found) == 1


def test_a_selector_chooses_the_part_of_the_page_and_one_that_finds_nothing_is_said() -> None:
    body = _page(f"<div class='a'>{_link('one')}</div><div class='b'>{_link('two')}</div>")
    assert _urls(body, selector=".b") == [f"{BASE}two"]
    with pytest.raises(FetchError, match=r"nothing on the page matches the selector '\.c'"):
        links_of_index(body, BASE, selector=".c")


@pytest.mark.parametrize(
    "furniture",
    [
        "<footer><nav>{}</nav></footer>",
        "<nav><footer><nav>{}</nav></footer></nav>",
        "<nav class='main'>{}<footer></footer>",
    ],
)
def test_a_menu_within_a_menu_goes_with_it(furniture: str) -> None:
    listing = links_of_index(_page(_link("plenary-25"), furniture.format(_link("about"))), BASE)
    assert [found.url for found in listing.found] == [f"{BASE}plenary-25"]


@pytest.mark.parametrize("furniture", ["<nav class='x pagination'>{}</nav>", "<footer class='pages y'>{}</footer>"])
def test_the_pages_of_a_list_are_found_in_its_navigation_and_menus_after_it_are_left_out(furniture: str) -> None:
    pager = furniture.format(_link("?page=2", "2"))
    listing = links_of_index(_page(pager, f"<nav>{_link('about')}</nav>", _link("plenary-25")), BASE)
    assert listing.pages == (f"{BASE}?page=2",)
    assert [d.url for d in listing.found] == [f"{BASE}plenary-25"]


@pytest.mark.parametrize(("words", "found"), [("PDF", True), ("here", False), ("", True)])
def test_a_link_of_hardly_a_word_is_known_by_what_stands_beside_it(words: str, found: bool) -> None:
    body = _page(f"<p>The 25th Plenary: <a href='file-9'>{words}</a></p>")
    assert _urls(body, follow=["plenary"]) == ([f"{BASE}file-9"] if found else [])


def test_a_page_of_the_list_may_be_listed_from_one_of_its_pages() -> None:
    listing = links_of_index(_page(_link("/press/page/3/", "3"), _link("/elsewhere/page/3/", "4")), f"{BASE}page/2/")
    assert listing.pages == ("https://mtcr.example/press/page/3/",)


def test_the_words_of_an_entry_choose_it_and_one_without_words_is_chosen_by_its_address() -> None:
    untitled = ATOM.replace(b"<title>No link</title>", b"<link href='/plenary-24'/>")
    urls = [d.url for d in entries_of_feed(untitled, BASE, follow=["plenary", "photos"], ignore=["XX", "PHOTOS"]).found]
    assert urls == ["https://mtcr.example/plenary-25", "https://mtcr.example/plenary-24"]
    assert [d.title for d in entries_of_feed(untitled, BASE, follow=["Photos"]).found] == ["Photos"]


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel><title>News</title></channel></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title></feed>",
    ],
)
def test_a_feed_without_entries_is_a_feed(body: bytes) -> None:
    assert entries_of_feed(body, BASE).found == ()


def test_a_sitemap_that_unpacks_to_more_than_fifty_megabytes_is_not_read() -> None:
    with pytest.raises(FetchError, match=r"unpacks to more than 52428800 bytes"):
        entries_of_sitemap(gzip.compress(b" " * (50 * 1024 * 1024 + 1), 1), BASE)


def test_a_twin_key_keeps_a_question_and_drops_what_servers_add() -> None:
    assert twin_key("https://www.a.example/index.php/x/?b=1&utm_id=2") == "a.example/x?b=1"
    assert twin_key("http://a.example/x/index.html") == "a.example/x" == twin_key("http://a.example/x")
    assert twin_key("http://a.example/xx") == "a.example/xx"


def test_line_breaks_by_number_are_read_as_blanks() -> None:
    body = RSS.replace(b"Plenary 25", b"A&#9;B&#10;C&#13;D")
    assert [d.title for d in entries_of_feed(body, BASE).found] == ["A B C D"]
