"""Inputs in words: where each stands, and whose language its source is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import streamlit as st

from climrisk.names import Language
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say, session, word

__all__ = ["in_another_language", "note_language", "path_words"]

LETTERS = re.compile(r"[^\W\d_]{3,}")


def path_words(path: str) -> str:
    """Return where an input stands, in words; ids of the study stay as they are."""
    scenarios = session().history.now.scenarios
    steps = [
        scenarios[step].title.best(language()) if step in scenarios else word("app.path", step)
        for step in path.split(".")
    ]
    return " › ".join(steps)


def in_another_language(text: str, reading: Language) -> bool:
    """Return whether an author's words are in another script than the reader's language.

    Figures, ids and units alone are in none.
    """
    is_chinese = any(unicodedata.name(char, "").startswith("CJK") for char in text)
    if reading == "en":
        return is_chinese
    return not is_chinese and LETTERS.search(text) is not None


def note_language(texts: Iterable[str | None]) -> None:
    """Say that some words stand in their author's own language, where they do."""
    if any(in_another_language(text, language()) for text in texts if text):
        st.caption(plain(say("app.own_language")))
