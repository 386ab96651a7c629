"""An edit script as a reader steps through it: changes numbered, inline and side by side, the unchanged folded."""

from __future__ import annotations

import itertools
from collections import Counter

from markupsafe import Markup

from diffs.display import shown
from diffs.render import carried, origin, unchanged
from diffs.script import Edit, EditScript, Op


def redline_html(script: EditScript, name: str) -> Markup:
    """The edits of *script* for a page; *name* keeps the addresses of two redlines on one page apart.

    Each change has the address ``name-1``, ``name-2``, … and links to the ones before and after it. The same
    change stands there twice, in one text and in two columns; the page's style shows the one that was chosen.
    """
    total = sum(1 for edit in script.edits if _changed(edit))
    number = 0
    parts: list[Markup] = []
    for changed, run in itertools.groupby(script.edits, key=_changed):
        if not changed:
            parts.append(_folded(list(run), script))
            continue
        for edit in run:
            number += 1
            parts.append(_change(edit, script, name, number, total))
    return Markup("\n").join(parts)


def counted(script: EditScript) -> str:
    """How many paragraphs became what, in words; empty for a text without any."""
    found = Counter(_fate(edit) for edit in script.edits)
    return ", ".join(f"{found[fate]} {fate}" for fate in _FATES if found[fate])


_FATES = ("reworded", "moved", "inserted", "deleted", "unchanged")


def _fate(edit: Edit) -> str:
    if not edit.shows:
        return "unchanged"
    return "moved" if edit.moved else {Op.INSERT: "inserted", Op.DELETE: "deleted"}.get(edit.op, "reworded")


def _changed(edit: Edit) -> bool:
    return edit.shows


def _folded(run: list[Edit], script: EditScript) -> Markup:
    text = Markup("").join(Markup('<p class="edit keep">{}</p>').format(_words(edit, script)) for edit in run)
    return Markup('<details class="fold"><summary>{}</summary>{}</details>').format(unchanged(len(run)), text)


def _change(edit: Edit, script: EditScript, name: str, number: int, total: int) -> Markup:
    steps = Markup('<span class="steps">{}<b>{} of {}</b>{} {}</span>').format(
        _step(name, number - 1, "‹", "change before") if number > 1 else "",
        number,
        total,
        _step(name, number + 1, "›", "next change") if number < total else "",
        _note(origin(edit)),
    )
    kind = "moved" if edit.moved else edit.op.value
    return Markup(
        '<div class="edit as-{}" id="{}-{}">{}<p class="inline">{}</p><div class="columns"><p>{}</p><p>{}</p></div></div>'
    ).format(kind, name, number, steps, *(_words(edit, script, without) for without in (None, Op.INSERT, Op.DELETE)))


def _step(name: str, number: int, sign: str, label: str) -> Markup:
    return Markup('<a href="#{}-{}" aria-label="{}">{}</a>').format(name, number, label, sign)


_TAGS = {
    Op.DELETE: Markup('<del><span class="sr">deleted: </span>{}</del>'),
    Op.INSERT: Markup('<ins><span class="sr">inserted: </span>{}</ins>'),
}


def _words(edit: Edit, script: EditScript, without: Op | None = None) -> Markup:
    """The edit's words, escaped, those of the operation *without* left out."""
    return Markup("").join(
        _note(carried(words, script)) + _TAGS.get(words.op, Markup("{}")).format(shown(words.text))
        for words in edit.words
        if words.op is not without
    )


def _note(told: str) -> Markup:
    return Markup('<span class="note">{}</span> ').format(told) if told else Markup("")
