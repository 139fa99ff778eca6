"""Chart tables as the plots that office programs draw themselves and readers can edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10
from typing import Literal

from climrisk.charts.palette import INK
from climrisk.charts.table import Axis, Dash, Symbol
from climrisk.report.office.id_labels import Side

__all__ = ["Form", "Plot", "Series", "number_format", "round_ends", "tint"]

Form = Literal["area", "line", "points", "bar", "room"]


@dataclass(frozen=True)
class Series:
    """One series of a plot.

    Attributes
    ----------
    name : str
    values : tuple of float or None
        Along the vertical axis; for level bars their lengths. None is a gap.
    x : tuple of float
        Along the level axis, of scatter plots.
    form : {"area", "line", "points", "bar", "room"}
        `room` is unseen and holds up what is stacked on it.
    colours : tuple of str
        One for all, or one for each point.
    edge : str
        Colour of the line or the border.
    dash, symbol
        Of a line.
    hatched : tuple of bool
        One for each point, or empty.
    error : tuple of float
        ±, one for each point, or empty; along x where `error_level`.
    width : float
        Of a line [pt].
    arrow : bool
        Whether the line ends in an arrow.
    labels : tuple of str
        At the points, or empty.
    side : {"above", "below", "left", "right"}
        Of its point, on which a label stands.
    filled : bool
        Whether symbols are full.
    in_key : bool
    """

    name: str
    values: tuple[float | None, ...]
    form: Form
    colours: tuple[str, ...] = (INK,)
    edge: str = INK
    x: tuple[float, ...] = ()
    dash: Dash = "solid"
    symbol: Symbol | None = None
    hatched: tuple[bool, ...] = ()
    error: tuple[float, ...] = ()
    error_level: bool = False
    width: float = 2.25
    arrow: bool = False
    labels: tuple[str, ...] = ()
    side: Side = "above"
    filled: bool = True
    in_key: bool = True


@dataclass(frozen=True)
class Plot:
    """What an office program draws.

    Attributes
    ----------
    kind : {"years", "bars", "scatter"}
        Areas and lines over years, stacked level bars, or lines and points over two scales.
    categories : tuple of str
        Years, or the words of the bars from the lowest to the highest.
    series : tuple of Series
        In the order in which they are stacked or drawn.
    x, y : Axis
    mirrored : bool
        Whether the level axis runs from right to left.
    formats : tuple of str
        Number formats of the level and the upright axis.
    """

    kind: Literal["years", "bars", "scatter"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    x: Axis
    y: Axis
    mirrored: bool = False
    formats: tuple[str, str] = ("General", "General")

    @property
    def has_key(self) -> bool:
        """Whether a key tells anything."""
        return self.kind != "bars" and sum(one.in_key for one in self.series) > 1


def number_format(values: Iterable[float]) -> str:
    """Return the format of an axis that reaches the largest of `values`."""
    largest = max((abs(value) for value in values), default=1.0)
    for least, form in ((10.0, "#,##0"), (1.0, "0.0"), (0.1, "0.00"), (0.01, "0.000")):
        if largest >= least:
            return form
    return "0.0E+00" if largest else "0.0"


def round_ends(low: float, high: float) -> tuple[float, float]:
    """Return round ends, so that office programs put their ticks on round amounts."""
    span = (high - low) or 1.0
    decade = 10.0 ** floor(log10(span))
    fits = (step for step in (0.1, 0.2, 0.5, 1.0) if span / (step * decade) <= 10)
    step = decade * next(fits, 1.0)
    return step * floor(low / step), step * -floor(-high / step)


def tint(colour: str, share: float) -> str:
    """Return a colour thinned with white, of which `share` remains."""
    mixed = (round(255 - share * (255 - int(colour[at : at + 2], 16))) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in mixed)
