"""Checks of an address as a person wrote it in a declaration."""

from __future__ import annotations

from urllib.parse import urlsplit


def check_web_address(url: str) -> str:
    """*url* itself, when it is an absolute http or https address; else raises `ValueError` with the mend."""
    if any(character.isspace() or ord(character) < 0x20 for character in url):
        raise ValueError(f"{url!r} is not a web address: it has white space in it; write blanks as %20")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{url!r} is not a web address ({error}); correct it") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise ValueError(f"{url!r} is not a web address; begin it with https:// or http://")
    host = parts.hostname
    if not host or host.startswith((".", "-")) or ".." in host or len(host) > 253:
        raise ValueError(f"{url!r} has no host; write https://HOST/PATH")
    if port == 0:
        raise ValueError(f"{url!r} has port 0; leave the port out")
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address may not carry a user name or password; take them out")
    return url


def check_file_address(url: str) -> str:
    """*url* itself, when it is a ``file://`` address or a path without a scheme; else raises `ValueError`."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path:
        return url
    if not parts.scheme and url.strip():
        return url
    raise ValueError(f"{url!r} is not a file; a source of kind file takes a path or file:///PATH")
