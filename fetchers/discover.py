"""What an index, a feed or a sitemap lists."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from lxml import etree
from msgspec import Struct

from fetchers.addresses import is_web_address, words_of
from fetchers.errors import FetchError
from sources.patterns import UnsafePattern, matches

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|msclkid|ref|source|cmpid|_ga|session\w*|phpsessid|jsessionid)$", re.IGNORECASE
)
_MORE = re.compile(
    r"^(?:next(?: page)?|older(?: posts| entries)?|›|»|>|>>|\d{1,3}|weiter|suivant|siguiente|more)$", re.IGNORECASE
)
_REFERENCE = re.compile(rb"&#([xX][0-9a-fA-F]+|[0-9]+);?")
_MAX_UNPACKED = 50 * 1024 * 1024


class Discovered(Struct, frozen=True):
    """An address that a source lists, with the words by which it lists it."""

    url: str
    title: str | None = None


class Listing(Struct, frozen=True):
    """What one page of a list holds: documents, further pages of the list, and lists a level below it (nested
    sitemaps, or pages that may be indexes)."""

    found: tuple[Discovered, ...]
    pages: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def canonical_address(url: str) -> str:
    """*url* in the form under which it is known: host in small letters, without fragment, default port and
    tracking parameters. What may be another page (www, a slash, index.php) is left as it is."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower()
    if parts.netloc.rsplit("@", 1)[-1].startswith("["):  # An IPv6 literal is none without its brackets.
        host = f"[{host}]"
    if parts.port is not None and (parts.scheme, parts.port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{parts.port}"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)])
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


def twin_key(url: str) -> str:
    """What two addresses of one page share: without scheme, www, index.php and the slash at the end."""
    parts = urlsplit(canonical_address(url))
    host = parts.netloc.removeprefix("www.")
    path = re.sub(r"/index\.(?:php|html?)(?=/|$)", "", parts.path).rstrip("/")
    return f"{host}{path}?{parts.query}".rstrip("?")


def links_of_index(
    body: bytes,
    base: str,
    *,
    follow: Collection[str] = (),
    ignore: Collection[str] = (),
    selector: str | None = None,
    deeper: bool = False,
) -> Listing:
    """The links of an index page that lead to documents, once each, in the page's order.

    *follow* and *ignore* are words or patterns sought in the address and the words of a link; without
    *follow*, every link of the page's own host outside its menus counts. Links to further pages of the same
    list are given apart; and so, where it goes *deeper*, are those to pages below this one that are not followed:
    they may be indexes themselves, a year's or a topic's.

    Raises `FetchError` for XML, and for a page on which *selector* finds nothing.
    """
    if body.lstrip()[:5] == b"<?xml" and b"<html" not in body[:2000].lower():
        raise FetchError(f"{base}: XML, and no page with links; declare it as a feed or a sitemap")
    soup = _soup(body)
    for furniture in soup.find_all(["nav", "footer"]):
        # One within another has gone with it.
        if not furniture.decomposed and not re.search(
            r"pag", " ".join(map(str, furniture.get_attribute_list("class")))
        ):
            furniture.decompose()
    roots = soup.select(selector) if selector else [soup]
    if not roots:
        raise FetchError(
            f"nothing on the page matches the selector {selector!r}; look at how it is built now and mend the selector"
        )
    found: dict[str, Discovered] = {}
    pages: dict[str, None] = {}
    below: dict[str, None] = {}
    own = canonical_address(base)
    for anchor in (anchor for root in roots for anchor in root.find_all("a", href=True)):
        href = str(anchor["href"]).strip()
        words = words_of(anchor.get_text(" "))
        url = _absolute(base, href)
        if url is None or url == own:
            continue
        if _MORE.match(words) and _is_page_of(url, own):
            pages[url] = None
            continue
        near = words if len(words) > 3 else f"{words} {_heading_near(anchor)}"
        of_site = urlsplit(url).netloc == urlsplit(own).netloc
        if not _chosen(url, near, follow, ignore) or not (follow or of_site):
            if deeper and of_site and urlsplit(url).path.startswith(urlsplit(own).path.rstrip("/") + "/"):
                below[url] = None
            continue
        held = found.get(url)
        if held is None or (not held.title and words):
            found[url] = Discovered(url, words or None)
    return Listing(tuple(found.values()), tuple(pages), tuple(below))


def _soup(page: bytes) -> BeautifulSoup:
    """The tags of a page. An encoding by a name that is none ("utf\\x018") is not tried: its parser would end at it."""
    declared = EncodingDetector.find_declared_encoding(page, is_html=True)
    return BeautifulSoup(page, "lxml", exclude_encodings=[declared] if declared and not declared.isprintable() else [])


def _absolute(base: str, href: str) -> str | None:
    """The web address that *href* means on the page *base*, or None for one that is none ("http://[", "mailto:")."""
    try:
        url = canonical_address(urljoin(base, href))
    except ValueError:
        return None
    return url if is_web_address(url) else None


def _heading_near(anchor: object) -> str:
    parent = getattr(anchor, "parent", None)
    return " ".join(parent.get_text(" ").split())[:200] if parent is not None else ""


def _is_page_of(url: str, own: str) -> bool:
    a, b = urlsplit(url), urlsplit(own)
    return a.netloc == b.netloc and (
        a.path.rstrip("/").startswith(re.sub(r"/page/\d+/?$", "", b.path).rstrip("/")) or a.path == b.path
    )


def entries_of_feed(body: bytes, base: str, *, follow: Collection[str] = (), ignore: Collection[str] = ()) -> Listing:
    """The documents that an Atom or RSS feed lists, in its order. Raises `FetchError` for what is no feed."""
    import feedparser

    if b"<!ENTITY" in body[:20_000]:
        raise FetchError(f"{base}: the feed declares entities of its own; it is not read")
    feed = feedparser.parse(io.BytesIO(_without_bad_references(body)), sanitize_html=True, resolve_relative_uris=True)
    if not feed.get("version") and not feed.entries:
        raise FetchError(f"{base}: not an Atom or RSS feed; declare it with another kind")
    found: dict[str, Discovered] = {}
    for entry in feed.entries:
        link = entry.get("link")
        if not link:
            continue
        if (url := _absolute(base, link)) is None:
            continue
        title = words_of(str(entry.get("title", ""))) or None
        if _chosen(url, title or "", follow, ignore):
            found.setdefault(url, Discovered(url, title))
    return Listing(tuple(found.values()))


def _without_bad_references(feed: bytes) -> bytes:
    """*feed* with each number that is no character ("&#xD800;") replaced as HTML does it; the library that reads feeds
    ends at one. A feed in UTF-16 comes back in UTF-8."""
    if feed[:2] in (b"\xff\xfe", b"\xfe\xff"):
        feed = feed.decode("utf-16", "replace").encode("utf-8-sig", "replace")
    return _REFERENCE.sub(lambda match: match[0] if _is_character(match[1]) else b"&#xFFFD;", feed)


def _is_character(number: bytes) -> bool:
    """Whether the *number* of a reference, such as ``xE9`` or ``233``, is that of a character of XML (XML 1.0, 2.2)."""
    digits, base = (number[1:], 16) if number[:1] in b"xX" else (number, 10)
    if len(digits.lstrip(b"0")) > 7:
        return False
    code = int(digits, base)
    return code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF


def entries_of_sitemap(
    body: bytes, base: str, *, follow: Collection[str] = (), ignore: Collection[str] = ()
) -> Listing:
    """The documents that a sitemap lists, and the sitemaps it nests. Raises `FetchError` for what is none."""
    if body[:2] == b"\x1f\x8b":
        try:
            with gzip.open(io.BytesIO(body)) as packed:
                body = packed.read(_MAX_UNPACKED + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise FetchError(f"{base}: the sitemap's compression is broken; fetch it again") from error
        if len(body) > _MAX_UNPACKED:
            raise FetchError(f"{base}: the sitemap unpacks to more than {_MAX_UNPACKED} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise FetchError(f"{base}: not a sitemap ({error.msg}); declare it with another kind") from error
    nested = etree.QName(root).localname == "sitemapindex"
    locations = [
        url
        for element in root.iter("{*}loc")
        if isinstance(element.text, str) and element.text.strip() and (url := _absolute(base, element.text.strip()))
    ]
    if nested:
        return Listing((), below=tuple(dict.fromkeys(locations)))
    return Listing(tuple(Discovered(url) for url in dict.fromkeys(locations) if _chosen(url, "", follow, ignore)))


def _chosen(url: str, words: str, follow: Collection[str], ignore: Collection[str]) -> bool:
    """Whether a link is followed by its address or its words. Raises `FetchError` for a pattern that takes too long."""
    try:
        if any(matches(pattern, url) or matches(pattern, words) for pattern in ignore):
            return False
        return not follow or any(matches(pattern, url) or matches(pattern, words) for pattern in follow)
    except UnsafePattern as error:
        raise FetchError(str(error)) from error
