"""Who has not answered: told to the facilitator alone, by number, without any answer."""

from __future__ import annotations

import pytest

from climrisk.errors import AccessRefusedError
from climrisk.workshop.seat import audience
from climrisk.workshop.store.answers import submit
from climrisk.workshop.store.boards import board
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.people import add_on_paper, join
from climrisk.workshop.store.waiting import Awaited, awaited
from tests.workshops import ITEM, ONGOING, Room, answer, question, room


def test_who_has_not_sent_an_item_is_named_by_number(lx: Room) -> None:
    assert awaited(lx.store, lx.facilitator) == {}, "nothing is open"
    lx.move("private")
    for place in (0, 2):
        submit(lx.store, lx.people[place], ITEM, answer(ITEM), "t")
    paper = add_on_paper(lx.store, lx.facilitator, "", "", "ballot 1")
    found = awaited(lx.store, lx.facilitator)
    assert found == {
        ITEM: (Awaited(2, False), Awaited(4, False), Awaited(5, False), Awaited(6, True))
    }
    submit(lx.store, paper, ITEM, answer(ITEM), "t", entered_by=lx.facilitator)
    assert [one.number for one in awaited(lx.store, lx.facilitator)[ITEM]] == [2, 4, 5]


def test_no_view_is_an_answer_and_each_round_asks_anew(lx: Room) -> None:
    lx.move("private")
    lx.all_answer()
    lx.move("revealed", "discussion", "private")
    everybody = [seat.number for seat in lx.people]
    assert [one.number for one in awaited(lx.store, lx.facilitator)[ITEM]] == everybody
    none = answer(ITEM).model_copy(
        update={"no_view": True, "severity": None, "likelihood": None, "reason": ""}
    )
    submit(lx.store, lx.people[0], ITEM, none, "t")
    assert [one.number for one in awaited(lx.store, lx.facilitator)[ITEM]] == everybody[1:]


def test_only_those_who_are_asked_are_awaited_and_counts_agree(store: Store) -> None:
    asked = question(ITEM).model_copy(update={"answered_by": ("Finance",)})
    made = room(store, people=0, groups=("Finance", "Law"), questions=[asked, question(ONGOING)])
    for number, group in enumerate(("Law", "Finance", "Law")):
        join(store, made.id, "", group, f"join-{number}")
    for item in (ITEM, ONGOING):
        made.move("private", item=item)
    found = awaited(store, made.facilitator)
    assert {item: [one.number for one in who] for item, who in found.items()} == {
        ITEM: [2], ONGOING: [1, 2, 3]
    }  # fmt: skip
    for one in board(store, made.id):
        assert one.expected - one.answered == len(found[one.item])


def test_nobody_but_the_facilitator_is_told(lx: Room) -> None:
    lx.move("private")
    for seat in (lx.people[0], audience(lx.id)):
        with pytest.raises(AccessRefusedError, match="only the facilitator"):
            awaited(lx.store, seat)
