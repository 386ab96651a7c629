"""The set that is found is the one that a comparison with each of them finds first."""

from hypothesis import given
from hypothesis import strategies as st

from parsers.state_sets import StateSets

STATES = st.sets(st.sampled_from(["AR", "AU", "BR", "CA", "CL"]), min_size=1)


@given(st.lists(STATES, max_size=12), STATES, st.integers(0, 2**12 - 1))
def test_the_first_set_that_holds_states_and_the_first_within_them(
    every: list[set[str]], states: set[str], among: int
) -> None:
    sets = StateSets()
    for number, one in enumerate(every):
        sets.add(number, one)
    chosen = sum(1 << n for n in range(len(every)) if among >> n & 1)
    assert sets.first_holding(states) == next((n for n, one in enumerate(every) if states <= one), None)
    assert sets.first_within(states, chosen) == next(
        (n for n, one in enumerate(every) if one <= states and chosen >> n & 1), None
    )


def test_a_set_that_grows_holds_what_it_held_and_more() -> None:
    sets = StateSets()
    sets.add(0, ["JO"])
    sets.add(1, ["OM"])
    sets.add(0, ["PE"])
    assert sets.first_holding(["PE", "JO"]) == 0
    assert sets.first_within(["JO", "OM"], 0b11) == 1


def test_no_states_are_held_by_no_set() -> None:
    assert StateSets().first_holding([]) is None
