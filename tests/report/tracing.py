"""Recomputing every printed figure from the run folder's own tables."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pandas as pd

from climrisk.i18n import fixed, percent, significant
from climrisk.io.run_figures import figure_in
from climrisk.io.stated_figure import find_stated
from climrisk.report.document import Figure

__all__ = ["Tables", "forms", "recomputed"]


class Tables:
    """The tables of a run folder as text, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, pd.DataFrame] = {}

    def figure(self, key: str) -> tuple[float, float]:
        """Return a figure and its standard error, as `climrisk explain` finds them."""
        if key.startswith("study.json/"):
            return float(find_stated(self._folder, key).value), math.nan
        name = key.split("/")[0]
        if name not in self._read:
            self._read[name] = pd.read_csv(self._folder / name, dtype=str, keep_default_na=False)
        found = figure_in(self._read[name], key)
        error = found.row.get("standard_error") or found.row.get(f"{found.column}_se") or "nan"
        return float(found.value), float(error)


def recomputed(figure: Figure, tables: Tables) -> list[float]:
    """Return a figure's values from what stands at its keys and how they follow from it."""
    steps = [step for step in figure.derivation.split("; ") if step]
    values = []
    for key in figure.keys:
        value, error = tables.figure(key)
        for step in steps:
            value = _after(step, value, error, tables)
        values.append(value)
    return values


def _after(step: str, value: float, error: float, tables: Tables) -> float:
    if step == "Monte Carlo standard error of the figure":
        return error
    if step == "without its sign":
        return abs(value)
    years = re.fullmatch(r"divided by (\d+) years", step)
    if years:
        return value / int(years.group(1))
    whole = re.fullmatch(r"divided by (study\.json/\S+)", step)
    if whole:
        return value / tables.figure(whole.group(1))[0]
    less = re.fullmatch(r"less (\S+) \(.*\)", step)
    assert less, step
    return value - tables.figure(less.group(1))[0]


def forms(value: float) -> set[str]:
    """Return the ways in which a value may be printed."""
    shown = {significant(value), significant(value, 3), significant(100.0 * value) + "%"}
    shown |= {fixed(value, decimals) for decimals in range(3)}
    return shown | ({percent(value)} if 0.0 <= value <= 1.0 else set())
