"""Inputs in words: where each stands, and whose language its source is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import streamlit as st

from climrisk.domain.measured import Intensity
from climrisk.domain.settings import Exposure
from climrisk.domain.study import Study
from climrisk.names import Language
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say, session, word

__all__ = ["in_another_language", "note_language", "path_words"]

Titled: TypeAlias = Exposure | Intensity
LETTERS = re.compile(r"[^\W\d_]{3,}")


def path_words(path: str, below: str = "") -> str:
    """Return where an input stands, in words; ids of items, measures and targets stay.

    Parameters
    ----------
    path : str
        Such as `register.R-ACU-1.impact.stock.share`.
    below : str
        The beginning of the path that the reader knows, such as `register.R-ACU-1.`.
    """
    study, steps = session().history.now, path.split(".")
    told = [
        _title(study, steps[:place], step) or word("app.path", step)
        for place, step in enumerate(steps)
    ]
    return " › ".join(told[below.count(".") :])


def _title(study: Study, above: Sequence[str], step: str) -> str:
    """Return what the study itself calls a step; empty where it has no name for it."""
    if step in study.scenarios:
        return study.scenarios[step].title.best(language())
    parent = above[-1] if above else ""
    titled = {
        "exposures": _titles(study.settings.exposures),
        "revenue_lines": _titles(study.settings.revenue_lines),
        "intensities": _titles(study.settings.intensities),
    }.get(parent, {})
    if step in titled:
        return titled[step]
    if parent == "impact" and above[1] in study.items:
        impact = study.items[above[1]].impact.get(step)
        return "" if impact is None else word("line", impact.line)
    if parent == "inventory" and step.isdecimal() and int(step) <= len(study.inventory):
        row = study.inventory[int(step) - 1]
        return f"{word('source', row.source_id)} {row.year}"
    return ""


def _titles(stated: Mapping[str, Titled]) -> dict[str, str]:
    return {name: one.title.best(language()) for name, one in stated.items()}


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
