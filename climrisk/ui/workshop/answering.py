"""One answer: fields, submission, and what was stored; people's own and those on paper."""

from __future__ import annotations

from typing import Any

import streamlit as st

from climrisk.domain.elicitation.estimate import Estimate
from climrisk.domain.elicitation.question import Question
from climrisk.errors import AnswerRefusedError
from climrisk.i18n import significant
from climrisk.ui.safe import plain
from climrisk.ui.state import say
from climrisk.ui.workshop.asking import (
    answer_fields,
    draft_place,
    read_fields,
    show_faults,
    show_question,
)
from climrisk.ui.workshop.rooms import attempt, clock, rooms, spend, token
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.answers import Given, own_answers, submit
from climrisk.workshop.store.notes import drop_draft

__all__ = ["answer_form", "own_words"]


def answer_form(
    question: Question, plan: SessionPlan, seat: Seat, round_: int, entered_by: Seat | None = None
) -> None:
    """Ask one question of one seat, and store the answer."""
    show_question(question, plan)
    given = own_answers(rooms(), seat, question.item)
    here = [one for one in given if one.round == round_]
    place = draft_place(question.item, round_)
    changing = f"changing {seat.who} {place}"
    if here and not st.session_state.get(changing):
        _stored(here[0], changing, st.session_state.pop(f"fresh {place}", False))
        return
    if given and not here:
        st.markdown(plain(say("room.answer.earlier", answer=own_words(given[0]))))
    typed = answer_fields(question, plan, seat, place, here[0].estimate if here else None)
    label = say("room.answer.send", round=round_)
    if st.button(label, type="primary", key=f"send {seat.who} {place}", width="stretch"):
        _send(question, plan, seat, place, typed, entered_by)


def own_words(given: Given) -> str:
    """Return an answer as its giver reads it."""
    one = given.estimate
    if one.no_view:
        return say("workshop.question.no_view")
    return " · ".join(_numbers(one))


def _numbers(one: Estimate) -> list[str]:
    told = []
    for stated, name in ((one.severity, "severity"), (one.likelihood, "likelihood")):
        if stated is not None:
            low, best, high = map(significant, (stated.low, stated.best, stated.high))
            key = f"{name}_one" if low == high else name
            told.append(say(f"room.answer.{key}", low=low, best=best, high=high))
    return told


def _stored(given: Given, changing: str, is_fresh: bool) -> None:
    said = say("room.answer.stored", at=clock(given.at))
    (st.success if is_fresh else st.info)(plain(said), icon=":material/check_circle:")
    st.markdown(plain(own_words(given)))
    if given.estimate.reason:
        st.markdown(f"> {plain(given.estimate.reason)}")
    if st.button(say("room.answer.change"), key=f"button {changing}"):
        st.session_state[changing] = True
        st.rerun()


def _send(
    question: Question, plan: SessionPlan, seat: Seat, place: str, typed: dict[str, Any],
    entered_by: Seat | None,
) -> None:  # fmt: skip
    try:
        answer = read_fields(typed, question, plan)
    except AnswerRefusedError as error:
        show_faults(error, question, plan)
        return
    mark = f"{seat.who} {place}"
    receipt = attempt(
        lambda: submit(
            rooms(), seat, question.item, answer, token(mark), entered_by=entered_by
        )
    )  # fmt: skip
    if receipt is None:
        return
    spend(mark)
    drop_draft(rooms(), seat, place)
    st.session_state[f"fresh {place}"] = True
    st.session_state.pop(f"changing {mark}", None)
    st.rerun()
