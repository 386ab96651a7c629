"""The regime's meetings beside the plenary."""

from __future__ import annotations

import re
from functools import cache

from parsers.page import Found, Page, Span
from parsers.record import Meeting
from parsers.tables import yaml_table

# A name in capitals that ends in Meeting, Group or Exercise, with its abbreviation behind it.
_NAMED = re.compile(
    r"\b((?:[A-Z][\w’'-]+(?:,? (?:and|of|for|on|the) | ))+(?:Meetings?|Group|Exercise|Committee))\s*\(([A-Z]{2,6}s?)\)"
)


@cache
def _table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (short, re.compile(r"\b(?:" + "|".join(names) + r")(?:\s*\(" + short + r"\))?|\b" + short + r"s?\b"))
        for short, names in yaml_table("meetings.yaml").items()
    )


def read(page: Page) -> list[Found[Meeting]]:
    """Each meeting of experts that the page names, once, in the order of first naming."""
    found: dict[str, tuple[str | None, list[Span]]] = {}
    own = {name.upper() for name in (*page.regime.names, page.regime.id)}
    for i, block in page.readable:
        text = block.text
        if not re.search(r"Meeting|Group|Exercise|Points? of Contact|\b[A-Z]{2,4}M\b|Especialistas", text):
            continue
        for match in _NAMED.finditer(text):
            short = match[2].rstrip("s")
            if short in own or re.search(r"Suppliers|Australia|Nuclear Suppliers|Zangger", match[1]):
                continue
            name = re.sub(r"^(?:The|Joint) ", "", match[1])
            held = found.setdefault(short, (name, []))
            found[short] = (held[0] or name, held[1])
            held[1].append(Span(i, match.start(1), match.end(2)))
        for short, pattern in _table():
            if short in ("LEOM", "EG") and short not in text:
                continue
            for match in pattern.finditer(text):
                long = re.sub(r"\s*\(.*$", "", match.group()) if " " in match.group() else None
                held = found.setdefault(short, (None, []))
                if any(s.block == i and s.start <= match.start() < s.end for s in held[1]):
                    continue
                held[1].append(Span(i, *match.span()))
                found[short] = (held[0] or long, held[1])
    return [Found(Meeting(short, name), tuple(spans)) for short, (name, spans) in found.items()]
