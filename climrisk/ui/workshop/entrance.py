"""Before a participant is in: the code, the notice, a name if one likes, or a return code."""

from __future__ import annotations

import streamlit as st

from climrisk.errors import ClimriskError
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say, tell
from climrisk.ui.workshop import kept_seat
from climrisk.ui.workshop.rooms import (
    attempt,
    client,
    go_with,
    rooms,
    spend,
    study_folder,
    token,
)
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.access import find_session, resume
from climrisk.workshop.store.people import join
from climrisk.workshop.store.sessions import SessionView, view_session
from climrisk.workshop.wording import notice

__all__ = ["show"]

LONGEST = 200


def show() -> Seat | None:
    """Show the door; return the seat of whoever has just come in."""
    name = _session()
    if name is None:
        return None
    view = view_session(rooms(), name)
    go_with(study_folder(view))
    known = kept_seat.come_back(view)
    if known is not None:
        return known
    st.title(plain(view.plan.title))
    new, back = st.tabs([say("room.join.new"), say("room.join.back")], key="join_tabs")
    with new:
        seat = _join(view)
    with back:
        return seat or _resume(view)


def _session() -> str | None:
    """Return the session that the link or the typed code opens."""
    if "joining" in st.session_state:
        return str(st.session_state["joining"])
    asked = str(st.session_state.get("arrival_code", ""))
    if not asked:
        st.title(say("room.join.title"))
    else:
        try:
            return _found(asked)
        except ClimriskError as error:
            st.title(say("room.join.title"))
            st.error(plain(tell(str(error))))
            st.session_state["arrival_code"] = ""
    typed = st.text_input(say("room.join.code"), max_chars=20, key="join_code")
    if st.button(say("room.join.open"), type="primary") and typed:
        if attempt(lambda: _found(typed)) is None:
            return None
        st.rerun()
    return None


def _found(code: str) -> str:
    name = find_session(rooms(), code, client())
    st.session_state["joining"] = name
    if st.query_params.get("join") != code:
        st.query_params["join"] = code  # a page loaded anew need not be told again
    return name


def _join(view: SessionView) -> Seat | None:
    st.subheader(say("workshop.notice.title"))
    told = notice(view.plan, view.retain_until.date(), language())
    st.markdown("\n".join(f"- {plain(line)}" for line in told))
    name = st.text_input(say("room.join.name"), max_chars=LONGEST, key="join_name")
    group = ""
    if view.plan.groups:
        group = st.selectbox(say("room.join.group"), view.plan.groups, key="join_group")
    agreed = st.checkbox(say("room.join.agree"), key="join_agree")
    if not st.button(say("room.join.enter"), type="primary", disabled=not agreed, width="stretch"):
        return None
    joined = attempt(lambda: join(rooms(), view.id, name, group, token("join")))
    if joined is None:
        return None
    spend("join")
    st.session_state["return_code"] = joined.return_code
    kept_seat.keep(view, joined.return_code)
    return joined.seat


def _resume(view: SessionView) -> Seat | None:
    code = st.text_input(say("room.join.return_code"), max_chars=40, key="join_return")
    if not st.button(say("room.join.resume")) or not code:
        return None
    seat = attempt(lambda: resume(rooms(), view.id, code))
    if seat is not None:
        kept_seat.keep(view, code)
    return seat
