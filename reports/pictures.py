"""A picture drawn as SVG: the same in a page and as a file, with a text in its place and the numbers it shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from html import escape

from markupsafe import Markup
from msgspec import Struct

from diffs.display import shown

# The colours of a file on its own; in a page the style's own take their place, by the same classes.
INK, SOFT, LINE, ACCENT, LAND, FAINT = "#1c2430", "#5a6675", "#d9dee5", "#1d4f91", "#dfe4ea", "#9dbbe0"
PAPER = "#ffffff"
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
# A file has its title over the drawing and its note under it; so much room, and a note's line of so many units a letter.
_HEAD, _FOOT, _LINE, _LETTER = 44, 14, 16, 6.2


class Picture(Struct, frozen=True):
    """A drawing of whole *width* and *height*. `name` names its files, `said` says in words what it shows, and `rows`
    are the numbers it is drawn from; `title` and `note` stand round it. `lettered`: words stand in the drawing, so
    that it must not be drawn smaller than it can be read."""

    name: str
    title: str
    said: str
    note: str
    width: int
    height: int
    body: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    download: str
    lettered: bool = True

    @property
    def svg(self) -> Markup:
        """The picture for a page. Title and note of the file are in it, outside of what the page shows: a picture
        saved from the page has them (``data-whole`` is the part to save)."""
        return Markup(  # noqa: S704 (drawn by us, its texts escaped)
            f'<svg class="picture {self.name}" id="picture-{self.name}" viewBox="0 0 {self.width} {self.height}" '
            f'data-whole="{self._whole}" role="img" aria-label="{text(self.said)}">{self._framed}</svg>'
        )

    @property
    def file(self) -> str:
        """The picture as a file of its own, on white, with its title and its note."""
        _, top, width, height = self._whole.split()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{self._whole}" width="{width}" '
            f'height="{height}" role="img" font-family="{_FONT}"><title>{text(self.title)}</title>'
            f"<desc>{text(self.said)}</desc>"
            f'<rect y="{top}" width="{width}" height="{height}" fill="{PAPER}"/>{self._framed}</svg>\n'
        )

    @property
    def _notes(self) -> list[str]:
        return textwrap.wrap(f"{self.note} · Plenarywatch", int((self.width - 20) / _LETTER))

    @property
    def _whole(self) -> str:
        """What a file shows, as a ``viewBox``."""
        return f"0 {-_HEAD} {self.width} {self.height + _HEAD + _FOOT + _LINE * len(self._notes)}"

    @property
    def _framed(self) -> str:
        title = label(10, -18, self.title, anchor="start", kind="name title", size=17, weight=650)
        notes = [
            label(10, self.height + _LINE * (line + 1), words, anchor="start", size=11)
            for line, words in enumerate(self._notes)
        ]
        return f"{title}{self.body}{joined(notes)}"


def text(words: object) -> str:
    """*words* as text or as a quoted attribute."""
    return escape(shown(str(words)))


def label(
    x: float, y: float, words: object, *, anchor: str = "middle", kind: str = "tick", size: int = 12, weight: int = 400
) -> str:
    """Words at a place; *kind* is the class by which a page colours them."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{bold} '
        f'fill="{INK if kind.startswith("name") else SOFT}">{text(words)}</text>'
    )


def rule(x1: float, y1: float, x2: float, y2: float) -> str:
    """A thin line."""
    return f'<line class="rule" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{LINE}"/>'


def joined(parts: Iterable[str]) -> str:
    """The parts of a drawing as one."""
    return "".join(parts)
