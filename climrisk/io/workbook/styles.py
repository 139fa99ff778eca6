"""Looks of the workbook: formats by kind of cell, and widths."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from climrisk.io.workbook.column import Column, Kind
from climrisk.names import Language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

__all__ = ["FONTS", "Styles", "height_of", "width_of"]

FONTS: Final[dict[Language, str]] = {
    "en": "Calibri",
    "zh-Hant": "Microsoft JhengHei",
    "zh-Hans": "Microsoft YaHei",
}
_LINE_POINTS: Final = 15.0
_HIGHEST_POINTS: Final = 405.0
_INK, _AMBER, _GREY = "#000000", "#FFD166", "#595959"
_HEADS: Final = ("#DCE6F1", "#EEF3F8")
"""Fields side by side change between two shades, so that the parts of one stay together."""
_TEXT_WIDTHS: Final = {
    "description": 44,
    "title": 34,
    "source": 40,
    "note": 34,
    "evidence": 34,
    "plan_contains": 34,
    "planning": 44,
    "text": 110,
}
_WIDTHS: Final[dict[Kind, int]] = {
    "text": 20,
    "id": 22,
    "number": 14,
    "integer": 10,
    "truth": 11,
    "choice": 17,
    "list": 28,
    "flow": 26,
}


class Styles:
    """Formats of one workbook.

    Parameters
    ----------
    book : Workbook
        Where they are added.
    """

    def __init__(self, book: Workbook) -> None:
        self._book = book
        top = {"valign": "top"}
        text = self._format(num_format="@", text_wrap=True, **top)
        number = self._format(**top)
        whole = self._format(num_format="0", **top)
        kinds: dict[Kind, Format] = dict.fromkeys(("text", "id", "choice", "list", "flow"), text)
        self.by_kind = kinds | {"number": number, "integer": whole, "truth": number}
        self.banner = self._format(bold=True, font_color=_INK, bg_color=_AMBER)
        self.about = self._format(italic=True, font_color=_GREY)
        head = {"bold": True, "text_wrap": True, **top}
        self.heads = tuple(self._format(bg_color=shade, bottom=1, **head) for shade in _HEADS)
        self.field = self._format(bg_color=_HEADS[1], **head)
        self.plain = self._format(text_wrap=True, **top)

    def _format(self, **properties: Any) -> Format:
        made: Format = self._book.add_format(properties)
        return made


def width_of(column: Column) -> int:
    """Return the width of a column [characters]."""
    parts = column.key.split(".")
    named = (_TEXT_WIDTHS[part] for part in reversed(parts) if part in _TEXT_WIDTHS)
    return next(named, _WIDTHS["text"]) if column.kind == "text" else _WIDTHS[column.kind]


def height_of(texts: Iterable[tuple[object, float]]) -> float | None:
    """Return the height of a row [points] that shows all its texts, None for a single line.

    Spreadsheet programs do not all fit the height of a row to wrapped text by themselves.

    Parameters
    ----------
    texts : iterable of (object, float)
        Content and width [characters] of each cell; what is no text takes one line.
    """
    lines = max((_lines(text, width) for text, width in texts if isinstance(text, str)), default=1)
    return None if lines == 1 else min(lines * _LINE_POINTS, _HIGHEST_POINTS)


def _lines(text: str, width: float) -> int:
    """Return the lines that a text takes; Chinese characters are two characters wide."""
    return sum(max(1, math.ceil(_length(line) / width)) for line in text.split("\n"))


def _length(line: str) -> int:
    return sum(1 + (east_asian_width(char) in "WF") for char in line)
