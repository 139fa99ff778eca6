"""The pool or an agreed value goes into the register, or the difference is shown."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from climrisk.domain.elicitation.estimate import Estimate, statement
from climrisk.domain.elicitation.question import Question
from climrisk.errors import AnswerRefusedError
from climrisk.ui.state import say, session, words
from climrisk.ui.workshop.asking import answer_fields, read_fields, show_faults
from climrisk.ui.workshop.desk_seat import register_file, reread, seen_text, take_over
from climrisk.ui.workshop.rooms import attempt, rooms
from climrisk.workshop.commit import Agreed, Pooled, commit
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.pooling import Method
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.sessions import SessionView
from climrisk.workshop.study_edits import Applied

__all__ = ["show"]

WAYS = ("pool", "agreed")


def show(
    seat: Seat,
    view: SessionView,
    question: Question,
    method: Method,
    weighted: Mapping[int, float] | None,
) -> None:
    """Offer a commit of a revealed item."""
    with st.container(border=True):
        st.subheader(say("room.commit.title"))
        _stale(question.item)
        if session().history.changed:
            st.warning(say("room.commit.unsaved"))
            return
        way = st.segmented_control(
            say("room.commit.what"), WAYS, default="pool", key=f"commit {question.item}",
            format_func=words("room.commit", WAYS).__getitem__,
        )  # fmt: skip
        typed = {}
        place = f"agreed {question.item}"
        if way == "agreed":
            typed = answer_fields(question, view.plan, seat, place)
        else:
            typed["reason"] = st.text_input(
                say("room.commit.reason"), key=f"reason {question.item}", max_chars=2000
            )
        if not st.button(say("room.commit.button"), type="primary", key=f"do {place}"):
            return
        chosen: Pooled | Agreed | None = Pooled(method, weighted)
        if way == "agreed":
            chosen = _agreed(typed, question, view.plan)
        if chosen is not None:
            _commit(seat, question.item, chosen, str(typed.get("reason") or ""))


def _agreed(typed: Mapping[str, object], question: Question, plan: SessionPlan) -> Agreed | None:
    try:
        said: Estimate = read_fields(dict(typed), question, plan)
    except AnswerRefusedError as error:
        show_faults(error, question, plan)
        return None
    if said.severity is None:
        st.error(say("room.commit.no_value"))
        return None
    scale, other = question.severity_scale, question.likelihood_scale
    likelihood = said.likelihood and statement(said.likelihood, plan.interval, other)
    return Agreed(statement(said.severity, plan.interval, scale), likelihood)


def _commit(seat: Seat, item: str, chosen: Pooled | Agreed, reason: str) -> None:
    ended = attempt(
        lambda: commit(rooms(), seat, register_file(), item, chosen, seen_text(), reason)
    )
    if ended is None:
        return
    if isinstance(ended, Applied):
        take_over(ended.study, ended.text)
    else:
        st.session_state[f"stale {item}"] = ended.difference
    st.rerun()


def _stale(item: str) -> None:
    """Show what somebody else has changed in the file meanwhile; nothing was written then."""
    difference = st.session_state.get(f"stale {item}")
    if not difference:
        return
    st.error(say("room.commit.stale"))
    st.code(difference, language="diff")
    if st.button(say("room.commit.reread"), key=f"reread {item}"):
        del st.session_state[f"stale {item}"]
        attempt(reread)
        st.rerun()
