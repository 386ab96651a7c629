"""Every sentence of the tables in ``claims/`` in other forms by rule: wrapped, in capitals, of other states or years, its
states joined by other words, its clauses turned. Each is read as the sentence is."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.builders.invented import of_twin, renamed
from tests.builders.pages import REGIMES
from tests.builders.said import said_by, said_of
from tests.builders.variants import NOT_OF, VARIANTS, not_stated
from tests.parsers.test_claims import ROWS

# The share of each kind that is read otherwise as yet: it may only fall.
OTHERWISE = {"joined_with": 0.035, "in_capitals": 0.11}


@pytest.mark.parametrize("kind", VARIANTS)
def test_a_sentence_in_another_form_is_read_as_it_was(kind: str) -> None:
    tried, otherwise = 0, []
    for field, _, text, stated, *regime in ROWS:
        variant = VARIANTS[kind](text.strip().replace("\n", "\n\n"), stated)
        if variant is None or field in NOT_OF.get(kind, ()):
            continue
        tried += 1
        # A person's name in capitals may be written in others.
        if (read := said_of(field, variant.text, *regime)).casefold() != variant.stated.casefold():
            otherwise.append((field, variant.text, variant.stated, read))
    assert tried >= 5
    assert len(otherwise) <= OTHERWISE.get(kind, 0.0) * tried, otherwise


# Of these fields no sentence is judged, or a page says them of itself.
_OF_THE_PAGE = frozenset(
    ("kind", "title", "publisher", "published", "topics", "resolutions", "plenary", "meetings", "members")
)
# How many are stated all the same as yet.
STATED_ALL_THE_SAME = {"officers": 8, "observers": 1}


def test_what_a_sentence_denies_or_asks_it_does_not_state() -> None:
    tried, stated_still = 0, []
    for field, _, text, stated, *regime in ROWS:
        for said in not_stated(text.strip()) if stated and field not in _OF_THE_PAGE else ():
            tried += 1
            if said_of(field, said, *regime) == stated:
                stated_still.append((field, said))
    assert tried > 500
    counts = Counter(field for field, _ in stated_still)
    assert {f: n for f, n in counts.items() if n > STATED_ALL_THE_SAME.get(f, 0)} == {}, stated_still


# What is read otherwise of a regime that nobody knows; the lists of words for officers name regimes as yet.
OTHERWISE_OF_A_TWIN = {"officers": 7, "membership_decisions": 1}


def test_a_regime_that_nobody_knows_is_read_as_those_that_are_packaged() -> None:
    twins = {regime: renamed(profile) for regime, profile in REGIMES.items()}
    otherwise = []
    for field, _, text, stated, *named in ROWS:
        regime = named[0] if named else "mtcr"
        if regime in REGIMES:
            of_other = of_twin(text.strip().replace("\n", "\n\n"), REGIMES[regime])
            if field in ("title", "publisher"):
                # A page's own words name the regime.
                stated = of_twin(stated, REGIMES[regime])
            if (read := said_by(field, of_other, twins[regime])) != stated:
                otherwise.append((field, of_other, stated, read))
    assert {f: n for f, n in Counter(row[0] for row in otherwise).items() if n > OTHERWISE_OF_A_TWIN.get(f, 0)} == {}
