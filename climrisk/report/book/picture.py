"""One sheet for each picture: a native chart over the cells that it is drawn from."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from climrisk.charts.matrix import MatrixChart
from climrisk.names import Kind
from climrisk.report.book.chart import make_chart
from climrisk.report.book.sheets import Book, number_format
from climrisk.report.document import Picture
from climrisk.report.office.matrix_plot import matrix_plot
from climrisk.report.office.plain import PictureWords, picture_words
from climrisk.report.office.plots import Plot
from climrisk.report.office.table_plot import table_plot

__all__ = ["write_picture"]

CHART_TOP: Final = 4
PRINTED: Final = 900.0
"""Width of a printed page's columns [pt]."""
LAST_COLUMN: Final = 9
CHART_ROWS: Final = 26
"""Rows of the sheet under a chart."""
SHARES: Final = ("likelihood", "probability", "share")
"""Beginnings of the names of columns whose numbers are read as percentages."""
SIDES: Final[tuple[Kind, Kind]] = ("risk", "opportunity")


def write_picture(book: Book, picture: Picture) -> None:
    """Write chart, its cells, the figures behind it and its notes."""
    words = picture_words(picture.chart)
    sheet = book.add_sheet(f"chart_{picture.name}", words.title)
    book.write_text(sheet, 2, 0, words.subtitle)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 40, 14)
    row = CHART_TOP + CHART_ROWS
    for line in (*words.key, *words.labels, *words.native_notes):
        row = book.write_lines(sheet, row, line, PRINTED)
    row += 1
    for rank, plot in enumerate(_plots(picture)):
        row = _write_plot(book, sheet, plot, words, row, rank)
    data = picture.chart.points if isinstance(picture.chart, MatrixChart) else picture.chart.data
    _write_frame(book, sheet, data, row + 1)
    sheet.print_area(0, 0, row + 1 + len(data), max(LAST_COLUMN, len(data.columns) - 1))


def _plots(picture: Picture) -> tuple[Plot, ...]:
    chart = picture.chart
    if isinstance(chart, MatrixChart):
        halves = (matrix_plot(chart, kind) for kind in SIDES)
        return tuple(half for half in halves if half.series)
    return () if chart.empty is not None else (table_plot(chart),)


def _write_plot(
    book: Book, sheet: Any, plot: Plot, words: PictureWords, row: int, rank: int
) -> int:
    """Write the cells of a plot under each other and its chart at the top; return the next row."""
    made, last = make_chart(book, sheet, plot, row)
    place = {"object_position": 3, "description": words.alt[:1000], "x_offset": 8 + 620 * rank}
    sheet.insert_chart(CHART_TOP, 0, made, place)
    return last + 2


def _write_frame(book: Book, sheet: Any, data: pd.DataFrame, row: int) -> None:
    book.write_heads(sheet, row, [str(name) for name in data.columns])
    for rank, record in enumerate(data.itertuples(index=False, name=None), start=row + 1):
        for place, value in enumerate(record):
            if isinstance(value, bool | np.bool_ | str):
                book.write_text(sheet, rank, place, str(value))
            elif not pd.isna(value):
                book.write_number(sheet, rank, place, float(value), _form(data, place, value))


def _form(data: pd.DataFrame, place: int, value: float) -> str:
    name = str(data.columns[place])
    if name in ("year", "return_period"):
        return "0"
    if name.startswith(SHARES):
        return f"{number_format(100.0 * value)}%"
    return number_format(float(value))
