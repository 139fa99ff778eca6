"""Reading a workbook into the plain data of a study's files, each value with its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Final

from climrisk.errors import Fault
from climrisk.io.scalars import Scalar
from climrisk.io.tree import Path
from climrisk.io.wording import escaped, quoted, suggestion
from climrisk.io.workbook import geometry
from climrisk.io.workbook.cells import read_cell
from climrisk.io.workbook.column import Column, Row
from climrisk.io.workbook.opened import open_workbook
from climrisk.io.workbook.rows import add_entry, places_of, row_value
from climrisk.io.workbook.sheet import Sheet
from climrisk.io.workbook.sheets import REGISTER, SHEETS, STUDY
from climrisk.io.workbook.structure import (
    columns_by_key,
    fields_by_key,
    known_sheets,
    note_merged,
    stated_rows,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Content", "read_workbook"]

_IS_ID: Final = re.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}")


@dataclass
class Content:
    """What a workbook states.

    Parameters
    ----------
    files : dict
        Plain data of each file of the study.
    scenarios : dict
        Text of each of the study's own scenarios, by id.
    cells : dict
        Cell, such as `Impacts!F12`, of each place in a file.
    faults : list of Fault
        What the sheets themselves have wrong.
    is_whole : bool
        False where sheets or columns are missing: the rest then says little about the study.
    """

    files: dict[str, Any] = field(default_factory=dict)
    scenarios: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, Path], str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_whole: bool = True


def read_workbook(path: FilePath) -> Content:
    """Read every sheet.

    Parameters
    ----------
    path : Path
        The workbook.

    Raises
    ------
    InvalidStudyError
        If the file cannot be opened; what is wrong inside is among the faults.
    MissingExtraError
        If openpyxl is not installed.
    """
    return _Reading().content(path)


class _Reading:
    """One attempt to read a workbook; gathers faults instead of stopping at the first."""

    def __init__(self) -> None:
        self._content = Content()
        self._ids: dict[str, dict[tuple[str, ...], int]] = {}
        self._faulty: set[str] = set()

    def content(self, path: FilePath) -> Content:
        book = open_workbook(path)
        needed = [*(sheet.key for sheet in SHEETS), "scenario_files"]
        pages = known_sheets(book, needed, self._structure)
        for page in pages.values():
            note_merged(page, self._structure)
        for sheet in SHEETS:
            if sheet.key in pages:
                read = self._form if sheet.is_form else self._table
                read(sheet, pages[sheet.key])
        if "scenario_files" in pages:
            self._scenarios(pages["scenario_files"])
        for name in (STUDY, REGISTER):  # a study has both, however little they say
            self._content.files.setdefault(name, {})
        return self._content

    def _structure(self, place: str, found: str, allowed: str) -> None:
        self._content.is_whole = False
        self._content.faults.append(Fault(escaped(place), 0, "", escaped(found), allowed))

    def _form(self, sheet: Sheet, page: Worksheet) -> None:
        rows = fields_by_key(page, sheet.columns, self._structure)
        number = geometry.FORM_COLUMNS.index("value") + 1
        self._entry(sheet, page, {key: page.cell(row, number) for key, row in rows.items()})

    def _table(self, sheet: Sheet, page: Worksheet) -> None:
        numbers = columns_by_key(page, sheet.columns, self._structure)
        if len(numbers) == len(sheet.columns):
            self._ids[sheet.key] = {}
            for row in stated_rows(page):
                cells = {key: page.cell(row, number) for key, number in numbers.items()}
                self._entry(sheet, page, cells)

    def _entry(self, sheet: Sheet, page: Worksheet, cells: Mapping[str, Any]) -> None:
        """Read one thing and note where each of its fields stands."""
        places = {key: f"{page.title}!{cell.coordinate}" for key, cell in cells.items()}
        row = self._row(sheet.columns, cells, places)
        first = places.get(sheet.columns[0].key, page.title)
        value = row_value(sheet, row)
        ids = self._checked_ids(sheet, row, cells)
        if ids is None or value is None:
            return
        path = add_entry(sheet, self._content.files, ids, value)
        self._content.cells[sheet.file, path] = first
        for below, key in places_of(sheet):
            if key in places:
                self._content.cells[sheet.file, (*path, *below)] = places[key]

    def _row(
        self, columns: tuple[Column, ...], cells: Mapping[str, Any], places: Mapping[str, str]
    ) -> Row:
        """Check every cell; those with faults read as blank, and are complained of once."""
        read: dict[str, Scalar] = {}

        def complain(key: str, found: str, allowed: str) -> None:
            place = places[key]
            if place not in self._faulty:
                self._faulty.add(place)
                self._content.faults.append(Fault(place, 0, key, escaped(found), allowed))

        for column in columns:
            if column.key in cells:
                value, found, allowed = read_cell(cells[column.key], column)
                if found:
                    complain(column.key, found, allowed)
                elif value is not None:
                    read[column.key] = value
        return Row(read, complain)

    def _checked_ids(
        self, sheet: Sheet, row: Row, cells: Mapping[str, Any]
    ) -> dict[str, str] | None:
        """Return the ids of a row, or None where one is missing, unknown or stated before."""
        ids = {one.key: row.get(one.key) for one in sheet.ids}
        for one in sheet.ids:
            known = [key[0] for key in self._ids.get(one.of, {})]
            is_told = one.of not in self._ids  # the sheet declares it, or has faults of its own
            if ids[one.key] is None:
                row.complain(one.key, "empty", "needed: an id")
            elif not is_told and ids[one.key] not in known:
                word = str(ids[one.key])
                row.complain(one.key, f"unknown {one.key} {quoted(word)}", suggestion(word, known))
            else:
                continue
            return None
        stated = {key: str(word) for key, word in ids.items()}
        return stated if sheet.is_list or self._is_first(sheet, row, stated, cells) else None

    def _is_first(
        self, sheet: Sheet, row: Row, ids: Mapping[str, str], cells: Mapping[str, Any]
    ) -> bool:
        if not ids:
            return True
        last = sheet.ids[-1].key
        number = int(cells[last].row)
        first = self._ids[sheet.key].setdefault(tuple(ids.values()), number)
        if first != number:
            found = f"a second {quoted(ids[last])}, the first is in row {first}"
            row.complain(last, found, "allowed: each id once")
        return first == number

    def _scenarios(self, page: Worksheet) -> None:
        columns = geometry.SCENARIO_COLUMNS
        numbers = columns_by_key(page, columns, self._structure)
        lines: dict[str, list[str]] = {}
        for number in stated_rows(page) if len(numbers) == len(columns) else ():
            cells = {key: page.cell(number, column) for key, column in numbers.items()}
            places = {key: f"{page.title}!{cell.coordinate}" for key, cell in cells.items()}
            row = self._row(columns, cells, places)
            name = str(row.get("file") or "")
            if not _IS_ID.fullmatch(name):  # it becomes the name of a file
                row.complain("file", f"found {quoted(name)}", "allowed: the id of a scenario")
                continue
            text = lines.setdefault(name, [])
            text.append(str(row.get("text") or ""))
            self._content.cells[f"scenarios/{name}.yaml", (len(text),)] = places["text"]
        self._content.scenarios = {name: "\n".join(text) for name, text in lines.items()}
