"""The first sheet of a workbook as the rows of a table in the IAMC wide format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.wording import quoted
from climrisk.io.workbook.opened import open_workbook

__all__ = ["sheet_rows"]


def sheet_rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return line and cells of every row that is not empty, texts without white space around.

    Raises
    ------
    InvalidStudyError
        If the workbook cannot be read, has no sheet of cells, or holds formulas.
    MissingExtraError
        If openpyxl is not installed.
    """
    book = open_workbook(path)
    if not book.worksheets:
        fault = Fault(path.name, 0, "", "no sheet of cells", "allowed: a table on the first sheet")
        raise InvalidStudyError([fault])
    rows, faults = [], []
    for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
        texts = [_text(cell) for cell in cells]
        formula = next((text for text in texts if text.startswith("=")), "")
        if formula:
            found = f"the formula {quoted(formula)}"
            faults.append(Fault(path.name, line, "", found, "allowed: values, as exported"))
        elif any(texts):
            rows.append((line, texts))
    if faults:
        raise InvalidStudyError(faults)
    return rows


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # workbooks keep years as 2020.0
    return str(cell).strip()
