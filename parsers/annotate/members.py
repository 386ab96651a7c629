"""MEMBER: whoever belongs, as a text calls them: "the 42nd Participating State", "a new member of the Group"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from parsers.annotate.items import Item, Kind, put
from parsers.ordinals import find_ordinals
from parsers.regime import RegimeProfile
from parsers.tables import yaml_rules


@lru_cache(maxsize=64)
def _nouns(called: tuple[str, ...], languages: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    table = yaml_rules("annotations.yaml")["members"]
    said = {tuple(n.split()) for language in languages for n in table["nouns"].get(language, ())}
    for name in called:
        words = tuple(name.lower().split())
        said |= {words, (*words[:-1], words[-1].removesuffix("s"))}
    return frozenset(said)


@lru_cache(maxsize=32)
def _words(kind: str, languages: tuple[str, ...]) -> frozenset[str]:
    table = yaml_rules("annotations.yaml")["members"][kind]
    return frozenset(w for language in languages for w in table.get(language, ()))


_ORDINAL = re.compile(r"\d+(?:[-.]?(?:st|nd|rd|th|er|e|ème|eme|[º°ª]|м|й|го|я)|\.)")


def annotate(items: list[Item], text: str, regime: RegimeProfile, languages: tuple[str, ...]) -> None:
    """Put into *items* who is called a member; a member of another body becomes part of that body's name."""
    nouns = _nouns(regime.members_called, languages)
    longest = max(map(len, nouns))
    ordinals = {(m.start, m.end) for m in find_ordinals(text)}
    i = 0
    while i < len(items):
        ahead = tuple(x.low for x in items[i : i + longest])
        size = next((n for n in range(len(ahead), 0, -1) if ahead[:n] in nouns), 0)
        if not size or items[i].kind is not Kind.WORD:
            i += 1
            continue
        i = _absorb(items, i, i + size, ordinals, languages)


def _absorb(
    items: list[Item], at: int, end: int, ordinals: Iterable[tuple[int, int]], languages: tuple[str, ...]
) -> int:
    """Take in the words that belong to the noun from *at* to *end*; where the next item stands."""
    new, full, small = _words("new", languages), _words("full", languages), _words("small", languages)
    traits: set[str] = set()
    noun = " ".join(x.low for x in items[at:end])
    if noun.startswith(("subscribing", "signatory")):
        traits.add("subscribing")
    begin, body = at, None
    spans = tuple(ordinals)
    while begin and at - begin < 7:
        item = items[begin - 1]
        if item.low in new:
            traits.add("new")
        elif item.kind is Kind.NUMBER or any(s <= item.start and item.end <= e for s, e in spans):
            traits.add("numbered" if _is_ordinal(item, spans) else "counted")
        elif item.low == "'s" and begin > 1 and items[begin - 2].kind in (Kind.OWN, Kind.OTHER, Kind.SUBGROUP):
            begin, body = begin - 1, items[begin - 2].kind
        elif item.low == "." and begin > 1 and items[begin - 2].kind is Kind.NUMBER:
            traits.add("numbered")
        elif item.low not in full and item.low not in small:
            break
        begin -= 1
    if any(x.low == "no" for x in items[max(0, begin - 1) : at]):
        traits.add("none")
    while end < len(items) and (
        items[end].low in new or (items[end].low in full and end + 1 < len(items) and items[end + 1].low in new)
    ):
        traits.add("new")
        end += 1
    links = _words("links", languages)
    if end < len(items) and items[end].low in _words("number", languages) and items[end + 1 : end + 2]:
        traits.add("numbered")
        end += 2
    after = end
    while after < len(items) and after - end < 4 and (items[after].low in links or items[after].low in small):
        after += 1
    if after > end and after < len(items) and items[end].low in links:
        behind = items[after]
        if behind.kind in (Kind.OWN, Kind.OTHER, Kind.SUBGROUP):
            body = body or behind.kind
            end = after + 1
        elif items[end].low != "to" and behind.kind is Kind.WORD and behind.low not in _words("family", languages):
            body = Kind.SUBGROUP
    if noun.startswith("adhérent") and "new" not in traits:
        return end
    kind = body if body in (Kind.OTHER, Kind.SUBGROUP) else Kind.MEMBER
    put(items, begin, end, Item(kind, items[begin].start, items[end - 1].end, noun, (), frozenset(traits)))
    return begin + 1


def _is_ordinal(item: Item, spans: tuple[tuple[int, int], ...]) -> bool:
    return _ORDINAL.fullmatch(item.low) is not None or any(s <= item.start and item.end <= e for s, e in spans)
