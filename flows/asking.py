"""Questions to the store, for the commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from diffs.compare import compare
from diffs.context import Context, Standing
from diffs.meaning import wording_facts
from diffs.redline import redline
from flows.context import last_said
from flows.errors import BadRequest
from flows.settings import settings_from_environment
from parsers.countries import country_named, display_name
from reports.comparison import Comparison
from reports.known import comparable, fullest_first
from sources import load_regimes, regime_named
from storage import Store
from storage.reading import Reader
from storage.values import Version

T = TypeVar("T")


def ask(regime: str, config: Path | None, question: Callable[[Reader], T]) -> T:
    """The answer of the environment's store to a question about a declared or stored regime."""
    with Store.open(settings_from_environment().database_url) as store, store.reading() as r:
        if not r.sources(regime):
            # A regime that only the store knows may be asked for without its declaration.
            regime_named(load_regimes(config), regime)
        return question(r)


def country_code(text: str) -> str:
    """The code of a state given by code or name. Raises `BadRequest`."""
    if re.fullmatch(r"[A-Za-z]{2}|[A-Z]{4}", text) and display_name(text.upper()) != text.upper():
        return text.upper()
    code = country_named(text)
    if code is None:
        raise BadRequest(f"{text!r}: no state of that name or code; write one such as IN or India")
    return code


def compared(r: Reader, regime: str, before: str, after: str) -> Comparison:
    """Two plenaries, or two records, compared. Raises `BadRequest`."""
    one, other = _pair(_versions(r, regime, before), _versions(r, regime, after))
    same_page = one.source == other.source and one.plenary == other.plenary
    told = r.told(regime, before=other.id)
    earlier = [p.label for p in r.plenaries(regime) if p.records]
    before_it = earlier[: earlier.index(other.plenary)] if other.plenary in earlier else []
    context = Context(
        regime=regime,
        url=other.url,
        observed_at=other.observed_at,
        previous=one.record if same_page else None,
        previous_hash=one.text_hash,
        after_hash=other.text_hash,
        plenary=other.plenary,
        plenary_known=bool(same_page),
        prior=one.record,
        prior_label=one.plenary,
        members={m.country: Standing(m.name) for m in one.record.members if m.country},
        last_said=last_said(told, reversed(before_it)),
        cited=told.cited | {str(x.number) for x in one.record.resolutions},
    )
    changes = compare(other.record, context=context)
    script = redline(one.document, other.document, r.corpus(regime).weights(max(one.id, other.id)))
    return Comparison(regime, one, other, changes, script, wording_facts(script))


def _pair(one: list[Version], other: list[Version]) -> tuple[Version, Version]:
    """Of the pages on either side those to compare: of the pairs in one language that of the fullest, or where there is
    none the fullest of each."""
    for version in fullest_first(other):
        if same := comparable(one, version):
            return same, version
    return fullest_first(one)[0], fullest_first(other)[0]


def _versions(r: Reader, regime: str, name: str) -> list[Version]:
    if match := re.fullmatch(r"r(\d+)", name):
        return [r.version(int(match[1]))]
    found = [v for v in r.versions(regime, plenary=name) if not v.held]
    if not found:
        known = ", ".join(p.label for p in r.plenaries(regime) if p.records) or "none yet"
        raise BadRequest(f"{name!r}: no record of that plenary of {regime}; known are {known} (or rN for record N)")
    return found
