"""A page's title."""

from __future__ import annotations

from parsers.page import Found, Page, Span


def read(page: Page) -> Found[str] | None:
    """The title with the block that states it, or None for a page without one."""
    title = page.document.title
    if not title:
        return None
    for i, block in enumerate(page.blocks):
        # The page's letters may have been made natural ones.
        at = block.text.lower().find(title.lower())
        if at >= 0:
            return Found(title, (Span(i, at, at + len(title)),))
    return None
