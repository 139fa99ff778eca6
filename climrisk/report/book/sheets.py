"""Sheets of a workbook: texts are never formulas, every number keeps all its digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import floor, isfinite, log10
from typing import Any, Final

from climrisk.charts.caption import printable
from climrisk.charts.palette import BAND_PAPER, INK, MUTED, RULE
from climrisk.names import Language
from climrisk.report.brand import Brand
from climrisk.report.document import Document, Figure
from climrisk.report.office.faces import EAST_ASIAN, LATIN
from climrisk.report.office.fitting import wrap

__all__ = ["CHARACTER", "Book", "number_format", "number_formats", "sheet_name"]

CHARACTER: Final = 5.25
"""Width of a column [pt] for each of the characters that Excel counts it in."""
LINE: Final = 13.5
"""Height of a line [pt]."""
TALLEST: Final = 409.0
"""Most height of a row [pt] that Excel allows."""
HEAD_WIDTH: Final = 72.0
"""Of the narrowest column [pt], for which heads are wrapped."""
HEADER: Final = 680.0
"""Room of a line at the top of a landscape page [pt]."""
HEADER_SIZE: Final = 8.0
LONGEST_HEADER: Final = 240
LONGEST: Final = 32_767
"""Characters that a cell holds."""
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.(\d+))?\s*(%?)")
_ERROR: Final = re.compile(r"[(（]±[^)）]*[)）]")
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")


@dataclass(eq=False)
class Book:
    """An open workbook, its looks, and the names of its sheets.

    Attributes
    ----------
    workbook : xlsxwriter.Workbook
    document : Document
    brand : Brand
    contents : list of (str, str)
        Name and title of every sheet.
    """

    workbook: Any
    document: Document
    brand: Brand
    contents: list[tuple[str, str]] = field(default_factory=list)
    _looks: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def add_sheet(self, name: str, title: str) -> Any:
        """Return a new sheet with its title, state and notice at the top, ready to print."""
        name = sheet_name(name, [one for one, _ in self.contents])
        self.contents.append((name, title))
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        self.write_text(sheet, 0, 0, title, bold=True, font_color=self.brand.primary, font_size=13)
        stamp = self.document.stamp
        line = " · ".join(filter(None, (stamp.status, stamp.notice)))
        self.write_text(sheet, 1, 0, line, font_color=MUTED)
        if stamp.notice:  # on each page, whole: the line above may be wider than what prints
            sheet.set_header(_header(stamp.notice))
        sheet.set_footer(f"&L{_of_footer(stamp.status)} · {_of_footer(stamp.run)}&R&P / &N")
        return sheet

    def write_lines(self, sheet: Any, row: int, text: str, width: float, **look: Any) -> int:
        """Write a text over the rows that it needs on `width` [pt]; return the next row."""
        for line in wrap(printable(text), width, 10.0):
            self.write_text(sheet, row, 0, line, **look)
            row += 1
        return row

    def set_height(self, sheet: Any, row: int, texts: Iterable[tuple[str, float]]) -> None:
        """Make a row as tall as its wrapped texts need, each on its column's width [characters]."""
        lines = (len(wrap(printable(text), CHARACTER * width - 4.0, 10.0)) for text, width in texts)
        sheet.set_row(row, min(LINE * max((*lines, 1)), TALLEST))

    def look(self, **properties: Any) -> Any:
        """Return a cell format; alike ones are made once."""
        language: Language = self.document.language
        face = LATIN if language == "en" else EAST_ASIAN[language]
        asked = {"font_name": face, "font_size": 10, "font_color": INK, "valign": "top"}
        asked |= properties
        key = tuple(sorted(asked.items()))
        if key not in self._looks:
            self._looks[key] = self.workbook.add_format(asked)
        return self._looks[key]

    def write_text(self, sheet: Any, row: int, column: int, text: str, **look: Any) -> None:
        """Write a text as text, whatever it begins with."""
        clean = printable(text)
        if len(clean) > LONGEST:
            clean = clean[: LONGEST - 1] + "…"
        sheet.write_string(row, column, clean, self.look(**look))

    def write_heads(self, sheet: Any, row: int, heads: Sequence[str], first: int = 0) -> None:
        """Write the heads of columns, in a row as tall as the longest needs."""
        wrapped = (wrap(printable(head), HEAD_WIDTH, 10.0, bold=True) for head in heads)
        lines = max(map(len, wrapped), default=1)
        sheet.set_row(row, 14.5 * lines)
        for place, head in enumerate(heads, start=first):
            self.write_text(
                sheet, row, place, head, bold=True, text_wrap=True, bg_color=self.brand.primary,
                font_color=self.brand.on_primary, valign="bottom",
            )  # fmt: skip

    def write_number(
        self, sheet: Any, row: int, column: int, value: float, form: str, **look: Any
    ) -> None:
        """Write a number with all its digits; what is not finite is written as text."""
        if isfinite(value):
            ruled = {"bottom": 1, "bottom_color": RULE} | look
            sheet.write_number(row, column, value, self.look(num_format=form, **ruled))
        else:
            self.write_text(sheet, row, column, str(value), **look)

    def shade(self) -> dict[str, Any]:
        """Return the look of rows that head others."""
        return {"bold": True, "bg_color": BAND_PAPER}


def _header(notice: str) -> str:
    """Return a text in lines for the top of every page, with its type size; Excel allows 255."""
    told = "\n".join(wrap(printable(notice), HEADER, HEADER_SIZE)).replace("&", "&&")
    whole = told if len(told) <= LONGEST_HEADER else f"{told[:LONGEST_HEADER].rstrip('&')}…"
    return f"&L&{HEADER_SIZE:.0f} {whole}"


def _of_footer(text: str) -> str:
    """Return a text whose `&` is no code of a page's foot, short enough for one."""
    return printable(text)[:100].replace("&", "&&")


def sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """Return a name that a sheet may have: 31 characters, none forbidden, used once."""
    clean = _FORBIDDEN.sub("_", printable(wanted)).strip() or "sheet"
    name, rank = clean[:31], 1
    lower = {one.lower() for one in taken}
    while name.lower() in lower or name.lower() == "history":
        rank += 1
        ending = f"_{rank}"
        name = clean[: 31 - len(ending)] + ending
    return name


def number_formats(figure: Figure) -> tuple[str, ...]:
    """Return a number format for each value: as many decimals as are printed."""
    printed = _NUMBER.findall(_ERROR.sub("", figure.text))
    if len(printed) != len(figure.values):
        return tuple(number_format(value) for value in figure.values)
    percents = "%" in figure.text and figure.unit != "%"
    return tuple(
        ("0" if percents else "#,##0") + ("." + "0" * len(decimals) if decimals else "")
        + ("%" if percents else "")
        for decimals, _ in printed
    )  # fmt: skip


def number_format(value: float) -> str:
    """Return the format that shows two significant digits, or all of the whole ones."""
    if value == 0 or not isfinite(value) or abs(value) >= 10:
        return "#,##0"
    return "0." + "0" * min(1 - floor(log10(abs(value))), 12)
