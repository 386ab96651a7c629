"""Many phrases looked for in many texts, at the cost of the few that a page can hold.

Each phrase is a regular expression with some letters that it cannot do without; one ``in`` on the whole page rules
most phrases out before any expression runs. Texts are lowered once, character by character, so that spans stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_ESCAPE = re.compile(r"\\.|[^\\]", re.DOTALL)


def lowered(text: str) -> str:
    """*text* in lower case, each character where it was."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def lowered_pattern(pattern: str) -> str:
    """The expression for lowered text: ``\\W`` and its like stay what they are."""
    return _ESCAPE.sub(lambda m: m.group() if m.group().startswith("\\") else m.group().lower(), pattern)


def needed(pattern: str) -> tuple[str, ...]:
    """Letters of which any match of the lowered *pattern* holds at least one; ``("",)`` where none can be told."""
    found: list[str] = []
    for branch in _branches(pattern):
        runs = _runs(branch)
        best = max(runs, key=len, default="")
        if len(best) < 2:
            inner = [needed(group) for group in _groups(branch)]
            usable = [option for option in inner if all(len(word) >= 2 for word in option)]
            if not usable:
                return ("",)
            found.extend(max(usable, key=lambda option: min(map(len, option))))
        else:
            found.append(best)
    return tuple(dict.fromkeys(found)) or ("",)


def _branches(pattern: str) -> Iterator[str]:
    """The alternatives at the top of a pattern."""
    depth, begin, i, in_set = 0, 0, 0, False
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            i += 2
            continue
        in_set = (c == "[" and not in_set) or (in_set and c != "]")
        depth += 0 if in_set else (c == "(") - (c == ")")
        if c == "|" and not depth and not in_set:
            yield pattern[begin:i]
            begin = i + 1
        i += 1
    yield pattern[begin:]


def _pieces(branch: str) -> Iterator[tuple[str, str]]:
    """The parts of a branch: ("group", inside), ("letter", c) or ("other", …), those that need not be left out."""
    i = 0
    while i < len(branch):
        c, start = branch[i], i
        if c == "\\":
            i += 2
            piece = ("other", "") if branch[start + 1].isalnum() else ("letter", branch[start + 1])
        elif c == "[":
            i = branch.index("]", i + 2) + 1
            piece = ("other", "")
        elif c == "(":
            depth = 0
            while True:
                if branch[i] == "\\":
                    i += 1
                else:
                    depth += (branch[i] == "(") - (branch[i] == ")")
                i += 1
                if not depth:
                    break
            inside = branch[start + 1 : i - 1]
            looks = inside.startswith(("?=", "?!", "?<"))
            piece = ("other", "") if looks else ("group", inside.removeprefix("?:"))
        else:
            i += 1
            piece = ("letter", c) if c not in ".^$" else ("other", "")
        quantifier = re.compile(r"[?*]\??|\{0?,\d*\}\??|\{0\}|\+\??|\{\d+(?:,\d*)?\}\??").match(branch, i)
        if quantifier:
            i = quantifier.end()
            optional = quantifier.group()[0] in "?*" or quantifier.group().startswith(("{0", "{,"))
            yield ("other", "") if optional or piece[0] == "letter" else piece
            continue
        yield piece


def _runs(branch: str) -> list[str]:
    return re.split("\0+", "".join(text if kind == "letter" else "\0" for kind, text in _pieces(branch)))


def _groups(branch: str) -> list[str]:
    return [inside for kind, inside in _pieces(branch) if kind == "group"]


class _Phrase(NamedTuple):
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


def _held(needs: tuple[str, ...], text: str) -> bool:
    # A loop, for it runs a hundred times a sentence: a generator within any() costs thrice as much.
    for word in needs:  # noqa: SIM110
        if word in text:
            return True
    return False


class Phrases:
    """A set of phrases; `on` gives those that a text can hold at all."""

    def __init__(self, patterns: Iterable[str]) -> None:
        low = [lowered_pattern(pattern) for pattern in patterns]
        self._phrases = tuple(_Phrase(needed(p), re.compile(p)) for p in low)

    def __bool__(self) -> bool:
        return bool(self._phrases)

    @classmethod
    def of(cls, phrases: tuple[_Phrase, ...]) -> Phrases:
        """The set of these phrases."""
        made = cls(())
        made._phrases = phrases
        return made

    def on(self, text: str) -> Phrases:
        """The phrases that lowered *text* may hold."""
        return Phrases.of(tuple(p for p in self._phrases if _held(p.needs, text)))

    def found_in(self, text: str) -> bool:
        """Whether lowered *text* holds one of the phrases."""
        return any(_held(p.needs, text) and p.pattern.search(text) for p in self._phrases)

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Every match of every phrase in lowered *text*, phrase by phrase."""
        for phrase in self._phrases:
            if _held(phrase.needs, text):
                yield from phrase.pattern.finditer(text)
