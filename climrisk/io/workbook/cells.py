"""One cell of a workbook: its plain value, or what is wrong with it and the cure."""

from __future__ import annotations

import math
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from climrisk.io.scalars import Scalar, plain_scalar
from climrisk.io.wording import hidden_in_id, hidden_in_text, quoted, suggestion
from climrisk.io.workbook.column import Column, Kind, from_cell

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

__all__ = ["read_cell"]

_Read = tuple[Scalar, str, str]
"""Value, what was found, what is allowed; found is empty where nothing is wrong."""

_WANTED: Final[dict[Kind, str]] = {
    "text": "text",
    "id": "an id",
    "number": "a number",
    "integer": "a whole number",
    "truth": "TRUE or FALSE",
    "choice": "a choice of the list",
    "list": "ids separated by commas",
    "flow": "a number, a word, or YAML on one line",
}
_TRUTHS: Final = {"TRUE": True, "FALSE": False, "=TRUE()": True, "=FALSE()": False}
"""LibreOffice writes truth values as formulas."""
_AS_TEXT: Final = "; format the cell as Text, then type it again"
_AS_NUMBER: Final = "; format the cell as General, then type it again"
_PASTE_VALUE: Final = "; copy the cell and paste its value"
_DIGITS_EXCEL_KEEPS: Final = 15


def read_cell(cell: Cell | Any, column: Column) -> _Read:
    """Return the value of a cell, None where it is blank, and what is wrong with it.

    Parameters
    ----------
    cell : Cell
        As openpyxl read it.
    column : Column
        What it may hold.
    """
    value, wanted = cell.value, f"allowed: {_WANTED[column.kind]}"
    if value is None:
        return None, "", ""
    if column.kind == "truth" and str(value).upper() in _TRUTHS:
        return _TRUTHS[str(value).upper()], "", ""
    if cell.data_type == "f":
        text = value if isinstance(value, str) else "of several cells"
        return None, f"formula {quoted(text)}", wanted + _PASTE_VALUE
    if cell.data_type == "e":
        return None, f"error {value}", wanted
    if isinstance(value, date | time | timedelta):
        return None, f"a date or time, {value}", wanted + _AS_NUMBER
    if isinstance(value, str):
        return _text(value.replace("_x000D_", "\r"), column, wanted)
    if isinstance(value, bool):
        return (
            (value, "", "")
            if column.kind == "flow"
            else (None, f"found {str(value).upper()}", wanted)
        )
    if isinstance(value, int | float):
        return _number(value, column, wanted)
    return None, "a formula of several cells", wanted + _PASTE_VALUE


def _number(value: float, column: Column, wanted: str) -> _Read:
    if not math.isfinite(value):
        return None, f"found {value}", "allowed: a finite number"
    whole = int(value) if float(value).is_integer() else None
    if column.kind == "number":
        return value, "", ""
    if column.kind == "flow":
        return (value if whole is None else whole), "", ""
    if column.kind == "integer" and whole is not None:
        return whole, "", ""
    if str(whole) in column.choices:
        return str(whole), "", ""
    cure = "" if column.kind in ("integer", "truth") else _AS_TEXT
    return None, f"found number {value!r}", wanted + cure


def _text(text: str, column: Column, wanted: str) -> _Read:
    if not text.strip():
        return None, "", ""
    if hidden := hidden_in_text(text):
        return None, f"invisible character {hidden}", "remove it"
    if column.kind == "text":
        return from_cell(text), "", ""
    word = text.strip()
    if column.kind in ("number", "integer", "truth"):
        return _no_number(word, column, wanted)
    if column.kind in ("id", "list", "choice") and (hidden := hidden_in_id(word)):
        return None, f"invisible character {hidden}", "remove it"
    if column.choices and word not in column.choices:
        return None, f"found {quoted(word)}", suggestion(word, column.choices)
    return word, "", ""


def _no_number(word: str, column: Column, wanted: str) -> _Read:
    value = plain_scalar(word)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if column.kind == "integer" and isinstance(value, int) and len(word) > _DIGITS_EXCEL_KEEPS:
        return value, "", ""  # Excel would round it
    if is_number and column.kind != "truth":
        return None, f"number stored as text, {quoted(word)}", wanted + _AS_NUMBER
    return None, f"found text {quoted(word)}", wanted
