"""A sentence's items as clauses, each with a subject of its own.

What is said beside the main clause comes out of it first: a relative clause takes the state before it as its subject
("Chad, which had applied, was admitted" is two clauses of Chad), an apposition too. A predicate that an "and" joins to
another inherits its subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from parsers.annotate.items import Item, Kind
from parsers.tables import yaml_rules

Clause = tuple[Item, ...]

# Who acts.
ACTORS = frozenset((Kind.COUNTRIES, Kind.PERSON))
_LONGEST_ASIDE = 24
_MOST = 24


def clauses(items: Sequence[Item], languages: tuple[str, ...]) -> tuple[Clause, ...]:
    """The clauses of a sentence in the order in which they begin."""
    found: list[Clause] = []
    for part in _parts(items):
        asides: list[Clause] = []
        main = _without_asides(part, languages, asides)
        found.extend((tuple(main), *asides, *_conjoined(main, languages)))
    return tuple(clause for clause in found if clause)[:_MOST]


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The parts between semicolons."""
    part: list[Item] = []
    for item in items:
        if item.low == ";":
            yield part
            part = []
        else:
            part.append(item)
    yield part


@lru_cache(maxsize=32)
def _words(kind: str, languages: tuple[str, ...]) -> frozenset[str]:
    """The words of *kind*: those that join and that begin relative clauses stand among the words of joining."""
    joining = yaml_rules("joining.yaml")
    if kind in ("relative", "and"):
        return frozenset(w for language in languages for w in joining.get(language, {}).get(kind, ()))
    return frozenset(w for language in languages for w in yaml_rules("clauses.yaml")[kind].get(language, ()))


def _without_asides(part: list[Item], languages: tuple[str, ...], asides: list[Clause]) -> list[Item]:
    """*part* without its relative clauses and appositions, which are added to *asides* with their subject."""
    relative, determiners = _words("relative", languages), _words("determiners", languages)
    companions = _words("companions", languages)
    main: list[Item] = []
    # The last of them that is no mark.
    subject: Item | None = None
    closings = _closings(part)
    i = 0
    while i < len(part):
        item = part[i]
        comma = item.low == "," or item.low in ("–", "—", "-")
        behind = part[i + 1] if comma and i + 1 < len(part) else item
        after = i + 2 if comma else i + 1
        if main and main[-1].kind is not Kind.MARK:
            subject = main[-1]
        states = subject is not None and subject.kind in ACTORS and main and main[-1] is subject
        if subject is None or not main or not (comma or states):
            main.append(item)
            i += 1
            continue
        end = closings[after]
        closed = end < len(part)
        if behind.low in relative and behind.kind is Kind.WORD and (states or closed):
            aside = (subject, *part[after:end])
            asides.extend((aside, *_conjoined(aside, languages)))
            i = end + 1 if closed else end
            continue
        if comma and states and closed and end - after < _LONGEST_ASIDE:
            inside = part[i + 1 : end]
            if behind.low in companions:
                i = end + 1
                continue
            if behind.kind is Kind.CHAIR:
                main.append(item)
                i += 1
                continue
            if behind.kind is Kind.MEMBER:
                asides.append((subject, *part[i:end]))
                i = end + 1
                continue
            if behind.low in determiners and not any(x.kind is Kind.MEMBER for x in inside):
                i = end + 1
                continue
        main.append(item)
        i += 1
    return main


def _closings(part: Sequence[Item]) -> list[int]:
    """The end of an aside that begins at each of the items, and behind the last: its comma, or the sentence's end."""
    ends = [len(part)] * (len(part) + 2)
    for i in reversed(range(len(part))):
        closes = part[i].low in (",", "–", "—") and not _lists(part, i)
        ends[i] = i if closes else len(part) if part[i].low in (".", ":") else ends[i + 1]
    return ends


def _lists(part: Sequence[Item], i: int) -> bool:
    return i + 1 < len(part) and part[i - 1].kind is Kind.COUNTRIES and part[i + 1].kind is Kind.COUNTRIES


def _conjoined(main: Sequence[Item], languages: tuple[str, ...]) -> Iterator[Clause]:
    """The predicates behind an "and", with the states that are the subject of the first."""
    conjunctions = _words("and", languages) | _words("but", languages) | {":"}
    governing = _words("governing", languages)
    first = next((i for i, item in enumerate(main) if item.kind in ACTORS), None)
    if first is None or first > 3:
        return
    for i in range(first + 2, len(main) - 1):
        # "opened it on behalf of B and was chairman": A was.
        beside = main[i].kind is Kind.PERSON and main[i - 1].low in governing
        if main[i].kind in ACTORS and not beside:
            return
        if main[i].low in conjunctions and main[i + 1].kind is Kind.WORD:
            yield (main[first], *main[i + 1 :])
