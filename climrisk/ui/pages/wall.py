"""The clean view for the room: how to join, who is asked, and what is revealed."""

from __future__ import annotations

import streamlit as st

from climrisk.errors import ClimriskError
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say, tell
from climrisk.ui.workshop.invitation import show_code
from climrisk.ui.workshop.reading import enlarge
from climrisk.ui.workshop.rooms import POLL, client, go_with, rooms, show_timer, study_folder, watch
from climrisk.ui.workshop.showing import show_reveal, show_votes
from climrisk.workshop.audience import AudienceItem, AudienceView, audience_view
from climrisk.workshop.store.access import find_session
from climrisk.workshop.store.sessions import view_session

__all__ = ["page"]

QR = 380
"""Width [px] of the QR code that a room photographs from its last row."""
QR_ASIDE = 240
"""Width [px] once items are open: what is asked has to fit below it."""


def page() -> None:
    """Show the wall of the session that the link names."""
    enlarge()
    if "walled" not in st.session_state:
        try:
            asked = str(st.session_state.get("arrival_code", ""))
            found = find_session(rooms(), asked, client())
            go_with(study_folder(view_session(rooms(), found)))
            st.session_state["walled"] = found
        except ClimriskError as error:
            st.title(say("room.page.wall"))
            st.error(plain(tell(str(error))))
            return
    name = str(st.session_state["walled"])
    view = audience_view(rooms(), name)
    st.title(plain(view.title))
    shown = _shown(view)
    if shown is None:
        waiting = any(one.state.is_open for one in view.items)
        show_code(view.join_code, size=QR_ASIDE if waiting else QR)
    _counts(name)
    if shown is not None:
        _result(shown, name)


@st.fragment(run_every=POLL)
def _counts(name: str) -> None:
    """Count people and answers; nothing here tells what anybody said."""
    watch(name)
    show_timer(name)
    view = audience_view(rooms(), name)
    st.markdown(plain(say("room.wall.people", count=view.people, code=view.join_code)))
    for one in view.items:
        if one.state.is_open:
            title = one.title.best(language())
            said = say("room.wall.answered", answered=one.answered, expected=one.expected)
            line = say("room.wall.line", title=title, phase=_phase(one), answered=said)
            st.markdown(f"**{plain(line)}**")


def _phase(one: AudienceItem) -> str:
    return say(f"workshop.phase.{one.state.phase}", round=one.state.round)


def _shown(view: AudienceView) -> AudienceItem | None:
    """Return what is talked about: a revealed item, else an outcome of a vote."""
    talked = [one for one in view.items if one.state.phase in ("revealed", "discussion")]
    voted = [one for one in view.items if one.votes is not None]
    return next(iter([*talked, *voted]), None)


def _result(one: AudienceItem, name: str) -> None:
    plan = view_session(rooms(), name).plan
    question = plan.question(one.item)
    assert question is not None
    st.subheader(plain(say("room.reveal.part", title=one.title.best(language()), part=_phase(one))))
    if one.votes is not None:
        show_votes(one.votes)
    if one.reveal is not None:
        show_reveal(one.reveal, question, plan, f"wall {one.item}")
