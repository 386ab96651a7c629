"""Addresses of databases and archives as they may be shown: without the words that open them."""

from __future__ import annotations

import re
from urllib.parse import unquote, unquote_plus

_HIDDEN = "***"
# What keys of secrets are made of, in a query (``?password=``, ``sslpassword``) and in libpq's own form.
_KEYS = r"pass|pwd|secret|token|credential|access_?key|api_?key"
_IS_SECRET = re.compile(_KEYS, re.IGNORECASE)
# A value goes on to the next ``&key=``: what is written after a bare & is part of a password that should have been quoted.
_IN_QUERY = re.compile(r"([?&;])([^=&;?\s]+)=(.*?)(?=[&;][^=&;\s]+=|\Z)", re.DOTALL)
_IN_WORDS = re.compile(rf"((?:\b|_)\w*(?:{_KEYS})\w*\s*=\s*)('(?:\\.|[^'\\])*'?|[^\s&;]+)", re.IGNORECASE)
# A password goes on to the last @, for it may hold an @ or a / that should have been quoted; where there is none, what
# stands in a port's place and is no number is one.
_OF_USER = re.compile(r"^([^:/?\[]*:)(.*)(?=@)|^([^:/?\[]*:)(?!\d*(?:[/?]|\Z))([^/?]+)", re.DOTALL)
# A secret that is shorter than this is left in other words: hiding it would hide those.
_SHORT = 3


def masked(address: str) -> str:
    """*address* with ``***`` for each password in it, whatever its form: a URL's, in its query, or libpq's words."""
    return _parted(address)[0]


def without_secrets(text: str, address: str) -> str:
    """*text*, such as a driver's words, without the address's passwords, as they are written there or meant."""
    text = text.replace(address, masked(address)) if address else text
    found = {form(secret) for secret in _parted(address)[1] for form in (str, unquote, unquote_plus)}
    # Of a password that was not quoted a driver may repeat a part.
    found |= {part for secret in found for part in re.split(r"[@/?#&;:]", secret)}
    for secret in sorted(found, key=len, reverse=True):
        if len(secret) >= _SHORT:
            text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", _HIDDEN, text)
    return text


def _parted(address: str) -> tuple[str, list[str]]:
    """*address* masked, and the secrets that it held."""
    secrets: list[str] = []

    def in_query(match: re.Match[str]) -> str:
        if not _IS_SECRET.search(unquote(match[2])):
            return match[0]
        secrets.append(match[3])
        return f"{match[1]}{match[2]}={_HIDDEN}"

    def in_words(match: re.Match[str]) -> str:
        secrets.append(match[2].strip("'"))
        return match[1] + _HIDDEN

    def of_user(match: re.Match[str]) -> str:
        secrets.append(match[2] or match[4] or "")
        return (match[1] or match[3]) + _HIDDEN

    scheme, mark, rest = address.partition("://") if "://" in address else ("", "", address)
    rest = _IN_WORDS.sub(in_words, _IN_QUERY.sub(in_query, rest))
    return scheme + mark + _OF_USER.sub(of_user, rest), [secret for secret in secrets if secret != _HIDDEN]
