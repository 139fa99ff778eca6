"""Reading CSV files with declared columns; each cell keeps its line."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Final, Literal

from climrisk.errors import Fault
from climrisk.io.encoding import read_text
from climrisk.io.scalars import Scalar, plain_scalar
from climrisk.io.tree import Path, Tree
from climrisk.io.wording import hidden_in_text, quoted, suggestion

__all__ = ["Column", "parse_csv", "read_csv"]

_OTHER_SEPARATORS: Final = (";", "\t")
_CURE: Final = {
    "number": "allowed: a finite number, such as 1234.5",
    "integer": "allowed: a whole number, such as 1234",
}


@dataclass(frozen=True)
class Column:
    """A column that a table may have.

    Parameters
    ----------
    name : str
        The column's name in the first line.
    kind : {'text', 'number', 'integer'}
        How its cells are read.
    required : bool
        Whether the table must have the column.
    blank : bool
        Whether cells may be empty; they then read as None.
    unique : bool
        Whether each cell must differ from those above it.
    """

    name: str
    kind: Literal["text", "number", "integer"] = "text"
    required: bool = True
    blank: bool = False
    unique: bool = False


def read_csv(path: FilePath, columns: Sequence[Column], *, name: str | None = None) -> Tree:
    """Read a UTF-8 CSV file; see `parse_csv`.

    Parameters
    ----------
    path : Path
        File to read.
    columns : sequence of Column
        Columns that the table may have.
    name : str, optional
        How faults name the file; by default the last part of `path`.

    Raises
    ------
    InvalidStudyError
        The file cannot be read as UTF-8 text. Faults in the table itself are returned.
    """
    return parse_csv(read_text(path, name=name), name or path.name, columns)


def parse_csv(text: str, file: str, columns: Sequence[Column]) -> Tree:
    """Read a table of declared columns from comma-separated text.

    Parameters
    ----------
    text : str
        The file's text; the first line names the columns, in any order.
    file : str
        The file's name as faults state it.
    columns : sequence of Column
        Columns that the table may have.

    Returns
    -------
    Tree
        `data` is a list of rows, each a dict of column to cell; `line((row, column))` is the
        line of a cell. Faults are unknown, repeated and missing columns, rows with too few or
        too many cells, cells that repeat another where each must differ, and cells that are
        empty, of the wrong kind or hold invisible characters; the last three read as None and
        are doubtful.
    """
    table = _Table(file, {column.name: column for column in columns})
    try:
        for line, cells in _records(text):
            table.add(line, cells)
    except csv.Error as error:
        found = f"cannot be read as CSV: {error}"
        table.faults.append(Fault(file, table.last_line + 1, "", found, "close every quote"))
        table.complete = False
    if not table.header:
        table.faults.append(Fault(file, 1, "", "empty", f"needed: {', '.join(table.columns)}"))
    faults, doubtful = tuple(table.faults), frozenset(table.doubtful)
    return Tree(file, table.rows, table.lines, faults, doubtful, table.complete)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


class _Table:
    """Rows, lines and faults of a table while it is read."""

    def __init__(self, file: str, columns: dict[str, Column]) -> None:
        self.file = file
        self.columns = columns
        self.header: list[str] = []
        self.rows: list[dict[str, Scalar]] = []
        self.lines: dict[Path, int] = {(): 1}
        self.faults: list[Fault] = []
        self.doubtful: set[Path] = set()
        self.complete = True
        self.last_line = 0
        self.taken: dict[tuple[str, Scalar], int] = {}

    def add(self, line: int, cells: list[str]) -> None:
        """Read the header, or one row below it."""
        self.last_line = line
        if not self.header:
            self.header = cells
            self._check_separator(line)
            if self.complete:
                self._check_header(line)
        elif self.complete:
            self._row(line, cells)

    def _check_separator(self, line: int) -> None:
        for sign in _OTHER_SEPARATORS:
            if self.complete and len(self.header) == 1 and sign in self.header[0]:
                self._fault(line, "", f"columns separated by {quoted(sign)}", "allowed: ','")
                self.complete = False

    def _check_header(self, line: int) -> None:
        for place, name in enumerate(self.header):
            if name in self.header[:place]:
                self._fault(line, name, f"a second column {quoted(name)}", "allowed: one")
            elif name not in self.columns:
                cure = suggestion(name, self.columns)
                self._fault(line, "", f"unknown column {quoted(name)}", cure)
        for name in self._missing():
            self._fault(line, name, "missing column")

    def _missing(self) -> list[str]:
        columns = self.columns.values()
        return [one.name for one in columns if one.required and one.name not in self.header]

    def _row(self, line: int, cells: list[str]) -> None:
        if len(cells) != len(self.header):
            found = f"row with {len(cells)} cells for {len(self.header)} columns"
            self._fault(line, "", found, "allowed: one cell for each column")
            return
        number = len(self.rows)
        self.lines[number,] = line
        row: dict[str, Scalar] = {}
        for name, cell in zip(self.header, cells, strict=True):
            if name in self.columns and name not in row:
                row[name], (found, allowed) = _cell(cell, self.columns[name])
                if found:
                    self._fault(line, name, found, allowed)
                    self.doubtful.add((number, name))
                elif self.columns[name].unique:
                    self._check_repeated(line, name, row[name])
        self.doubtful.update((number, name) for name in self._missing())
        self.rows.append(row)

    def _check_repeated(self, line: int, name: str, value: Scalar) -> None:
        first = self.taken.setdefault((name, value), line)
        if first != line:
            found = f"a second {quoted(str(value))}, the first is on line {first}"
            self._fault(line, name, found, f"allowed: each {name} once")

    def _fault(self, line: int, field: str, found: str, allowed: str = "") -> None:
        self.faults.append(Fault(self.file, line, field, found, allowed))


_Complaint = tuple[str, str]
_FINE: Final[_Complaint] = ("", "")


def _cell(text: str, column: Column) -> tuple[Scalar, _Complaint]:
    """Return the cell's value, and what was found and allowed where it has none."""
    if not text:
        return None, _FINE if column.blank else ("empty", f"needed: {column.kind}")
    if column.kind == "text":
        hidden = hidden_in_text(text)
        return (None, (f"invisible character {hidden}", "remove it")) if hidden else (text, _FINE)
    value = plain_scalar(text)
    fits = int if column.kind == "integer" else (int, float)
    if isinstance(value, fits) and not isinstance(value, bool) and math.isfinite(value):
        return value, _FINE
    return None, (f"found {quoted(text)}", _CURE[column.kind])
