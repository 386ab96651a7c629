"""Every sentence of the tables in ``claims/`` in other forms by rule: wrapped, in capitals, of other states or years, its
states joined by other words, its clauses turned. Each is read as the sentence is."""

from __future__ import annotations

import pytest

from tests.builders.said import said_of
from tests.builders.variants import NOT_OF, VARIANTS
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
