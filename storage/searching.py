"""Full text over every version: words, phrases and beginnings of words, the same on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import TextClause, select, text

from parsers.document import Document, document_from_json
from storage import tables as t
from storage.errors import BadQuery
from storage.store import Store
from storage.words import word_spans, words_of

# How much text a result shows around the words that were found, in characters.
_AROUND = 120
_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))(\*?)')


class Hit(Struct, frozen=True):
    """A version that says the words: the first passage that does, and where in its document it stands.

    `start` and `end` are the passage's half-open offsets into the block's text; `marks` are the spans of
    the found words within `passage`. `day` is the page's own: published, of its plenary, or else seen.
    """

    record: int
    regime: str
    source: str
    url: str
    title: str | None
    plenary: str | None
    day: date
    observed_at: datetime
    block: int
    start: int
    end: int
    passage: str
    marks: tuple[tuple[int, int], ...]


class Term(Struct, frozen=True):
    """Words that stand one after the other; the last may be only a beginning. A `denied` one must not stand."""

    words: tuple[str, ...]
    prefix: bool = False
    denied: bool = False


def terms_of(query: str) -> tuple[Term, ...]:
    """What *query* asks for: ``annex``, ``"export control"``, ``missil*``, ``-nuclear``; all must hold.

    Raises `BadQuery` when nothing in it can be looked for.
    """
    if query.count('"') % 2:
        raise BadQuery(f"search {query!r}: a quotation mark is not closed; close it")
    terms = []
    for denied, phrase, word, star in _TERM.findall(query):
        words = tuple(words_of(phrase or word))
        if words:
            terms.append(Term(words, bool(star) or word.endswith("*"), bool(denied)))
    if all(term.denied for term in terms):
        raise BadQuery(f"search {query!r}: nothing to look for; give at least one word")
    return tuple(terms)


def search(
    store: Store,
    query: str,
    *,
    regime: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int = 50,
) -> tuple[Hit, ...]:
    """Versions that say *query*, the newest version first, at most *limit*.

    *since* and *until* (inclusive) bound the page's own day. Raises `BadQuery`.
    """
    terms = terms_of(query)
    hits: list[Hit] = []
    for hit in _hits(store, terms, regime):
        if (since is None or hit.day >= since) and (until is None or hit.day <= until):
            hits.append(hit)
        if len(hits) >= limit:
            break
    return tuple(hits)


def _hits(store: Store, terms: tuple[Term, ...], regime: str | None) -> Iterator[Hit]:
    with store.reading() as r:
        query = (
            select(t.Record, t.Source.name, t.Plenary.label, t.Plenary.start)
            .join(t.Source, t.Source.id == t.Record.source_id)
            .outerjoin(t.Plenary, t.Plenary.id == t.Record.plenary_id)
            .where(_matching(store.engine.dialect.name, terms))
            .order_by(t.Record.observed_at.desc(), t.Record.id.desc())
            .execution_options(yield_per=20)
        )
        if regime is not None:
            query = query.where(t.Record.regime == regime)
        for row, source, label, start in r.session.execute(query):
            found = _passage(document_from_json(row.document), terms)
            if found is None:
                continue  # A phrase that stands only across two blocks is no phrase.
            block, begin, end, passage, marks = found
            yield Hit(
                row.id,
                row.regime,
                source,
                row.url,
                row.title,
                label,
                row.published or start or row.observed_at.date(),
                row.observed_at,
                block,
                begin,
                end,
                passage,
                marks,
            )


def _matching(dialect: str, terms: tuple[Term, ...]) -> TextClause:
    """The index's own query. Words are letters and digits alone: nothing in them is an operator."""
    wanted = [term for term in terms if not term.denied]
    denied = [term for term in terms if term.denied]
    if dialect == "sqlite":

        def one(term: Term) -> str:
            return f'"{" ".join(term.words)}"' + ("*" if term.prefix else "")

        match = "(" + " AND ".join(map(one, wanted)) + ")" + "".join(f" NOT {one(term)}" for term in denied)
        clause = text("records.id IN (SELECT rowid FROM record_words WHERE record_words MATCH :match)")
        return clause.bindparams(match=match)

    def phrase(term: Term) -> str:
        return "(" + " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.prefix else "") + ")"

    match = " & ".join([*map(phrase, wanted), *(f"!{phrase(term)}" for term in denied)])
    clause = text("records.id IN (SELECT record_id FROM record_words WHERE words @@ to_tsquery('simple', :match))")
    return clause.bindparams(match=match)


def _passage(
    document: Document, terms: tuple[Term, ...]
) -> tuple[int, int, int, str, tuple[tuple[int, int], ...]] | None:
    """The block that says most of the terms, cut around the first of them; None when a term stands in none."""
    wanted = [term for term in terms if not term.denied]
    readable = set(map(id, document.readable))
    best: tuple[int, list[tuple[int, int]], int] | None = None
    unseen = set(wanted)
    for number, block in enumerate(document.blocks):
        if id(block) not in readable:
            continue
        spans = word_spans(block.text)
        found = {term: _stands(spans, term) for term in wanted}
        told = [term for term in wanted if found[term]]
        unseen.difference_update(told)
        if told and (best is None or len(told) > best[0]):
            best = (len(told), sorted({span for term in told for span in found[term]}), number)
    if best is None or unseen:
        return None
    _, marks, number = best
    whole = document.blocks[number].text
    begin, end = max(0, marks[0][0] - _AROUND), min(len(whole), marks[0][1] + _AROUND)
    begin = whole.rfind(" ", 0, begin) + 1 if begin else 0
    end = (whole.find(" ", end) if end < len(whole) else -1) if end < len(whole) else len(whole)
    end = len(whole) if end == -1 else end
    inside = tuple((a - begin, b - begin) for a, b in marks if begin <= a and b <= end)
    return number, begin, end, whole[begin:end], inside


def _stands(spans: list[tuple[str, int, int]], term: Term) -> list[tuple[int, int]]:
    """Where *term* stands: the span of each of its words, for every place."""
    length = len(term.words)
    found: list[tuple[int, int]] = []
    for i in range(len(spans) - length + 1):
        words = [spans[i + k][0] for k in range(length)]
        last = words[-1].startswith(term.words[-1]) if term.prefix else words[-1] == term.words[-1]
        if last and tuple(words[:-1]) == term.words[:-1]:
            found.extend((spans[i + k][1], spans[i + k][2]) for k in range(length))
    return found
