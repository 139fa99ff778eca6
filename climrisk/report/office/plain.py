"""Texts of a briefing without any format, safe to stand in a file of XML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from climrisk.charts.caption import printable
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.matrix_sentences import matrix_alt
from climrisk.charts.table import ChartTable, Ranges
from climrisk.i18n import translate
from climrisk.report.document import Cell, Figure, Spans, State
from climrisk.report.office.status import ICONS
from climrisk.report.wording import shortened

__all__ = ["PictureWords", "cell_text", "picture_words", "spans_text"]

LABEL: Final = 72
"""Half widths of an item's id and title under the matrix."""


@dataclass(frozen=True)
class PictureWords:
    """The words around a picture.

    Attributes
    ----------
    title, subtitle : str
    key : tuple of str
        What its marks stand for, where an office program draws it without a key.
    labels : tuple of str
        What its ids stand for, a line each.
    notes : tuple of str
    native_notes : tuple of str
        The same where an office program draws the picture: it shades ranges at the median
        instead of marking median and mean.
    alt : str
        The picture in sentences.
    """

    title: str
    subtitle: str
    key: tuple[str, ...]
    labels: tuple[str, ...]
    notes: tuple[str, ...]
    native_notes: tuple[str, ...]
    alt: str


def spans_text(spans: Spans) -> str:
    """Return spans as one line, without controls and marks that turn direction."""
    return printable("".join(one.text if isinstance(one, Figure) else one for one in spans))


def cell_text(cell: Cell) -> str:
    """Return a cell as one line; a state with its icon."""
    if isinstance(cell, State):
        return f"{ICONS[cell.icon]} {printable(cell.text)}"
    return spans_text(cell)


def picture_words(chart: ChartTable | MatrixChart) -> PictureWords:
    """Return the words around a chart; its notice stands on every page already."""
    if isinstance(chart, ChartTable):
        notes = tuple(map(printable, chart.notes))
        title, under = printable(chart.title), printable(chart.subtitle)
        return PictureWords(
            title, under, (), (), notes, _native(chart, notes), printable(chart.alt)
        )
    words = chart.words
    first = chart.points[chart.points["labelled"]].drop_duplicates("item")
    later = chart.points["item"].duplicated().any()
    marks = (("\u25cf", "filled"), ("\u25cb", "hollow"))[: 1 + int(later)]
    key = tuple(f"{mark} {printable(words.keys[name])}" for mark, name in marks)
    labels = tuple(
        f"{shortened(printable(name), LABEL)}: {printable(said)}"
        for name, said in zip(first["label"], first["detail"], strict=True)
    )
    drawn = () if chart.points.empty else (words.keys["colour"], words.keys["product"])
    asked = (*words.notes[:1], words.appetite or "", *drawn, *words.notes[1:])
    notes = tuple(map(printable, filter(None, asked)))
    title = " · ".join(map(printable, words.title))
    under = printable(words.subtitle)
    return PictureWords(title, under, key, labels, notes, notes, printable(matrix_alt(chart)))


def _native(chart: ChartTable, notes: tuple[str, ...]) -> tuple[str, ...]:
    """Say how ranges are drawn where they are bars of two shades."""
    if not any(isinstance(mark, Ranges) for mark in chart.marks):
        return notes
    language: Any = chart.language
    marked, shaded = (translate(key, language) for key in ("chart.range_key", "office.shades"))
    return tuple(note.replace(marked, shaded) for note in notes)
