"""The `follow` and `ignore` patterns: plain words or regular expressions, each match bounded in time.

A pattern of letters, digits, blanks and ``- _ / . ,`` alone is a plain word and is looked for as it stands; anything
else is a regular expression. Both are searched without regard to case.
"""

from __future__ import annotations

import regex

# One match may take this long, whatever the pattern: a link list has thousands of links, and an honest
# pattern needs microseconds for each.
MATCH_SECONDS = 0.1
# Longer addresses and link texts than this are cut before matching; Internet Explorer's old limit of 2,083
# characters is still what site software keeps to.
MATCH_LENGTH = 2_100

_PLAIN = regex.compile(r"[\w\s/.,\-]+")
_LITERAL = regex.compile(r"[A-Za-z0-9/_.\-]")


class UnsafePattern(ValueError):
    """A regular expression that does not parse, or takes too long on a short text."""


def matches(pattern: str, text: str) -> bool:
    """Whether *pattern* is found in *text*, in at most `MATCH_SECONDS`; raises `UnsafePattern` beyond that."""
    text = text[:MATCH_LENGTH]
    if is_plain(pattern):
        return pattern.casefold() in text.casefold()
    try:
        return regex.search(pattern, text, regex.IGNORECASE, timeout=MATCH_SECONDS) is not None
    except TimeoutError:
        raise UnsafePattern(f"the pattern {pattern!r} takes too long to match; remove repeats inside repeats") from None


def is_plain(pattern: str) -> bool:
    """Whether *pattern* is a plain word, to be looked for as it stands."""
    return _PLAIN.fullmatch(pattern) is not None


def check_pattern(pattern: str) -> str:
    """*pattern* itself, when it parses and answers in time on texts made to be hard for it.

    The hard texts are long runs of each character that the pattern names, with an end that cannot match:
    what ``(a+)+$`` and its kin need for exponential time. Raises `UnsafePattern`.
    """
    if not pattern.strip():
        raise UnsafePattern("the pattern is empty; leave the key out to follow every link")
    if is_plain(pattern):
        return pattern
    try:
        regex.compile(pattern, regex.IGNORECASE)
    except regex.error as error:
        raise UnsafePattern(f"the pattern {pattern!r} is not a regular expression ({error})") from None
    runs = sorted({*_LITERAL.findall(pattern), "a", "0", "/"})[:16]
    words = list(regex.findall(r"[A-Za-z0-9]{2,}", pattern))[:8]
    for run in (*runs, *words):
        matches(pattern, run * 60 + "\n!")
        matches(pattern, run * (MATCH_LENGTH // len(run) - 2) + "\n!")
    return pattern
