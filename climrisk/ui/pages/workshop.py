"""Workshop: planned, rehearsed and run by the facilitator."""

from __future__ import annotations

import streamlit as st

from climrisk.ui.parts import notice
from climrisk.ui.state import say
from climrisk.ui.workshop import desk, starting
from climrisk.ui.workshop.desk_seat import seated_at

__all__ = ["page"]


def page() -> None:
    """Show the facilitator's desk, or how to get to it."""
    seat = seated_at()
    if seat is None:
        st.title(say("app.page.workshop"))
        notice()
        starting.show()
    else:
        desk.show(seat)
