"""Workbooks for tests: exported, edited cell by cell as a facilitator would, and brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from climrisk.io.scenarios import ScenarioShelf
from climrisk.io.study import read_study
from climrisk.io.workbook.proposal import own_scenarios
from climrisk.io.workbook.write import workbook_bytes
from climrisk.names import Language
from climrisk.paths import find_study

__all__ = ["LX", "cell", "exported", "rows", "with_edits"]

LX = "lx-technology-2023"
KEY_ROW, FIRST_ROW = 4, 5


def exported(study: str | Path, book: Path, language: Language = "en") -> Path:
    """Export a study to `book` and return it."""
    folder = find_study(study)
    shelf = ScenarioShelf(folder).names
    book.write_bytes(workbook_bytes(read_study(study), shelf, own_scenarios(folder), language))
    return book


def with_edits(book: Path, edit: Callable[[Workbook], object]) -> Path:
    """Edit a workbook in place and return it."""
    opened = load_workbook(book)
    edit(opened)
    opened.save(book)
    return book


def cell(book: Workbook, sheet: str, row: int, key: str) -> Any:
    """Return the cell of a column by its hidden key; rows count from 1 below the heads."""
    if sheet == "Study":
        return next(book[sheet].cell(one.row, 3) for one in book[sheet]["A"] if one.value == key)
    keys = {one.value: one.column for one in book[sheet][KEY_ROW]}
    return book[sheet].cell(FIRST_ROW - 1 + row, keys[key])


def rows(book: Workbook, sheet: str, **stated: str) -> list[int]:
    """Return the rows, from 1 below the heads, whose cells hold what is stated."""
    last = book[sheet].max_row - FIRST_ROW + 2
    return [
        row
        for row in range(1, last)
        if all(cell(book, sheet, row, key).value == value for key, value in stated.items())
    ]
