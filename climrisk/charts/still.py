"""Still pictures of the chart tables, drawn by matplotlib (extra `report`) without a display."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from climrisk.charts.matrix import MatrixChart
from climrisk.charts.target_fans import FanChart
from climrisk.errors import MissingExtraError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_matrix", "draw_targets", "png"]


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
