"""Still pictures of the chart tables, drawn by matplotlib (extra `report`) without a display."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from climrisk.charts.matrix import MatrixChart
from climrisk.errors import MissingExtraError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_matrix", "png"]


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
    try:
        from matplotlib import style
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a still picture", "report") from missing
    from climrisk.charts.matrix_page import draw_page

    # the reader's own matplotlib settings must not change the picture
    with style.context("default", after_reset=True):
        return draw_page(chart)


def png(figure: Figure) -> bytes:
    """Return the figure as PNG; the same figure gives the same bytes, for no time is written."""
    from matplotlib import style

    buffer = BytesIO()
    with style.context("default", after_reset=True):
        figure.savefig(buffer, format="png", dpi=figure.dpi, metadata={"Software": None})
    return buffer.getvalue()
