"""Matrix: every item by likelihood and impact; a click opens it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from climrisk.ui import item_card
from climrisk.ui.matrix_picture import show_matrix
from climrisk.ui.parts import choices, notice
from climrisk.ui.state import say

__all__ = ["page"]


def page() -> None:
    """Show the matrix and the item that was clicked or chosen."""
    st.title(say("app.page.matrix"))
    notice()
    choices("scenario", "horizon")
    _open(show_matrix("matrix", on_select="rerun"))


def _open(event: Any) -> None:
    """Open the clicked item; the list does the same by keyboard."""
    items = item_card.names()
    clicked = clicked_item(event)
    if clicked in items and st.session_state.get("clicked") != clicked:
        st.session_state["widget_item"] = clicked
    st.session_state["clicked"] = clicked
    if not items:
        return
    chosen = st.selectbox(
        say("app.choose.item"), list(items), format_func=items.__getitem__, key="widget_item"
    )
    item_card.open_card(chosen)


def clicked_item(event: Any) -> str | None:
    """Return the item of the first selected point, None where nothing is selected."""
    points = event["selection"]["points"] if event else []
    for point in points:
        data = point.get("customdata")
        if data:
            return str(data[0] if isinstance(data, list) else data)
    return None
