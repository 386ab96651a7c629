"""What a list says in its details: words, parameters, characters by number, and what is told of one that is none."""

from __future__ import annotations

import gzip

import pytest

from fetchers.discover import canonical_address, entries_of_feed, entries_of_sitemap, links_of_index
from fetchers.errors import FetchError

BASE = "https://mtcr.example/press/"
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>Plenary  25</title><link href="/plenary-25"/></entry></feed>"""
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Plenary 25</title><link>https://mtcr.example/plenary-25</link></item></channel></rss>"""


def _page(*links: str) -> bytes:
    return f"<html><body>{''.join(links)}</body></html>".encode()


def _link(href: str, words: str = "A plenary statement") -> str:
    return f'<p><a href="{href}">{words}</a></p>'


def test_a_parameter_without_a_value_is_kept_and_one_that_tracks_is_not_in_any_letters() -> None:
    assert canonical_address("https://a.example/?a=&b=1&UTM_Source=x&PHPSESSID=2&ref=") == "https://a.example/?a=&b=1"
    assert canonical_address(" https://a.example/?reference=1&gclid=2 ") == "https://a.example/?reference=1"


@pytest.mark.parametrize(("reference", "read"), [("&#1114111;", "\U0010ffff"), ("&#1114112;", "\ufffd"), ("&#x1f;", "\ufffd"), ("&#X41;", "A")])  # fmt: skip
def test_the_last_character_that_there_is_is_read(reference: str, read: str) -> None:
    (entry,) = entries_of_feed(RSS.replace(b"Plenary 25", f"B{reference}".encode()), BASE).found
    assert entry.title == f"B{read}"


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("Next", True), ("next page", True), ("Older posts", True), ("older", True), (">>", True), ("999", True), ("Weiter", True),
        ("Suivant", True), ("Siguiente", True), ("More", True), ("1000", False), ("Next plenary", False), ("More on it", False),
    ],
)  # fmt: skip
def test_words_that_lead_on_in_a_list(words: str, more: bool) -> None:
    listing = links_of_index(_page(_link("?page=2", words)), BASE)
    assert (len(listing.pages), len(listing.found)) == ((1, 0) if more else (0, 1))


def test_a_page_of_another_list_or_host_is_no_page_of_this_one() -> None:
    body = _page(_link("https://other.example/press/?page=2", "2"), _link("/news/?page=2", "3"))
    listing = links_of_index(body, BASE)
    assert (listing.pages, [d.url for d in listing.found]) == ((), ["https://mtcr.example/news/?page=2"])


def test_a_link_to_the_page_itself_lists_nothing() -> None:
    assert [
        d.url for d in links_of_index(_page(_link("#top"), _link(BASE), _link("?utm_source=x"), _link("a")), BASE).found
    ] == [f"{BASE}a"]


def test_a_link_by_a_picture_has_the_words_of_the_one_that_follows() -> None:
    listing = links_of_index(_page("<a href='plenary-1'><img></a>", _link("plenary-1", "A<b>B</b>"), _link("plenary-1", "C")), BASE, follow=["plenary"])  # fmt: skip
    assert [(d.url, d.title) for d in listing.found] == [(f"{BASE}plenary-1", "A B")]
    only = links_of_index(_page("<a href='plenary-1'><img></a>"), BASE, follow=["plenary"])
    assert [d.title for d in only.found] == [None]


@pytest.mark.parametrize(("before", "found"), [(190, True), (200, False)])
def test_words_far_from_a_link_do_not_speak_of_it(before: int, found: bool) -> None:
    body = _page(f"<p>{'a' * before} plenary <a href='f'>PDF</a></p>")
    assert bool(links_of_index(body, BASE, follow=["plenary"]).found) is found


def test_a_page_below_counts_on_its_own_host_and_under_its_own_path_alone() -> None:
    body = _page(_link("/press-kit/x", "A"), _link("https://other.example/press/x", "B"), _link("/press/x/y", "C"))
    listing = links_of_index(body, "https://mtcr.example/press", follow=["communique"], deeper=True)
    assert (listing.found, listing.below) == ((), ("https://mtcr.example/press/x/y",))


def test_an_entry_is_read_from_where_its_feed_says_that_it_stands_and_without_scripts() -> None:
    feed = ATOM.replace(
        b"<title>Plenary  25</title>", b"<title type='html'>&lt;script&gt;x()&lt;/script&gt;Plenary 25</title>"
    )
    feed = feed.replace(b'Atom">', b'Atom" xml:base="https://other.example/x/">').replace(b'"/plenary', b'"plenary')
    assert [(d.url, d.title) for d in entries_of_feed(feed, BASE, follow=["plenary"]).found] == [
        ("https://other.example/x/plenary-25", "Plenary 25")
    ]


def test_an_entry_that_is_listed_twice_keeps_its_first_words() -> None:
    again = RSS.replace(
        b"</item>", b"</item><item><link>https://mtcr.example/plenary-25</link><title>Again</title></item>"
    )
    assert [d.title for d in entries_of_feed(again, BASE).found] == ["Plenary 25"]
    untitled = RSS.replace(b"<title>Plenary 25</title>", b"")
    assert [d.title for d in entries_of_feed(untitled, BASE).found] == [None]


def test_what_cannot_be_read_as_a_list_is_told_to_the_letter() -> None:
    packed = gzip.compress(b"<urlset><url><loc>/a</loc></url></urlset>")[:-15]
    for read, says in (
        (lambda: links_of_index(b"<?xml?><a/>", BASE), f"{BASE}: XML, and no page with links; declare it as a feed or a sitemap"),
        (lambda: links_of_index(b"<p>", BASE, selector="b"), "nothing on the page matches the selector 'b'; look at how it is built now and mend the selector"),
        (lambda: entries_of_feed(b"<!ENTITY a 'b'>", BASE), f"{BASE}: the feed declares entities of its own; it is not read"),
        (lambda: entries_of_feed(b"{}", BASE), f"{BASE}: not an Atom or RSS feed; declare it with another kind"),
        (lambda: entries_of_sitemap(packed, BASE), f"{BASE}: the sitemap's compression is broken; fetch it again"),
    ):  # fmt: skip
        with pytest.raises(FetchError) as caught:
            read()
        assert str(caught.value) == says
    with pytest.raises(FetchError, match=rf"^{BASE}: not a sitemap \(.+\); declare it with another kind$"):
        entries_of_sitemap(b"", BASE)


def test_words_beside_a_link_are_read_as_they_stand_without_line_breaks() -> None:
    body = _page("<p>The 25th\n <b>Plenary</b>: <a href='f'>PDF</a></p>")
    assert len(links_of_index(body, BASE, follow=["the 25th plenary : pdf"]).found) == 1


def test_the_words_of_a_link_are_those_that_are_shown() -> None:
    body = _page("<a href='a'><style>p{}</style>Plenary<script>go()</script> 25</a>")
    assert [d.title for d in links_of_index(body, BASE).found] == ["Plenary 25"]


@pytest.mark.filterwarnings("ignore:It looks like you're using an HTML parser")
def test_only_the_beginning_tells_that_xml_is_xhtml_or_that_a_feed_declares_entities() -> None:
    for blanks, xhtml in ((1990, True), (2010, False)):
        page = b"<?xml?>".ljust(blanks - 12) + b"<html><a href='a'>A</a></html>"
        if xhtml:
            assert len(links_of_index(page, BASE).found) == 1
        else:
            with pytest.raises(FetchError, match="declare it as a feed"):
                links_of_index(page, BASE)
    late = RSS.replace(b"<rss", b" " * 20_000 + b"<rss").replace(b"Plenary 25", b"A &lt;!ENTITY b <![CDATA[<!ENTITY]]>")
    assert len(entries_of_feed(late, BASE).found) == 1


def test_a_page_of_a_sitemap_is_chosen_by_its_address_alone() -> None:
    body = b"<urlset><url><loc>/plenary-25</loc></url><url><loc>/photos</loc></url></urlset>"
    assert [d.url for d in entries_of_sitemap(body, BASE, follow=["plenary", "xx"]).found] == [
        "https://mtcr.example/plenary-25"
    ]
    assert len(entries_of_sitemap(body, BASE, ignore=["xx"]).found) == 2
