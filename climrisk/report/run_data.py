"""A run folder as briefings read it: its study, results, tables, and figures with their keys."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels, study_labels
from climrisk.domain.study import Study
from climrisk.errors import RunFolderError
from climrisk.io.run_contents import ADDRESS, read_results, read_table, written_on
from climrisk.io.run_folder import read_run
from climrisk.names import BASE_YEAR_SCENARIO, Language

__all__ = ["Cited", "RunData", "open_run"]

ONE_FIGURE: Final = {"exceedance.csv": "loss", "inputs.csv": "share"}
"""Column of the figure in tables that have one but do not call it `value`."""
ERRORS: Final = {
    "matrix.csv": "{column}_se",
    "targets.csv": "{column}_se",
}
PLAIN: Final = ("likelihood", "rank_", "probability", "first_missed", "needed_cut", "share")
"""Columns without the unit of their table."""
ALL_OF_IT: Final = {"model": "all", "line": "all"}
"""What a key means where it does not say: all models together, all lines of the accounts."""


@dataclass(frozen=True)
class Cited:
    """One figure of the run, with its address.

    Attributes
    ----------
    value : float
        As the table has it; NaN where the cell is empty.
    error : float
        Monte Carlo standard error, in the same unit; NaN where none is computed.
    key : str
        Key of `climrisk explain`.
    unit : str
        As the table states it; empty for shares and ranks.
    """

    value: float
    error: float
    key: str
    unit: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return math.isfinite(self.value)


@dataclass(frozen=True, eq=False)
class RunData:
    """Everything that a briefing is written from.

    Attributes
    ----------
    folder : Path
        The run folder.
    study : Study
        The exact input.
    record : mapping
        Content of `run.json`.
    """

    folder: Path
    study: Study
    record: Mapping[str, Any]
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _rows: dict[str, dict[tuple[str, ...], int]] = field(default_factory=dict, repr=False)

    @cached_property
    def results(self) -> xr.Dataset:
        """Labelled results as `analyse` returned them.

        Raises
        ------
        RunFolderError
            If the file is missing or not what a run writes.
        """
        return read_results(self.folder)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Simulated scenarios, without `base_year`."""
        return tuple(one for one in self.record["scenarios"] if one != BASE_YEAR_SCENARIO)

    @property
    def date(self) -> datetime.date:
        """Day on which the run was made."""
        stated = self.record.get("date")
        return datetime.date.fromisoformat(str(stated) if stated else written_on(self.folder))

    @property
    def horizons(self) -> dict[str, int]:
        """Number of years by horizon, in time order."""
        stated = self.study.settings.horizons
        order = sorted(stated, key=lambda name: stated[name].years)
        return {name: stated[name].years[1] - stated[name].years[0] + 1 for name in order}

    def labels(self, language: Language) -> StudyLabels:
        """Return titles, units and captions in one language."""
        return study_labels(self.study, self.results, language)

    def table(self, name: str) -> pd.DataFrame:
        """Return one tidy table; columns that name rows are text, and numbers are numbers.

        Parameters
        ----------
        name : str
            File name, such as `summary.csv`.

        Raises
        ------
        RunFolderError
            If the table is missing or not what a run writes.
        """
        if name not in self._tables:
            self._tables[name] = read_table(self.folder, name)
        return self._tables[name]

    def has_table(self, name: str) -> bool:
        """Return whether the run wrote a table: some are left out where they would be empty."""
        return (self.folder / name).is_file()

    def has(self, file: str, **address: object) -> bool:
        """Return whether a table has the row; see `cite`."""
        return self._address(file, address) in self._places(file)

    def cite(self, file: str, column: str = "", /, **address: object) -> Cited:
        """Return one figure with its key.

        Parameters
        ----------
        file : str
            Table, such as `summary.csv`.
        column : str, optional
            Column of the figure, where the table has several.
        **address : object
            Every column that names the row; `model` and `line` are `all` where left out.

        Raises
        ------
        RunFolderError
            If there is no such row or column.
        """
        named = self._address(file, address)
        place = self._places(file).get(named)
        table = self.table(file)
        chosen = column or ONE_FIGURE.get(file, "value")
        if place is None or chosen not in table:
            raise RunFolderError(f"{self.folder}: no figure {self.key(file, column, **address)}")
        error = ERRORS.get(file, "standard_error").format(column=chosen)
        row = table.iloc[place]
        is_mean = file != "measures.csv" or chosen == "mean"
        beside = float(row[error]) if error in table and is_mean else math.nan
        told = "" if chosen.startswith(PLAIN) else str(row.get("unit", "")).removeprefix("1")
        return Cited(float(row[chosen]), beside, self.key(file, column, **address), told)

    def text(self, file: str, column: str, /, **address: object) -> str:
        """Return a cell of words, such as a status; empty where there is none.

        Raises
        ------
        RunFolderError
            If there is no such row or column.
        """
        place, table = self._places(file).get(self._address(file, address)), self.table(file)
        if place is None or column not in table:
            raise RunFolderError(f"{self.folder}: no text {self.key(file, column, **address)}")
        found = table.iloc[place][column]
        return "" if pd.isna(found) else str(found)

    def at(self, key: str) -> Cited:
        """Return the figure that a key of `climrisk explain` names.

        Raises
        ------
        RunFolderError
            If there is no such figure.
        """
        file, *parts = key.split("/")
        if file not in ADDRESS:
            raise RunFolderError(f"{key}: no such table; allowed: {', '.join(ADDRESS)}")
        named = dict(part.split("=", 1) for part in parts if "=" in part)
        column = next((part for part in parts if "=" not in part), "")
        if set(named) - set(ADDRESS[file]):
            raise RunFolderError(f"{key}: allowed, columns: {', '.join(ADDRESS[file])}")
        return self.cite(file, column, **named)

    def key(self, file: str, column: str = "", /, **address: object) -> str:
        """Return the key by which `climrisk explain` finds a figure; see `cite`."""
        parts = zip(ADDRESS[file], self._address(file, address), strict=True)
        named = [f"{name}={value}" for name, value in parts if (name, value) != ("model", "all")]
        return "/".join([file, *named, *filter(None, [column])])

    def _address(self, file: str, address: Mapping[str, object]) -> tuple[str, ...]:
        stated = {**ALL_OF_IT, **address}
        return tuple(str(stated.get(name, "")) for name in ADDRESS[file])

    def _places(self, file: str) -> dict[tuple[str, ...], int]:
        if file not in self._rows:
            table = self.table(file)
            columns = [table[name].tolist() for name in ADDRESS[file]]
            self._rows[file] = {row: place for place, row in enumerate(zip(*columns, strict=True))}
        return self._rows[file]


def open_run(folder: Path) -> RunData:
    """Open a run folder.

    Parameters
    ----------
    folder : Path
        As `climrisk run` writes it.

    Returns
    -------
    RunData
        Its tables and results are read when they are first asked for.

    Raises
    ------
    RunFolderError
        If the folder is not a complete run, its study was changed since, or another climrisk
        wrote it in a form that this one cannot read.
    """
    study, record = read_run(folder)
    return RunData(folder, study, record)
