"""The resolutions of the UN Security Council that a page cites, each once with every span that cites it.

Resolutions of other bodies (the General Assembly, the IAEA's Board of Governors) are not read: a regime's
export controls carry out the Council's.
"""

from __future__ import annotations

from parsers.citations import (
    BROKEN,
    Citation,
    adopted_in,
    entry_at,
    in_block,
    item_pattern,
    opens_a_list,
    plausible,
    rest,
    stems,
    year_in,
    year_of,
)
from parsers.issuing_body import council
from parsers.page import Found, Page, Span
from parsers.record import Resolution


def read(page: Page) -> list[Found[Resolution]]:
    """The cited resolutions in the order of their first citation.

    "Resolution 1540" with no word of the Council beside it, and the "1540 Committee", count where the number is
    one of the table's and the page speaks of the Council elsewhere.
    """
    cited: dict[int, list[Citation]] = {}
    loose: list[Citation] = []
    speaks_of_council = False
    listing = broken = False
    citing = page.blocks_with(stems())
    for index, block in page.readable:
        text = block.text
        if index not in citing and not (listing or broken):
            continue
        if broken and (first := entry_at(text, 0)) and plausible(int(first["n"]), year_in(first), first_one=True):
            entries = [first, *rest(text, first.end())]
            _add(cited, [Citation(int(e["n"]), year_in(e), Span(index, e.start(), e.end())) for e in entries])
        if listing and (item := item_pattern().match(text)):
            _add(cited, [Citation(int(item["n"]), year_in(item), Span(index, item.start("n"), item.end()))])
            continue
        listing = broken = False
        if index not in citing:
            continue
        listing, broken = opens_a_list(text), BROKEN.search(text) is not None and council().search(text) is not None
        speaks_of_council = speaks_of_council or council().search(text) is not None
        for citation, sure in in_block(index, block):
            if sure:
                _add(cited, [citation])
            else:
                loose.append(citation)
    for citation in loose:
        if citation.number in cited or speaks_of_council:
            _add(cited, [citation])
    found = [_found(citations) for citations in cited.values()]
    return sorted(found, key=lambda f: f.spans[0])


def _add(cited: dict[int, list[Citation]], citations: list[Citation]) -> None:
    for citation in citations:
        cited.setdefault(citation.number, []).append(citation)


def _found(citations: list[Citation]) -> Found[Resolution]:
    """One resolution from its citations: the stated year is kept even where the table has another; the symbol,
    by which resolutions are told apart, takes the table's."""
    number = citations[0].number
    stated = next((c.year for c in citations if c.year is not None), None)
    known = year_of(number) or adopted_in(number)
    year = stated or known
    source = "stated" if stated else "looked_up" if known else None
    named = known or stated
    symbol = f"S/RES/{number} ({named})" if named else f"S/RES/{number}"
    spans = tuple(sorted({c.span for c in citations}))
    return Found(Resolution(number, year, symbol, "UNSC", source), spans)
