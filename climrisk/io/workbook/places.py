"""Checking what a workbook states as `read_study` does, with the cell of each fault."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

from climrisk.domain.study import Study
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.study import read_study
from climrisk.io.tree import field_name
from climrisk.io.workbook.read import Content
from climrisk.io.workbook.sheets import CSV_COLUMNS
from climrisk.io.workbook.texts import csv_row, file_text

__all__ = ["checked_study"]


def checked_study(
    content: Content, name: str, companions: Mapping[str, str] = MappingProxyType({})
) -> Study:
    """Return the study that a workbook states.

    Its files are written to a temporary folder and read as any study is, so that no check is
    missing; the place of each fault is then told by sheet and cell.

    Parameters
    ----------
    content : Content
        What the workbook states.
    name : str
        Name of the study.
    companions : mapping of file to str
        Texts of the files beside those that a workbook holds: factor sets and paths.

    Raises
    ------
    InvalidStudyError
        With every fault. A row whose cells have faults of their own is not complained of again.
    """
    found: list[Fault] = []
    study: Study | None = None
    if content.is_whole:
        try:
            study = _read(content, name, companions)
        except InvalidStudyError as error:
            place = _Places(content)
            rows = {_row(fault.file) for fault in content.faults}
            told = (place.of(fault) for fault in error.faults)
            found = [fault for fault in told if _row(fault.file) not in rows]
    if study is None or content.faults:
        raise InvalidStudyError([*content.faults, *found])
    return study


def _read(content: Content, name: str, companions: Mapping[str, str]) -> Study:
    texts = {
        file: file_text(stated, CSV_COLUMNS.get(file, ())) for file, stated in content.files.items()
    }
    texts |= {f"scenarios/{one}.yaml": text for one, text in content.scenarios.items()}
    texts |= companions
    with tempfile.TemporaryDirectory() as place:
        for file, text in texts.items():
            path = FilePath(place) / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_study(place).model_copy(update={"name": name})


def _row(place: str) -> str:
    """Return sheet and row of a cell; a field of the form is a row."""
    return re.sub("![A-Z]+", "!", place)


class _Places:
    """Finds the cell that a fault of a file is about.

    Parameters
    ----------
    content : Content
        What the workbook states, with its cells.
    """

    def __init__(self, content: Content) -> None:
        self._cells = {
            (file, field_name(path, lambda _: True)): cell
            for (file, path), cell in content.cells.items()
        }
        self._scenario_lines = {
            (file, path[0]): cell
            for (file, path), cell in content.cells.items()
            if file.startswith("scenarios/")
        }
        self._csv_rows = {
            file: _row_of_each_line(content.files.get(file, ()), columns)
            for file, columns in CSV_COLUMNS.items()
        }

    def of(self, fault: Fault) -> Fault:
        """Return the fault with its cell in place of file and line."""
        if fault.file in self._csv_rows:
            number = self._csv_rows[fault.file].get(fault.line)
            field = "" if number is None else f"[{number + 1}].{fault.field}"
            cell = self._nearest(fault.file, field)
        else:
            cell = self._scenario_lines.get((fault.file, fault.line)) or self._nearest(
                fault.file, fault.field
            )
        return Fault(cell, 0, fault.field, fault.found, fault.allowed)

    def _nearest(self, file: str, field: str) -> str:
        """Return the cell of a field, or of the nearest one around it, or the file."""
        while field and (file, field) not in self._cells:
            field = field[: max(field.rfind("."), field.rfind("["), 0)]
        return self._cells.get((file, field), file)


def _row_of_each_line(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> dict[int, int]:
    """Return the row, from 0, by the line of the file on which it begins."""
    line, starts = 2, {}
    for number, row in enumerate(rows):
        starts[line] = number
        line += csv_row([row.get(name) for name in columns]).count("\n")
    return starts
