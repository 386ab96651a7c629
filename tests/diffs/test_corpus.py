"""What a regime's statements teach: their boilerplate weighs little, and a redline once shown stays as it was."""

from __future__ import annotations

from pathlib import Path

from diffs.corpus import Corpus
from diffs.redline import redline
from diffs.script import EditScript
from tests.builders.comparing import a_document, a_meeting, a_record
from tests.builders.stores import a_store, observed

FORMULA = "Partners once more underlined that national export controls serve the aims of the regime"
# What the regime always says, each time of another matter.
MATTERS = [
    "steel",
    "gyroscopes",
    "engines",
    "insurance",
    "ferries",
    "bearings",
    "turbines",
    "propellant",
    "glass",
    "radar",
    "alloys",
    "pumps",
]
STATEMENTS = [
    (record, a_document(f"{FORMULA}, as to {matter} from abroad.")) for record, matter in enumerate(MATTERS, 1)
]
ALL = len(STATEMENTS)
BEFORE = a_document(f"{FORMULA}, as to sounding rockets which universities fly without a licence.")
AFTER = a_document(
    f"{FORMULA}; old papers of the chair lie open to historians who asked for them.",
    "Sounding rockets which universities fly without a licence were discussed.",
)


def pairs_of(script: EditScript) -> set[tuple[int, int]]:
    return {(e.before, e.after) for e in script.edits if e.before is not None and e.after is not None}


def test_what_a_regime_always_says_does_not_make_two_paragraphs_one() -> None:
    assert (0, 0) in pairs_of(redline(BEFORE, AFTER))
    assert pairs_of(redline(BEFORE, AFTER, Corpus(STATEMENTS).weights(ALL))) == {(0, 1)}


def test_statements_that_come_later_change_no_redline() -> None:
    known = Corpus(STATEMENTS[:2]).weights(2)
    later = Corpus(STATEMENTS).weights(2)
    assert redline(BEFORE, AFTER, later) == redline(BEFORE, AFTER, known)
    assert redline(BEFORE, AFTER, later) != redline(BEFORE, AFTER, Corpus(STATEMENTS).weights(ALL))


def test_a_paragraph_that_is_said_again_teaches_once() -> None:
    again = [(record + len(STATEMENTS), document) for record, document in STATEMENTS]
    known, twice = Corpus(STATEMENTS).weights(ALL), Corpus([*STATEMENTS, *again]).weights(2 * ALL)
    assert redline(BEFORE, AFTER, twice) == redline(BEFORE, AFTER, known)


def test_the_store_teaches_of_statements_and_of_nothing_else(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        with store.writing() as w:
            for record, document in STATEMENTS:
                observed(w, a_record(plenary=a_meeting(record)), document=document, name=f"statement-{record}")
            for place in range(9):
                observed(
                    w,
                    a_record(),
                    document=a_document(f"Menu {place}: archives, universities, rockets"),
                    name=f"page-{place}",
                )
        with store.reading() as r:
            weights = r.corpus("mtcr").weights(100)
    assert redline(BEFORE, AFTER, weights) == redline(BEFORE, AFTER, Corpus(STATEMENTS).weights(ALL))
