"""A rehearsal is like a session in all but one thing: it cannot be saved."""

from __future__ import annotations

import pytest

from climrisk.domain.elicitation.estimate import Estimate
from climrisk.errors import WorkshopError
from climrisk.workshop.rehearsal import Rehearsal
from climrisk.workshop.store.answers import own_answers, submit
from tests.workshops import ITEM, ONGOING, Room, plan


def test_a_whole_rehearsal() -> None:
    rehearsal = Rehearsal(plan())
    for item in (ITEM, ONGOING):
        with pytest.raises(WorkshopError, match="nothing is revealed yet"):
            rehearsal.revealed(item)
        rehearsal = rehearsal.moved(item, "private").moved(item, "revealed")
        first = rehearsal.revealed(item)
        rehearsal = rehearsal.moved(item, "discussion").moved(item, "private")
        second = rehearsal.moved(item, "revealed").revealed(item)
        assert len(first.voices) == len(second.voices) == 8
        assert second.severity.disagreement.ratio < first.severity.disagreement.ratio  # type: ignore[operator]
        assert (first.likelihood is None) == (item == ONGOING)


def test_the_same_seed_says_the_same() -> None:
    assert Rehearsal(plan(), seed=3).answers(ITEM, 1) == Rehearsal(plan(), seed=3).answers(ITEM, 1)
    assert Rehearsal(plan(), seed=3).answers(ITEM, 1) != Rehearsal(plan(), seed=4).answers(ITEM, 1)


def test_too_few_people_reveal_nothing_here_either() -> None:
    with pytest.raises(WorkshopError, match="3 answers; allowed: a reveal with at least 4"):
        Rehearsal(plan(), people=3).moved(ITEM, "private").moved(ITEM, "revealed")
    with pytest.raises(WorkshopError, match="R-9: not part of this session"):
        Rehearsal(plan()).moved("R-9", "private")


def test_the_store_refuses_what_nobody_said(lx: Room) -> None:
    lx.move("private")
    said = Rehearsal(plan()).answers(ITEM, 1)[1]
    assert not isinstance(said, Estimate)
    with pytest.raises(WorkshopError, match="a rehearsal is never saved"):
        submit(lx.store, lx.people[0], ITEM, said, "token")  # type: ignore[arg-type]
    assert own_answers(lx.store, lx.people[0], ITEM) == ()
