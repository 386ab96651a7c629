"""The YAML that a person writes to declare something: read so that every refusal can name a line.

YAML 1.2, so that Norway's ``NO`` stays a word. The caller says which error to raise: it knows the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent

# A declaration is some kilobytes; beyond these it is another kind of file, or aliases that multiply.
MAX_BYTES = 1_000_000
MAX_NODES = 50_000
MAX_DEPTH = 50

# How a declaration writes a length of time: hours, days or weeks.
LENGTH = r"^[1-9][0-9]{0,3}[hdw]$"
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}

# Makes the error of a line (from 1) and what is wrong there.
Refuse = Callable[[int, str], Exception]


class Declaration:
    """A declaration as it was read: plain values, and the lines of its parts where a refusal wants one."""

    def __init__(self, text: str, values: object) -> None:
        self._text = text
        self.values = values

    def line_of(self, where: Sequence[int | str]) -> int:
        """The line (from 1) of the deepest part of *where* that the document has."""
        node: object = _with_lines(self._text)
        line = 1
        for step in where:
            try:
                if isinstance(node, CommentedMap) and step in node:
                    line = node.lc.key(step)[0] + 1
                elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
                    line = node.lc.item(step)[0] + 1
                else:
                    break
                node = node[step]
            except (KeyError, TypeError, AttributeError):
                break
        return int(line)


def read_declaration(data: bytes, refuse: Refuse, *, keys: str) -> Declaration:
    """What *data* declares; *keys* are some that it must have, for the mend.

    Raises what *refuse* makes for bytes that are no YAML mapping in UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise refuse(1, f"larger than {MAX_BYTES:,} bytes; a declaration is a few kilobytes of YAML")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(1, "not text in UTF-8; write the declaration as a UTF-8 text file") from None
    if not text.strip():
        raise refuse(1, f"the file is empty; declare {keys} in it")
    try:
        document = _quickly(text, refuse)
    except (YAMLError, ValueError, RecursionError):
        # It is read again by the reader that says best what is wrong.
        document = _said_best(text, refuse)
    if not isinstance(document, dict):
        raise refuse(1, f"not a declaration; it must hold keys such as {keys}")
    return Declaration(text, _plain(document, refuse))


def _quickly(text: str, refuse: Refuse) -> object:
    """The document without its lines: a fifth of the time. Raises `YAMLError`, `ValueError`."""
    depth = 0
    # The quick reader is written in C, and what is nested too deeply would end the process.
    for event in YAML(typ="safe").parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _too_much(refuse)
    return YAML(typ="safe").load(text)


def _with_lines(text: str) -> object:
    reader = YAML(typ="rt")
    reader.version = (1, 2)
    return reader.load(text)


def _said_best(text: str, refuse: Refuse) -> object:
    try:
        return _with_lines(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = (error.problem or error.context or "it does not parse").splitlines()[0]
        raise refuse(mark.line + 1 if mark else 1, f"not YAML: {problem}; correct the syntax") from None
    except (YAMLError, ValueError, RecursionError) as error:
        problem = str(error).strip().splitlines()[0] if str(error).strip() else "it does not parse"
        raise refuse(1, f"not YAML: {problem}; correct the syntax") from None


def _too_much(refuse: Refuse) -> Exception:
    return refuse(1, "too many or too deeply nested values; take out the aliases")


def _plain(document: object, refuse: Refuse) -> object:
    """The document as plain lists and dicts, counting nodes so that aliases of aliases cannot multiply."""
    left = MAX_NODES

    def convert(node: object, depth: int) -> object:
        nonlocal left
        left -= 1
        if left < 0 or depth > MAX_DEPTH:
            raise _too_much(refuse)
        if isinstance(node, dict):
            return {str(key): convert(value, depth + 1) for key, value in node.items()}
        if isinstance(node, list):
            return [convert(value, depth + 1) for value in node]
        for simple in (bool, int, float, str):
            if isinstance(node, simple):
                return simple(node)
        return node

    return convert(document, 0)


def check_timezone(value: str) -> str:
    """*value* itself, when it names a timezone; else raises `ValueError` with the mend."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{value!r} is not a timezone; write an IANA name, such as Etc/UTC") from None
    return value


def one_or_many(value: object) -> object:
    """A list, where a person wrote the one thing that is to stand in it."""
    return (value,) if isinstance(value, str | int) else value


def length(text: str) -> timedelta:
    """The time that a text of the form `LENGTH` gives: ``12h``, ``3d``, ``2w``."""
    return int(text[:-1]) * _UNITS[text[-1]]
