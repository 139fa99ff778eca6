"""The bar over every page: study, undo and redo, language, projector."""

from __future__ import annotations

from typing import Final

import streamlit as st

from climrisk.names import LANGUAGES
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session

__all__ = ["show"]

LANGUAGE_NAMES: Final = {"en": "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文"}
CLOSER: Final = """<style>
[data-testid=stMainBlockContainer] {padding-top: 4.5rem; padding-bottom: 3rem;}
[data-testid=stMainBlockContainer] h1 {font-size: 2rem; padding: 0.25rem 0 0.5rem;}
[data-testid=stToolbar] > div > :last-child {min-width: 0; width: auto; flex: none;}
@media (max-width: 1100px) {
    [data-testid=stTopNavLink] > span:has([data-testid=stIconMaterial]) {display: none;}
}
</style>"""
"""Streamlit keeps 200 pixels free beside the navigation, and folds pages away for them."""
LARGE: Final = """<style>
html {font-size: 23px;} code, small {font-size: 1rem !important;}
[data-testid=stMainBlockContainer] {padding-left: 2rem; padding-right: 2rem;}
[data-testid=stTopNav] {padding-left: 0.5rem; justify-content: space-between;}
[data-testid=stTopNavLink] {padding-left: 0.2rem; padding-right: 0.2rem;}
[data-testid=stTopNavLink] > span:has([data-testid=stIconMaterial]) {display: none;}
.rc-overflow-item > div {margin-right: 0;}
</style>"""
"""The smallest words of a page are 0.875 of the root's size: 20 pixels."""


def show() -> None:
    """Show the bar; a change of language or size is kept for all pages."""
    here = session()
    st.html(CLOSER)
    if here.projector:
        st.html(LARGE)
    study = here.history.now
    name, undo, redo, language, projector = st.columns(
        [3.0, 1.4, 1.4, 1.7, 1.9], vertical_alignment="center"
    )
    title = plain(study.settings.title.best(here.language))
    changed = f" · {say('app.unsaved')}" if here.history.changed else ""
    name.markdown(f"**{title}**{plain(changed)}")
    history = here.history
    undo.button(
        say("app.undo"), disabled=history.undoable is None, on_click=history.undo,
        icon=":material/undo:", help=history.undoable and plain(history.undoable), width="stretch",
    )  # fmt: skip
    redo.button(
        say("app.redo"), disabled=history.redoable is None, on_click=history.redo,
        icon=":material/redo:", help=history.redoable and plain(history.redoable), width="stretch",
    )  # fmt: skip
    picked = language.selectbox(
        say("app.choose.language"),
        LANGUAGES,
        index=LANGUAGES.index(here.language),
        format_func=LANGUAGE_NAMES.__getitem__,
        key="widget_language",
        label_visibility="collapsed",
    )
    large = projector.toggle(say("app.projector"), value=here.projector, key="widget_projector")
    if (picked, large) != (here.language, here.projector):
        st.session_state["language"], st.session_state["projector"] = picked, large
        st.rerun()
