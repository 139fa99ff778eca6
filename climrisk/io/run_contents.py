"""What a run folder holds besides its study: labelled results and tidy tables, read on demand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd
import xarray as xr

from climrisk.errors import RunFolderError

__all__ = ["ADDRESS", "read_results", "read_table", "written_on"]

RESULTS: Final = "results.nc"
_EMPTY: Final[dict[str, Any]] = {"keep_default_na": False, "na_values": [""]}
"""Empty cells alone are missing: an item may be called NA."""

ADDRESS: Final = {
    "summary.csv": (
        "scenario",
        "model",
        "control",
        "horizon",
        "subject",
        "line",
        "channel",
        "statistic",
    ),
    "annual.csv": ("scenario", "control", "year", "subject", "channel", "statistic"),
    "exceedance.csv": (
        "scenario",
        "control",
        "year",
        "subject",
        "basis",
        "convention",
        "return_period",
    ),
    "matrix.csv": ("scenario", "control", "horizon", "item"),
    "differences.csv": (
        "scenario",
        "control",
        "against_scenario",
        "against_control",
        "horizon",
        "statistic",
    ),
    "inputs.csv": ("scenario", "control", "horizon", "input"),
    "measures.csv": ("scenario", "measure", "horizon", "statistic"),
    "targets.csv": ("target", "scenario", "control", "year", "basis"),
    "emissions.csv": (
        "scenario",
        "control",
        "year",
        "scope",
        "category",
        "site",
        "source",
        "factor_set",
        "basis",
        "statistic",
    ),
    "abatement.csv": ("scenario", "measure", "method", "statistic"),
}
"""Columns that together name one row of each table."""


def read_results(folder: Path) -> xr.Dataset:
    """Return the labelled results of a run folder, as `analyse` returned them.

    Raises
    ------
    RunFolderError
        If the file is missing or is no netCDF file that a run writes.
    """
    file = folder / RESULTS
    if not file.is_file():
        raise RunFolderError(f"{folder}: no run folder: {RESULTS} is missing")
    try:
        results = xr.load_dataset(file, engine="h5netcdf")
    except (OSError, ValueError, KeyError) as error:
        raise RunFolderError(f"{file}: cannot be read: no netCDF file of a run") from error
    absent = [name for name in ("scenario", "control", "horizon") if name not in results.coords]
    if absent or "draws" not in results.attrs:
        raise RunFolderError(f"{file}: cannot be read: not the results of a run")
    return results


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """Return one tidy table of a run folder; ids and years are text, empty cells of figures NaN.

    Parameters
    ----------
    folder : Path
        Run folder.
    name : str
        One of `ADDRESS`.

    Raises
    ------
    RunFolderError
        If the table is missing or lacks a column that names its rows.
    """
    file, address = folder / name, ADDRESS[name]
    try:
        table: pd.DataFrame = pd.read_csv(file, dtype=dict.fromkeys(address, str), **_EMPTY)
    except FileNotFoundError:
        raise RunFolderError(f"{folder}: {name} is missing from the run") from None
    except (OSError, ValueError) as error:
        raise RunFolderError(f"{file}: cannot be read: no table of a run") from error
    absent = [column for column in address if column not in table]
    if absent:
        raise RunFolderError(f"{file}: no column {', '.join(absent)}: written by another climrisk?")
    return table.fillna(dict.fromkeys(address, ""))


def written_on(folder: Path) -> str:
    """Return the day on which `run.json` was written, for runs whose record does not tell it."""
    return datetime.fromtimestamp((folder / "run.json").stat().st_mtime, UTC).date().isoformat()
