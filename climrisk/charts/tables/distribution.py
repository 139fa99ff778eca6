"""The distribution that a statement implies: density, or twenty equally likely values."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.charts.labels import StudyLabels
from climrisk.charts.table import Axis, Band, ChartTable, Line, Mark, Rule
from climrisk.domain.quantities import Quantity
from climrisk.domain.quantities.curve import curve
from climrisk.i18n import significant
from climrisk.i18n.told import retold

__all__ = ["distribution_table"]

Floats = NDArray[np.float64]
Form = Literal["density", "dots"]
DOTS: Final = 20
"""Each dot is a chance of one in twenty."""
COLUMNS: Final = 10
"""Columns that dots are stacked in, over the drawn range."""


def distribution_table(
    quantity: Quantity, labels: StudyLabels, *, title: str, unit: str, form: Form = "density"
) -> ChartTable:
    """Return the distribution that a quantity implies.

    Parameters
    ----------
    quantity : Quantity
    labels : StudyLabels
    title : str
        What is stated, in the reader's words.
    unit : str
        Unit of its values.
    form : {"density", "dots"}
        `dots` stacks twenty equally likely values: the middles of twenty equal shares of
        probability. A quantity whose single values have a probability of their own has no
        density and is drawn in dots.
    """
    shape = curve(quantity)
    drawn: Form = form if np.isfinite(shape["density"]).all() else "dots"
    p5, p50, p95 = (float(mark) for mark in shape["mark_x"])
    figures = {"p5": p5, "p50": p50, "p95": p95, "mean": quantity.mean()}
    said = {
        "title": title,
        "unit": unit,
        "words": retold(quantity.in_words(), labels.language),
        **{name: significant(value) for name, value in figures.items()},
    }
    x, y = (shape["x"], shape["density"]) if drawn == "density" else _stacked(quantity)
    return ChartTable(
        name=f"distribution_{drawn}",
        title=title,
        subtitle=labels.say("chart.distribution.subtitle", **said),
        alt=labels.say("chart.distribution.alt", **said),
        x=Axis(f"{title} ({unit})" if unit else title),
        y=Axis(
            labels.say(f"chart.distribution.{drawn}"),
            ticks=(0.0,),
            tick_texts=("",),
            limits=(0.0, max(1.1 * float(y.max()), 8.0 if drawn == "dots" else 0.0)),
        ),
        marks=_marks(x, y, drawn, (p5, p50, p95)),
        data=pd.DataFrame([figures]),
        unit=unit,
        language=labels.language,
    )


def _marks(x: Floats, y: Floats, form: Form, marks: tuple[float, float, float]) -> tuple[Mark, ...]:
    rules = tuple(
        Rule("x", at, f"{name} {significant(at)}", "neutral")
        for name, at in zip(("P5", "P50", "P95"), marks, strict=True)
    )
    if form == "dots":
        return (Line(x, y, "total", "", symbol="circle", joined=False), *rules)
    return (
        Band(x, np.zeros_like(y), y, "total", ""),
        Line(x, y, "total", ""),
        *rules,
    )


def _stacked(quantity: Quantity) -> tuple[Floats, Floats]:
    """Return column and height of each dot; dots of one column stand on each other."""
    values = np.asarray(quantity.ppf((np.arange(DOTS) + 0.5) / DOTS))
    width = (values[-1] - values[0]) / COLUMNS or 1.0
    column = np.floor((values - values[0]) / width)
    first = np.searchsorted(column, column)
    middle = np.array([values[column == one].mean() for one in column])
    return middle, np.arange(DOTS) - first + 0.5
