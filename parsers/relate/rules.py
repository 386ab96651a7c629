"""The rules of a field, read from ``rules/*.yaml`` and checked: a mistake is refused with file and line.

A file has `about`, the kinds of item that its relations are about (states where it says nothing), `classes` (words of
one meaning, by language), `relations`, each with the patterns that state it, `unless` (classes of words that keep a
relation from being stated where they stand before it) and `words` that a field asks for. A pattern is a row of elements parted by blanks: a kind of item in capitals (``MEMBER+new`` with a trait), ``~class``,
``word|word`` (lemmas), ``..`` or ``..3`` (a gap), ``?x`` (x or nothing), ``!x`` (not x next), ``END``; ``role=KIND``
gives what stands there a role. HOLDER stands for a person or states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from parsers.annotate.items import Kind
from parsers.rules_file import LANGUAGES, RulesFile, packaged

# Words of fewer letters are small.
_RARE = 4
# As many items an unnumbered gap may hold.
GAP = 8
_ELEMENT = re.compile(r"(?P<not>!)?(?P<maybe>\?)?(?:(?P<role>[a-z_]+)=)?(?P<rest>\S+)")
_ALIASES = {"HOLDER": (Kind.PERSON, Kind.COUNTRIES)}

# Classes of small words, on which no relation rests.
_SMALL = frozenset(("~be", "~as", "~of", "~to"))
# The kinds of an office, by which a pattern without words is found.
_OFFICES = frozenset((Kind.CHAIR, Kind.PRESIDENT))

# A row of lemmas; None is a gap inside a class's words ("treten .. bei").
Words = tuple[str | None, ...]


class Row(NamedTuple):
    """What follows the first lemma of a row, and the place of the row among those of its element."""

    place: int
    words: Words


class Element(NamedTuple):
    """One element of a pattern. `kinds` with `traits`, or `words` by language and first lemma; `gap` items may be
    passed over first."""

    kinds: frozenset[Kind] = frozenset()
    traits: frozenset[str] = frozenset()
    words: Mapping[str, Mapping[str, tuple[Row, ...]]] = {}
    gap: int = 0
    ends: bool = False
    maybe: bool = False
    negated: bool = False
    trigger: bool = False
    role: str | None = None


class Pattern(NamedTuple):
    """A pattern of a relation; `anchors` are, by language, the sets of words of each of which every match holds one, and
    `kinds` the sets of kinds of item."""

    relation: str
    text: str
    elements: tuple[Element, ...]
    anchors: Mapping[str, tuple[frozenset[str], ...]]
    kinds: tuple[frozenset[Kind], ...]

    @property
    def office(self) -> bool:
        """True if it holds an office."""
        return any(kinds <= _OFFICES for kinds in self.kinds)

    @property
    def wordless(self) -> bool:
        """True if the pattern asks for no word at all."""
        return all(e.maybe or e.negated or not e.words for e in self.elements)


class Rules:
    """The patterns of a field, and the words that they want lemmas of."""

    def __init__(self, file: RulesFile) -> None:
        self._file = file
        file.check_keys((), ("about", "classes", "relations", "unless", "words"))
        self.about = self._about() if file.at(("about",)) is not None else frozenset((Kind.COUNTRIES,))
        self.classes = {str(c): self._class(("classes", str(c))) for c in self._file.mapping(("classes",))}
        self.words = {str(c): self._class(("words", str(c))) for c in self._file.mapping(("words",))}
        self.patterns = tuple(self._patterns())
        self._by_anchor = {language: self._index(language) for language in LANGUAGES}
        self.unless = {str(r): self._unless(str(r)) for r in self._file.mapping(("unless",))}

    def lemmas(self) -> dict[str, set[str]]:
        """Every word of the classes, by language."""
        found: dict[str, set[str]] = {language: set() for language in LANGUAGES}
        for table in (self.classes, self.words):
            for by_language in table.values():
                for language, rows in by_language.items():
                    found[language].update(word for row in rows for word in row if word)
        for pattern in self.patterns:
            for begun in (element.words.get(language, {}) for element in pattern.elements for language in LANGUAGES):
                said = {*begun, *(word for rows in begun.values() for row in rows for word in row.words)}
                found["en"].update(word for word in said if word and word.isascii())
        return found

    def held_by(self, lemmas: frozenset[str], language: str, kinds: frozenset[Kind] | None = None) -> list[Pattern]:
        """The patterns of which a clause with items of these *kinds* and these *lemmas* holds what they need; without
        *kinds*, those that rest on words whose words it holds."""
        by_anchor = self._by_anchor[language]
        places = {place for word in lemmas if word in by_anchor for place in by_anchor[word]}
        if kinds is not None:
            places.update(by_anchor.get(None, ()))
        held = [self.patterns[place] for place in sorted(places)] if places else []
        if kinds is not None:
            held = [p for p in held if not any(kinds.isdisjoint(needed) for needed in p.kinds)]
        return [p for p in held if not any(words.isdisjoint(lemmas) for words in p.anchors.get(language, ())[1:])]

    def _index(self, language: str) -> dict[str | None, list[int]]:
        """The places of the patterns by each of their rarest words; those without words stand under None."""
        index: dict[str | None, list[int]] = {}
        for place, pattern in enumerate(self.patterns):
            anchors = pattern.anchors.get(language)
            for word in anchors[0] if anchors else (None,) if pattern.wordless else ():
                index.setdefault(word, []).append(place)
        return index

    def _about(self) -> frozenset[Kind]:
        return frozenset().union(
            *(self._element(said, ("about", i)).kinds for i, said in enumerate(self._strings(("about",))))
        )

    def _patterns(self) -> Iterator[Pattern]:
        for relation in self._file.mapping(("relations",)):
            where = ("relations", str(relation))
            for i, text in enumerate(self._strings(where)):
                elements = tuple(self._elements(text, (*where, i)))
                anchors = self._anchors(elements)
                kinds = frozenset(e.kinds for e in elements if e.kinds and not (e.maybe or e.negated))
                pattern = Pattern(str(relation), text, elements, anchors, tuple(kinds))
                if not any(anchors.values()) and not pattern.office:
                    raise self._file.refused((*where, i), f"{text!r} holds no word to find it by; name one")
                yield pattern

    def _unless(self, relation: str) -> dict[str, tuple[Words, ...]]:
        """The words that keep *relation* from being stated by what stands behind them, by language."""
        rows: dict[str, tuple[Words, ...]] = {}
        for i, said in enumerate(self._strings(("unless", relation))):
            for language, words in self._rows(said, ("unless", relation, i)).items():
                rows[language] = rows.get(language, ()) + words
        return rows

    def _elements(self, text: str, where: tuple[int | str, ...]) -> Iterator[Element]:
        said = text.split()
        trigger = next((w for w in said if w.startswith("~") and w not in _SMALL), None)
        trigger = trigger or next((w for w in said if w[0].isalpha() and w[0].islower() and "=" not in w), None)
        gap = 0
        for word in said:
            if word.startswith(".."):
                gap = int(word[2:]) if word[2:] else GAP
                continue
            match = _ELEMENT.fullmatch(word)
            assert match is not None
            element = self._element(match["rest"], where)
            yield element._replace(
                gap=gap,
                maybe=bool(match["maybe"]),
                negated=bool(match["not"]),
                trigger=word == trigger,
                role=match["role"],
            )
            gap = 0

    def _element(self, said: str, where: tuple[int | str, ...]) -> Element:
        if said == "END":
            return Element(ends=True)
        if said[0].isupper() and said.split("+")[0].split("|")[0].isupper():
            names, *traits = said.split("+")
            try:
                kinds = frozenset(
                    kind for name in names.split("|") for kind in _ALIASES.get(name) or (Kind(name.lower()),)
                )
            except ValueError:
                raise self._file.refused(
                    where, f"unknown kind in {said!r}; use {', '.join(k.name for k in Kind)}"
                ) from None
            return Element(kinds=kinds, traits=frozenset(traits))
        return Element(words={language: _begun(rows) for language, rows in self._rows(said, where).items()})

    def _rows(self, said: str, where: tuple[int | str, ...]) -> dict[str, tuple[Words, ...]]:
        """The rows of words, by language, that ``word|~class`` stands for."""
        rows: dict[str, tuple[Words, ...]] = {}
        for name in said.split("|"):
            table = self.classes.get(name[1:]) if name[0] == "~" else dict.fromkeys(LANGUAGES, ((name,),))
            if table is None:
                raise self._file.refused(where, f"unknown class {name!r}; declare it under classes")
            for language, words in table.items():
                rows[language] = rows.get(language, ()) + words
        return rows

    @staticmethod
    def _anchors(elements: Sequence[Element]) -> dict[str, tuple[frozenset[str], ...]]:
        """By language, the first words of each element that a match must hold, the rarest first: small words stand
        in every sentence. Empty where the language has no words for one of them."""
        needed = [e for e in elements if e.words and not e.maybe and not e.negated]
        anchors: dict[str, tuple[frozenset[str], ...]] = {}
        for language in LANGUAGES:
            options = [frozenset(e.words.get(language, ())) for e in needed]
            anchors[language] = (
                tuple(sorted(options, key=lambda o: (any(len(w) < _RARE for w in o), len(o)))) if all(options) else ()
            )
        return anchors

    def _class(self, where: tuple[str, ...]) -> dict[str, tuple[Words, ...]]:
        rows: dict[str, tuple[Words, ...]] = {}
        for language in self._file.by_language(where):
            listed = self._strings((*where, language))
            if (gap := next((phrase for phrase in listed if phrase.startswith("..")), None)) is not None:
                raise self._file.refused((*where, language), f"{gap!r} begins with a gap; begin with a word")
            rows[language] = tuple(tuple(None if w == ".." else w for w in phrase.split()) for phrase in listed)
        return rows

    def _strings(self, where: tuple[str, ...]) -> tuple[str, ...]:
        listed = [entry for entry in self._file.listed(where) if isinstance(entry, str) and entry.strip()]
        if len(listed) < len(self._file.listed(where)):
            raise self._file.refused(where, f"{'.'.join(where)} is no list of words; write [words, in, brackets]")
        return tuple(listed)


def _begun(rows: Sequence[Words]) -> dict[str, tuple[Row, ...]]:
    """The *rows* by their first words."""
    begun: dict[str, tuple[Row, ...]] = {}
    for place, (first, *rest) in enumerate(rows):
        assert first is not None
        begun[first] = (*begun.get(first, ()), Row(place, tuple(rest)))
    return begun


def read_rules(data: bytes, name: str) -> Rules:
    """The rules that *data*, the file *name*, declares. Raises `BadRules` with file, line and the mend."""
    return Rules(RulesFile(data, name, "classes: and relations:"))


@cache
def rules_of(field: str) -> Rules:
    """The packaged rules of *field*."""
    return read_rules(*packaged(f"{field}.yaml"))
