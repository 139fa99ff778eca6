"""Answers: nothing lost, nothing twice, nothing overwritten."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from climrisk.errors import AccessRefusedError, AnswerRefusedError, WorkshopError
from climrisk.workshop.phase import State
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.answers import answered_rounds, own_answers, reveal, submit
from climrisk.workshop.store.boards import board
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.moves import move_item, move_items
from climrisk.workshop.store.people import add_on_paper, join
from climrisk.workshop.store.privacy import events
from climrisk.workshop.store.sessions import (
    create_session,
    list_sessions,
    replan,
    session_named,
    view_session,
)
from tests.workshops import ITEM, ONGOING, PIN, Room, answer, plan, question, room


def test_every_revision_is_kept_and_the_latest_stands(lx: Room) -> None:
    lx.move("private")
    lx.all_answer()
    changed = answer(ITEM, 3.0)
    receipt = submit(lx.store, lx.people[0], ITEM, changed, "second thought")
    assert (receipt.round, receipt.is_repeat) == (1, False)
    own = own_answers(lx.store, lx.people[0], ITEM)
    assert [given.estimate for given in own] == [changed, answer(ITEM, 1.0)]
    lx.move("revealed")
    shown = reveal(lx.store, lx.people[0], ITEM)
    assert len(shown.voices) == 5
    assert [voice.estimate for voice in shown.voices if voice.is_own] == [changed]


def test_a_second_round_shows_the_change_and_keeps_the_first(lx: Room) -> None:
    lx.move("private")
    lx.all_answer()
    lx.move("revealed", "discussion", "private")
    moved = answer(ITEM, 2.0)
    submit(lx.store, lx.people[4], ITEM, moved, "round two")
    lx.move("revealed")
    first, second = (reveal(lx.store, lx.facilitator, ITEM, round_) for round_ in (1, 2))
    assert {voice.estimate for voice in first.voices} == {
        answer(ITEM, 1 + 0.1 * place) for place in range(5)
    }
    assert {voice.estimate for voice in second.voices} == {
        *(answer(ITEM, 1 + 0.1 * place) for place in range(4)),
        moved,
    }


def test_the_same_submission_is_stored_once(lx: Room) -> None:
    lx.move("private")
    seat, said = lx.people[0], answer()
    first = submit(lx.store, seat, ITEM, said, "token")
    again = submit(lx.store, seat, ITEM, said, "token")
    assert (again.sequence, again.is_repeat) == (first.sequence, True)
    with pytest.raises(WorkshopError, match="this token marked another answer"):
        submit(lx.store, seat, ITEM, answer(ITEM, 2.0), "token")
    assert len(own_answers(lx.store, seat, ITEM)) == 1
    assert submit(lx.store, lx.people[1], ITEM, said, "token").is_repeat is False


def test_a_repeat_is_acknowledged_even_when_the_round_has_closed(lx: Room) -> None:
    lx.move("private")
    lx.all_answer()
    lx.move("revealed")
    assert submit(lx.store, lx.people[0], ITEM, answer(), f"{ITEM}-1-0").is_repeat
    with pytest.raises(WorkshopError, match="no round is open; it is revealed"):
        submit(lx.store, lx.people[0], ITEM, answer(), "too late")


def test_answers_are_taken_in_a_private_round_alone(lx: Room) -> None:
    with pytest.raises(WorkshopError, match="R-ACU-1: no round is open; it is planned"):
        submit(lx.store, lx.people[0], ITEM, answer(), "token")
    with pytest.raises(WorkshopError, match=r"'\.\./etc' is not part of this session"):
        submit(lx.store, lx.people[0], "../etc", answer(), "token")
    lx.move("private", item=ONGOING)
    with pytest.raises(AnswerRefusedError, match="the effect is ongoing"):
        submit(lx.store, lx.people[0], ONGOING, answer(ITEM), "token")


def test_only_participants_answer_and_only_the_facilitator_moves_on(lx: Room) -> None:
    lx.move("private")
    with pytest.raises(AccessRefusedError, match="only a participant"):
        submit(lx.store, lx.facilitator, ITEM, answer(), "token")
    with pytest.raises(AccessRefusedError, match="only the facilitator"):
        move_item(lx.store, lx.people[0], ITEM, "revealed")
    with pytest.raises(WorkshopError, match="committed with its value"):
        move_item(lx.store, lx.facilitator, ITEM, "committed")


def test_the_facilitator_enters_a_ballot_for_its_seat(lx: Room) -> None:
    lx.move("private")
    seat = add_on_paper(lx.store, lx.facilitator, "On paper", "", "paper")
    submit(lx.store, seat, ITEM, answer(), "ballot", entered_by=lx.facilitator)
    with lx.store.reading() as connection:
        by = connection.execute(text("SELECT entered_by FROM estimate")).scalars().all()
    assert by == ["facilitator"]
    other = room(lx.store, people=0)
    with pytest.raises(AccessRefusedError, match="another session"):
        submit(lx.store, seat, ITEM, answer(), "x", entered_by=other.facilitator)


def test_a_group_answers_what_it_is_asked(store: Store) -> None:
    asked = question().model_copy(update={"answered_by": ("Sales",)})
    made = room(store, people=0, groups=["Sales", "Legal"], questions=[asked, question(ONGOING)])
    move_item(store, made.facilitator, ITEM, "private")
    sales = join(store, made.id, "A", "Sales", "a").seat
    legal = join(store, made.id, "B", "Legal", "b").seat
    submit(store, sales, ITEM, answer(), "t")
    with pytest.raises(AccessRefusedError, match="R-ACU-1 is asked of Sales"):
        submit(store, legal, ITEM, answer(), "t")
    assert [(one.item, one.answered, one.expected) for one in board(store, made.id)] == [
        (ITEM, 1, 1),
        (ONGOING, 0, 2),
    ]


@pytest.mark.parametrize(
    "reason",
    [
        "<script>alert('x')</script>",
        '=HYPERLINK("http://example.com")',
        "\u202egnp.exe\u202c \u200f\u05d0",
        "../../../etc/passwd",
        "險" * 10_000,
        "'; DROP TABLE estimate; --",
        "tab\there\r\nand a line",
    ],
)
def test_hostile_text_comes_back_word_for_word(lx: Room, reason: str) -> None:
    lx.move("private")
    submit(lx.store, lx.people[0], ITEM, answer(reason=reason), "t")
    assert own_answers(lx.store, lx.people[0], ITEM)[0].estimate.reason == reason


def test_a_crowd_loses_nothing_and_stores_nothing_twice(store: Store) -> None:
    """12 people, 2 items, each submission sent twice and out of order, from 12 threads."""
    made = room(store, people=12)
    made.move("private")
    made.move("private", item=ONGOING)
    calls = [
        (seat, item, factor)
        for seat in made.people
        for item in (ITEM, ONGOING)
        for factor in (1.0, 1.5)
        for _ in range(2)
    ]
    random.Random(1).shuffle(calls)

    def send(call: tuple[Seat, str, float]) -> tuple[int, bool]:
        seat, item, factor = call
        token = f"{item}-{factor}"
        receipt = submit(store, seat, item, answer(item, factor), token)
        return receipt.sequence, receipt.is_repeat

    with ThreadPoolExecutor(12) as pool:
        receipts = list(pool.map(send, calls))
    assert len({sequence for sequence, _ in receipts}) == 12 * 2 * 2
    assert sum(is_repeat for _, is_repeat in receipts) == 12 * 2 * 2
    for seat in made.people:
        for item in (ITEM, ONGOING):
            own = own_answers(store, seat, item)
            assert {given.estimate for given in own} == {answer(item, 1.0), answer(item, 1.5)}
            assert len(own) == 2
    assert all(one.answered == 12 for one in board(store, made.id))


def test_nobody_slips_in_after_the_reveal(store: Store) -> None:
    """Reveals race against late answers: what was revealed does not change afterwards."""
    made = room(store, people=5)
    made.move("private")
    made.all_answer()
    late = [(seat, answer(ITEM, 4.0)) for seat in made.people]

    def send(call: tuple[Seat, object]) -> bool:
        try:
            submit(store, call[0], ITEM, answer(ITEM, 4.0), "late")
        except WorkshopError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(send, one) for one in late]
        pool.submit(made.move, "revealed").result()
        at_once = {voice.estimate for voice in reveal(store, made.facilitator, ITEM).voices}
        stored = sum(one.result() for one in sent)
    after = [voice.estimate for voice in reveal(store, made.facilitator, ITEM).voices]
    assert set(after) == at_once
    assert sum(one == answer(ITEM, 4.0) for one in after) == stored


def test_a_reopened_commit_starts_a_third_round(lx: Room) -> None:
    lx.move("private")
    lx.all_answer()
    lx.move("revealed", "discussion", "private", "revealed")
    assert move_item(lx.store, lx.facilitator, ITEM, "discussion") == State("discussion", 2)
    assert move_item(lx.store, lx.facilitator, ITEM, "private") == State("private", 3)


def test_several_items_open_together_or_none_does(lx: Room) -> None:
    assert move_items(lx.store, lx.facilitator, [ONGOING, ITEM], "private") == {
        ITEM: State("private", 1), ONGOING: State("private", 1)
    }  # fmt: skip
    kept = [(one.kind, one.item) for one in events(lx.store, lx.facilitator)]
    assert kept[-2:] == [("private", ITEM), ("private", ONGOING)]
    lx.all_answer()
    with pytest.raises(WorkshopError, match="0 answers"):
        move_items(lx.store, lx.facilitator, [ITEM, ONGOING], "revealed")
    assert {one.state for one in board(lx.store, lx.id)} == {State("private", 1)}
    assert len(events(lx.store, lx.facilitator)) == len(kept)
    with pytest.raises(AccessRefusedError, match="only the facilitator"):
        move_items(lx.store, lx.people[0], [ITEM], "planned")


def test_the_plan_changes_only_where_nothing_was_asked(lx: Room) -> None:
    lx.move("private")
    lx.all_answer()
    other = question(ONGOING).model_copy(update={"minutes": 3.0})
    replan(lx.store, lx.facilitator, plan(questions=[other, question("R-TEC-1"), question()]))
    assert list(view_session(lx.store, lx.id).states) == [ONGOING, "R-TEC-1", ITEM]
    assert [one.item for one in board(lx.store, lx.id)] == [ONGOING, "R-TEC-1", ITEM]
    assert events(lx.store, lx.facilitator)[-1].detail == f"{ONGOING}, R-TEC-1, {ITEM}"
    with pytest.raises(WorkshopError, match="R-ACU-1: already asked"):
        replan(lx.store, lx.facilitator, plan(questions=[other]))
    with pytest.raises(WorkshopError, match="interval: already asked"):
        replan(lx.store, lx.facilitator, plan(interval="p5-p95"))
    lx.move("planned")  # closed unseen, yet answered
    with pytest.raises(WorkshopError, match="R-ACU-1: already asked"):
        replan(lx.store, lx.facilitator, plan(questions=[other]))


def test_sessions_are_found_by_id_and_code(lx: Room) -> None:
    assert session_named(lx.store, lx.join_code) == session_named(lx.store, lx.id) == lx.id
    with pytest.raises(WorkshopError, match="no session 'nowhere'; see: climrisk workshop list"):
        session_named(lx.store, "nowhere")
    view = list_sessions(lx.store)[0]
    assert (view.id, view.people, view.plan) == (lx.id, 5, plan())
    assert view.retain_until.date().isoformat() == "2026-08-29"


def test_a_short_pin_makes_no_session(store: Store) -> None:
    with pytest.raises(WorkshopError, match="a PIN of 4 signs"):
        create_session(store, plan(), "lx", "1234")
    assert PIN not in repr(list_sessions(store))
    assert list_sessions(store) == ()


def test_answered_rounds_are_ones_own(lx: Room) -> None:
    lx.move("private")
    submit(lx.store, lx.people[0], ITEM, answer(ITEM), "t1")
    submit(lx.store, lx.people[0], ITEM, answer(ITEM, 2.0), "t2")
    assert answered_rounds(lx.store, lx.people[0]) == {(ITEM, 1)}
    assert answered_rounds(lx.store, lx.people[1]) == frozenset()
    with pytest.raises(AccessRefusedError, match="participant"):
        answered_rounds(lx.store, lx.facilitator)
