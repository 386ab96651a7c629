"""The words of ``rules/assertion.yaml``, checked when they are read: a mistake is refused with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple, TypeVar

from parsers.phrase_table import PhraseTable
from parsers.rules_file import LANGUAGES, RulesFile, packaged

FILE = "assertion.yaml"

K = TypeVar("K", bound=StrEnum)


class Says(StrEnum):
    """Verdict of a cue on a statement. `NOTHING` hides a shorter cue that stands inside it; `REFUTED` is denied by a
    sentence of its own ("it is not true that"), which no field takes for its own denial; what is `DATED` is past where
    its clause gives a year and the page has none."""

    NOTHING = "nothing"
    DENIED = "denied"
    REFUTED = "refuted"
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
    """The phrases of each language, those that name bodies, the trigger words of each field, and what each field allows."""

    def __init__(self, file: RulesFile) -> None:
        self._file = file
        file.check_keys((), ("cues", "tells", "triggers", "acts", "allows", *Mark))
        phrases: dict[str, list[tuple[str, Meaning]]] = {language: [] for language in LANGUAGES}
        for i, _ in enumerate(self._file.listed(("cues",))):
            cue = self._cue(i)
            self._add(phrases, ("cues", i, "words"), cue)
        for mark in Mark:
            self._add(phrases, (mark.value,), mark)
        self.phrases = {language: PhraseTable(found) for language, found in phrases.items()}
        self.bodies = {language: PhraseTable(_of_bodies(found)) for language, found in phrases.items()}
        self.triggers = PhraseTable(tuple(self._triggers()))
        self.tells = {language: frozenset(self._phrases(("tells", language))) for language in LANGUAGES}
        self.told_by: dict[str, list[str]] = {}
        for language, words in self.tells.items():
            for word in words:
                self.told_by.setdefault(word, []).append(language)
        self.fields = tuple(self._file.mapping(("triggers",)))
        self.allows = {
            str(name): frozenset(
                self._one_of(Says, ("allows", str(name), i))
                for i, _ in enumerate(self._file.listed(("allows", str(name))))
            )
            for name in self._file.mapping(("allows",))
        }

    def _cue(self, i: int) -> Cue:
        entry = self._file.mapping(("cues", i))
        self._file.check_keys(("cues", i), ("is", "reach", "scope", "fields", "words"))
        if "scope" in entry and entry["scope"] not in ("clause", "sentence"):
            raise self._file.refused(("cues", i, "scope"), f"unknown scope {entry['scope']!r}; use clause or sentence")
        says, reach = self._one_of(Says, ("cues", i, "is")), self._one_of(Reach, ("cues", i, "reach"))
        named = [str(field) for field in self._file.listed(("cues", i, "fields"))] if "fields" in entry else []
        for n, field in enumerate(named):
            if field not in self._file.mapping(("triggers",)):
                raise self._file.refused(
                    ("cues", i, "fields", n), f"unknown field {field!r}; use one that has triggers"
                )
        return Cue(says, reach, reach is Reach.SENTENCE or entry.get("scope") == "sentence", frozenset(named))

    def _add(self, phrases: dict[str, list[tuple[str, Meaning]]], where: tuple[int | str, ...], means: Meaning) -> None:
        for language in self._file.by_language(where):
            phrases[language].extend((phrase, means) for phrase in self._phrases((*where, language)))

    def _triggers(self) -> Iterator[tuple[str, Trigger]]:
        for key in ("triggers", "acts"):
            for field in self._file.mapping((key,)):
                for phrase in self._phrases((key, field)):
                    yield phrase, Trigger(field, key == "acts")

    def _phrases(self, where: tuple[int | str, ...]) -> Iterator[str]:
        for i, phrase in enumerate(self._file.listed(where)):
            if not isinstance(phrase, str) or not phrase.strip(" .*"):
                raise self._file.refused(
                    (*where, i), f"{phrase!r} is no phrase; write it as words, in quotation marks if need be"
                )
            if any(sign in phrase for sign in "()[]\\^$|"):
                raise self._file.refused(
                    (*where, i), f"{phrase!r} looks like a regular expression; write words, * and .."
                )
            yield phrase

    def _one_of(self, kind: type[K], where: tuple[int | str, ...]) -> K:
        value = self._file.at(where)
        try:
            return kind(str(value))
        except ValueError:
            raise self._file.refused(where, f"unknown word {value!r}; use {', '.join(kind)}") from None


def _of_bodies(phrases: Sequence[tuple[str, Meaning]]) -> list[tuple[str, Says]]:
    """Those of *phrases* that name another body or a subgroup."""
    return [(words, m.says) for words, m in phrases if isinstance(m, Cue) and m.reach is Reach.OBJECT]


def read_rules(data: bytes, name: str) -> AssertionRules:
    """The rules that *data*, the file *name*, declares. Raises `BadRules` with file, line and the mend."""
    return AssertionRules(RulesFile(data, name, "cues:, turns: and triggers:"))


@cache
def rules() -> AssertionRules:
    """The packaged rules."""
    return read_rules(*packaged(FILE))
