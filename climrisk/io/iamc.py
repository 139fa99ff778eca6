"""Tables in the IAMC wide format: Model, Scenario, Region, Variable, Unit, and a column a year.

Scenario explorers export it as CSV or XLSX, the NGFS Scenario Explorer among them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.encoding import read_text
from climrisk.io.scalars import plain_scalar
from climrisk.io.wording import escaped, quoted

__all__ = ["KEYS", "Record", "WideTable", "read_wide_file", "record_values", "wide_table"]

KEYS: Final = ("model", "scenario", "region", "variable")
"""Columns that name a row; `unit` stands beside them."""
LIMIT_BYTES: Final = 60_000_000
"""Largest CSV that is read, in bytes; one region of a whole explorer has about 20 million."""
_YEAR: Final = re.compile(r"(19|20|21)\d\d")
_ALLOWED: Final = "allowed: Model, Scenario, Region, Variable, Unit, and a column for each year"


@dataclass(frozen=True)
class Record:
    """One row: its line from 1 and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class WideTable:
    """A table whose values are read when they are used.

    Parameters
    ----------
    file : str
        Name of the file, as faults state it.
    head : mapping of column in lower case to int
        Place of each column.
    records : tuple of Record
    sha256 : str
        Of the file's bytes; empty where the text came from elsewhere.
    """

    file: str
    head: Mapping[str, int]
    records: tuple[Record, ...]
    sha256: str = ""

    def cell(self, record: Record, column: str) -> str:
        """Return one cell of a row."""
        return record.cells[self.head[column]]

    def key(self, record: Record) -> tuple[str, ...]:
        """Return model, scenario, region and variable of a row."""
        return tuple(self.cell(record, name) for name in KEYS)


def read_wide_file(path: Path) -> WideTable:
    """Return the table in a CSV or XLSX file.

    Parameters
    ----------
    path : Path
        A CSV in UTF-8, or a workbook (needs the extra excel) whose first sheet is the table.

    Raises
    ------
    InvalidStudyError
        If the file cannot be read, or is no wide table.
    MissingExtraError
        If a workbook is to be read without openpyxl.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        from climrisk.io.iamc_sheet import sheet_rows

        rows = sheet_rows(path)
    else:
        rows = _csv_rows(read_text(path, LIMIT_BYTES), path.name)
    table = _table(rows, escaped(path.name))
    return WideTable(table.file, table.head, table.records, _sha256(path))


def wide_table(text: str, file: str) -> WideTable:
    """Return the table in a CSV text.

    Parameters
    ----------
    text : str
    file : str
        Name of the file, as faults state it.

    Raises
    ------
    InvalidStudyError
        If it is no wide table.
    """
    return _table(_csv_rows(text, file), file)


def record_values(table: WideTable, record: Record) -> dict[int, float]:
    """Return the values of a row by year; empty cells are left out.

    Raises
    ------
    InvalidStudyError
        If a cell is no number, or the row has no value at all.
    """
    values: dict[int, float] = {}
    faults = []
    for name, place in table.head.items():
        cell = record.cells[place]
        if not _YEAR.fullmatch(name) or not cell:
            continue
        value = plain_scalar(cell)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            values[int(name)] = float(value)
        else:
            found = f"found {quoted(cell)}"
            faults.append(
                Fault(table.file, record.line, name, found, "allowed: a number, or nothing")
            )
    if not values and not faults:
        allowed = "allowed: a value in one year or more"
        faults.append(Fault(table.file, record.line, "", "no value", allowed))
    if faults:
        raise InvalidStudyError(faults)
    return values


def _csv_rows(text: str, file: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if cells]
    except csv.Error as error:
        fault = Fault(file, reader.line_num, "", f"cannot be read as CSV: {error}")
        raise InvalidStudyError([fault]) from None


def _table(rows: Sequence[tuple[int, Sequence[str]]], file: str) -> WideTable:
    names = [cell.lower() for cell in rows[0][1]] if rows else []
    head = {name: place for place, name in enumerate(names) if name}
    missing = [key for key in (*KEYS, "unit") if key not in head]
    if missing or not any(map(_YEAR.fullmatch, head)):
        found = f"no column {quoted(missing[0])}" if missing else "no column for a year"
        raise InvalidStudyError([Fault(file, 1, "", found, _ALLOWED)])
    twice = next((name for name in head if names.count(name) > 1), None)
    if twice is not None:
        found = f"column {quoted(twice)} twice"
        raise InvalidStudyError([Fault(file, 1, "", found, "allowed: each column once")])
    rest = list(rows[1:])
    while rest and not any(rest[-1][1][1:]):  # the explorers' terms of use stand below the rows
        rest.pop()
    short = [line for line, cells in rest if len(cells) != len(names)]
    if short:
        allowed = "allowed: one cell for each column"
        raise InvalidStudyError([Fault(file, short[0], "", "another number of cells", allowed)])
    return WideTable(file, head, tuple(Record(line, tuple(cells)) for line, cells in rest))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
