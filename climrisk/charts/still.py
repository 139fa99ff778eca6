"""Still pictures of the chart tables, drawn by matplotlib (extra `report`) without a display."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from climrisk.charts.matrix import MatrixChart
from climrisk.charts.table import ChartTable
from climrisk.charts.target_fans import FanChart
from climrisk.errors import MissingExtraError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_chart", "draw_matrix", "draw_targets", "png", "svg"]


def draw_targets(chart: FanChart) -> Figure:
    """Draw the fans of the targets on a page of 1600 × 1000 pixels.

    Parameters
    ----------
    chart : FanChart
        What to draw.

    Returns
    -------
    matplotlib.figure.Figure
        A figure of its own, unknown to pyplot.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    MissingFontError
        If no installed font has the characters of a text.
    """
    with _own_style():
        from climrisk.charts.target_page import draw_fans

        return draw_fans(chart)


def draw_matrix(chart: MatrixChart) -> Figure:
    """Draw the matrix on a page of 1600 × 1000 pixels.

    Parameters
    ----------
    chart : MatrixChart
        What to draw.

    Returns
    -------
    matplotlib.figure.Figure
        A figure of its own, unknown to pyplot.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    MissingFontError
        If no installed font has the characters of a text.
    """
    with _own_style():
        from climrisk.charts.matrix_page import draw_page

        return draw_page(chart)


def draw_chart(
    chart: ChartTable | MatrixChart, *, width: float = 6.7, height: float | None = None
) -> Figure:
    """Draw a picture for a page of paper, without title, notes and notice: those are its text.

    Parameters
    ----------
    chart : ChartTable or MatrixChart
        What to draw.
    width : float, default 6.7
        Of the picture [in]; texts keep their 9 pt at every width.
    height : float, optional
        Of the picture [in]; by default what it needs.

    Returns
    -------
    matplotlib.figure.Figure
        A figure of its own, unknown to pyplot; `png` or `svg` turns it into bytes.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    MissingFontError
        If no installed font has the characters of a text.
    """
    with _own_style():
        from climrisk.charts.still_picture import draw_picture

        return draw_picture(chart, width, height)


@contextmanager
def _own_style() -> Iterator[None]:
    """Keep the reader's own matplotlib settings out of the picture."""
    try:
        from matplotlib import style
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a still picture", "report") from missing
    with style.context("default", after_reset=True):
        yield


def png(figure: Figure) -> bytes:
    """Return the figure as PNG; the same figure gives the same bytes, for no time is written."""
    from matplotlib import style

    buffer = BytesIO()
    with style.context("default", after_reset=True):
        figure.savefig(buffer, format="png", dpi=figure.dpi, metadata={"Software": None})
    return buffer.getvalue()


def svg(figure: Figure) -> bytes:
    """Return the figure as SVG with texts as shapes; the same figure gives the same bytes."""
    from matplotlib import style

    buffer = BytesIO()
    fixed = {"svg.hashsalt": "climrisk", "svg.fonttype": "path"}
    with style.context(["default", fixed], after_reset=True):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()
