"""The bar over every page: study, undo and redo, language, projector."""

from __future__ import annotations

from typing import Final

import streamlit as st

from climrisk.names import LANGUAGES
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session
from climrisk.ui.style import dress, enlarge_words

__all__ = ["LANGUAGE_NAMES", "show"]

LANGUAGE_NAMES: Final = {"en": "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文"}


def show() -> None:
    """Show the bar; a change of language or size is kept for all pages."""
    here = session()
    dress()
    if here.projector:
        enlarge_words()
    study = here.history.now
    name, undo, redo, language, projector = st.columns(
        [2.5, 1.4, 1.4, 2.2, 1.9], vertical_alignment="center"
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
