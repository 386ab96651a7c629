"""NUMBER and COUNT: what a sentence counts: "35", "the 35 Partners", "a 34-nation body", "the 42nd participant"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from parsers.annotate.bodies import names_of
from parsers.annotate.items import Item, Kind, covered, put
from parsers.names import name_key
from parsers.ordinals import NumberMatch, find_numbers
from parsers.regime import RegimeProfile
from parsers.tables import yaml_rules

_PLAIN = (Kind.WORD, Kind.NUMBER, Kind.MARK)
_MARKS = ("-", "*", "'s")
_BRACKETS = {"(": ")", "[": "]"}
# So many items may stand between a number and the noun that it counts.
_MODIFIERS = 6
# In scripts without blanks the noun stands glued to its number.
_UNSPACED = re.compile(r"\s?(?:个(?:参加国|国家|成员|参与国|缔约国)|(?:か|カ|ヶ|ヵ)国|개\s?(?:회원)?국)")


class _Nouns:
    """The words of a kind, of which some stand with ``*`` for any beginning or ending."""

    def __init__(self, listed: Sequence[str]) -> None:
        self._whole = frozenset(word for word in listed if "*" not in word)
        self._beginnings = tuple(word[:-1] for word in listed if word[-1] == "*" != word[0])
        self._endings = tuple(word[1:] for word in listed if word[0] == "*" != word[-1])
        self._within = tuple(word[1:-1] for word in listed if word[0] == word[-1] == "*")

    def __contains__(self, word: str) -> bool:
        if word in self._whole or word.startswith(self._beginnings) or word.endswith(self._endings):
            return True
        return any(part in word for part in self._within)


@lru_cache(maxsize=8)
def _nouns(kind: str) -> _Nouns:
    return _Nouns([word for listed in yaml_rules("annotations.yaml")["counts"][kind].values() for word in listed])


def annotate(items: list[Item], text: str, regime: RegimeProfile) -> None:
    """Put into *items* the numbers, their values in `low`, and with them what they count of states or members: as
    "members" where the noun is one of belonging, "rank" where it is one of them, "compound" in "34-nation". A number
    is "closed" where nothing else that it may count stands behind it."""
    nouns, names = _words_of(regime)
    at = 0
    for number in find_numbers(text):
        if text[number.start].isupper() and number.ordinal and text[number.start : number.end].isupper():
            # Roman numerals count meetings.
            continue
        place = covered(items, number.start, number.end)
        if place is None or place[0] < at or any(item.kind not in _PLAIN for item in items[slice(*place)]):
            continue
        if items[place[0]].start < number.start:
            # Glued to a word before it: "现有35".
            head = items[place[0]]
            items.insert(place[0], head._replace(end=number.start, low=text[head.start : number.start].lower()))
            place = (place[0] + 1, place[1] + 1)
        _put_number(items, text, place, number)
        at = place[0] + 1
        _put_count(items, place[0], nouns, names)


@lru_cache(maxsize=64)
def _words_of(regime: RegimeProfile) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns that *regime* calls its members by, and the words of its names."""
    nouns = frozenset(name_key(name).rpartition(" ")[2] for name in regime.members_called)
    return nouns, frozenset(w for listed in names_of(regime).whole.values() for name in listed for w in name)


def value_span(text: str, item: Item) -> tuple[int, int]:
    """The characters of the number in a NUMBER or a COUNT of *text*."""
    return next((n.start, n.end) for n in find_numbers(text) if item.start <= n.start < item.end)


def _put_number(items: list[Item], text: str, place: tuple[int, int], number: NumberMatch) -> None:
    """Put *number* in the place of its items; what is glued to its end becomes items of its own."""
    last = items[place[1] - 1]
    behind: list[Item] = []
    kind, end = Kind.NUMBER, number.end
    if last.end > number.end:
        glued = text[number.end : last.end]
        word = glued.lstrip("-‐‑–")
        begin = last.end - len(word)
        if begin > number.end:
            behind.append(Item(Kind.MARK, number.end, begin, "-"))
        if word:
            behind.append(Item(Kind.WORD, begin, last.end, word.lower()))
    elif unspaced := _UNSPACED.match(text, number.end):
        kind, end = Kind.COUNT, unspaced.end()
        while place[1] < len(items) and items[place[1]].start < end:
            place = (place[0], place[1] + 1)
    traits = {"rank"} if number.ordinal else set[str]()
    if kind is Kind.COUNT:
        traits.add("members")
    found = Item(kind, number.start, end, str(number.value), (), frozenset(traits))
    items[place[0] : place[1]] = [found, *behind]
    if kind is Kind.NUMBER and _is_closed(items, place[0] + 1):
        items[place[0]] = found._replace(traits=found.traits | {"closed"})


def _is_closed(items: Sequence[Item], behind: int) -> bool:
    """True if no noun stands behind a number."""
    if behind >= len(items):
        return True
    item = items[behind]
    if item.kind is Kind.MARK:
        return item.low in (",", ".", ";", ":", ")", "(", "–", "—", "!")
    return item.kind is Kind.WORD and item.low in _nouns("behind")


def _put_count(items: list[Item], at: int, own: frozenset[str], names: frozenset[str]) -> None:
    """Put a COUNT in the place of the number at *at* where what it counts stands behind it."""
    number = items[at]
    end = _counted(items, at + 1, own, names) if number.kind is Kind.NUMBER else 0
    if not end:
        return
    traits = {*number.traits, "closed"}
    said = [item.low for item in items[at + 1 : end]]
    if any(word in _nouns("members") or name_key(word) in own for word in said):
        traits.add("members")
    if end - at == 3 and said[0] == "-":
        traits.add("compound")
    put(items, at, end, Item(Kind.COUNT, number.start, items[end - 1].end, number.low, (), frozenset(traits)))


def _counted(items: Sequence[Item], start: int, own: frozenset[str], names: frozenset[str]) -> int:
    """The end of the words of what is counted, from *start* on; 0 where no noun ends them."""
    end, i = 0, start
    while i < len(items) and i - start < _MODIFIERS:
        word = items[i].low
        if word in _BRACKETS and i + 2 < len(items) and items[i + 2].low == _BRACKETS[word]:
            i += 3
            continue
        if word in _nouns("nouns") or name_key(word) in own:
            end = i + 1
        elif not (
            word in _nouns("members")
            or word in _nouns("modifiers")
            or word in _MARKS
            or ("capital" in items[i].traits and word in names)
        ):
            break
        i += 1
    return end
