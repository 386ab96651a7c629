"""Whether an answer is the page, or only stands in its place: explainable rules over what came."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from msgspec import Struct
from ruamel.yaml import YAML

from fetchers.addresses import is_front_page


class Kind(StrEnum):
    """What an answer is. Only `GOOD` makes a version; the rest is kept with its reason and tells nothing."""

    GOOD = "good"
    BLOCKED = "blocked"
    SOFT_404 = "soft_404"
    MAINTENANCE = "maintenance"
    LOGIN = "login"
    NEEDS_SCRIPT = "needs_script"
    COOKIE_WALL = "cookie_wall"
    PARKED = "parked"
    EMPTY = "empty"
    HTTP_STATUS = "http_status"
    TRUNCATED = "truncated"
    WRONG_DOCUMENT = "wrong_document"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    UNREAD = "unread"


class Verdict(Struct, frozen=True):
    """What an answer is, and by which sign."""

    kind: Kind
    reason: str = ""

    @property
    def good(self) -> bool:
        return self.kind is Kind.GOOD


# A page that says much is the page, whatever words stand in it: substitutes are short (characters of text).
_SHORT = 1500
# With less text than this the build of a page tells more than its words.
_NEXT_TO_NOTHING = 160
# A text that speaks of the subject so often is not doubted for a word that may mean another thing.
_ON_SUBJECT = 3
# What good pages say too, in a banner over their text; a page that stands in their place says little else.
_BANNERS = frozenset((Kind.COOKIE_WALL, Kind.NEEDS_SCRIPT, Kind.LOGIN))
_LITTLE_ELSE = 400
# So few words of a text stood in what its address said before, when it is another document.
_LITTLE_IN_COMMON = 0.3
_LEAST_BEFORE = 200
_SUBJECT = re.compile(
    r"plenary|missile technology|nuclear suppliers|australia group|wassenaar|zangger|hague code|export control|non-?proliferation"
    r"|participating (?:states|governments)|member (?:states|countries)|subscribing states",
    re.IGNORECASE,
)  # fmt: skip
# Headers by which firewalls say themselves that they answered in the page's place.
_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": ""}
_END = b"</html"
_MAIN = re.compile(rb"<main\b[^>]*>(.*?)</main>", re.IGNORECASE | re.DOTALL)
_NO_TEXT = re.compile(rb"<(script|style|noscript|template)\b.*?</\1\s*>|<[^>]*>|&nbsp;|\s+", re.IGNORECASE | re.DOTALL)


class _Rules(NamedTuple):
    titles: re.Pattern[str] | None
    says: re.Pattern[str] | None
    hints: re.Pattern[str] | None
    marks: re.Pattern[str] | None


@cache
def _rules() -> dict[Kind, _Rules]:
    text = files("fetchers").joinpath("substitutes.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = YAML(typ="safe").load(text)
    return {
        Kind(kind): _Rules(*(_any_of(rules.get(name), at) for name, at in _PLACES)) for kind, rules in found.items()
    }


_PLACES = (("titles", r"\s*(?:"), ("says", "(?:"), ("hints", "(?:"), ("marks", "(?:"))


def _any_of(lines: str | None, begin: str) -> re.Pattern[str] | None:
    """A pattern that is any of *lines*."""
    return re.compile(begin + "|".join(lines.splitlines()) + ")", re.IGNORECASE | re.MULTILINE) if lines else None


def ends_early(body: bytes, before: bytes) -> bool:
    """Whether a web page stops before its end, which the page that the address held *before* did not."""
    return not _has_end(body) and _has_end(before)


def _has_end(body: bytes) -> bool:
    # In UTF-16 a zero stands beside each letter.
    return _END in body[-8192:].replace(b"\0", b"").lower()


def classify_redirect(url: str, final_url: str) -> Verdict:
    """A page of its own that leads to the front page of a site is gone, whatever stands there."""
    if is_front_page(final_url) and not is_front_page(url):
        return Verdict(Kind.WRONG_DOCUMENT, f"it leads to the front page {final_url[:200]}")
    return Verdict(Kind.GOOD)


def classify_build(body: bytes, headers: Mapping[str, str], *, text: str = "") -> Verdict:
    """What an answer is by its headers, and by the HTML of a page with next to no *text* of its own."""
    for name, value in _HEADERS.items():
        if name in headers and value in headers[name].lower():
            return Verdict(Kind.BLOCKED, f"its header says {name}: {headers[name][:40]}")
    if len(text) >= _NEXT_TO_NOTHING:
        return Verdict(Kind.GOOD)
    html = body[:200_000].decode("latin-1")
    for kind, rules in _rules().items():
        if rules.marks and (match := rules.marks.search(html)):
            return Verdict(kind, f"it holds {match.group()[:40]!r} and next to no text")
    main = _MAIN.findall(body[:200_000])
    if main and not any(_NO_TEXT.sub(b"", part) for part in main):
        return Verdict(Kind.NEEDS_SCRIPT, "the place for its text is empty")
    if not text and "<script" in html.lower():
        return Verdict(Kind.NEEDS_SCRIPT, "it holds scripts and no text")
    return Verdict(Kind.GOOD)


def classify(*, status: int | None, title: str | None, text: str, previous_text: str | None = None) -> Verdict:
    """What an answer is, by its status, its title, and the readable *text* of its page.

    A short page that speaks as firewalls, error pages, portals and parked domains do is not the page; nor
    is one without words. *previous_text* is what the address last said well: a page that shares next to nothing
    with it, and nothing of the subject, is not believed either.
    """
    if status is not None and status >= 400:
        return Verdict(Kind.HTTP_STATUS, f"answered {status}")
    words = text.split()
    if len(words) < 3 and len(text) < 40:
        return Verdict(Kind.EMPTY, "the page has no words")
    if len(text) < _SHORT and (sign := _sign(title, text)) is not None:
        return sign
    if previous_text and len(previous_text) >= _LEAST_BEFORE and not _SUBJECT.search(text):
        own = set(_words(text))
        if len(own & set(_words(previous_text))) < _LITTLE_IN_COMMON * len(own):
            return Verdict(Kind.WRONG_DOCUMENT, "it shares next to nothing with what the address said before")
    return Verdict(Kind.GOOD)


def _sign(title: str | None, text: str) -> Verdict | None:
    """By which words a short page shows that it is not the page, if it does."""
    about = len(_SUBJECT.findall(text))
    lines = text.splitlines()
    first = lines[0] if len(lines) > 1 else None
    for kind, rules in _rules().items():
        # A page on the subject may begin with a door that stands open beside it: "Log in".
        for heading in filter(None, (title, None if about and kind in _BANNERS else first)):
            if about < _ON_SUBJECT and rules.titles and rules.titles.match(heading):
                return Verdict(kind, f"its title is {heading.strip()[:60]!r}")
    for kind, rules in _rules().items():
        over_a_page = kind in _BANNERS and about and len(text) >= _LITTLE_ELSE
        if not over_a_page and rules.says and (match := rules.says.search(text)):
            return Verdict(kind, f"it says {match.group()[:60]!r}")
    for kind, rules in _rules().items():
        if about < _ON_SUBJECT and rules.hints and (match := rules.hints.search(text)):
            return Verdict(kind, f"it says {match.group()[:60]!r}")
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{4,}", text.lower())
