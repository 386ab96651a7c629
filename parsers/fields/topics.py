"""What a page speaks of, in the words of a declared vocabulary (``data/topics.yaml``)."""

from __future__ import annotations

import re
from functools import cache

from parsers.page import Found, Page, Span
from parsers.tables import yaml_table


@cache
def _any() -> re.Pattern[str]:
    """One pattern with a group a topic, so that a block is gone through once."""
    groups = (f"({'|'.join(phrases)})" for phrases in yaml_table("topics.yaml").values())
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


def read(page: Page) -> list[Found[str]]:
    """The topics that the text names, in the vocabulary's order, each with its spans."""
    topics = tuple(yaml_table("topics.yaml"))
    found: dict[str, list[Span]] = {}
    for index, block in page.readable:
        for match in _any().finditer(block.text):
            topic = topics[(match.lastindex or 1) - 1]
            found.setdefault(topic, []).append(Span(index, *match.span()))
            if topic == "chemical_weapons" and "biological" in match.group().lower():
                # "Chemical and biological weapons" are two topics in one phrase.
                found.setdefault("biological_weapons", []).append(Span(index, *match.span()))
    return [Found(topic, tuple(found[topic])) for topic in topics if topic in found]
