"""The plenary that a page announces beyond the one it reports."""

from __future__ import annotations

from parsers.document import Role
from parsers.fields import plenary
from parsers.mentions import Time, mentions_of
from parsers.page import Found, Page, Span
from parsers.record import Plenary
from parsers.stated import Stated, facts_of
from parsers.when import years_of


def read(page: Page) -> Found[Plenary] | None:
    """The next plenary, as far as *page* counts, places or dates it; None when it says nothing of it.

    A month or a year alone is no day and is left out.
    """
    years = years_of(page)
    reported = plenary.read(page)
    best: Stated | None = None
    for mention in mentions_of(page):
        if mention.time not in (Time.NEXT, Time.AHEAD) or mention.role is Role.ADDRESS:
            continue
        stated = facts_of(mention, years)
        if mention.time is Time.AHEAD and (reported is None or _same(stated, reported.value)):
            continue
        if stated.weight > 0 and (best is None or stated.weight > best.weight):
            best = stated
    if best is None:
        return None
    value = Plenary(ordinal=best.ordinal, city=best.city, country=best.country, start=best.start, end=best.end)
    spans: tuple[Span, ...] = tuple(dict.fromkeys(span for part in best.parts.values() for span in part))
    return Found(value, spans, dict(best.parts))


def _same(stated: Stated, reported: Plenary) -> bool:
    """Whether what is said to lie ahead is the plenary that the page reports."""
    pairs = ((stated.ordinal, reported.ordinal), (stated.city, reported.city), (stated.start, reported.start))
    both = [(one, other) for one, other in pairs if one is not None and other is not None]
    return not both or all(one == other for one, other in both)
