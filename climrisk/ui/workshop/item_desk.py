"""One item at the facilitator's desk: moved on, revealed, voted on, committed."""

from __future__ import annotations

from functools import partial
from typing import Final, get_args

import streamlit as st

from climrisk.domain.elicitation.question import Question
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say
from climrisk.ui.state import words as wording
from climrisk.ui.workshop import committing, opening
from climrisk.ui.workshop.asking import show_question
from climrisk.ui.workshop.moves import move_words, ways_from
from climrisk.ui.workshop.notebook import note_field
from climrisk.ui.workshop.rooms import attempt, done, rooms, worded
from climrisk.ui.workshop.showing import show_reveal, show_votes
from climrisk.workshop.calibration import LEAST_SEEDS
from climrisk.workshop.phase import Phase, State
from climrisk.workshop.pooling import Method
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.answers import reveal
from climrisk.workshop.store.boards import Board, board
from climrisk.workshop.store.moves import move_item
from climrisk.workshop.store.sessions import SessionView
from climrisk.workshop.store.votes import VoteState, move_vote, vote_count
from climrisk.workshop.store.warm_up import asked_seeds, weights

__all__ = ["show"]

METHODS: Final = get_args(Method)
VOTE_WAYS: Final[dict[str, tuple[VoteState, ...]]] = {
    "none": ("open",),
    "open": ("shown", "none"),
    "shown": ("open",),
}


def show(seat: Seat, view: SessionView) -> None:
    """Show the item that is worked on."""
    titles = {one.item: f"{one.item} {one.title.best(language())}" for one in view.plan.questions}
    here = {one.item: one for one in board(rooms(), seat.session)}
    if st.session_state.get("desk_item") not in titles:
        st.session_state["desk_item"] = next(iter(titles))
    item = st.selectbox(
        say("app.choose.item"), list(titles), format_func=titles.__getitem__, key="desk_item"
    )
    question = view.plan.question(item)
    assert question is not None
    opening.offer(seat, view.plan, list(here.values()))
    _moves(seat, here[item])
    is_new = here[item].state.revealed_round == 0
    with st.expander(say("room.desk.question"), is_new, key=f"question {item} {is_new}"):
        show_question(question, view.plan)
        words = worded(question, view.plan)
        st.markdown(f"**{plain(words.severity)}**\n\n**{plain(words.likelihood)}**")
    _votes(seat, here[item])
    if here[item].state.revealed_round:
        _revealed(seat, view, question, here[item].state)
    note_field(seat, item)


def _moves(seat: Seat, here: Board) -> None:
    phase = say(f"workshop.phase.{here.state.phase}", round=here.state.round)
    ways = ways_from(here.state)
    columns = st.columns([1.4, *([1] * len(ways))], vertical_alignment="center")
    columns[0].markdown(f"**{plain(phase)}**")
    pressed = [
        column.button(
            move_words(here.state, way), key=f"move {here.item} {way}", width="stretch",
            type="primary" if way == ways[0] else "secondary",
        )
        for column, way in zip(columns[1:], ways, strict=True)
    ]  # fmt: skip
    for way, is_pressed in zip(ways, pressed, strict=True):
        if is_pressed:
            _move(seat, here.item, way)


def _move(seat: Seat, item: str, way: Phase) -> None:
    if attempt(lambda: move_item(rooms(), seat, item, way)) is not None:
        st.rerun()


def _votes(seat: Seat, here: Board) -> None:
    asked = here.vote != "none"
    with st.expander(say("room.vote.title"), asked, key=f"votes {here.item} {asked}"):
        st.caption(say("workshop.low_evidence"))
        for way in VOTE_WAYS[here.vote]:
            if st.button(say(f"room.vote.to_{way}"), key=f"vote {here.item} {way}"):
                moved = done(partial(move_vote, rooms(), seat, here.item, way))
                if moved:
                    st.rerun()
        if here.vote == "shown":
            show_votes(vote_count(rooms(), seat.session, here.item))


def _revealed(seat: Seat, view: SessionView, question: Question, state: State) -> None:
    method = st.segmented_control(
        say("room.pool.method"), METHODS, default="linear", key=f"method {question.item}",
        format_func=wording("room.pool", METHODS).__getitem__,
    )  # fmt: skip
    chosen: Method = method or "linear"
    weighted = None
    if len(asked_seeds(rooms(), seat.session)) >= LEAST_SEEDS and st.toggle(
        say("room.pool.weighted"), key=f"weighted {question.item}"
    ):
        weighted = attempt(lambda: weights(rooms(), seat))
    found = attempt(
        lambda: reveal(rooms(), seat, question.item, method=chosen, weights=weighted)
    )  # fmt: skip
    if found is None:
        return
    show_reveal(found, question, view.plan, f"desk {question.item}")
    if state.phase in ("revealed", "discussion"):
        committing.show(seat, view, question, chosen, weighted)
    elif state.phase == "committed":
        st.success(say("room.commit.done"), icon=":material/task_alt:")
