"""Addresses as text: which can be asked for, and whose they are."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_FRONT = re.compile(
    r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2})?)/?)?(?:(?:index|home|default|start)(?:\.\w{1,5})?/?)?", re.IGNORECASE
)
# Half a pair of UTF-16 ("&#xD800;" in a feed) and control characters: no database and no request takes all of them.
_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def is_web_address(url: str) -> bool:
    """Whether *url* is an address of http or https with a host, in characters that can be sent and kept."""
    if _BROKEN.search(url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def words_of(text: str) -> str:
    """*text* from outside on one line, each character that cannot be kept replaced (U+FFFD)."""
    return _BROKEN.sub("\ufffd", " ".join(text.split()))


def joined(base: str, target: str) -> str:
    """*target* as seen from *base*; one that is no address stays as it is."""
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def without_user(url: str) -> str:
    """*url* without the user name and password that it may carry: they are neither sent nor kept."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1])) if "@" in parts.netloc else url


def host_of(url: str) -> str:
    """The host of *url* with its port where it names one, in small letters."""
    return urlsplit(url).netloc.rsplit("@", 1)[-1].lower()


def is_front_page(url: str) -> bool:
    """Whether *url* is where a site begins: its root, its index, or the root of one of its languages."""
    return _FRONT.fullmatch(urlsplit(url).path) is not None and not urlsplit(url).query
