"""Drop-downs: closed choices, ids of other sheets, and words of the hidden sheet of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_range_abs

from climrisk.io.workbook import geometry
from climrisk.io.workbook.column import Column
from climrisk.io.workbook.headers import sheet_title
from climrisk.io.workbook.lists import OPEN_LISTS
from climrisk.io.workbook.sheets import SHEETS
from climrisk.names import Language

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["Dropdowns"]

_ROWS: Final = 1000
"""Rows of another sheet, or of a list, that a drop-down reaches."""


class Dropdowns:
    """Adds drop-downs to the sheets of one workbook.

    Parameters
    ----------
    language : {"en", "zh-Hant", "zh-Hans"}
        Language of the names of the sheets.
    """

    def __init__(self, language: Language) -> None:
        self._language = language

    def add(self, page: Worksheet, place: tuple[int, int, int, int], column: Column) -> None:
        """Add the drop-down of a column, if it has one.

        Parameters
        ----------
        page : Worksheet
            Sheet of the column.
        place : tuple of int
            First row, first column, last row, last column.
        column : Column
            What the cells may hold.
        """
        options = self._options(column)
        if options:
            page.data_validation(*place, {"validate": "list", "ignore_blank": False, **options})

    def _options(self, column: Column) -> dict[str, Any]:
        if column.kind == "truth":
            return {"source": ["TRUE", "FALSE"]}
        if column.choices:
            return {"source": list(column.choices)}
        if column.of in OPEN_LISTS:
            source = self._range("lists", OPEN_LISTS.index(column.of))
            return {"source": source, "error_type": "warning"}
        ids = {sheet.key: len(sheet.ids) for sheet in SHEETS}
        return {"source": self._range(column.of, ids[column.of] - 1)} if column.of else {}

    def _range(self, sheet: str, number: int) -> str:
        first = geometry.FIRST_ROW
        cells = xl_range_abs(first, number, first + _ROWS, number)
        return f"='{sheet_title(sheet, self._language)}'!{cells}"
