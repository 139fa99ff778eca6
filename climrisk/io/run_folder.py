"""The run folder: everything that a run depended on and found, complete or not there at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from climrisk import __version__
from climrisk.domain.study import Study
from climrisk.errors import RunFolderError
from climrisk.io.atomic import new_folder, write_atomically

__all__ = [
    "canonical_json",
    "csv_bytes",
    "first_difference",
    "input_hash",
    "read_run",
    "run_key",
    "write_run",
]

STUDY, RESULTS, RECORD = "study.json", "results.nc", "run.json"


def canonical_json(study: Study) -> str:
    """Return the study as JSON with sorted keys: the exact input of a run."""
    plain = study.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def input_hash(study: Study) -> str:
    """Return the SHA-256 of the canonical JSON and the climrisk version."""
    return hashlib.sha256(f"{__version__}\n{canonical_json(study)}".encode()).hexdigest()


def run_key(inputs: str, draws: int, seed: int, kernel: str, scenarios: tuple[str, ...]) -> str:
    """Return the SHA-256 of everything that decides a run's numbers."""
    text = json.dumps([inputs, draws, seed, kernel, list(scenarios)])
    return hashlib.sha256(text.encode()).hexdigest()


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV, the same bytes on every system."""
    return frame.to_csv(index=False, lineterminator="\n").encode()


def write_run(
    folder: Path,
    study: Study,
    results: xr.Dataset,
    tables: Mapping[str, pd.DataFrame],
    notice: str,
    record: Mapping[str, Any],
    pictures: Mapping[str, bytes],
) -> None:
    """Write a run folder in one step.

    Parameters
    ----------
    folder : Path
        Must not exist.
    study : Study
        The exact input.
    results : Dataset
        As `analyse` returns it.
    tables : mapping of file name to DataFrame
        As `run_tables` returns them.
    notice : str
        Kept in `results.nc`.
    record : mapping
        Content of `run.json`.
    pictures : mapping of file name to PNG bytes

    Raises
    ------
    RunFolderError
        If the folder exists or cannot be written.
    """
    try:
        with new_folder(folder) as partial:
            write_atomically(partial / STUDY, canonical_json(study).encode())
            _write_results(partial / RESULTS, results.assign_attrs(notice=notice))
            for name, frame in tables.items():
                write_atomically(partial / name, csv_bytes(frame))
            for name, picture in pictures.items():
                write_atomically(partial / name, picture)
            text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            write_atomically(partial / RECORD, text.encode())
    except OSError as error:
        raise RunFolderError(f"{folder}: cannot be written: {error.strerror or error}") from error


def _write_results(path: Path, results: xr.Dataset) -> None:
    results.to_netcdf(path, engine="h5netcdf")


def read_run(folder: Path) -> tuple[Study, dict[str, Any]]:
    """Return the study and the record of a run folder.

    Raises
    ------
    RunFolderError
        If the folder is not a complete run.
    """
    try:
        study = Study.model_validate_json((folder / STUDY).read_text(encoding="utf-8"))
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        name = Path(error.filename).name
        raise RunFolderError(f"{folder}: no run folder: {name} is missing") from None
    except (OSError, ValueError) as error:
        raise RunFolderError(
            f"{folder}: {STUDY} or {RECORD} cannot be read: {str(error).splitlines()[0]}"
        ) from None
    return study, record


def first_difference(path: Path, expected: bytes) -> str:
    """Return where a table differs from what it should be, or nothing where it is the same.

    Parameters
    ----------
    path : Path
        Table of a run folder.
    expected : bytes
        What a rerun gives.
    """
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return f"{path}: missing"
    if found == expected:
        return ""
    pairs = zip_longest(found.splitlines(), expected.splitlines(), fillvalue=b"")
    for line, (old, new) in enumerate(pairs, start=1):
        if old != new:
            return (
                f"{path}:{line}: found {old.decode(errors='replace')}\n"
                f"rerun gives {new.decode(errors='replace')}"
            )
    return f"{path}: line ends differ"
