"""A chart table as a plot: over years, as stacked level bars, or over two scales."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10

import numpy as np

from climrisk.charts.caption import printable
from climrisk.charts.table import Axis, Band, Bars, ChartTable, Line, Ranges, Rule
from climrisk.charts.theme import LIGHT
from climrisk.report.office.level_bars import level_bars
from climrisk.report.office.plots import Plot, Series, number_format, round_ends, tint

__all__ = ["table_plot"]


def table_plot(chart: ChartTable) -> Plot:
    """Return the plot of a chart table.

    Words of upright rules stand in the key of a scatter plot; over years they are left out,
    for office programs draw no line across a scale of categories.
    """
    if any(isinstance(mark, Bars | Ranges) for mark in chart.marks):
        return level_bars(chart)
    if chart.x.years:
        return _over_years(chart)
    return _scatter(chart)


def _over_years(chart: ChartTable) -> Plot:
    curves = [mark for mark in chart.marks if isinstance(mark, Line | Band)]
    years = sorted({float(year) for mark in curves for year in mark.x})
    series = [one for mark in chart.marks for one in _yearly(mark, years)]
    # areas lie under lines, whatever their order in the table
    series.sort(key=lambda one: one.form not in ("room", "area"))
    categories = tuple(f"{year:.0f}" for year in years)
    drawn = [value for one in series for value in one.values if value is not None]
    formats = ("General", number_format(drawn))
    return Plot("years", categories, tuple(series), chart.x, chart.y, formats=formats)


def _yearly(mark: object, years: list[float]) -> Iterator[Series]:
    if isinstance(mark, Band):
        colour, name = LIGHT.roles[mark.role], printable(mark.label)
        low, gap = (_by_year(mark.x, values, years) for values in (mark.low, mark.high - mark.low))
        yield Series(f"{name} ↓", low, "room", in_key=False)
        yield Series(name, gap, "area", (tint(colour, 0.25),), colour)
    elif isinstance(mark, Line):
        values = _by_year(mark.x, mark.y, years)
        yield _line(mark, values, ())
    elif isinstance(mark, Rule) and mark.axis == "y" and mark.label:
        yield _rule(mark, (mark.at,) * len(years), ())


def _by_year(x: np.ndarray, values: np.ndarray, years: list[float]) -> tuple[float | None, ...]:
    known = dict(zip(x.tolist(), values.tolist(), strict=True))
    return tuple(known.get(year) for year in years)


def _line(mark: Line, values: tuple[float | None, ...], x: tuple[float, ...]) -> Series:
    colour = LIGHT.roles[mark.role]
    return Series(
        printable(mark.label),
        values,
        "line" if mark.joined else "points",
        (colour,),
        colour,
        x=x,
        dash=mark.dash,
        symbol=mark.symbol,
        error=() if mark.error is None else tuple(mark.error.tolist()),
        error_level=mark.error_axis == "x",
        labels=tuple(map(printable, mark.texts)),
        in_key=bool(mark.label),
    )


def _rule(mark: Rule, values: tuple[float, ...], x: tuple[float, ...]) -> Series:
    colour = LIGHT.roles[mark.role]
    return Series(printable(mark.label), values, "line", (colour,), colour, x=x, dash="dash")


def _scatter(chart: ChartTable) -> Plot:
    x, y = _with_limits(chart.x, chart, "x"), _with_limits(chart.y, chart, "y")
    series: list[Series] = []
    for mark in chart.marks:
        if isinstance(mark, Line):
            series.append(_line(mark, tuple(mark.y.tolist()), tuple(mark.x.tolist())))
        elif isinstance(mark, Band):
            series.extend(_edges(mark))
        elif isinstance(mark, Rule) and mark.label and x.limits and y.limits:
            ends = (mark.at, mark.at)
            upright = mark.axis == "x"
            series.append(_rule(mark, y.limits, ends) if upright else _rule(mark, ends, x.limits))
    formats = (_format(x), _format(y))
    return Plot("scatter", (), tuple(series), x, y, formats=formats)


def _format(axis: Axis) -> str:
    """Return shares of a logarithmic axis as percentages, and amounts as they are."""
    if axis.logarithmic and axis.limits is not None and axis.limits[1] <= 1:
        return "0.0%"
    return number_format(axis.limits or ())


def _edges(mark: Band) -> Iterator[Series]:
    colour = LIGHT.roles[mark.role]
    for rank, edge in enumerate((mark.low, mark.high)):
        yield Series(
            printable(mark.label), tuple(edge.tolist()), "line", (colour,), colour,
            x=tuple(mark.x.tolist()), in_key=rank == 0 and bool(mark.label),
        )  # fmt: skip


def _with_limits(axis: Axis, chart: ChartTable, name: str) -> Axis:
    """Return the axis with round ends, which rules need; whole decades where logarithmic."""
    if axis.logarithmic:
        low, high = axis.limits or (0.01, 1.0)
        ends = (10.0 ** floor(log10(low)), 10.0 ** -floor(-log10(high)))
    elif axis.limits is not None:
        ends = axis.limits
    else:
        held = [0.0, *(float(at) for mark in chart.marks for at in _reach(mark, name))]
        ends = round_ends(min(held), max(held))
    return Axis(axis.title, axis.logarithmic, axis.ticks, axis.tick_texts, ends, axis.years)


def _reach(mark: object, name: str) -> Iterator[float]:
    if isinstance(mark, Line):
        at = mark.x if name == "x" else mark.y
        wide = mark.error if mark.error is not None and mark.error_axis == name else 0.0
        yield from (*(at - wide).tolist(), *(at + wide).tolist())
    elif isinstance(mark, Band):
        yield from (mark.x if name == "x" else np.concatenate([mark.low, mark.high])).tolist()
    elif isinstance(mark, Rule) and mark.axis == name and mark.label:
        yield mark.at
