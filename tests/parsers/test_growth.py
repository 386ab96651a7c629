"""What is twice as long is read in about twice the time, whatever it repeats. All figures: `benchmarks/growth.py`."""

from __future__ import annotations

import gc
import time

import pytest

from parsers.errors import TooLarge
from parsers.parse import parse
from tests.builders.growing import SHAPES
from tests.builders.pages import MTCR

# Those that once took four times as long, each for another reason.
ONCE_QUADRATIC = (
    "resolutions after one word", "states with semicolons", "states in Chinese", "persons in the chair", "lines broken",
)  # fmt: skip
# A quadratic parse takes 16 times as long for four times the length.
FOUR_TIMES = 9


def seconds(body: bytes, rounds: int = 3) -> float:
    """Processor seconds of the quickest of so many parses."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        begin = time.process_time()
        parse(body, regime=MTCR)
        best = min(best, time.process_time() - begin)
    return best


@pytest.mark.parametrize("name", ONCE_QUADRATIC)
def test_four_times_the_length_takes_nowhere_near_sixteen_times_the_work(name: str) -> None:
    assert seconds(SHAPES[name](120_000)) < FOUR_TIMES * max(seconds(SHAPES[name](30_000)), 0.005)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_of_a_page_grows_faster_than_its_length(name: str) -> None:
    # Once, and the shorter first: of what has been read before, much is remembered.
    bound = FOUR_TIMES * max(seconds(SHAPES[name](30_000), rounds=1), 0.01)
    body = SHAPES[name](120_000)
    try:
        longer = seconds(body, rounds=1)
    except TooLarge:
        return
    # One parse may be slowed down by a busy machine.
    assert longer < bound or seconds(body) < bound


def test_an_officer_told_a_thousand_times_is_one_with_all_spans() -> None:
    """The names are joined as before: by any order of their words, and by the surname alone."""
    said = "It was chaired by Ambassador Jan Example of Norway. " * 1000
    page = f"<p>The MTCR held its 25th Plenary in Oslo in 2014. {said}</p>".encode()
    record = parse(page, regime=MTCR).record
    (officer,) = record.officers
    assert (officer.name, officer.country) == ("Jan Example", "NO")
    assert len(record.evidence["/officers/0"]) > 1000


def test_a_tag_of_attributes_without_end_is_refused_in_words() -> None:
    with pytest.raises(TooLarge, match="attributes"):
        parse(SHAPES["attributes"](512_000), regime=MTCR)
