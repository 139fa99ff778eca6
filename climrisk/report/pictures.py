"""Pictures of a document as every writer needs them: words around them, and the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from climrisk.charts.matrix import MatrixChart
from climrisk.charts.matrix_sentences import matrix_alt
from climrisk.charts.still import draw_chart, svg
from climrisk.charts.table import ChartTable
from climrisk.errors import MissingExtraError
from climrisk.i18n import translate

__all__ = ["PICTURE_WIDTH", "PictureWords", "drawing", "picture_words", "pictures_with"]

PICTURE_WIDTH: Final = 6.85
"""Of a picture [in]: an A4 page without its margins."""


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
    """

    title: str
    subtitle: str
    alt: str
    notes: tuple[str, ...]
    notice: str


def picture_words(chart: ChartTable | MatrixChart) -> PictureWords:
    """Return the words that stand around a chart, in its language."""
    if isinstance(chart, MatrixChart):
        words = chart.words
        title = translate("chart.separator", words.language).join(words.title)
        return PictureWords(
            title, words.subtitle, matrix_alt(chart), words.notes, words.notice or ""
        )
    return PictureWords(chart.title, chart.subtitle, chart.alt, chart.notes, chart.notice or "")


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


@lru_cache(maxsize=64)
def drawing(chart: ChartTable | MatrixChart, width: float = PICTURE_WIDTH) -> bytes:
    """Return a chart as SVG, `width` inches wide; several writers ask for the same one."""
    return svg(draw_chart(chart, width=width))
