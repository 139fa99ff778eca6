"""Figures behind a picture: columns and names in the reader's words, numbers as they are."""

from __future__ import annotations

from typing import Final

import pandas as pd

from climrisk.i18n.catalogue import catalogue, known_word
from climrisk.ui.input_words import path_words
from climrisk.ui.state import language, session

__all__ = ["figures_in_words"]

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "basis": ("app.basis",),
    "control": ("control",),
    "curve": ("subject",),
    "horizon": ("horizon",),
    "kind": ("kind",),
    "statistic": ("app.statistic",),
    "step": ("category", "channel", "subject"),
}
"""Parts of the catalogue that know the names of a column."""


def figures_in_words(data: pd.DataFrame) -> pd.DataFrame:
    """Return a picture's figures with columns and names in the language of the session.

    Ids of items, measures and targets stay, as the picture shows them.
    """
    told = data.copy()
    for name in told.columns:
        if name in GROUPS or name in ("input", "scenario"):
            told[name] = [_name(str(name), str(one)) for one in told[name]]
    heads = {name: known_word("app.figure", str(name), language()) for name in told.columns}
    return told.rename(columns=heads)


def _name(column: str, name: str) -> str:
    if column == "input":
        return path_words(name)
    if column == "scenario":
        stated = session().history.now.scenarios
        if name in stated:
            return stated[name].title.best(language())
    known = catalogue(language())
    groups = GROUPS.get(column, (column,))
    return next((known[key] for key in (f"{one}.{name}" for one in groups) if key in known), name)
