"""Paths in the IAMC wide format: Model, Scenario, Region, Variable, Unit, and a column a year."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from climrisk.domain.pathway import PathSeries, Pathway
from climrisk.domain.target import Target
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.encoding import read_text
from climrisk.io.scalars import plain_scalar
from climrisk.io.wording import quoted

__all__ = ["FOLDER", "read_paths"]

FOLDER: Final = "pathways"
"""Folder of a study's own paths."""
_KEYS: Final = ("model", "scenario", "region", "variable")
_YEAR: Final = re.compile(r"(19|20|21)\d\d")


def read_paths(
    folder: Path, targets: Mapping[str, Target]
) -> tuple[dict[str, PathSeries], list[Fault]]:
    """Return the paths that targets take from files, and what is wrong with them.

    Parameters
    ----------
    folder : Path
        Study folder.
    targets : mapping of id to Target
    """
    found: dict[str, PathSeries] = {}
    faults: list[Fault] = []
    for name, target in targets.items():
        if target.pathway is None or target.pathway.file is None:
            continue
        shown = f"{FOLDER}/{target.pathway.file}"
        try:
            text = read_text(folder / FOLDER / target.pathway.file, name=shown)
            found[name] = _series(text, shown, target.pathway)
        except InvalidStudyError as error:
            faults += error.faults
    return found, faults


def _series(text: str, file: str, wanted: Pathway) -> PathSeries:
    """Return the one row that a pathway names.

    Raises
    ------
    InvalidStudyError
        If the table is no wide one, or has no such row, or several.
    """
    head, records = _records(text, file)
    named = {key: getattr(wanted, key) for key in _KEYS}
    fits = [
        (line, cells)
        for line, cells in records
        if all(cells[head[key]] == stated for key, stated in named.items())
    ]
    if len(fits) != 1:
        stated = ", ".join(f"{key} {value}" for key, value in named.items())
        found = f"{len(fits)} rows of {stated}"
        raise InvalidStudyError([Fault(file, 0, "", found, "allowed: one row")])
    line, cells = fits[0]
    return _values(file, line, head, cells)


def _records(text: str, file: str) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if cells]
    except csv.Error as error:
        fault = Fault(file, reader.line_num, "", f"cannot be read as CSV: {error}")
        raise InvalidStudyError([fault]) from None
    head = {cell.lower(): place for place, cell in enumerate(rows[0][1])} if rows else {}
    missing = [key for key in (*_KEYS, "unit") if key not in head]
    if missing or not any(map(_YEAR.fullmatch, head)):
        found = f"no column {quoted(missing[0])}" if missing else "no column for a year"
        allowed = "allowed: Model, Scenario, Region, Variable, Unit, and a column for each year"
        raise InvalidStudyError([Fault(file, 1, "", found, allowed)])
    short = [line for line, cells in rows if len(cells) != len(rows[0][1])]
    if short:
        allowed = "allowed: one cell for each column"
        raise InvalidStudyError([Fault(file, short[0], "", "another number of cells", allowed)])
    return head, rows[1:]


def _values(file: str, line: int, head: Mapping[str, int], cells: Sequence[str]) -> PathSeries:
    values: dict[int, float] = {}
    faults = []
    for name, place in head.items():
        if not _YEAR.fullmatch(name) or not cells[place]:
            continue
        value = plain_scalar(cells[place])
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            values[int(name)] = float(value)
        else:
            found = f"found {quoted(cells[place])}"
            faults.append(Fault(file, line, name, found, "allowed: a number, or nothing"))
    if not values and not faults:
        faults.append(Fault(file, line, "", "no value", "allowed: a value in one year or more"))
    if faults:
        raise InvalidStudyError(faults)
    return PathSeries(unit=cells[head["unit"]], values=values)
