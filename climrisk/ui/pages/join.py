"""The participants' page: no navigation, and nothing of the study."""

from __future__ import annotations

import streamlit as st

from climrisk.ui.workshop import entrance, kept_seat, seated
from climrisk.ui.workshop.reading import show_language

__all__ = ["page"]


def page() -> None:
    """Let somebody in, then ask item by item."""
    show_language()
    seat = st.session_state.get("seat")
    if seat is None:
        seat = entrance.show()
        if seat is None:
            kept_seat.write_cookie()
            return
        st.session_state["seat"] = seat
        st.rerun()
    kept_seat.write_cookie()
    seated.show(seat)
