"""A picture for a page of paper, in the fonts that its texts need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.text import Text

from climrisk.charts.caption import printable
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.page import Page
from climrisk.charts.still_matrix import draw_matrix_chart
from climrisk.charts.still_table import SIZE, draw_chart_table
from climrisk.charts.table import Axis, Bars, ChartTable, Line, Ranges

__all__ = ["draw_picture"]

PLAIN: Final[dict[str, Any]] = {
    "text.parse_math": False,
    "axes.unicode_minus": False,
    "hatch.linewidth": 1.2,
}


def draw_picture(
    chart: ChartTable | MatrixChart, width: float, height: float | None = None
) -> Figure:
    """Draw a chart table or a matrix, `width` and `height` in inches."""
    texts = _matrix_texts(chart) if isinstance(chart, MatrixChart) else _texts(chart)
    language: Any = chart.words.language if isinstance(chart, MatrixChart) else chart.language
    page = Page([printable(text) for text in texts], language)
    font = {"font.family": page.font(SIZE).get_family(), "font.size": SIZE}
    sizes = dict.fromkeys(
        ("axes.labelsize", "axes.titlesize", "xtick.labelsize", "ytick.labelsize",
         "legend.fontsize"), SIZE
    )  # fmt: skip
    with style.context([{**PLAIN, **font, **sizes}]):
        if isinstance(chart, MatrixChart):
            figure = draw_matrix_chart(chart, page, width, height)
        else:
            figure = draw_chart_table(chart, page, width, height)
        figure.draw_without_rendering()
        figure.set_layout_engine(None)  # places are found: no need to look for them again
    for text in figure.findobj(Text):
        text.set_parse_math(False)
    return figure


def _texts(chart: ChartTable) -> Iterator[str]:
    yield from ("0123456789,.-…", chart.empty or "")
    for axis in (chart.x, chart.y):
        yield from _axis_texts(axis)
    for mark in chart.marks:
        yield mark.label
        if isinstance(mark, Line | Bars | Ranges):
            yield from mark.texts


def _axis_texts(axis: Axis) -> Iterator[str]:
    yield axis.title
    yield from axis.tick_texts


def _matrix_texts(chart: MatrixChart) -> Iterator[str]:
    words = chart.words
    yield from ("0123456789,.-–%…", words.likelihood_axis, words.appetite or "")
    for group in (words.headings, words.empty, words.amount_axes):
        yield from group.values()
    yield from words.keys.values()
    yield from (band.word for band in chart.bands)
    yield from chart.points["item"]
