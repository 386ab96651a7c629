"""CHAIR: who presides over a body, and the office, as texts call them: "the outgoing Finnish Chair of the Group".

A president is a CHAIR where the text says of what body, a PRESIDENT where it says nothing, and neither where it is a
state's. The chair of another body, or of a part of this one, becomes part of that body's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from parsers.annotate.items import Item, Kind, covered, put
from parsers.countries import NameMatch, country_of_demonym
from parsers.tables import yaml_rules

_BODIES = frozenset((Kind.OWN, Kind.OTHER, Kind.SUBGROUP))
_YEARS = frozenset((Kind.DATE, Kind.NUMBER))
# Behind a meeting they begin the rest of a body's name: "Conference on Disarmament".
_NAMED_BY = frozenset(("on", "of", "sur", "sobre", "du", "des", "del", "für", "по"))
_GROUPS = frozenset(("group", "groupe", "gruppe", "grupo", "gruppo", "regime"))
_OF_OFFICE = frozenset(("outgoing", "incoming", "joint", "acting"))
_JOINS_YEARS = frozenset("-–/")


@lru_cache(maxsize=256)
def _words(kind: str, languages: tuple[str, ...]) -> frozenset[str]:
    table = yaml_rules("annotations.yaml")["presiding"][kind]
    return frozenset(w for language in languages for w in table.get(language, ()))


def set_apart(items: list[Item], mentions: Sequence[NameMatch]) -> None:
    """Take the capitals off states, the words for those who preside, and those for meetings that stand alone: "Chair of
    the Group" and "opened the Conference" name no body."""
    for i, item in enumerate(items):
        body, hyphen, office = item.low.rpartition("-")
        compound = (
            hyphen and item.kind is Kind.WORD and office in _words("functions", ("de",)) | _words("nouns", ("de",))
        )
        if compound and body not in _words("prefixes", ("de",)):
            # "NSG-Vorsitz".
            at = item.start + len(body)
            spelt = item.traits | {"capital"}
            items[i : i + 1] = [
                Item(Kind.WORD, item.start, at, body, (), spelt),
                Item(Kind.WORD, at + 1, item.end, office),
            ]
    inside = {i for m in mentions for i in range(*(covered(items, m.start, m.end) or (0, 0)))}
    for i, item in enumerate(items):
        alone = item.low in _meetings() and not (i + 1 < len(items) and items[i + 1].low in _NAMED_BY)
        if (item.low in _every() or i in inside or alone) and item.kind is Kind.WORD:
            items[i] = item._replace(traits=item.traits - {"capital"})


@cache
def _meetings() -> frozenset[str]:
    families = yaml_rules("annotations.yaml")["presiding"]["family"]
    return frozenset(w for said in families.values() for w in said) - _GROUPS


@cache
def _articles() -> frozenset[str]:
    """The words that begin a statement on an office where "Chair of the Group" alone is an apposition."""
    return frozenset(w for said in yaml_rules("clauses.yaml")["determiners"].values() for w in said)


@cache
def _every() -> frozenset[str]:
    table = yaml_rules("annotations.yaml")["presiding"]
    return frozenset(w for kind in ("nouns", "functions", "presidents") for said in table[kind].values() for w in said)


def annotate(items: list[Item], languages: tuple[str, ...]) -> None:
    """Put the offices of those who preside into *items*."""
    nouns, functions, presidents = (_words(kind, languages) for kind in ("nouns", "functions", "presidents"))
    i = 0
    while i < len(items):
        low = items[i].low
        is_office = items[i].kind is Kind.WORD and (low in nouns or low in functions or low in presidents)
        i = _Office(items, i, languages).put() if is_office and not _is_verb(items, i) else i + 1


def _is_verb(items: list[Item], i: int) -> bool:
    """True if a word that is noun and verb is a verb: "will chair", "Norway chairs the Group"."""
    if items[i].low not in ("chair", "chairs", "co-chair", "co-chairs"):
        return False
    before = items[i - 1] if i else None
    behind = items[i + 1] if i + 1 < len(items) else None
    if before is None or behind is None:
        return False
    if before.low in yaml_rules("annotations.yaml")["presiding"]["verb_after"]:
        return before.low != "and" or behind.low in ("the", "it")
    actor = before.kind in (Kind.PERSON, Kind.COUNTRIES) or before.low in ("currently", "now")
    return actor and (behind.low in ("the", "this", "it", "its", "a", "our") or behind.kind in _BODIES)


class _Office:
    """An office that is being put together around its noun."""

    def __init__(self, items: list[Item], at: int, languages: tuple[str, ...]) -> None:
        self._items, self._at, self._languages = items, at, languages
        self.begin, self.end = at, at + 1
        self.traits: set[str] = set()
        self.body: Kind | None = None
        self.names: tuple[NameMatch, ...] = ()

    def put(self) -> int:
        """Put the office into the items; where the next item stands."""
        items, low = self._items, self._items[self._at].low
        is_president = low in _words("presidents", self._languages)
        if low in _words("functions", self._languages):
            self.traits.add("function")
        if low.endswith(("-designate", "-elect")):
            self.traits.add("incoming")
        if low.startswith(("co", "со")) or (self._items[self._at - 1 : self._at] and items[self._at - 1].low == "co"):
            self.traits.add("joint")
        self._take_behind()
        self._take_before()
        if self.names:
            self.traits.add("state")
        if items[self.begin].low not in _articles():
            self.traits.add("bare")
        kind = Kind.CHAIR
        if self.body in (Kind.OTHER, Kind.SUBGROUP):
            kind = self.body
        elif is_president and self.body is None and not self.traits & _OF_OFFICE:
            kind = Kind.WORD if self.names or self._is_of_a_state() else Kind.PRESIDENT
        if kind is Kind.WORD or (items[self.end : self.end + 1] and items[self.end].low == "'s" and not self.names):
            return self._at + 1
        start, end = items[self.begin].start, items[self.end - 1].end
        put(items, self.begin, self.end, Item(kind, start, end, low, self.names, frozenset(self.traits)))
        return self.begin + 1

    def _is_of_a_state(self) -> bool:
        links = _words("links", self._languages)
        return self.end < len(self._items) and self._items[self.end].low in links

    def _date(self, item: Item) -> None:
        """Note the year that an office is held in as one of its traits."""
        if item.kind is Kind.DATE:
            self.traits.add(item.low[-4:])

    def _mark(self, item: Item) -> bool:
        """Note what a word says of the office; whether it says anything."""
        for trait in ("outgoing", "former", "incoming", "joint", "acting"):
            if item.low in _words(trait, self._languages):
                self.traits.add(trait)
                return True
        return item.low in _words("parts", self._languages) and item.kind in (Kind.WORD, Kind.MARK)

    def _demonym(self, low: int, high: int) -> bool:
        said = self._items[low:high]
        if self.names or not all(w.kind is Kind.WORD for w in said):
            return False
        code = country_of_demonym(" ".join(w.low for w in said))
        if code is None:
            return False
        self.names = (NameMatch(said[0].start, said[-1].end, code, " ".join(w.low for w in said)),)
        return True

    def _take_behind(self) -> None:
        items, links, family = self._items, _words("links", self._languages), _words("family", self._languages)
        small = _words("parts", self._languages) | links | _words("acting", self._languages)
        while self.end < len(items):
            item = items[self.end]
            if item.kind is Kind.OWN:
                self.body = self.body or Kind.OWN
            elif item.kind in (Kind.OTHER, Kind.SUBGROUP) and item.low not in ("ms",):
                self.body = self.body or item.kind
            elif item.kind in _YEARS:
                self._date(item)
            elif item.low in _JOINS_YEARS and self.end + 1 < len(items) and items[self.end + 1].kind in _YEARS:
                pass
            elif item.low in _words("designate", self._languages):
                self.traits.add("incoming")
            elif item.kind is Kind.WORD and "capital" not in item.traits and self._demonym(self.end, self.end + 1):
                pass
            elif item.low in links:
                after = self.end + 1
                while after < len(items) and after - self.end < 5:
                    if items[after].kind not in (Kind.WORD, Kind.MARK) or items[after].low not in small:
                        break
                    after += 1
                behind = items[after] if after < len(items) else None
                if behind is None:
                    return
                if behind.kind in _BODIES:
                    self.body = self.body or behind.kind
                elif behind.kind is Kind.WORD and behind.low not in family:
                    if item.low in ("for", "in", "für", "в", "на", "no", "na", "en", "pour", "para", "im"):
                        return
                    if self._at + 1 == self.end or self.body is None:
                        self.body = self.body or Kind.SUBGROUP
                    return
                elif behind.kind in _YEARS:
                    self._date(behind)
                elif behind.low not in family:
                    return
                self.end = after
            elif not (
                item.kind is Kind.WORD
                and item.low not in ("the", "a", "its", "der", "den", "el", "la", "o", "il")
                and self._mark(item)
            ):
                return
            self.end += 1

    def _take_before(self) -> None:
        items = self._items
        while self.begin:
            item = items[self.begin - 1]
            before = items[self.begin - 2] if self.begin > 1 else None
            if item.kind is Kind.OWN:
                self.body = self.body or Kind.OWN
            elif item.kind in (Kind.OTHER, Kind.SUBGROUP):
                self.body = self.body or item.kind
            elif item.kind in _YEARS:
                self._date(item)
            elif (item.low in _JOINS_YEARS and before is not None and before.kind in _YEARS) or (
                item.low == "'s" and before is not None and before.kind in _BODIES
            ):
                pass
            elif item.low == "'s" and before is not None and before.kind is Kind.COUNTRIES and not self.names:
                self.names = before.names
                self.begin -= 1
            elif (
                item.low == "'s"
                and before is not None
                and before.low in ("year", "plenary", "regime", "meeting", "organization", "organisation", "body")
            ):
                pass
            elif item.kind is Kind.COUNTRIES and not self.names and self._is_joint_pair():
                self.names = item.names
            elif (
                (item.low == "-" and before is not None and before.low == "co")
                or self._mark(item)
                or self._demonym(self.begin - 1, self.begin)
            ):
                pass
            elif self.begin > 1 and self._demonym(self.begin - 2, self.begin):
                self.begin -= 1
            else:
                return
            self.begin -= 1

    def _is_joint_pair(self) -> bool:
        """True if the states right before the noun are those that preside: "the joint Malta-Cyprus Chairmanship"."""
        before = self._items[max(0, self.begin - 3) : self.begin - 1]
        return any(x.low in _words("joint", self._languages) or x.low == "the" for x in before)
