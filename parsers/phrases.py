"""Many phrases looked for in many texts, at the cost of the few that a page can hold.

Each phrase is a regular expression with some letters that it cannot do without; one pass over the page finds the
lines that hold them, and an expression runs on those lines alone. Texts are lowered once, character by character,
so that spans stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain, groupby
from operator import attrgetter, itemgetter

from parsers.lines import Letters, Lines, lowered
from parsers.remembered import remembered

__all__ = ["Held", "Phrases", "letters_of", "lowered", "lowered_pattern", "needed"]

# What opens a group and is no letter of it: "?:", "?i:", "?-i:".
_FLAGS = re.compile(r"^\?(?:[a-z-]*:|[Pp]<\w+>)")
_QUANTIFIER = re.compile(r"[?*]\??|\{0?,\d*\}\??|\{0\}|\+\??|\{\d+(?:,\d*)?\}\??")
_ESCAPE = re.compile(r"\\.|[^\\]", re.DOTALL)


def lowered_pattern(pattern: str) -> str:
    """The expression for lowered text: ``\\W`` and its like stay what they are."""
    return _ESCAPE.sub(lambda m: m.group() if m.group().startswith("\\") else m.group().lower(), pattern)


def needed(pattern: str) -> tuple[str, ...]:
    """Letters of which any match of the lowered *pattern* holds at least one; ``("",)`` where none can be told."""
    return _letters([_conditions(branch) for branch in _branches(pattern)])


def _letters(branches: Iterable[Sequence[tuple[str, ...]]]) -> tuple[str, ...]:
    """The same of a pattern of whose *branches* the conditions are known."""
    found: list[str] = []
    for options in branches:
        if not options:
            return ("",)
        found.extend(max(options, key=_shortest))
    return tuple(dict.fromkeys(found)) or ("",)


def _conditions(branch: str) -> tuple[tuple[str, ...], ...]:
    """For each part of a *branch* that holds letters at all: those of which any match holds at least one."""
    pieces = list(_pieces(branch))
    runs = "".join([text if kind == "letter" else "\0" for kind, text in pieces]).split("\0")
    options = [(run,) for run in runs] + [needed(inside) for kind, inside in pieces if kind == "group"]
    return tuple(option for option in options if _shortest(option) >= 2)


def _shortest(option: Iterable[str]) -> int:
    return min(map(len, option), default=0)


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
            piece = ("other", "") if looks else ("group", _FLAGS.sub("", inside))
        else:
            i += 1
            piece = ("letter", c) if c not in ".^$" else ("other", "")
        quantifier = _QUANTIFIER.match(branch, i)
        if quantifier:
            i = quantifier.end()
            optional = quantifier.group()[0] in "?*" or quantifier.group().startswith(("{0", "{,"))
            yield ("other", "") if optional or piece[0] == "letter" else piece
            continue
        yield piece


def letters_of(patterns: Iterable[str]) -> Letters:
    """Letters of which any match of one of *patterns*, in small letters, holds at least one.

    Raises ValueError for a pattern of which none can be told.
    """
    runs: list[str] = []
    for pattern in patterns:
        needs = needed(lowered_pattern(pattern))
        if "" in needs:
            raise ValueError(f"no letters can be told that a match of {pattern!r} needs")
        runs.extend(needs)
    return Letters(runs)


# What a phrase may begin with. An expression that begins with letters is found many times faster than one that
# begins with such a condition, so the condition is checked where the letters were found.
_NO_LETTER = r"(?<!\w)"
_EDGES = (_NO_LETTER, r"\b")


class _Phrase:
    """An expression of the kind *label*, the condition that it begins with taken off into `edge`."""

    def __init__(self, label: int, expression: str, branches: Sequence[tuple[tuple[str, ...], ...]]) -> None:
        """*branches* are the conditions of each alternative at the top of *expression*."""
        alone = len(branches) == 1
        self.label = label
        self.edge = next((edge for edge in _EDGES if alone and expression.startswith(edge)), "")
        self.conditions = branches[0] if alone else ()
        self._expression = expression.removeprefix(self.edge)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when a text first holds its letters: most phrases stand on no page."""
        return re.compile(self._expression)

    def may_match(self, low: str) -> bool:
        """Whether lowered text holds the letters of every part: cheaper by far than the expression."""
        for option in self.conditions:
            for run in option:
                if run in low:
                    break
            else:
                return False
        return True

    def search(self, text: str, at: int) -> re.Match[str] | None:
        """The first match in *text* that begins at *at* or later."""
        edge = self.edge
        while match := self.pattern.search(text, at):
            if not edge:
                return match
            begin = match.start()
            letter_before = begin > 0 and _is_letter(text[begin - 1])
            if not letter_before if edge == _NO_LETTER else letter_before != _is_letter(text[begin : begin + 1]):
                return match
            at = begin + 1
        return None

    def every(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in *text*, in order."""
        match = self.search(text, 0)
        while match is not None:
            yield match
            match = self.search(text, max(match.end(), match.start() + 1))


def _is_letter(character: str) -> bool:
    """Whether ``\\w`` matches the character."""
    return character.isalnum() or character == "_"


class Phrases:
    """Phrases of several kinds; `on` gives those that the lines of a page can hold.

    They match small letters; with *as_written*, the text as it stands, by `Held.joined`.
    """

    def __init__(self, *kinds: Iterable[str], as_written: bool = False) -> None:
        self._by_run: dict[str, list[int]] = {}
        self._anywhere: list[int] = []
        self._phrases: list[_Phrase] = []
        for label, patterns in enumerate(kinds):
            for pattern in patterns:
                low = lowered_pattern(pattern)
                branches = [_conditions(branch) for branch in _branches(low)]
                for run in _letters(branches):
                    (self._by_run.setdefault(run, []) if run else self._anywhere).append(len(self._phrases))
                self._phrases.append(_Phrase(label, pattern if as_written else low, branches))
        self._letters = Letters(self._by_run)
        self._with_letters = lru_cache(maxsize=4096)(self._numbers_with)
        self.matches_in = remembered(self._matches_in)
        self.holds = remembered(self._holds)
        self.joined_in = remembered(self._joined_in)

    def on(self, lines: Lines) -> Held:
        """The phrases that each of *lines* may hold."""
        found = self._letters.found(lines)
        if self._anywhere:
            found = {line: found.get(line, frozenset()) for line in range(len(lines))}
        return Held(lines, {line: self._with_letters(runs) for line, runs in found.items()}, self)

    def _numbers_with(self, runs: frozenset[str]) -> tuple[int, ...]:
        """The phrases that a text with the letters of *runs* may hold, by their numbers."""
        return tuple(sorted({*self._anywhere, *chain.from_iterable(map(self._by_run.__getitem__, runs))}))

    def _matches_in(self, text: str, numbers: tuple[int, ...]) -> tuple[tuple[int, re.Match[str]], ...]:
        may = (phrase for phrase in map(self._phrases.__getitem__, numbers) if phrase.may_match(text))
        return tuple((phrase.label, match) for phrase in may for match in phrase.every(text))

    def _holds(self, text: str, numbers: tuple[int, ...], kind: int) -> bool:
        of_kind = (phrase for phrase in map(self._phrases.__getitem__, numbers) if phrase.label == kind)
        return any(phrase.may_match(text) and phrase.search(text, 0) for phrase in of_kind)

    def _joined_in(self, text: str, low: str, numbers: tuple[int, ...]) -> tuple[tuple[int, re.Match[str]], ...]:
        may = [phrase for phrase in map(self._phrases.__getitem__, numbers) if phrase.may_match(low)]
        return tuple(pair for label, of in groupby(may, key=attrgetter("label")) for pair in _leftmost(label, of, text))


class Held:
    """The phrases that the lines of one page may hold, of which the expressions are yet to be tried."""

    def __init__(self, lines: Lines, numbers: dict[int, tuple[int, ...]], phrases: Phrases) -> None:
        self._lines = lines
        self._numbers = numbers
        self._phrases = phrases

    @property
    def lines(self) -> Iterable[int]:
        """The lines that may hold any of the phrases, in order."""
        return self._numbers

    def matches(self, line: int) -> tuple[tuple[int, re.Match[str]], ...]:
        """Every match of every phrase in a line, phrase by phrase, with the number of the phrase's kind."""
        numbers = self._numbers.get(line)
        return self._phrases.matches_in(self._lines.texts[line], numbers) if numbers else ()

    def found_in(self, line: int, kind: int = 0) -> bool:
        """Whether a line holds a phrase of the *kind*."""
        numbers = self._numbers.get(line)
        return numbers is not None and self._phrases.holds(self._lines.texts[line], numbers, kind)

    def joined(self, line: int, text: str) -> tuple[tuple[int, re.Match[str]], ...]:
        """The matches of each kind in a line, written as *text*, kind by kind: those that one expression finds which
        joins the kind's phrases by ``|``, the leftmost first and of equals the first."""
        numbers = self._numbers.get(line)
        return self._phrases.joined_in(text, self._lines.texts[line], numbers) if numbers else ()


def _leftmost(label: int, phrases: Iterable[_Phrase], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    nearest = [(m.start(), at, m, p) for at, p in enumerate(phrases) if (m := p.search(text, 0))]
    while nearest:
        nearest.sort(key=itemgetter(0, 1))
        match = nearest[0][2]
        yield label, match
        end = max(match.end(), match.start() + 1)
        nearest = [
            entry if entry[0] >= end else (m.start(), entry[1], m, entry[3])
            for entry in nearest
            if (m := entry[2] if entry[0] >= end else entry[3].search(text, end))
        ]
