"""The matrix as two plots beside each other, mirrored on one money scale."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10
from typing import Final

import numpy as np
import pandas as pd

from climrisk.charts.caption import printable
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.palette import GUIDE, INK, SEQUENTIAL, STROKE
from climrisk.charts.table import Axis, Symbol
from climrisk.names import Kind
from climrisk.report.office.id_labels import id_places
from climrisk.report.office.plots import Plot, Series, tint

__all__ = ["matrix_plot"]

SYMBOLS: Final[dict[Kind, Symbol]] = {"risk": "circle", "opportunity": "diamond"}


def matrix_plot(chart: MatrixChart, kind: Kind) -> Plot:
    """Return one side of a matrix: contours, appetite, arrows, then points with their ranges."""
    low, high = chart.amounts
    ends = (10.0 ** floor(log10(low)), 10.0 ** -floor(-log10(high)))
    x = Axis(printable(chart.words.amount_axes[kind]), logarithmic=True, limits=ends)
    y = Axis(printable(chart.words.likelihood_axis), limits=(0.0, 1.0))
    points = chart.points[chart.points["kind"] == kind]
    later, mirrored = points["item"].duplicated(), kind == "risk"
    groups = [
        (rows, filled)
        for rows, filled in ((points[later], False), (points[~later], True))
        if len(rows)
    ]
    series = [
        *_contours(chart, ends),
        *_appetite(chart, kind),
        *(one for rows, filled in groups for one in _ranges(rows, kind, filled=filled)),
        *_arrows(chart, points),
        *(_points(chart, rows, kind, filled=filled) for rows, filled in groups),
        *_ids(chart, points, ends, mirrored=mirrored),
    ]
    formats = ("General", "0%")
    return Plot("scatter", (), tuple(series), x, y, mirrored, formats)


def _contours(chart: MatrixChart, ends: tuple[float, float]) -> Iterator[Series]:
    for product in chart.contours:
        first, last = max(product, ends[0]), min(product / 0.01, ends[1])
        if first < last:
            amounts = np.geomspace(first, last, 12)
            name = printable(chart.words.keys["product"])
            shares = tuple((product / amounts).tolist())
            yield Series(
                name, shares, "line", (GUIDE,), GUIDE, x=tuple(amounts.tolist()), dash="dot",
                in_key=False, width=0.75,
            )  # fmt: skip


def _appetite(chart: MatrixChart, kind: Kind) -> Iterator[Series]:
    if kind == "risk" and chart.appetite is not None and chart.words.appetite is not None:
        name = printable(chart.words.appetite)
        yield Series(name, (0.0, 1.0), "line", x=(chart.appetite,) * 2, dash="dash", in_key=False)


def _arrows(chart: MatrixChart, points: pd.DataFrame) -> Iterator[Series]:
    moved = chart.arrows[chart.arrows["item"].isin(points["item"])]
    for _, arrow in moved.iterrows():
        yield Series(
            printable(arrow["item"]),
            (float(arrow["at_from"]), float(arrow["at_to"])),
            "line",
            x=(float(arrow["impact_from"]), float(arrow["impact_to"])),
            in_key=False,
            width=1.25,
            arrow=True,
        )


def _ranges(rows: pd.DataFrame, kind: Kind, *, filled: bool) -> Iterator[Series]:
    """Yield P5–P95 of each point as a line of its own: not every program draws error bars."""
    for _, row in rows.iterrows():
        yield Series(
            f"{printable(row['item'])} P5–P95",
            (float(np.clip(row["drawn_at"], 0.0, 1.0)),) * 2,
            "line",
            edge=STROKE[kind],
            x=(float(row["low"]), float(row["high"])),
            in_key=False,
            width=2.5 if filled else 1.0,
        )


def _ids(
    chart: MatrixChart, points: pd.DataFrame, ends: tuple[float, float], *, mirrored: bool
) -> Iterator[Series]:
    """Yield the ids as unseen points, a series for each side on which they stand."""
    places = id_places(points, ends, chart.appetite if mirrored else None, mirrored=mirrored)
    for side in dict.fromkeys(place.side for place in places):
        here = [place for place in places if place.side == side]
        yield Series(
            printable(chart.words.keys["filled"]),
            tuple(place.likelihood for place in here),
            "points",
            x=tuple(place.amount for place in here),
            labels=tuple(place.text for place in here),
            side=side,
            in_key=False,
        )


def _points(chart: MatrixChart, rows: pd.DataFrame, kind: Kind, *, filled: bool) -> Series:
    def numbers(column: str) -> tuple[float, ...]:
        return tuple(rows[column].to_numpy(dtype=np.float64).tolist())

    fills = tuple(SEQUENTIAL[kind][step] for step in rows["strength"])
    return Series(
        printable(chart.words.keys["filled" if filled else "hollow"]),
        tuple(float(np.clip(at, 0.0, 1.0)) for at in rows["drawn_at"]),
        "points",
        # no white: some programs draw no borders, and the point would be gone
        fills if filled else (tint(STROKE[kind], 0.6),),
        INK if filled else STROKE[kind],
        numbers("impact"),
        symbol=SYMBOLS[kind],
        filled=filled,
        in_key=False,
    )
