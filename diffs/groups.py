"""Paragraphs of two texts that are one another."""

from __future__ import annotations

from msgspec import Struct


class Group(Struct, frozen=True, order=True):
    """One paragraph each; or one that became two or three, or two or three that became one.

    Indexes are neighbours, in their order.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
