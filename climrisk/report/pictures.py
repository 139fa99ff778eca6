"""Pictures of a document as every writer needs them: words around them, and the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from climrisk.charts.matrix import MatrixChart
from climrisk.charts.matrix_sentences import matrix_alt
from climrisk.charts.still import draw_chart, svg
from climrisk.charts.table import ChartTable
from climrisk.errors import MissingExtraError
from climrisk.i18n import translate

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["PICTURE_WIDTH", "PictureWords", "drawing", "drawn", "picture_words", "pictures_with"]

PICTURE_WIDTH: Final = 17 / 2.54
"""Of a picture [in]: an A4 page without margins of 2 cm."""


@dataclass(frozen=True)
class PictureWords:
    """The words around a picture.

    Attributes
    ----------
    title, subtitle : str
        Above it.
    alt : str
        The picture in sentences.
    notes : tuple of str
        Under it.
    notice : str
        The study's notice; empty where there is none.
    labels : tuple of (str, str)
        What the ids in it stand for, and their figures.
    """

    title: str
    subtitle: str
    alt: str
    notes: tuple[str, ...]
    notice: str
    labels: tuple[tuple[str, str], ...] = ()


def picture_words(chart: ChartTable | MatrixChart) -> PictureWords:
    """Return the words that stand around a chart, in its language."""
    if not isinstance(chart, MatrixChart):
        return PictureWords(chart.title, chart.subtitle, chart.alt, chart.notes, chart.notice or "")
    words = chart.words
    named = chart.points[chart.points["labelled"]].drop_duplicates("item")
    drawn_keys = () if chart.points.empty else (words.keys["colour"], words.keys["product"])
    return PictureWords(
        title=translate("chart.separator", words.language).join(words.title),
        subtitle=words.subtitle,
        alt=matrix_alt(chart),
        notes=(*drawn_keys, *words.notes),
        notice=words.notice or "",
        labels=tuple(zip(named["label"], named["detail"], strict=True)),
    )


@contextmanager
def pictures_with(fonts: Sequence[Path]) -> Iterator[None]:
    """Let pictures drawn within use the reader's own fonts where the bundled ones lack a glyph.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    try:
        from climrisk.charts.typeface import added_fonts
    except ModuleNotFoundError as missing:
        raise MissingExtraError("a still picture", "report") from missing
    with added_fonts(fonts):
        yield


@lru_cache(maxsize=32)
def drawn(chart: ChartTable | MatrixChart) -> Figure:
    """Return a chart drawn for a page, which several writers turn into bytes of their own."""
    return draw_chart(chart, width=PICTURE_WIDTH)


@lru_cache(maxsize=32)
def drawing(chart: ChartTable | MatrixChart) -> bytes:
    """Return a chart as SVG."""
    return svg(drawn(chart))
