"""The door to the study where the app is open to a network: a key, asked for on the server."""

from __future__ import annotations

import time

import streamlit as st

from climrisk.ui.state import say
from climrisk.ui.style import dress
from climrisk.ui.workshop.serving import open_with

__all__ = ["page"]

DELAY = 1.0
"""Seconds that a wrong key costs, so that nobody tries many."""


def page() -> None:
    """Ask for the key that `climrisk app --workshop` printed."""
    dress()
    st.title(say("room.door.title"))
    st.markdown(say("room.door.about"))
    with st.form("door", border=False):
        key = st.text_input(say("room.door.key"), type="password", max_chars=60, key="door_key")
        pressed = st.form_submit_button(say("room.door.open"), type="primary")
    if not pressed or not key:
        return
    if open_with(key):
        st.rerun()
    time.sleep(DELAY)
    st.error(say("room.door.wrong"))
