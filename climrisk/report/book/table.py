"""One sheet for each table: numbers as numbers, a range as one column a part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from climrisk.report.book.sheets import CHARACTER, Book, number_formats
from climrisk.report.book.trace import Trace
from climrisk.report.document import Cell, Figure, Section, State, Table
from climrisk.report.office.plain import cell_text, spans_text
from climrisk.report.status import status_colours

__all__ = ["write_table"]

HEAD: Final = 3
"""Row of the heads."""
NARROWEST: Final = 500.0
"""Least width of a line of notes [pt]."""
WIDTH: Final = {"text": 34, "figure": 16, "state": 18}


@dataclass(frozen=True)
class _Place:
    """Where a column of the table stands on the sheet."""

    first: int
    parts: int


def write_table(book: Book, table: Table, section: Section, trace: Trace) -> None:
    """Write a table on a sheet of its own, with frozen heads and its notes underneath."""
    sheet = book.add_sheet(table.name, spans_text((table.title,)))
    places = tuple(_places(table))
    heads = [head for place, _ in enumerate(table.columns) for head in _heads(table, place, places)]
    book.write_heads(sheet, HEAD, heads)
    for column, place in zip(table.columns, places, strict=True):
        sheet.set_column(place.first, place.first + place.parts - 1, WIDTH[column.kind])
    for rank, cells in enumerate(table.rows):
        row = HEAD + 1 + rank
        look = book.shade() if rank in table.groups else {}
        for cell, place in zip(cells, places, strict=True):
            _write(book, sheet, (row, place), cell, look)
            for figure, part, offset in _traced(cell, place):
                at = xl_rowcol_to_cell(row, place.first + offset)
                trace.add(sheet.get_name(), at, section.title, figure, part)
        texts = zip(map(cell_text, cells), table.columns, strict=True)
        tall = [(text, WIDTH["text"]) for text, column in texts if column.kind == "text"]
        book.set_height(sheet, row, tall)
    last = _write_notes(book, sheet, table, section, trace)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD)
    sheet.print_area(0, 0, last, max(places[-1].first + places[-1].parts - 1, 5))


def _places(table: Table) -> Iterator[_Place]:
    first = 0
    for rank, column in enumerate(table.columns):
        widest = max((_parts(row[rank]) for row in table.rows), default=1)
        parts = max(len(column.parts), widest, 1)
        yield _Place(first, parts)
        first += parts


def _parts(cell: Cell) -> int:
    figure = _figure(cell)
    return 1 if figure is None else len(figure.values)


def _figure(cell: Cell) -> Figure | None:
    """Return the figure that is the whole cell; in a sentence it stays a part of the text."""
    if isinstance(cell, State) or len(cell) != 1:
        return None
    return cell[0] if isinstance(cell[0], Figure) and cell[0].values else None


def _heads(table: Table, rank: int, places: tuple[_Place, ...]) -> Iterator[str]:
    column, parts = table.columns[rank], places[rank].parts
    if parts == 1:
        yield column.head
        return
    named = column.parts if len(column.parts) == parts else tuple(map(str, range(1, parts + 1)))
    yield from (f"{column.head} · {name}" for name in named)


def _write(
    book: Book, sheet: Any, at: tuple[int, _Place], cell: Cell, look: dict[str, Any]
) -> None:
    row, place = at
    figure = _figure(cell)
    if figure is not None:
        formats = number_formats(figure)
        for part, value in enumerate(figure.values):
            book.write_number(sheet, row, place.first + part, value, formats[part], **look)
    elif isinstance(cell, State):
        fill, ink = status_colours(cell.role)
        book.write_text(sheet, row, place.first, cell_text(cell), bg_color=fill, font_color=ink)
    elif cell or look:
        book.write_text(sheet, row, place.first, cell_text(cell), text_wrap=True, **look)


def _traced(cell: Cell, place: _Place) -> Iterator[tuple[Figure, int, int]]:
    """Yield each value of each figure of a cell, and how far right of the column it stands."""
    if isinstance(cell, State):
        return
    whole = _figure(cell) is not None
    for span in cell:
        if isinstance(span, Figure):
            for part in range(max(len(span.values), 1)):
                yield span, part, part if whole else 0


def _write_notes(book: Book, sheet: Any, table: Table, section: Section, trace: Trace) -> int:
    """Write the notes under a table and return the last row."""
    width = CHARACTER * sum(WIDTH[column.kind] for column in table.columns)
    row = HEAD + 2 + len(table.rows)
    for note in table.notes:
        for figure, part, _ in _traced(note, _Place(0, 1)):
            at = xl_rowcol_to_cell(row, 0)
            trace.add(sheet.get_name(), at, section.title, figure, part)
        row = book.write_lines(sheet, row, spans_text(note), max(width, NARROWEST))
    return row
