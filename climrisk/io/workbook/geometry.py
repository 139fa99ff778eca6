"""Where things stand on every sheet; rows and columns count from 0."""

from __future__ import annotations

from typing import Final

from climrisk.io.workbook.column import Column

__all__ = [
    "ABOUT_ROW",
    "BANNER_ROW",
    "FIRST_ROW",
    "FORM_COLUMNS",
    "HEAD_ROW",
    "KEY_ROW",
    "SCENARIO_COLUMNS",
]

BANNER_ROW: Final = 0
ABOUT_ROW: Final = 1
HEAD_ROW: Final = 2
KEY_ROW: Final = 3
"""Hidden; it names each column, so that reading does not depend on the language of the heads."""
FIRST_ROW: Final = 4
FORM_COLUMNS: Final = ("key", "field", "value", "unit", "meaning")
"""A form has its keys in a hidden first column instead, and a field in each row."""
SCENARIO_COLUMNS: Final = (Column("file", "id"), Column("text", "text"))
"""Columns of the sheet that holds the study's own scenarios, line by line."""
