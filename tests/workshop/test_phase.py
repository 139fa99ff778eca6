"""The way of an item: what is shown is never taken back, and never shown too early."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.errors import WorkshopError
from climrisk.workshop.phase import MOVES, PHASES, Phase, State, moved


def walk(*phases: Phase, answers: int = 4) -> State:
    state = State()
    for phase in phases:
        state = moved(state, phase, answers)
    return state


def test_the_whole_way() -> None:
    once = ("private", "revealed", "discussion")
    assert walk(*once) == State("discussion", 1)
    assert walk(*once, "private") == State("private", 2)
    done = walk(*once, "private", "revealed", "committed")
    assert done == State("committed", 2)
    assert moved(done, "discussion", 4) == State("discussion", 2)
    assert walk(*once, "private", "revealed", "committed", "discussion", "private").round == 3


@pytest.mark.parametrize("answers", range(4))
def test_fewer_than_four_answers_are_not_revealed(answers: int) -> None:
    with pytest.raises(WorkshopError, match=f"{answers} answers; allowed: a reveal with at least"):
        moved(State("private", 1), "revealed", answers)


def test_a_first_round_can_be_closed_unseen_but_a_second_cannot() -> None:
    assert moved(State("private", 1), "planned", 0) == State()
    with pytest.raises(WorkshopError, match="from private to planned; allowed: revealed"):
        moved(State("private", 2), "planned", 9)


@given(st.lists(st.sampled_from(PHASES), max_size=30), st.integers(0, 8))
def test_what_is_revealed_only_grows_and_never_includes_the_open_round(
    wishes: list[Phase], answers: int
) -> None:
    state = State()
    for wish in wishes:
        try:
            after = moved(state, wish, answers)
        except WorkshopError:
            continue
        assert wish in MOVES[state.phase]
        assert after.revealed_round >= state.revealed_round
        assert not after.is_open or after.revealed_round == after.round - 1
        assert answers >= 4 or after.revealed_round == 0
        state = after
