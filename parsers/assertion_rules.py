"""The words of ``rules/assertion.yaml``, checked when they are read: a mistake is refused with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeVar

from parsers.declaration import Declaration, read_declaration
from parsers.errors import BadRules
from parsers.phrase_table import PhraseTable

LANGUAGES = ("en", "fr", "de", "es", "pt", "it", "ru")
FILE = "assertion.yaml"

K = TypeVar("K", bound=StrEnum)


class Says(StrEnum):
    """What a cue says of a statement. `NOTHING` hides a shorter cue that stands inside it; what is `DATED` is past where
    its clause gives a year and the page has none."""

    NOTHING = "nothing"
    DENIED = "denied"
    POSSIBLE = "possible"
    PLANNED = "planned"
    WISHED = "wished"
    ASKED = "asked"
    REPORTED = "reported"
    PAST = "past"
    DATED = "dated"
    OTHER = "other"
    SUBGROUP = "subgroup"


class Reach(StrEnum):
    """Where what a cue governs stands: behind it, before it, anywhere in its clause, right behind it, anywhere in the
    sentence; or the cue is the object."""

    FORWARD = "forward"
    BACKWARD = "backward"
    CLAUSE = "clause"
    NEXT = "next"
    SENTENCE = "sentence"
    OBJECT = "object"


class Cue(NamedTuple):
    """What a phrase says, where its statement stands, whether it reaches beyond its clause, and of which fields it is
    said: of all where none is named."""

    says: Says
    reach: Reach
    far: bool = False
    fields: frozenset[str] = frozenset()


class Mark(StrEnum):
    """What other phrases do in a sentence."""

    TURN = "turns"
    RESUME = "resumes"
    ASIDE = "asides"
    AUXILIARY = "auxiliaries"


class Trigger(NamedTuple):
    """A word of a relation of *field*; *act* tells that it names what is done as a thing."""

    field: str
    act: bool


Meaning = Cue | Mark | Trigger


class AssertionRules:
    """The phrases of each language, the trigger words of each field, and what each field allows."""

    def __init__(self, declared: Declaration, name: str) -> None:
        self._declared, self._name = declared, name
        values = declared.values
        assert isinstance(values, Mapping)
        for key in values:
            if key not in ("cues", "tells", "triggers", "acts", "allows", *Mark):
                raise self._refused(
                    (str(key),), f"unknown key {key!r}; use cues, tells, triggers, acts, allows, {', '.join(Mark)}"
                )
        phrases: dict[str, list[tuple[str, Meaning]]] = {language: [] for language in LANGUAGES}
        for i, _ in enumerate(self._list(("cues",))):
            cue = self._cue(i)
            self._add(phrases, ("cues", i, "words"), cue)
        for mark in Mark:
            self._add(phrases, (mark.value,), mark)
        self.phrases = {language: PhraseTable(found) for language, found in phrases.items()}
        self.triggers = PhraseTable(tuple(self._triggers()))
        self.tells = {language: frozenset(self._phrases(("tells", language))) for language in LANGUAGES}
        self.fields = tuple(self._mapping(("triggers",)))
        self.allows = {
            str(name): frozenset(
                self._one_of(Says, ("allows", str(name), i)) for i, _ in enumerate(self._list(("allows", str(name))))
            )
            for name in self._mapping(("allows",))
        }

    def _cue(self, i: int) -> Cue:
        entry = self._mapping(("cues", i))
        for key in entry:
            if key not in ("is", "reach", "scope", "fields", "words"):
                raise self._refused(("cues", i, key), f"unknown key {key!r}; use is, reach, scope, fields and words")
        if "scope" in entry and entry["scope"] not in ("clause", "sentence"):
            raise self._refused(("cues", i, "scope"), f"unknown scope {entry['scope']!r}; use clause or sentence")
        says, reach = self._one_of(Says, ("cues", i, "is")), self._one_of(Reach, ("cues", i, "reach"))
        named = [str(field) for field in self._list(("cues", i, "fields"))] if "fields" in entry else []
        for n, field in enumerate(named):
            if field not in self._mapping(("triggers",)):
                raise self._refused(("cues", i, "fields", n), f"unknown field {field!r}; use one that has triggers")
        return Cue(says, reach, reach is Reach.SENTENCE or entry.get("scope") == "sentence", frozenset(named))

    def _add(self, phrases: dict[str, list[tuple[str, Meaning]]], where: tuple[int | str, ...], means: Meaning) -> None:
        for language in self._mapping(where):
            if language not in LANGUAGES:
                raise self._refused((*where, language), f"unknown language {language!r}; use {', '.join(LANGUAGES)}")
            phrases[language].extend((phrase, means) for phrase in self._phrases((*where, language)))

    def _triggers(self) -> Iterator[tuple[str, Trigger]]:
        for key in ("triggers", "acts"):
            for field in self._mapping((key,)):
                for phrase in self._phrases((key, field)):
                    yield phrase, Trigger(field, key == "acts")

    def _phrases(self, where: tuple[int | str, ...]) -> Iterator[str]:
        for i, phrase in enumerate(self._list(where)):
            if not isinstance(phrase, str) or not phrase.strip(" .*"):
                raise self._refused(
                    (*where, i), f"{phrase!r} is no phrase; write it as words, in quotation marks if need be"
                )
            if any(sign in phrase for sign in "()[]\\^$|"):
                raise self._refused((*where, i), f"{phrase!r} looks like a regular expression; write words, * and ..")
            yield phrase

    def _one_of(self, kind: type[K], where: tuple[int | str, ...]) -> K:
        value = self._at(where)
        try:
            return kind(str(value))
        except ValueError:
            raise self._refused(where, f"unknown word {value!r}; use {', '.join(kind)}") from None

    def _at(self, where: Sequence[int | str]) -> object:
        node = self._declared.values
        for step in where:
            if isinstance(node, Mapping):
                node = node.get(step)
            else:
                node = node[step] if isinstance(node, list) and isinstance(step, int) else None
        return node

    def _mapping(self, where: tuple[int | str, ...]) -> Mapping[str, object]:
        node = self._at(where)
        if not isinstance(node, Mapping):
            raise self._refused(
                where, f"{'.'.join(map(str, where))} is missing or no mapping; write keys and values under it"
            )
        return node

    def _list(self, where: tuple[int | str, ...]) -> list[object]:
        node = self._at(where)
        if not isinstance(node, list):
            raise self._refused(
                where, f"{'.'.join(map(str, where))} is missing or no list; write [words, in, brackets]"
            )
        return node

    def _refused(self, where: tuple[int | str, ...], problem: str) -> BadRules:
        return BadRules(f"{self._name}:{self._declared.line_of(where)}: {problem}")


def read_rules(data: bytes, name: str) -> AssertionRules:
    """The rules that *data*, the file *name*, declares. Raises `BadRules` with file, line and the mend."""
    refuse = lambda line, problem: BadRules(f"{name}:{line}: {problem}")  # noqa: E731
    return AssertionRules(read_declaration(data, refuse, keys="cues:, turns: and triggers:"), name)


@cache
def rules() -> AssertionRules:
    """The packaged rules."""
    return read_rules((files("parsers") / "rules" / FILE).read_bytes(), f"parsers/rules/{FILE}")
