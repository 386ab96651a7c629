"""Addresses as text: which can be asked for, and whose they are."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_FRONT = re.compile(
    r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2})?)/?)?(?:(?:index|home|default|start)(?:\.\w{1,5})?/?)?", re.IGNORECASE
)


def is_web_address(url: str) -> bool:
    """Whether *url* is an address of http or https with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


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
