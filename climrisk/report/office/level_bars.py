"""Level bars and ranges as stacked bars: an unseen one holds up those that are seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from climrisk.charts.caption import printable
from climrisk.charts.table import Bars, ChartTable, Ranges
from climrisk.charts.theme import LIGHT
from climrisk.report.office.plots import Plot, Series, number_format, round_ends, tint

__all__ = ["level_bars"]

HALVES: Final = ("P5–P50", "P50–P95")
LONGEST: Final = 80
"""Characters beside a bar, so that it keeps some room; the table has all of its words."""
ENDING: Final = 24
"""Of these, those of the end, which tells one input of an item from another."""


@dataclass(frozen=True)
class _Row:
    """A bar in parts that touch, from the lowest edge up, and the error at one of its ends."""

    place: float
    words: str
    edges: tuple[float, ...]
    colour: str
    hatched: bool = False
    end: float = 0.0
    error: float = 0.0


def level_bars(chart: ChartTable) -> Plot:
    """Return the plot of a chart table of level bars or ranges.

    A part below zero is a negative length and a part above it a positive one, since office
    programs stack both away from zero; the first series, unseen, leads from zero to the bar.
    """
    rows = sorted(_rows(chart), key=lambda row: row.place)
    parts = max((len(row.edges) for row in rows), default=2) - 1
    series = [_room(rows), *_stacked(chart, rows, parts)]
    errors = _errors(rows, series)
    made = [
        Series(
            one.name, one.values, one.form, one.colours, one.edge, hatched=one.hatched,
            error=error if any(error) else (), error_level=True, in_key=False,
        )
        for one, error in zip(series, errors, strict=True)
        if any(one.values) or any(error)
    ]  # fmt: skip
    formats = (number_format([edge for row in rows for edge in row.edges]), "General")
    words = tuple(row.words for row in rows)
    x = replace(chart.x, limits=chart.x.limits or _reach(rows))
    return Plot("bars", words, tuple(made), x, chart.y, formats=formats)


def _reach(rows: list[_Row]) -> tuple[float, float]:
    """Return round ends beyond every bar and its error."""
    ends = [edge for row in rows for edge in row.edges]
    ends += [row.end + side * row.error for row in rows for side in (-1, 1)]
    return round_ends(min(0.0, *ends), max(0.0, *ends))


def _rows(chart: ChartTable) -> Iterator[_Row]:
    marks = [mark for mark in chart.marks if isinstance(mark, Bars | Ranges)]
    several = len(marks) > 1
    for mark in marks:
        texts = mark.texts or ("",) * len(mark.place)
        hatched = getattr(mark, "hatched", ()) or (False,) * len(mark.place)
        for rank, place in enumerate(mark.place.tolist()):
            words = _words(chart, place, mark.label if several else "", texts[rank])
            colour = LIGHT.roles[mark.roles[rank]]
            if isinstance(mark, Ranges):
                edges = tuple(float(at[rank]) for at in (mark.low, mark.middle, mark.high))
                yield _Row(place, words, edges, colour)
            else:
                start, end = float(mark.start[rank]), float(mark.end[rank])
                error = 0.0 if mark.error is None else float(mark.error[rank])
                both = (min(start, end), max(start, end))
                yield _Row(place, words, both, colour, hatched[rank], end, error)


def _words(chart: ChartTable, place: float, label: str, text: str) -> str:
    """Return what stands beside a bar: its row, which of several it is, and its figures."""
    nearest = int(np.argmin(np.abs(np.array(chart.y.ticks) - place)))
    row = printable(chart.y.tick_texts[nearest])
    if label and not text:
        return printable(label)  # under the bar that names the row
    told = f":  {printable(text)}" if text else ""
    told = f" · {printable(label)}{told}" if label else told
    room = max(LONGEST - len(told), 2 * ENDING)
    if len(row) > room:
        row = f"{row[: room - ENDING].rstrip()}…{row[-ENDING:].lstrip()}"
    return f"{row}{told}"


def _room(rows: list[_Row]) -> Series:
    values = tuple(max(row.edges[0], 0.0) or min(row.edges[-1], 0.0) for row in rows)
    return Series("0", values, "room", in_key=False)


def _stacked(chart: ChartTable, rows: list[_Row], parts: int) -> Iterator[Series]:
    """Yield lengths below zero from zero downwards, then those above it upwards."""
    names = HALVES if parts == len(HALVES) else (printable(chart.x.title),)
    for below, order in ((True, range(parts - 1, -1, -1)), (False, range(parts))):
        for part in order:
            yield Series(
                names[part],
                tuple(_length(row, part, below=below) for row in rows),
                "bar",
                tuple(row.colour if part == 0 else tint(row.colour, 0.4) for row in rows),
                hatched=tuple(row.hatched for row in rows),
            )


def _length(row: _Row, part: int, *, below: bool) -> float:
    low, high = row.edges[part : part + 2]
    if below:
        return min(low, 0.0) - min(high, 0.0)
    return max(high, 0.0) - max(low, 0.0)


def _errors(rows: list[_Row], series: list[Series]) -> list[tuple[float, ...]]:
    """Return the error of each row on the series that reaches the end to which it belongs."""
    found = [[0.0] * len(rows) for _ in series]
    for place, row in enumerate(rows):
        if row.error:
            found[_reaching(row, place, series)][place] = row.error
    return [tuple(one) for one in found]


def _reaching(row: _Row, place: int, series: list[Series]) -> int:
    upper = row.end == row.edges[-1]
    outward = row.end > 0 if upper else row.end < 0
    if not outward:
        return 0
    lengths = [one.values[place] or 0.0 for one in series]
    signed = [rank for rank, one in enumerate(lengths) if rank and one * row.end > 0]
    return signed[-1] if signed else 0
