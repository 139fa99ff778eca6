"""What a participant sees: one item at a time, in large fields, and nothing of the study."""

from __future__ import annotations

import streamlit as st

from climrisk.domain.elicitation.question import Question
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say
from climrisk.ui.workshop import kept_seat, warming
from climrisk.ui.workshop.answering import answer_form, own_words
from climrisk.ui.workshop.asking import show_question
from climrisk.ui.workshop.rooms import POLL, attempt, done, rooms, show_timer, spend, token, watch
from climrisk.ui.workshop.showing import show_reveal, show_votes
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.answers import answered_rounds, own_answers, reveal
from climrisk.workshop.store.boards import Board, board
from climrisk.workshop.store.notes import write_note
from climrisk.workshop.store.sessions import SessionView, view_session
from climrisk.workshop.store.votes import BANDS, cast_vote, vote_count

__all__ = ["show"]


def show(seat: Seat) -> None:
    """Show a participant what is asked, one item at a time."""
    view = view_session(rooms(), seat.session)
    st.title(plain(view.plan.title))
    _return_code()
    _poll(seat.session)
    _items(seat, view)
    _own_seat(seat, view)


def _items(seat: Seat, view: SessionView) -> None:
    asked = [one for one in board(rooms(), seat.session) if _is_asked(view.plan, one.item, seat)]
    if not asked:
        st.info(say("room.seat.nothing"))
        return
    answered = answered_rounds(rooms(), seat)
    waiting = [
        one.item
        for one in asked
        if one.state.is_open and (one.item, one.state.round) not in answered
    ]
    one = _chosen(asked, waiting, view.plan)
    _item(one, view.plan, seat)
    _onward(one.item, waiting, view.plan)
    warming.show_questions(seat)
    _park(seat)


@st.fragment(run_every=POLL)
def _poll(session: str) -> None:
    watch(session)
    show_timer(session)


def _own_seat(seat: Seat, view: SessionView) -> None:
    """Say whose page this is, and let the next person have the device."""
    with st.expander(say("room.seat.number", number=seat.number), key="seat_part"):
        st.markdown(plain(say("room.seat.kept")))
        if st.button(say("room.seat.leave"), key="leave_seat"):
            kept_seat.give_up(view)
            st.rerun()


def _return_code() -> None:
    code = st.session_state.get("return_code")
    if code is None:
        return
    with st.container(border=True):
        st.markdown(plain(say("room.join.keep_code")))
        st.code(code, language=None)
        if st.button(say("room.join.kept"), type="primary"):
            del st.session_state["return_code"]
            st.rerun()


def _is_asked(plan: SessionPlan, item: str, seat: Seat) -> bool:
    question = plan.question(item)
    return question is not None and (not question.answered_by or seat.group in question.answered_by)


def _chosen(asked: list[Board], waiting: list[str], plan: SessionPlan) -> Board:
    """Offer the items; the first one that waits for an answer comes up by itself."""
    by_name = {one.item: one for one in asked}
    opened = tuple((one.item, one.state) for one in asked if one.state.is_open)
    if st.session_state.get("seat_opened") != opened:
        st.session_state["seat_opened"] = opened
        if waiting:
            st.session_state["seat_item"] = waiting[0]
    words = {one.item: _label(one, plan, one.item in waiting) for one in asked}
    listed = list(words)
    before = st.session_state.get("seat_item", listed[0])
    picked = st.selectbox(
        say("room.seat.items", waiting=len(waiting), total=len(asked)), listed,
        index=listed.index(before) if before in listed else 0,
        format_func=words.__getitem__, key=f"seat_item {before} {' '.join(words.values())}",
    )  # fmt: skip
    # under one key the list would go on showing what the item was waiting for before
    st.session_state["seat_item"] = picked
    return by_name[picked]


def _onward(here: str, waiting: list[str], plan: SessionPlan) -> None:
    """Offer the next item that waits, once this one is answered."""
    if here in waiting or not waiting:
        return
    question = plan.question(waiting[0])
    title = waiting[0] if question is None else question.title.best(language())
    st.button(
        plain(say("room.seat.next", title=title)), type="primary", width="stretch", key="onward",
        on_click=_go_to, args=(waiting[0],),
    )  # fmt: skip


def _go_to(item: str) -> None:
    st.session_state["seat_item"] = item


def _label(one: Board, plan: SessionPlan, waits: bool) -> str:
    question = plan.question(one.item)
    title = one.item if question is None else question.title.best(language())
    mark = say("room.seat.waits") if waits else _phase(one)
    return f"{mark} · {title}"  # a phone may cut the title, which stands below as well


def _phase(one: Board) -> str:
    return say(f"workshop.phase.{one.state.phase}", round=one.state.round)


def _item(one: Board, plan: SessionPlan, seat: Seat) -> None:
    question = plan.question(one.item)
    assert question is not None
    if one.vote == "open":
        _vote(seat, one.item)
    elif one.vote == "shown":
        show_votes(vote_count(rooms(), seat.session, one.item))
    if one.state.is_open:
        answer_form(question, plan, seat, one.state.round)
    else:
        show_question(question, plan)
        st.info(plain(_phase(one)))
    if one.state.revealed_round:
        _revealed(question, plan, seat)


def _revealed(question: Question, plan: SessionPlan, seat: Seat) -> None:
    given = own_answers(rooms(), seat, question.item)
    if given and given[0].estimate.no_view:
        st.markdown(plain(say("room.answer.earlier", answer=own_words(given[0]))))
    found = attempt(lambda: reveal(rooms(), seat, question.item))
    if found is not None:
        show_reveal(found, question, plan, f"seat {question.item}", narrow=True)


def _vote(seat: Seat, item: str) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(say('workshop.low_evidence'))}**")
        likelihood, impact = _band(item, "likelihood"), _band(item, "severity")
        place = f"vote {item}"
        pressed = st.button(say("room.vote.send"), key=f"send {place}")
        if not pressed or likelihood is None or impact is None:
            return
        if done(lambda: cast_vote(rooms(), seat, item, likelihood, impact, token(place))):
            spend(place)
            st.success(say("room.vote.sent"))


def _band(item: str, part: str) -> int | None:
    return st.segmented_control(
        say(f"room.part.{part}"),
        list(range(1, BANDS + 1)),
        key=f"vote {item} {part}",
        format_func=lambda band: say(f"room.band.{band}"),
    )


def _park(seat: Seat) -> None:
    with st.expander(say("room.park.title"), key="park_part"):
        words = st.text_input(say("room.park.words"), key="park", max_chars=500)
        if st.button(say("room.park.send")) and words.strip():
            kept = attempt(lambda: write_note(rooms(), seat, words, token("park"), kind="parking"))
            if kept is not None:
                spend("park")
                st.success(say("room.park.sent"))
