"""Pages restated and labelled before the parser saw them: ``unseen/``, a folder a batch, with its first figure.

A batch is blind once. From then on it holds what was read right: wrong values and misses may only become fewer.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from flows.reading import cases_of
from parsers.evaluate import Evaluation, score
from parsers.record import MembershipDecisionKind

FOLDER = Path(__file__).parent / "unseen"
# Of each batch: the most wrong values, and the most missed. The first figure of each stands in its README.
BATCHES = {
    "2026-12-01-a": (9, 14),
    "2026-12-01-b": (12, 27),
    "2026-12-01-c": (19, 57),
    "2026-12-01-d": (17, 41),
    "2026-12-01-e": (14, 39),
    "2026-12-01-f": (15, 76),
    "2026-12-01-g": (36, 192),
    "2026-12-01-h": (19, 58),
}
# A member whose membership was endorsed anew: page and state.
ARGUABLE = {("egmont-2017-macao-kosovo", "DE")}
# Read falsely as yet: observers admitted before, states that joined anew long ago.
FALSE = {("nsg-mitglieder-de", "CZ"), ("nsg-mitglieder-de", "SK")}
FALSE |= {("apg-2014-macao", code) for code in ("FR", "DE", "PT", "RU", "TV")}
_K = MembershipDecisionKind
_JOINED = {_K.ADMITTED, _K.ACCEDED, _K.SUBSCRIBED, _K.WELCOMED}
_LEFT = {_K.WITHDREW, _K.SUSPENDED}


@cache
def judged(batch: str) -> Evaluation:
    return score(cases_of(FOLDER / batch, None))


def test_every_batch_is_held() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(BATCHES)


@pytest.mark.parametrize("batch", BATCHES)
def test_what_was_once_read_right_stays_so(batch: str) -> None:
    overall = judged(batch).overall
    wrong, missed = BATCHES[batch]
    assert (overall.wrong <= wrong, overall.missed <= missed) == (True, True), overall


@pytest.mark.parametrize("batch", BATCHES)
def test_no_state_is_said_to_have_joined_or_left_that_did_not(batch: str) -> None:
    """Which word of joining it was may differ from the label; that the state joined may not."""
    for case in cases_of(FOLDER / batch, None):
        stated = {
            (str(decision["decision"]) in _LEFT, code)
            for decision in case.label.get("membership_decisions", [])  # type: ignore[attr-defined]
            for code in decision["countries"]
        }
        assert case.record is not None
        for decision in case.record.membership_decisions:
            if decision.decision in _JOINED | _LEFT:
                told = [code for code in decision.countries if (case.page, code) not in ARGUABLE | FALSE]
                read = {(decision.decision in _LEFT, code) for code in told}
                assert read <= stated, case.page
