"""Who has not answered yet, for the facilitator alone: numbers, and names where asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from climrisk.ui.state import say
from climrisk.ui.workshop.rooms import attempt, rooms
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.people import names
from climrisk.workshop.store.waiting import Awaited

__all__ = ["name_choice", "told"]

MOST: Final = 12
"""People who are listed; a count stands for the others."""


def name_choice(seat: Seat) -> Mapping[int, str]:
    """Offer names beside numbers; they are read, and the trail keeps it, once they are wanted."""
    key = f"names of {seat.session}"
    if not st.toggle(say("room.desk.with_names"), key="desk_names"):
        st.session_state.pop(key, None)
        return {}
    if key not in st.session_state:
        st.session_state[key] = attempt(lambda: names(rooms(), seat)) or {}
    known: Mapping[int, str] = st.session_state[key]
    return known


def told(waiting: Sequence[Awaited], known: Mapping[int, str]) -> str:
    """Return who is awaited, in one line."""
    listed = [_one(one, known) for one in waiting[:MOST]]
    if len(waiting) > MOST:
        listed.append(say("room.desk.more", count=len(waiting) - MOST))
    return say("room.desk.between").join(listed)


def _one(one: Awaited, known: Mapping[int, str]) -> str:
    name = known.get(one.number, "")
    if one.on_paper:
        return say("room.desk.on_paper", number=one.number)
    return f"{name} ({one.number})" if name else str(one.number)
