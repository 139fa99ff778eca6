"""The choice of language where the app's bar is not shown, and the size of the wall's words."""

from __future__ import annotations

import streamlit as st

from climrisk.names import LANGUAGES
from climrisk.ui.bar import LANGUAGE_NAMES
from climrisk.ui.state import language, say
from climrisk.ui.style import dress, enlarge_words

__all__ = ["enlarge", "show_language"]

NARROW = """<style>
[data-testid=stMainBlockContainer] {padding: 1rem 1rem 4rem; max-width: 46rem;}
[data-testid=stHeader] {display: none;}
h1 {font-size: 1.5rem !important;} h3 {font-size: 1.2rem !important;}
[data-testid=stCode] code {font-size: 1.5rem !important;}
input, textarea, button p {font-size: 1rem !important;} button {min-height: 2.75rem;}
</style>"""
WALL = """<style>
[data-testid=stMainBlockContainer] {padding-top: 1.5rem;}
[data-testid=stHeader] {display: none;}
</style>"""


def show_language() -> None:
    """Offer the languages on a page for phones; fields stay as they are filled in."""
    dress()
    st.html(NARROW)
    picked = st.selectbox(
        say("app.choose.language"), LANGUAGES, index=LANGUAGES.index(language()),
        format_func=LANGUAGE_NAMES.__getitem__, key="widget_language", label_visibility="collapsed",
    )  # fmt: skip
    if picked != language():
        st.session_state["language"] = picked
        st.rerun()


def enlarge() -> None:
    """Make words as large as a room needs."""
    st.session_state["projector"] = True
    dress()
    st.html(WALL)
    enlarge_words()
