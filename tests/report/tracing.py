"""Recomputing every printed figure from the run folder's own tables."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pandas as pd

from climrisk.i18n import fixed, percent, significant
from climrisk.io.stated_figure import find_stated
from climrisk.report.document import Figure

VALUE = {"exceedance.csv": "loss", "inputs.csv": "share"}
__all__ = ["Tables", "forms", "recomputed"]


class Tables:
    """The tables of a run folder, found by the keys of `climrisk explain` but without its code."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, pd.DataFrame] = {}
        self._rows: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}

    def figure(self, key: str) -> tuple[float, float]:
        """Return a figure and its standard error; exactly one row has the key's values."""
        if key.startswith("study.json/"):
            return float(find_stated(self._folder, key).value), math.nan
        name, *parts = key.split("/")
        stated = dict(part.split("=", 1) for part in parts if "=" in part)
        column = next((part for part in parts if "=" not in part), VALUE.get(name, "value"))
        table = self._table(name)
        (place,) = self._index(name, tuple(stated))[tuple(stated.values())]
        row = table.iloc[place]
        error = row.get("standard_error") or row.get(f"{column}_se") or "nan"
        return float(row[column]), float(error)

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self._tables:
            table = pd.read_csv(self._folder / name, dtype=str, keep_default_na=False)
            self._tables[name] = table[table["model"] == "all"] if "model" in table else table
        return self._tables[name]

    def _index(self, name: str, columns: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
        if (name, *columns) not in self._rows:
            found: dict[tuple[str, ...], list[int]] = {}
            cells = (self._table(name)[column] for column in columns)
            for place, row in enumerate(zip(*cells, strict=True)):
                found.setdefault(row, []).append(place)
            self._rows[(name, *columns)] = found
        return self._rows[(name, *columns)]


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
