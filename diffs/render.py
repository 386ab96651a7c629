"""Views of an edit script: Markdown, HTML, and plain marks for a terminal."""

from __future__ import annotations

import re
from html import escape

from diffs.script import Edit, EditScript, Op, Part

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~])")


def as_markdown(script: EditScript) -> str:
    """Deleted words struck through, inserted ones bold; unchanged paragraphs folded to a count."""
    lines: list[str] = []
    unchanged = 0
    for edit in script.edits:
        if not edit.shows:
            unchanged += 1
            continue
        if unchanged:
            lines += [f"*{unchanged} paragraphs unchanged*", ""]
            unchanged = 0
        lines += [f"{_origin(edit)}{_marked(edit, '~~', '**')}", ""]
    if unchanged:
        lines += [f"*{unchanged} paragraphs unchanged*", ""]
    return "\n".join(lines)


_PARTS = {Part.SPLIT: "cut from", Part.MERGE: "joined from"}


def origin(edit: Edit) -> str:
    """Where a paragraph comes from that stands elsewhere, or was cut or put together: "moved from § 3"; else empty."""
    told = [*(["moved from"] if edit.moved else []), *([_PARTS[edit.part]] if edit.part else [])]
    return f"{' and '.join(told)} § {(edit.before or 0) + 1}" if told else ""


def _origin(edit: Edit) -> str:
    return f"({told}) " if (told := origin(edit)) else ""


def _marked(edit: Edit, delete: str, insert: str) -> str:
    parts = []
    for words in edit.words:
        text = _MARKDOWN.sub(r"\\\1", _CONTROL.sub("", words.text))
        mark = {Op.DELETE: delete, Op.INSERT: insert}.get(words.op, "")
        core = text.strip()
        if mark and core:
            begin = text.index(core)
            text = f"{text[:begin]}{mark}{core}{mark}{text[begin + len(core) :]}"
        parts.append(text)
    return "".join(parts)


def as_terminal(script: EditScript) -> str:
    """The same in marks that need no colour: ``[-deleted-]`` and ``{+inserted+}``."""
    lines: list[str] = []
    for edit in script.edits:
        if not edit.shows:
            continue
        text = "".join(
            f"[-{w.text}-]" if w.op is Op.DELETE else f"{{+{w.text}+}}" if w.op is Op.INSERT else w.text
            for w in edit.words
        )
        lines.append(f"{_origin(edit)}{_CONTROL.sub('', text)}")
    return "\n\n".join(lines)


def as_html(script: EditScript) -> str:
    """A section of paragraphs with ``ins`` and ``del``, all text escaped; unchanged ones marked for folding."""
    parts = []
    for edit in script.edits:
        name = "moved" if edit.moved else edit.op.value
        label = f'<span class="note">{told}</span> ' if (told := origin(edit)) else ""
        words = "".join(_tag(w.op, escape(_CONTROL.sub("", w.text))) for w in edit.words)
        parts.append(f'<p class="edit {name}">{label}{words}</p>')
    return "\n".join(parts)


def _tag(op: Op, text: str) -> str:
    if op is Op.DELETE:
        return f'<del><span class="sr">deleted: </span>{text}</del>'
    if op is Op.INSERT:
        return f'<ins><span class="sr">inserted: </span>{text}</ins>'
    return text
