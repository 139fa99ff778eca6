"""The frame of a workbook that somebody sent: its sheets, columns, rows and merged cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from climrisk.io.wording import quoted, suggestion
from climrisk.io.workbook import geometry
from climrisk.io.workbook.column import Column
from climrisk.io.workbook.headers import sheet_titles

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "Note",
    "columns_by_key",
    "fields_by_key",
    "known_sheets",
    "note_merged",
    "stated_rows",
]

Note = Callable[[str, str, str], None]
"""Takes a place such as `Items!C3`, what was found, and what is allowed."""

_IGNORED: Final = frozenset({"readme", "lists"})
_EXPORT: Final = "export the study again and fill in that workbook"


def known_sheets(book: Workbook, needed: Sequence[str], note: Note) -> dict[str, Worksheet]:
    """Return the sheets by key; unknown, repeated and missing ones are noted.

    Parameters
    ----------
    book : Workbook
    needed : sequence of str
        Keys of the sheets that must be there.
    note : callable
        Takes each fault.
    """
    titles = sheet_titles()
    found: dict[str, Worksheet] = {}
    stated = {titles.get(page.title.strip()) for page in book.worksheets}
    absent = [title for title, key in titles.items() if key in needed and key not in stated]
    for page in book.worksheets:
        key = titles.get(page.title.strip())
        if key is None:
            none = "allowed: no sheet of one's own; delete it"
            note(page.title, "unknown sheet", suggestion(page.title, absent) if absent else none)
        elif key in found:
            note(page.title, f"a second sheet for {found[key].title}", "allowed: one")
        else:
            found[key] = page
    for chart in book.chartsheets:
        note(chart.title, "a chart on a sheet of its own", "allowed: none; delete it")
    for key in needed:
        if key not in found:
            names = " or ".join(dict.fromkeys(t for t, one in titles.items() if one == key))
            note(names, "missing sheet", f"needed, even without rows; {_EXPORT}")
    return {key: page for key, page in found.items() if key not in _IGNORED}


def note_merged(page: Worksheet, note: Note) -> None:
    """Note every merged range below the heads: a reader could not tell which row it means."""
    for merged in page.merged_cells.ranges:
        if merged.max_row > geometry.HEAD_ROW:
            place = f"{page.title}!{merged.coord.split(':')[0]}"
            note(place, f"merged cells {merged.coord}", "allowed: one cell for one value; unmerge")


def columns_by_key(page: Worksheet, columns: Sequence[Column], note: Note) -> dict[str, int]:
    """Return the number of each column, from 1, by its key in the hidden row.

    Unknown, repeated and missing columns are noted.
    """
    row = geometry.KEY_ROW + 1
    known = {column.key for column in columns}
    found: dict[str, int] = {}
    for number, cell in enumerate(next(page.iter_rows(row, row), ()), start=1):
        key = "" if cell.value is None else str(cell.value).strip()
        if key in known and key not in found:
            found[key] = number
        elif key or any(True for _ in _stated(page, number)):
            heading = page.cell(geometry.HEAD_ROW + 1, number).value
            place = f"{page.title}!{page.cell(geometry.HEAD_ROW + 1, number).coordinate}"
            words = key or str(heading or "without a heading")
            second = "a second" if key in known else "unknown"
            note(place, f"{second} column {quoted(words)}", suggestion(words, known))
    _note_missing(page, known - set(found), f"row {row}", note)
    return found


def fields_by_key(page: Worksheet, columns: Sequence[Column], note: Note) -> dict[str, int]:
    """Return the row of each field of a form, from 1, by its key in the hidden column."""
    known = {column.key for column in columns}
    found: dict[str, int] = {}
    cells = next(page.iter_cols(1, 1, geometry.FIRST_ROW + 1), ())
    for row, cell in enumerate(cells, start=geometry.FIRST_ROW + 1):
        key = "" if cell.value is None else str(cell.value).strip()
        value = page.cell(row, geometry.FORM_COLUMNS.index("value") + 1)
        if key in known and key not in found:
            found[key] = row
        elif key or value.value is not None:
            place = f"{page.title}!{value.coordinate}"
            second = "a second" if key in known else "unknown"
            note(place, f"{second} field {quoted(key)}", suggestion(key, known))
    _note_missing(page, known - set(found), "column A", note)
    return found


def _note_missing(page: Worksheet, missing: set[str], where: str, note: Note) -> None:
    if missing:
        listed = ", ".join(sorted(missing)[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        cure = f"needed in the hidden {where}; {_EXPORT}"
        note(page.title, f"missing {listed}{more}", cure)


def _stated(page: Worksheet, number: int) -> Iterator[Any]:
    """Yield the contents of a column from its head down."""
    cells = next(page.iter_cols(number, number, geometry.HEAD_ROW + 1), ())
    return (cell.value for cell in cells if cell.value is not None)


def stated_rows(page: Worksheet) -> Iterator[int]:
    """Yield the number of each row, from 1, that states anything; hidden ones as well."""
    rows = page.iter_rows(geometry.FIRST_ROW + 1, values_only=True)
    for number, cells in enumerate(rows, start=geometry.FIRST_ROW + 1):
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield number
