"""Where each printed figure comes from: sheet and cell, unrounded value, key, derivation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from climrisk.i18n import translate
from climrisk.report.book.sheets import Book, number_format
from climrisk.report.document import Figure

__all__ = ["Trace", "write_trace"]

HEADS: Final = ("sheet", "cell", "section", "printed", "value", "unit", "key", "derivation")
WIDTHS: Final = (20, 8, 26, 22, 16, 24, 70, 30)


@dataclass(eq=False)
class Trace:
    """Figures in the order in which they were written."""

    rows: list[tuple[str, str, str, Figure, int]] = field(default_factory=list)

    def add(self, sheet: str, cell: str, section: str, figure: Figure, part: int) -> None:
        """Note one value of a figure and where it stands."""
        self.rows.append((sheet, cell, section, figure, part))


def write_trace(book: Book, trace: Trace) -> None:
    """Write the sheet of sources: a row for each value."""
    language = book.document.language
    name = book.document.words.get("trace", "Trace")
    sheet = book.add_sheet(name, translate("office.trace", language))
    heads = [translate(f"office.heads.{head}", language) for head in HEADS]
    book.write_heads(sheet, 3, heads)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    for row, (home, cell, section, figure, part) in enumerate(trace.rows, start=4):
        for place, text in enumerate((home, cell, section, figure.text)):
            book.write_text(sheet, row, place, text)
        if part < len(figure.values):
            value = figure.values[part]
            book.write_number(sheet, row, 4, value, number_format(value))
        book.write_text(sheet, row, 5, figure.unit)
        key = figure.keys[part] if part < len(figure.keys) else "; ".join(figure.keys)
        book.write_text(sheet, row, 6, key)
        book.write_text(sheet, row, 7, figure.derivation)
    sheet.freeze_panes(4, 0)
