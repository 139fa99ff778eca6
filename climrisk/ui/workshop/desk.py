"""The facilitator's desk: how people come in, where every item stands, and one part at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from climrisk.errors import WorkshopError
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say, words
from climrisk.ui.wording_table import show_table
from climrisk.ui.workshop import (
    item_desk,
    missing,
    notebook,
    people,
    replanning,
    taking_out,
    timing,
    warming,
)
from climrisk.ui.workshop.desk_seat import leave
from climrisk.ui.workshop.invitation import show_code
from climrisk.ui.workshop.rooms import POLL, rooms, show_timer, watch
from climrisk.ui.workshop.serving import link
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.boards import Board
from climrisk.workshop.store.sessions import SessionView, view_session
from climrisk.workshop.store.waiting import awaited

__all__ = ["show"]


def show(seat: Seat) -> None:
    """Show the desk."""
    try:
        view = view_session(rooms(), seat.session)
    except WorkshopError:
        leave()
        st.rerun()
    title, code, timer, done = st.columns([2.4, 1.6, 1.3, 1.3], vertical_alignment="center")
    title.title(plain(view.plan.title))
    with code.popover(
        f"**{view.join_code}**", icon=":material/qr_code_2:", width="stretch", key="code_part"
    ):
        show_code(view.join_code)
        st.link_button(say("room.code.wall"), link("wall", view.join_code))
        st.caption(f"**{plain(say('room.code.empty'))}** {plain(say('room.code.blocked'))}")
    with timer.popover(say("room.timer.title"), width="stretch", key="timer_part"):
        timing.show(seat)
    if done.button(say("room.desk.leave"), width="stretch"):
        leave()
        st.rerun()
    _board(seat, view)
    parts: Final[dict[str, Callable[[], None]]] = {
        "items": lambda: item_desk.show(seat, view),
        "people": lambda: people.show(seat, view),
        "notes": lambda: notebook.show(seat, view),
        "plan": lambda: replanning.show(seat, view),
        "warm_up": lambda: warming.show_hits(seat.session),
        "out": lambda: taking_out.show(seat, view),
    }
    chosen = st.segmented_control(
        say("room.desk.parts"), list(parts), default="items", key="desk_part",
        format_func=words("room.desk", parts).__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    parts[chosen or "items"]()


@st.fragment(run_every=POLL)
def _board(seat: Seat, view: SessionView) -> None:
    """Show where every item stands, how many have answered and who has not: nothing they said."""
    now = watch(view.id)
    show_timer(view.id)
    titles = {one.item: one.title.best(language()) for one in view.plan.questions}
    waiting = awaited(rooms(), seat)
    keys = ["app.choose.item", "room.desk.phase", "room.desk.answered", "room.vote.title"]
    if waiting:
        keys.insert(3, "room.desk.missing")
        known = missing.name_choice(seat)
    rows = []
    for one in now:
        phase, answered, vote = _cells(one)
        absent = [missing.told(waiting.get(one.item, ()), known)] if waiting else []
        rows.append([f"{one.item} {titles[one.item]}", phase, answered, *absent, vote])
    show_table([say(key) for key in keys], rows, name="board")


def _cells(one: Board) -> tuple[str, str, str]:
    phase = say(f"workshop.phase.{one.state.phase}", round=one.state.round)
    return phase, f"{one.answered} / {one.expected}", say(f"room.vote.{one.vote}")
