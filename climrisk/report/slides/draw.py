"""Rows drawn on a slide."""

from __future__ import annotations

from typing import Any, Final

from climrisk.charts.caption import printable
from climrisk.charts.matrix import MatrixChart
from climrisk.charts.palette import MUTED, SEQUENTIAL
from climrisk.names import Kind, Language
from climrisk.report.brand import Brand
from climrisk.report.office.matrix_plot import matrix_plot
from climrisk.report.office.table_plot import table_plot
from climrisk.report.slides.chart import add_chart
from climrisk.report.slides.rows import PictureRow, Row, TableRow, TextRow
from climrisk.report.slides.stage import Box
from climrisk.report.slides.table import draw_table
from climrisk.report.slides.texts import Text, draw_texts, texts_height

__all__ = ["draw_row"]

SIDES: Final[tuple[Kind, Kind]] = ("risk", "opportunity")


def draw_row(slide: Any, row: Row, box: Box, brand: Brand, language: Language) -> None:
    """Draw a row in its box."""
    if isinstance(row, TextRow):
        draw_texts(slide.shapes, row.texts, box, language)
    elif isinstance(row, TableRow):
        _draw_table(slide, row, box, brand, language)
    else:
        _draw_picture(slide, row, box, language)


def _draw_table(slide: Any, row: TableRow, box: Box, brand: Brand, language: Language) -> None:
    head = row.head.height(row.width)
    draw_texts(slide.shapes, (row.head,), Box(box.left, box.top, row.width, head), language)
    top = box.top + head
    draw_table(slide.shapes, row.part, box.left, top, brand, language)
    if row.notes:
        under = top + row.part.height + 3
        room = Box(box.left, under, row.width, texts_height(row.notes, row.width))
        draw_texts(slide.shapes, row.notes, room, language)


def _draw_picture(slide: Any, row: PictureRow, box: Box, language: Language) -> None:
    width = row.chart_width
    head, notes = texts_height(row.head, width), texts_height(row.notes, width)
    draw_texts(slide.shapes, row.head, Box(box.left, box.top, width, head), language)
    room = Box(box.left, box.top + head, width, box.height - head - notes)
    _draw_chart(slide, row, room, language)
    if row.notes:
        under = Box(box.left, room.top + room.height, width, notes)
        draw_texts(slide.shapes, row.notes, under, language)
    if row.beside:
        left = box.left + box.width - row.beside_width
        beside = Box(left, box.top, row.beside_width, box.height)
        draw_texts(slide.shapes, row.beside, beside, language)


def _draw_chart(slide: Any, row: PictureRow, box: Box, language: Language) -> None:
    chart = row.picture.chart
    if isinstance(chart, MatrixChart):
        for rank, kind in enumerate(SIDES):
            half = Box(box.left + rank * box.width / 2, box.top, box.width / 2, box.height)
            _draw_half(slide, row, chart, half, kind, language)
    elif chart.empty is not None:
        draw_texts(slide.shapes, (Text(printable(chart.empty), 14.0, MUTED),), box, language)
    else:
        frame = add_chart(slide.shapes, table_plot(chart), box.emu, language)
        _describe(frame, row.picture.name, row.words.alt)


def _draw_half(
    slide: Any, row: PictureRow, chart: MatrixChart, box: Box, kind: Kind, language: Language
) -> None:
    empty = (chart.points["kind"] != kind).all()
    words = printable((chart.words.empty if empty else chart.words.headings)[kind])
    heading = Text(words, 12.0, SEQUENTIAL[kind][4], bold=True)
    top = Box(box.left, box.top, box.width, heading.height(box.width))
    draw_texts(slide.shapes, (heading,), top, language)
    room = Box(box.left, box.top + top.height, box.width, box.height - top.height)
    plot = matrix_plot(chart, kind)
    if not plot.series:
        return  # its heading says that there is nothing
    frame = add_chart(slide.shapes, plot, room.emu, language)
    _describe(frame, f"{row.picture.name}_{kind}", f"{words}. {row.words.alt}")


def _describe(frame: Any, name: str, alt: str) -> None:
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
