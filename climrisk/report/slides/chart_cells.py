"""The workbook inside a chart on a slide: what a reader edits, texts never formulas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Final

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from climrisk.report.office.plots import Plot

__all__ = ["chart_workbook", "error_range"]

AS_TEXT: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NEVER: Final = datetime(2000, 1, 1)
"""Written as the time of making, so that equal charts have equal bytes."""


def chart_workbook(plot: Plot) -> bytes:
    """Return the workbook of a plot, its cells where python-pptx refers to them.

    The sheet is `Sheet1`. Categories stand in its first column and each series in one of the
    next; of a scatter plot, x and y of each series stand in the first two columns under those
    of the series before. Lengths of error bars follow to the right.
    """
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, AS_TEXT)
    workbook.set_properties({"author": "climrisk", "created": NEVER})
    sheet = workbook.add_worksheet("Sheet1")
    for row, column, value in _cells(plot):
        if isinstance(value, str):
            sheet.write_string(row, column, value)
        else:
            sheet.write_number(row, column, value)
    workbook.close()
    return buffer.getvalue()


def error_range(plot: Plot, rank: int) -> str:
    """Return where the lengths of a series' error bars stand."""
    row, column = _error_place(plot, rank)
    last = row + len(plot.series[rank].values) - 1
    return f"Sheet1!{xl_range_abs(row, column, last, column)}"


def _cells(plot: Plot) -> Iterator[tuple[int, int, str | float]]:
    for row, text in enumerate(plot.categories, start=1):
        yield row, 0, text
    for rank, one in enumerate(plot.series):
        head, column = _place(plot, rank)
        yield head, column, one.name
        for row, value in enumerate(one.values, start=head + 1):
            if value is not None:
                yield row, column, value
        for row, value in enumerate(one.x, start=head + 1):
            yield row, 0, value
        if any(one.error):
            first, column = _error_place(plot, rank)
            for row, value in enumerate(one.error, start=first):
                yield row, column, value


def _place(plot: Plot, rank: int) -> tuple[int, int]:
    """Return row and column of a series' name."""
    if plot.kind != "scatter":
        return 0, 1 + rank
    return sum(len(one.values) + 2 for one in plot.series[:rank]), 1


def _error_place(plot: Plot, rank: int) -> tuple[int, int]:
    head, _ = _place(plot, rank)
    return head + 1, 2 if plot.kind == "scatter" else 1 + len(plot.series) + rank
