"""A file of rules, part by part; what is wrong in it is refused with file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.resources import files

from parsers.declaration import Declaration, read_declaration
from parsers.errors import BadRules

# The languages that rules may have words in.
LANGUAGES = ("en", "fr", "de", "es", "pt", "it", "ru", "ar")

Where = Sequence[int | str]


class RulesFile:
    """The YAML of a rules file; *needed* are the keys without which it is none. Raises `BadRules`."""

    def __init__(self, data: bytes, name: str, needed: str) -> None:
        refuse = lambda line, problem: BadRules(f"{name}:{line}: {problem}")  # noqa: E731
        self._name = name
        self._declared: Declaration = read_declaration(data, refuse, keys=needed)

    def at(self, where: Where) -> object:
        """The node at *where*, or None."""
        node = self._declared.values
        for step in where:
            if isinstance(node, Mapping):
                node = node.get(step)
            else:
                node = node[step] if isinstance(node, list) and isinstance(step, int) else None
        return node

    def mapping(self, where: Where) -> Mapping[str, object]:
        """The keys and values at *where*."""
        node = self.at(where)
        if not isinstance(node, Mapping):
            raise self.refused(where, f"{_said(where)} is missing or no mapping; write keys and values under it")
        return node

    def by_language(self, where: Where) -> Iterable[str]:
        """The languages under *where*."""
        for language in self.mapping(where):
            if language not in LANGUAGES:
                raise self.refused((*where, language), f"unknown language {language!r}; use {', '.join(LANGUAGES)}")
            yield language

    def listed(self, where: Where) -> list[object]:
        """The list at *where*."""
        node = self.at(where)
        if not isinstance(node, list):
            raise self.refused(where, f"{_said(where)} is missing or no list; write [words, in, brackets]")
        return node

    def check_keys(self, where: Where, known: Collection[str]) -> None:
        """Refuse a key at *where* that is none of *known*."""
        for key in self.mapping(where):
            if key not in known:
                *others, last = known
                raise self.refused((*where, key), f"unknown key {key!r}; use {', '.join(others)} and {last}")

    def refused(self, where: Where, problem: str) -> BadRules:
        """The error that names the file and the line of *where*."""
        return BadRules(f"{self._name}:{self._declared.line_of(tuple(where))}: {problem}")


def packaged(file: str) -> tuple[bytes, str]:
    """The bytes of a packaged rules file, and its name in errors."""
    return (files("parsers") / "rules" / file).read_bytes(), f"parsers/rules/{file}"


def _said(where: Where) -> str:
    return ".".join(map(str, where))
