"""The edit script: what became of each paragraph, word for word; every view of a redline is made from it.

It gives the later text back from the earlier byte for byte (`applied`), and its `inverse` the earlier from the later.
Its JSON is described in ``docs/edit-script.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from diffs.errors import ScriptDoesNotApply


class Op(StrEnum):
    """What became of words, or of a paragraph."""

    KEEP = "keep"
    CHANGE = "change"
    INSERT = "insert"
    DELETE = "delete"


class Part(StrEnum):
    """That a paragraph was cut into several, or several were put together."""

    SPLIT = "split"
    MERGE = "merge"


class Words(Struct, frozen=True, omit_defaults=True, gc=False):
    """A run of words: on both sides the same (`keep`), or only before (`delete`) or after (`insert`).

    `was` is the spelling before of kept words that differ in quotes, dashes or blanks alone. `carried` is the place in
    ``EditScript.carried`` of the sentence that was taken to, or came from, another paragraph.
    """

    op: Op
    text: str
    was: str | None = None
    carried: int | None = None

    @property
    def earlier(self) -> str:
        """What these words were."""
        return "" if self.op is Op.INSERT else self.text if self.was is None else self.was

    @property
    def later(self) -> str:
        """What these words became."""
        return "" if self.op is Op.DELETE else self.text


class Edit(Struct, frozen=True, gc=False):
    """One paragraph's fate: its index before and after, None where it does not stand there.

    `moved` says that it left its order; moved paragraphs that stayed neighbours have the same `block`. The spans are
    half-open character offsets into the paragraphs: all of them, but for a paragraph that was cut or put together
    (`part`), which has an edit for each of its pieces.
    """

    op: Op
    before: int | None
    after: int | None
    moved: bool
    words: tuple[Words, ...]
    before_span: tuple[int, int] | None = None
    after_span: tuple[int, int] | None = None
    part: Part | None = None
    block: int | None = None

    @property
    def earlier(self) -> str:
        """The text before."""
        return "".join(words.earlier for words in self.words)

    @property
    def later(self) -> str:
        """The text after."""
        return "".join(words.later for words in self.words)

    @property
    def shows(self) -> bool:
        """Whether a reader must be shown it."""
        return self.op is not Op.KEEP or self.moved or self.part is not None


class Place(Struct, frozen=True, gc=False):
    """Half-open character offsets into one paragraph."""

    paragraph: int
    start: int
    end: int


class Carried(Struct, frozen=True, gc=False):
    """A sentence that was taken from one paragraph into another."""

    before: Place
    after: Place


class EditScript(Struct, frozen=True):
    """The edits in reading order of the later text, what was deleted standing where it was."""

    edits: tuple[Edit, ...]
    carried: tuple[Carried, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the texts differ in more than quotes, dashes and blanks."""
        return any(edit.shows for edit in self.edits)


def earlier_text(script: EditScript) -> list[str]:
    """The paragraphs before, from what is kept and deleted."""
    return _side((e.before, e.before_span, e.earlier) for e in script.edits)


def later_text(script: EditScript) -> list[str]:
    """The paragraphs after, from what is kept and inserted."""
    return _side((e.after, e.after_span, e.later) for e in script.edits)


def _side(pieces: Iterable[tuple[int | None, tuple[int, int] | None, str]]) -> list[str]:
    found: list[str] = []
    last: int | None = None
    for index, _, text in sorted((i, span or (0, 0), text) for i, span, text in pieces if i is not None):
        if index == last:
            found[-1] += text
        else:
            found.append(text)
        last = index
    return found


def applied(script: EditScript, before: Sequence[str]) -> list[str]:
    """The later paragraphs, made from the earlier ones. Raises `ScriptDoesNotApply` for any other text."""
    if (expected := earlier_text(script)) != list(before):
        at = next((i for i, (a, b) in enumerate(zip(expected, before, strict=False)) if a != b), len(before))
        raise ScriptDoesNotApply(
            f"paragraph {at + 1}: not the text that this edit script was made from; apply it to that version"
        )
    return later_text(script)


def inverse(script: EditScript) -> EditScript:
    """The script that makes the earlier text of the later."""
    return EditScript(
        tuple(arranged(map(_turned, script.edits))),
        tuple(Carried(c.after, c.before) for c in script.carried),
    )


_TURNED = {Op.INSERT: Op.DELETE, Op.DELETE: Op.INSERT, Op.KEEP: Op.KEEP, Op.CHANGE: Op.CHANGE}


def _turned(edit: Edit) -> Edit:
    return replace(
        edit,
        op=_TURNED[edit.op],
        before=edit.after,
        after=edit.before,
        before_span=edit.after_span,
        after_span=edit.before_span,
        part=edit.part and (Part.MERGE if edit.part is Part.SPLIT else Part.SPLIT),
        words=tuple(
            replace(w, op=_TURNED[w.op]) if w.was is None else replace(w, text=w.was, was=w.text) for w in edit.words
        ),
    )


def arranged(edits: Iterable[Edit]) -> list[Edit]:
    """*edits* in reading order of the later text; a deleted paragraph before the first that stayed behind it."""
    listed = list(edits)
    stand = sorted((e for e in listed if e.after is not None), key=lambda e: (e.after, e.after_span or (0, 0)))
    gone = sorted((e for e in listed if e.after is None), key=lambda e: e.before or 0)
    found: list[Edit] = []
    at = 0
    for edit in stand:
        if edit.before is not None and not edit.moved:
            while at < len(gone) and (gone[at].before or 0) < edit.before:
                found.append(gone[at])
                at += 1
        found.append(edit)
    return found + gone[at:]
