"""What a page speaks of, in the words of a declared vocabulary (`data/topics.yaml`)."""

from __future__ import annotations

import re
from functools import cache

from parsers.page import Found, Page, Span
from parsers.tables import yaml_table


@cache
def _vocabulary() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern with a group a topic: a block is gone through once."""
    table = yaml_table("topics.yaml")
    groups = [f"({'|'.join(phrases)})" for phrases in table.values()]
    return re.compile("|".join(groups), re.IGNORECASE), tuple(table)


def read(page: Page) -> list[Found[str]]:
    """The topics that the text names, in the vocabulary's order, each with its spans."""
    pattern, topics = _vocabulary()
    found: dict[str, list[Span]] = {}
    for i, block in page.readable:
        for match in pattern.finditer(block.text):
            topic = topics[(match.lastindex or 1) - 1]
            found.setdefault(topic, []).append(Span(i, *match.span()))
    return [Found(topic, tuple(found[topic])) for topic in topics if topic in found]
