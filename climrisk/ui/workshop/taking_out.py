"""What can be taken out of a session: its one file, and its trail."""

from __future__ import annotations

import streamlit as st

from climrisk.ui.input_words import path_words
from climrisk.ui.safe import plain
from climrisk.ui.state import say, tell
from climrisk.ui.workshop.rooms import attempt, rooms, written
from climrisk.workshop.portable import export_session
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.changes import changes
from climrisk.workshop.store.privacy import events
from climrisk.workshop.store.sessions import SessionView

__all__ = ["show"]


def show(seat: Seat, view: SessionView) -> None:
    """Offer the session's file; show what was changed in the register, and the trail."""
    st.markdown(f"**{plain(say('workshop.confidential'))}**")
    with_names = st.checkbox(say("room.out.names"), key="out_names")
    unrevealed = st.checkbox(say("room.out.unrevealed"), key="out_unrevealed")
    if st.button(say("room.out.make")):
        content = attempt(
            lambda: export_session(
                rooms(), seat, with_names=with_names, with_unrevealed=unrevealed
            )
        )  # fmt: skip
        if content is not None:
            st.download_button(
                say("room.out.download"), content, f"session-{view.join_code}.zip",
                icon=":material/download:",
            )  # fmt: skip
    st.subheader(say("room.out.changes"))
    _changes(seat, view)
    st.subheader(say("room.out.trail"))
    _trail(seat)


def _changes(seat: Seat, view: SessionView) -> None:
    told = changes(rooms(), view.study, seat.session)
    if not told:
        st.markdown(plain(say("room.out.no_changes")))
        return
    st.dataframe(
        [
            {
                say("room.out.at"): written(one.at),
                say("room.out.place"): path_words(".".join(map(str, one.path))),
                say("room.out.old"): str(one.old),
                say("room.out.new"): str(one.new),
                say("room.commit.reason"): one.reason,
            }
            for one in told
        ],
        hide_index=True,
    )


def _trail(seat: Seat) -> None:
    st.dataframe(
        [
            {
                say("room.out.at"): written(one.at),
                say("room.out.what"): tell(one.kind),
                say("app.choose.item"): one.item or "",
                say("room.out.detail"): tell(one.detail),
                say("room.out.who"): tell(one.who),
            }
            for one in events(rooms(), seat)
        ],
        hide_index=True,
    )
