"""A rehearsal with simulated participants: in memory, marked, and never saved."""

from __future__ import annotations

import streamlit as st

from climrisk.ui.safe import plain
from climrisk.ui.state import language, say
from climrisk.ui.workshop.asking import show_question
from climrisk.ui.workshop.moves import move_words, ways_from
from climrisk.ui.workshop.rooms import attempt
from climrisk.ui.workshop.showing import show_reveal
from climrisk.workshop.phase import Phase
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.rehearsal import Rehearsal

__all__ = ["offer"]

KEY = "rehearsal"


def offer(plan: SessionPlan) -> None:
    """Offer to go through a plan with people who do not exist."""
    with st.expander(say("room.rehearse.title"), key="rehearsal_part"):
        st.warning(say("room.rehearse.about"), icon=":material/theater_comedy:")
        held = st.session_state.get(KEY)
        if held is None or held.plan != plan:
            held = Rehearsal(plan)
            st.session_state[KEY] = held
        _item(held)


def _item(held: Rehearsal) -> None:
    titles = {one.item: one.title.best(language()) for one in held.plan.questions}
    item = st.selectbox(
        say("app.choose.item"), list(titles), format_func=titles.__getitem__, key="rehearsed"
    )
    state = held.state(item)
    st.markdown(plain(say(f"workshop.phase.{state.phase}", round=state.round)))
    for way in ways_from(state):
        if st.button(move_words(state, way), key=f"rehearse {item} {way}"):
            _move(held, item, way)
    question = held.plan.question(item)
    assert question is not None
    show_question(question, held.plan)
    if state.revealed_round:
        show_reveal(held.revealed(item), question, held.plan, f"rehearsal {item}")


def _move(held: Rehearsal, item: str, way: Phase) -> None:
    moved = attempt(lambda: held.moved(item, way))
    if moved is not None:
        st.session_state[KEY] = moved
        st.rerun()
