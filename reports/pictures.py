"""A picture drawn as SVG: the same in a page and as a file, with a text in its place and the numbers it shows."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from markupsafe import Markup
from msgspec import Struct

from reports.quotes import shown

# The colours of a file on its own; in a page the style's own take their place, by the same classes.
INK, SOFT, LINE, ACCENT, LAND, FAINT = "#1c2430", "#5a6675", "#d9dee5", "#1d4f91", "#dfe4ea", "#9dbbe0"
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"


class Picture(Struct, frozen=True):
    """A drawing of whole *width* and *height*. `name` names its files, `said` says in words what it shows, and `rows`
    are the numbers it is drawn from; `note` stands under it."""

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

    @property
    def svg(self) -> Markup:
        """The picture for a page."""
        return Markup(  # noqa: S704 (drawn by us, its texts escaped)
            f'<svg class="picture {self.name}" id="picture-{self.name}" viewBox="0 0 {self.width} {self.height}" '
            f'role="img" aria-label="{text(self.said)}">{self.body}</svg>'
        )

    @property
    def file(self) -> str:
        """The picture as a file of its own, on white."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
            f'height="{self.height}" role="img" font-family="{_FONT}"><title>{text(self.title)}</title>'
            f"<desc>{text(self.said)}</desc>"
            f'<rect width="{self.width}" height="{self.height}" fill="#ffffff"/>{self.body}</svg>\n'
        )


def text(words: object) -> str:
    """*words* as text or as a quoted attribute."""
    return escape(shown(str(words)))


def label(x: float, y: float, words: object, *, anchor: str = "middle", kind: str = "tick", size: int = 12) -> str:
    """Words at a place; *kind* is the class by which a page colours them."""
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'fill="{INK if kind == "name" else SOFT}">{text(words)}</text>'
    )


def rule(x1: float, y1: float, x2: float, y2: float) -> str:
    """A thin line."""
    return f'<line class="rule" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{LINE}"/>'


def joined(parts: Iterable[str]) -> str:
    """The parts of a drawing as one."""
    return "".join(parts)
