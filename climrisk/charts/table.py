"""What every chart table is made of: axes, marks, words and the figures behind them.

A table says what is drawn and in which words, never how: whoever draws it adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.charts.roles import Role

__all__ = ["Axis", "Band", "Bars", "ChartTable", "Dash", "Line", "Mark", "Ranges", "Rule", "Symbol"]

Floats = NDArray[np.float64]
Dash = Literal["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"]
Symbol = Literal[
    "circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "x", "star"
]


@dataclass(frozen=True, eq=False)
class Axis:
    """One axis.

    Attributes
    ----------
    title : str
        What is measured, with its unit.
    logarithmic : bool
        Whether equal distances are equal ratios.
    ticks : tuple of float
        Where ticks stand; empty lets whoever draws choose.
    tick_texts : tuple of str
        Words of the ticks, one each; empty prints the numbers.
    limits : tuple of float or None
        Ends of the axis, the first at the left or the bottom.
    years : bool
        Whether the numbers are calendar years, which have no thousands.
    """

    title: str
    logarithmic: bool = False
    ticks: tuple[float, ...] = ()
    tick_texts: tuple[str, ...] = ()
    limits: tuple[float, float] | None = None
    years: bool = False


@dataclass(frozen=True, eq=False)
class Line:
    """A line through points; `label` stands in the key, `texts` beside the points.

    `error` is ±1.96 Monte Carlo standard errors along `error_axis`.
    """

    x: Floats
    y: Floats
    role: Role
    label: str
    dash: Dash = "solid"
    symbol: Symbol | None = None
    error: Floats | None = None
    error_axis: Literal["x", "y"] = "y"
    texts: tuple[str, ...] = ()
    joined: bool = True


@dataclass(frozen=True, eq=False)
class Band:
    """The area between `low` and `high` over `x`."""

    x: Floats
    low: Floats
    high: Floats
    role: Role
    label: str


@dataclass(frozen=True, eq=False)
class Bars:
    """Level bars from `start` to `end`, one at each `place` of the vertical axis.

    `hatched` ones differ by pattern as well as by colour; `texts` stand at their ends.
    """

    place: Floats
    start: Floats
    end: Floats
    roles: tuple[Role, ...]
    label: str
    texts: tuple[str, ...] = ()
    hatched: tuple[bool, ...] = ()
    error: Floats | None = None


@dataclass(frozen=True, eq=False)
class Ranges:
    """Level ranges P5-P95 with the median and the mean marked, at each `place`."""

    place: Floats
    low: Floats
    middle: Floats
    high: Floats
    mean: Floats
    roles: tuple[Role, ...]
    label: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A straight line across the picture at one value of an axis, with its words."""

    axis: Literal["x", "y"]
    at: float
    label: str = ""
    role: Role = "limit"


Mark = Line | Band | Bars | Ranges | Rule


@dataclass(frozen=True, eq=False)
class ChartTable:
    """Everything that one picture shows.

    Attributes
    ----------
    name : str
        Kind of chart, such as `fan`.
    title : str
        The answer, in one line.
    subtitle : str
        Scenario, horizon or year, controls, unit and price year.
    alt : str
        The picture in sentences, for those who do not see it.
    x, y : Axis
    marks : tuple of Mark
        In the order in which they are drawn.
    notes : tuple of str
        How to read it, what is left out, how it was run.
    notice : str or None
        The study's notice.
    data : DataFrame
        The figures behind the marks, a column for each statistic; amounts in `unit`.
    unit : str
        Unit of the amounts.
    empty : str or None
        Why there is nothing to draw.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    data: pd.DataFrame
    unit: str
    notes: tuple[str, ...] = ()
    notice: str | None = None
    empty: str | None = None
    language: str = field(default="en")
