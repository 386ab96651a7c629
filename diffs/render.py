"""Views of an edit script: Markdown, HTML, and plain marks for a terminal."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

from diffs.display import shown
from diffs.script import Edit, EditScript, Op, Part, Words

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~])")
# What makes a list of a line, or a heading of the line above.
_OPENS = re.compile(r"^(\s*\d*)([-+=.)])(?=\s|=|-|$)", re.MULTILINE)


def as_markdown(script: EditScript) -> str:
    """Deleted words struck through, inserted ones bold; unchanged paragraphs folded to a count.

    Where CommonMark would read a mark as text, because a word stands on its one side and a comma on its other, it is
    the element ``del`` or ``ins``.
    """
    lines: list[str] = []
    for shows, run in groupby(script.edits, key=lambda edit: edit.shows):
        edits = list(run)
        lines += [_marked(edit, script) for edit in edits] if shows else [f"*{unchanged(len(edits))}*"]
    return "\n\n".join([*lines, ""])


_PARTS = {Part.SPLIT: "cut from", Part.MERGE: "joined from"}


def unchanged(paragraphs: int) -> str:
    """That so many paragraphs stayed as they were."""
    return f"{paragraphs} paragraph{'s' * (paragraphs != 1)} unchanged"


def origin(edit: Edit) -> str:
    """Where a paragraph comes from that stands elsewhere, or was cut or put together: "moved from § 3"; else empty."""
    told = [*(["moved from"] if edit.moved else []), *([_PARTS[edit.part]] if edit.part else [])]
    return f"{' and '.join(told)} § {(edit.before or 0) + 1}" if told else ""


def carried(words: Words, script: EditScript) -> str:
    """Where a sentence went that was taken into another paragraph, or came from: "to § 5"; else empty."""
    if words.carried is None:
        return ""
    both = script.carried[words.carried]
    return f"to § {both.after.paragraph + 1}" if words.op is Op.DELETE else f"from § {both.before.paragraph + 1}"


def noted(text: str) -> str:
    """A note of ours beside a page's words; empty for none."""
    return f"({text}) " if text else ""


_MARKS = {Op.DELETE: ("~~", "<del>", "</del>"), Op.INSERT: ("**", "<ins>", "</ins>")}


def _marked(edit: Edit, script: EditScript) -> str:
    found = noted(origin(edit))
    for at, words in enumerate(edit.words):
        text = shown(words.text)
        if words.op is Op.KEEP or not text.strip():
            found += _MARKDOWN.sub(r"\\\1", text)
            continue
        begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
        before = found[-1:] if not begin else " "
        behind = edit.words[at + 1].text[:1] if end == len(text) and at + 1 < len(edit.words) else " "
        mark, opening, closing = _MARKS[words.op]
        core = _MARKDOWN.sub(r"\\\1", text[begin:end])
        if (before.isalnum() and not text[begin].isalnum()) or (behind.isalnum() and not text[end - 1].isalnum()):
            marked = f"{opening}{core}{closing}"
        else:
            marked = f"{mark}{core}{mark}"
        found += f"{text[:begin]}{noted(carried(words, script))}{marked}{text[end:]}"
    return _OPENS.sub(r"\1\\\2", found)


def as_terminal(script: EditScript) -> str:
    """The same in marks that need no colour: ``[-deleted-]`` and ``{+inserted+}``."""
    return "\n\n".join(
        noted(origin(edit)) + "".join(in_marks(words, script) for words in edit.words)
        for edit in script.edits
        if edit.shows
    )


def in_marks(words: Words, script: EditScript) -> str:
    """Words for a terminal, without what steers one."""
    text = noted(carried(words, script)) + shown(words.text)
    return f"[-{text}-]" if words.op is Op.DELETE else f"{{+{text}+}}" if words.op is Op.INSERT else text


def as_html(script: EditScript) -> str:
    """A section of paragraphs with ``ins`` and ``del``, all text escaped; unchanged ones marked for folding."""
    parts = []
    for edit in script.edits:
        name = "moved" if edit.moved else edit.op.value
        words = "".join(_note(carried(w, script)) + _tag(w.op, escape(shown(w.text))) for w in edit.words)
        parts.append(f'<p class="edit {name}">{_note(origin(edit))}{words}</p>')
    return "\n".join(parts)


def _note(told: str) -> str:
    return f'<span class="note">{told}</span> ' if told else ""


def _tag(op: Op, text: str) -> str:
    if op is Op.DELETE:
        return f'<del><span class="sr">deleted: </span>{text}</del>'
    if op is Op.INSERT:
        return f'<ins><span class="sr">inserted: </span>{text}</ins>'
    return text
