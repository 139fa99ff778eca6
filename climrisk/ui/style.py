"""How pages look: what Streamlit leaves no setting for, and its own words in Chinese."""

from __future__ import annotations

from typing import Final

import streamlit as st

from climrisk.names import LANGUAGES
from climrisk.ui.state import language, remember, say

__all__ = ["dress", "enlarge_words"]

EVERYWHERE: Final = """<style>
[data-testid=stMainBlockContainer] {padding-top: 3.5rem; padding-bottom: 3rem;}
[data-testid=stMainBlockContainer] h1 {font-size: 2rem; padding: 0.25rem 0 0.5rem;}
[data-testid=stToolbar] > div > :last-child {min-width: 0; width: auto; flex: none;}
[data-testid=stBaseButton-primary], [data-testid=stBaseButton-primaryFormSubmit],
.stMultiSelect [data-baseweb=tag] {color: light-dark(#FFFFFF, #14171A);}
[role=combobox] {text-overflow: ellipsis;}
@media (max-width: 1100px) {
    [data-testid=stTopNavLink] > span:has([data-testid=stIconMaterial]) {display: none;}
}
</style>"""
"""Streamlit keeps 200 pixels free beside the navigation and folds pages away for them, and writes
white on the light blue that is readable on black."""
LARGE: Final = """<style>
html {font-size: 23px;} code, small {font-size: 1rem !important;}
[data-testid=stMainBlockContainer] {padding-left: 2rem; padding-right: 2rem;}
[data-testid=stTopNav] {padding-left: 0.5rem; justify-content: space-between;}
[data-testid=stTopNavLink] {padding-left: 0.2rem; padding-right: 0.2rem;}
[data-testid=stTopNavLink] > span:has([data-testid=stIconMaterial]) {display: none;}
.rc-overflow-item > div {margin-right: 0;}
</style>"""
"""The smallest words of a page are 0.875 of the root's size: 20 pixels."""
OWN_WORDS: Final[dict[str, str]] = {
    "browse": "[data-testid=stFileUploaderDropzone] button p",
    "limit": "[data-testid=stFileUploaderDropzoneInstructions] span",
    "enter": ":is(.stTextInput, .stNumberInput) [data-testid=InputInstructions]",
    "control_enter": ".stTextArea [data-testid=InputInstructions]",
}
"""Where Streamlit writes English words of its own, by the key of ours."""


def dress() -> None:
    """Set the looks of a page, and the language that it is read out in and loaded again in."""
    remember()
    st.html(EVERYWHERE)
    chosen = next(one for one in LANGUAGES if one == language())
    st.html(
        f"<script>document.documentElement.lang = '{chosen}'</script>",
        unsafe_allow_javascript=True,
    )
    if chosen != LANGUAGES[0]:
        rules = (_in_our_words(place, key) for key, place in OWN_WORDS.items())
        st.html(f"<style>{' '.join(rules)}</style>")


def enlarge_words() -> None:
    """Make words as large as a room needs."""
    st.html(LARGE)


def _in_our_words(place: str, key: str) -> str:
    words = say(f"app.field.{key}")
    return (
        f"{place}, {place} * {{font-size: 0 !important;}}"
        f' {place}::after {{content: "{words}"; font-size: 0.875rem;}}'
    )
