"""The timer at the desk: started, paused, given more time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from climrisk.ui.state import say
from climrisk.ui.workshop.rooms import attempt, rooms
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.timers import (
    Timer,
    continue_timer,
    extend_timer,
    pause_timer,
    running_timer,
    start_timer,
    stop_timer,
)

__all__ = ["show"]

MORE: Final = (1, 5)
"""Minutes that one press adds."""


def show(seat: Seat) -> None:
    """Show what the facilitator does with the timer."""
    running = running_timer(rooms(), seat.session)
    if running is not None:
        _running(seat, running)
    label = st.text_input(say("room.timer.label"), key="timer_label", max_chars=60)
    minutes = st.number_input(say("room.timer.minutes"), 1, 240, 4, key="timer_minutes")
    if st.button(say("room.timer.start"), key="timer_start", icon=":material/timer:"):
        _done(partial(start_timer, rooms(), seat, label, int(minutes) * 60))


def _running(seat: Seat, running: Timer) -> None:
    way, icon, change = (
        ("continue", "play_arrow", continue_timer)
        if running.is_paused
        else ("pause", "pause", pause_timer)
    )
    with st.container(horizontal=True):
        if st.button(say(f"room.timer.{way}"), key=f"timer_{way}", icon=f":material/{icon}:"):
            _done(partial(change, rooms(), seat))
        if st.button(say("room.timer.stop"), key="timer_stop", icon=":material/stop:"):
            _done(partial(stop_timer, rooms(), seat))
        for added in MORE:
            if st.button(say("room.timer.more", minutes=added), key=f"timer_more_{added}"):
                _done(partial(extend_timer, rooms(), seat, added * 60))


def _done(change: Callable[[], None]) -> None:
    attempt(change)
    st.rerun()
