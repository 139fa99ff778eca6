"""Labels in the margins: a list beside each half, tied to its bars by lines that never cross."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from climrisk.charts.butterfly import Half
from climrisk.charts.page import Page, line_height
from climrisk.charts.palette import GUIDE, MUTED
from climrisk.charts.spacing import spaced

__all__ = ["GUTTER", "label_half", "place_labels"]

GUTTER: Final = 34
"""Between the plotted box and the labels [px], where the lines spread."""
TITLE_SIZE: Final = 12.0
DETAIL_SIZE: Final = 10.5
BETWEEN: Final = 9
"""Least air between labels [px]."""


def label_half(page: Page, axes: Axes, half: Half, points: pd.DataFrame, room: float) -> None:
    """Label the first point of each labelled item of one side, in the order of the points.

    Parameters
    ----------
    page : Page
        Page to write on.
    axes : Axes
        The half's axes, with their final limits.
    half : Half
        The side.
    points : DataFrame
        Points of the chart table.
    room : float
        Width of the labels [px].
    """
    shown = points[points["labelled"] & (points["kind"] == half.kind)]
    shown = shown.sort_values(["drawn_at", "impact"])
    if shown.empty:
        return
    height = half.top - half.bottom
    title_lines = 2 if len(shown) * _block(2) <= height else 1
    block = _block(title_lines)
    ends = axes.transData.transform(shown[["high", "drawn_at"]].to_numpy(dtype=np.float64))
    middles = spaced(
        ends[:, 1], block, lowest=half.bottom + block / 2, highest=half.top - block / 2
    )
    for (_, point), end, middle in zip(shown.iterrows(), ends, middles, strict=True):
        _lead(page, half, (float(end[0]), float(end[1])), float(middle))
        lines = page.wrapped(point["label"], room, TITLE_SIZE, "bold", title_lines)
        _write(page, half, float(middle), lines, point["detail"], room)


def place_labels(half: Half) -> tuple[float, str]:
    """Return where the labels of a half begin [px] and their alignment."""
    edge, outwards = _outside(half)
    return edge + GUTTER * outwards, "right" if half.kind == "risk" else "left"


def _block(title_lines: int) -> float:
    return title_lines * line_height(TITLE_SIZE) + line_height(DETAIL_SIZE) + BETWEEN


def _outside(half: Half) -> tuple[float, int]:
    """Return the outer edge of a half [px] and the direction that leads away from it."""
    return (half.left, -1) if half.kind == "risk" else (half.right, 1)


def _lead(page: Page, half: Half, end: tuple[float, float], middle: float) -> None:
    edge, outwards = _outside(half)
    xs = [end[0] + 6 * outwards, edge, edge + (GUTTER - 6) * outwards]
    page.line(xs, [end[1], end[1], middle], GUIDE, 0.7)


def _write(
    page: Page, half: Half, middle: float, lines: tuple[str, ...], detail: str, room: float
) -> None:
    x, align = place_labels(half)
    pitch = line_height(TITLE_SIZE)
    top = middle + (len(lines) * pitch + line_height(DETAIL_SIZE)) / 2
    for rank, line in enumerate(lines):
        y = top - (rank + 0.5) * pitch
        page.write(line, x, y, TITLE_SIZE, weight="bold", ha=align, va="center")
    y = top - len(lines) * pitch - line_height(DETAIL_SIZE) / 2
    size = page.fitted(detail, room, DETAIL_SIZE)
    page.write(detail, x, y, size, color=MUTED, ha=align, va="center")
