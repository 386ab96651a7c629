"""Pages of every kind of source, each broken in a few places by a seed: the same seed breaks the same places."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.builders.hostile import pdf_of_one_page
from tests.world.render import pages
from tests.world.watching import STILL

_SHOWN = pages(STILL)
_LINKS = ("/press/plenary-24", "/press/plenary-26?utm_source=x", "https://elsewhere.example/plenary")
_RSS = "".join(
    f"<item><title>Plenary {n}</title><link>http://127.0.0.1:1{link}</link><guid>{n}</guid>"
    f"<pubDate>Mon, 18 Apr 2011 12:00:0{n} GMT</pubDate><description>&lt;p&gt;It met.&lt;/p&gt;</description></item>"
    for n, link in enumerate(_LINKS)
)
_ATOM = "".join(
    f"<entry><title type='html'>Plenary {n}</title><link href='{link}'/><id>tag:{n}</id>"
    f"<updated>2011-04-1{n}T12:00:00Z</updated></entry>"
    for n, link in enumerate(_LINKS)
)
_MAP = "".join(f"<url><loc>http://127.0.0.1:1{link}</loc><lastmod>2011-04-18</lastmod></url>" for link in _LINKS)

# A whole one of each, by the kind under which it is declared, with what it is sent as.
WHOLE: dict[str, tuple[str, str, bytes]] = {
    "index": ("index", "text/html; charset=utf-8", _SHOWN["/press"]),
    "rss": ("feed", "application/rss+xml", f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{_RSS}</channel></rss>".encode()),
    "atom": ("feed", "application/atom+xml", f"<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title>{_ATOM}</feed>".encode()),
    "sitemap": ("sitemap", "application/xml", f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{_MAP}</urlset>".encode()),
    "members": ("members", "text/html; charset=utf-8", _SHOWN["/members"]),
    "statement": ("statement", "text/html", _SHOWN["/press/plenary-26"]),
    "pdf": ("statement", "application/pdf", pdf_of_one_page("The Lisbon Drone Accord held its 26th plenary in Lisbon on 4 May 2011. " * 8)),
}  # fmt: skip

_TOKENS = (
    b"&#xD800;", b"&#55296;", b"&#0;", b"&#x110000;", b"&#99999999999;", b"&#x1F;", b"\xed\xa0\x80", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf", b"&nothing;", b"&amp;#xDFFF;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE x [<!ENTITY a 'a'>]>",
    b"<?xml version='1.0' encoding='utf-16'?>", b"<?xml version='1.0' encoding='nothing'?>", b"<base href='http://[::1'>",
    b"<a href='http://[::1'>plenary</a>", b"<a href='http://[2001:db8::1]/plenary'>plenary</a>", b"<a href='mailto:a@b.example'>plenary</a>",
    b"<a href='http://host:99999/plenary'>plenary</a>", b"<a href='http://a..b/plenary'>x</a>", b"<a href='//plenary'>x</a>",
    b"<a href='http://" + b"a" * 70 + b".example/plenary'>x</a>", "<a href='http://ℂ．example/plenary'>x</a>".encode(),
    "<a href='http://℀/plenary'>x</a>".encode(), b"<a href='http://xn--/plenary'>x</a>", b"<a href='http://%zz/plenary'>x</a>",
    b"<a href='http://[v1.a]/plenary'>x</a>", b"<a href='/plenary%ff%00%ed%a0%80'>x</a>", b"<a href='?plenary=%ed&a;b=1'>x</a>",
    b"<link>http://[::1</link>", b"<link>mailto:a@b.example</link>", b"<link href='ftp://a/b'/>", b"<link>&#xD800;</link>",
    b"<loc>ftp://a/b</loc>", b"<loc>http://[::1]:x/</loc>", b"<loc/>", b"<pubDate>31 Feb 99999</pubDate>", b"<updated>0000-99-99</updated>",
    b" 31 February 2011 ", b" 0 members ", b" 99999999999999999999 members ", b" S/RES/99999999999 (99999) ", b" 999999th plenary ",
    b"<table><tr><td colspan='99999999999'>", b"<ol start='99999999999999999999'><li>", b"<div>" * 300, b"<ul><li>" * 80,
    "\u202e\u0301\u200b\ufeff\U0001f1fa".encode(), "İıſK ǅ".encode(), b"\r\r\n\x0b\x0c\x1c\x85", "\u2028\u2029".encode(), b"'\"<>&%\\",
)  # fmt: skip


def _token(body: bytes, r: random.Random) -> bytes:
    at = r.randrange(len(body) + 1)
    return body[:at] + r.choice(_TOKENS) + body[at:]


def _flipped(body: bytes, r: random.Random) -> bytes:
    at = r.randrange(len(body) or 1)
    return body[:at] + bytes([r.randrange(256)]) + body[at + 1 :]


def _without(body: bytes, r: random.Random) -> bytes:
    at = r.randrange(len(body) + 1)
    return body[:at] + body[at + r.randrange(1, 60) :]


def _twice(body: bytes, r: random.Random) -> bytes:
    at = r.randrange(len(body) + 1)
    return body[:at] + body[at : at + r.randrange(1, 400)] * r.randrange(2, 6) + body[at:]


def _cut(body: bytes, r: random.Random) -> bytes:
    return body[: r.randrange(len(body) + 1)]


def _moved(body: bytes, r: random.Random) -> bytes:
    a, b = sorted(r.randrange(len(body) + 1) for _ in range(2))
    return body[b:] + body[a:b] + body[:a]


def _coded(body: bytes, r: random.Random) -> bytes:
    return body.decode("utf-8", "replace").encode(
        r.choice(("utf-16", "utf-16-be", "utf-32", "utf-7", "cp037")), "replace"
    )


# The rarer ones leave little of a page.
_BREAKS: tuple[tuple[Callable[[bytes, random.Random], bytes], int], ...] = (
    (_token, 12), (_flipped, 8), (_without, 4), (_twice, 3), (_cut, 1), (_moved, 1), (_coded, 1),
)  # fmt: skip


def broken(seed: int) -> tuple[str, str, bytes]:
    """The kind of source, the content type and the body of the page that *seed* breaks in one to six places."""
    r = random.Random(seed)
    kind, content_type, body = WHOLE[list(WHOLE)[seed % len(WHOLE)]]
    ways, often = zip(*_BREAKS, strict=True)
    for way in r.choices(ways, often, k=r.randrange(1, 7)):
        body = way(body, r)
    return kind, content_type, body
