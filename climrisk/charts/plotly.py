"""Interactive pictures of the chart tables, drawn by Plotly (extra `app`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from climrisk.charts.interactive.layout import layout
from climrisk.charts.interactive.look import Look
from climrisk.charts.interactive.marks import is_upright, shapes, traces, words
from climrisk.charts.interactive.matrix import matrix_layout, matrix_traces
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.table import ChartTable
from climrisk.errors import MissingExtraError

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Look", "figure", "matrix_figure"]


def figure(chart: ChartTable, look: Look | None = None) -> Figure:
    """Draw a chart table.

    Parameters
    ----------
    chart : ChartTable
    look : Look, optional
        Colours and sizes; light and for a screen by default.

    Returns
    -------
    plotly.graph_objects.Figure
        `layout.meta` holds the alternative text as `alt`.

    Raises
    ------
    MissingExtraError
        If Plotly is not installed.
    """
    look = look or Look()
    page = layout(chart, look)
    for rank, mark in enumerate(chart.marks):
        above = sum(is_upright(one) for one in chart.marks[:rank])
        page["shapes"].extend(shapes(mark, look))
        page["annotations"].extend(words(mark, look, chart.x, chart.y, above))
    drawn = [trace for mark in chart.marks for trace in traces(mark, look)]
    return _drawn(drawn, page)


def matrix_figure(chart: MatrixChart, look: Look | None = None) -> Figure:
    """Draw the matrix with points that can be selected.

    The first value of a point's `customdata` is the id of its item.

    Raises
    ------
    MissingExtraError
        If Plotly is not installed.
    """
    look = look or Look()
    return _drawn(list(matrix_traces(chart, look)), matrix_layout(chart, look))


def _drawn(data: list[dict[str, Any]], page: dict[str, Any]) -> Figure:
    try:
        from plotly.graph_objects import Figure
    except ModuleNotFoundError as missing:
        raise MissingExtraError("an interactive picture", "app") from missing
    return Figure({"data": data, "layout": {"template": "none", **page}})
