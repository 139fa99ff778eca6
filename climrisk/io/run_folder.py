"""The run folder: everything that a run depended on and found, complete or not there at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import pandas as pd
import xarray as xr
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from climrisk import __version__
from climrisk.domain.study import Study
from climrisk.errors import RunFolderError
from climrisk.io.atomic import new_folder
from climrisk.io.csv_text import csv_bytes
from climrisk.io.netcdf import write_netcdf
from climrisk.io.wording import escaped
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = [
    "canonical_json",
    "first_difference",
    "input_hash",
    "read_run",
    "run_key",
    "write_run",
]

STUDY, RESULTS, RECORD = "study.json", "results.nc", "run.json"


class _Rerunnable(BaseModel):
    """What `run.json` must hold so that the run can be repeated."""

    model_config = ConfigDict(strict=True)

    climrisk: str
    input_hash: str
    draws: Annotated[int, Field(ge=1, lt=2**32)]
    seed: Annotated[int, Field(ge=0, lt=2**64)]
    scenarios: list[str]


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


def write_run(
    folder: Path,
    study: Study,
    results: xr.Dataset,
    tables: Mapping[str, pd.DataFrame],
    notice: str,
    record: Mapping[str, Any],
    pictures: Callable[[], Mapping[str, bytes]],
    beside: Mapping[str, bytes] = MappingProxyType({}),
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
    pictures : callable
        Returns PNG bytes by file name; called last, as they may still be drawn.
    beside : mapping, optional
        Files of the study that reports need, by name; no part of the input hash.

    Raises
    ------
    RunFolderError
        If the folder exists or cannot be written.
    """
    try:
        with new_folder(folder) as partial:
            (partial / STUDY).write_bytes(canonical_json(study).encode())
            write_netcdf(partial / RESULTS, results.assign_attrs(notice=notice))
            for name, frame in tables.items():
                (partial / name).write_bytes(csv_bytes(frame))
            for name, picture in pictures().items():
                (partial / name).write_bytes(picture)
            for name, content in beside.items():
                (partial / name).parent.mkdir(exist_ok=True)
                (partial / name).write_bytes(content)
            text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            (partial / RECORD).write_bytes(text.encode())
    except OSError as error:
        raise RunFolderError(f"{folder}: cannot be written: {error.strerror or error}") from error


def read_run(folder: Path) -> tuple[Study, dict[str, Any]]:
    """Return the study and the record of a run folder.

    Raises
    ------
    RunFolderError
        If the folder is not a complete run, or its study was changed since.
    """
    if not folder.is_dir():
        reason = "found a file" if folder.exists() else "no such folder"
        raise RunFolderError(f"{folder}: no run folder: {reason}")
    record = _read_record(folder)
    study = _read_study(folder, record)
    unknown = set(record["scenarios"]) - {*study.scenarios, BASE_YEAR_SCENARIO}
    if unknown:
        raise RunFolderError(f"{folder / RECORD}: unknown scenarios: {', '.join(sorted(unknown))}")
    return study, record


def _read_record(folder: Path) -> dict[str, Any]:
    try:
        record = json.loads(_text(folder, RECORD))
        _Rerunnable.model_validate(record)
    except ValidationError as error:
        field = ".".join(map(str, error.errors()[0]["loc"])) or "all of it"
        raise RunFolderError(
            f"{folder / RECORD}: {field} is missing or not what a run writes"
        ) from None
    except ValueError as error:
        raise RunFolderError(f"{folder / RECORD}: no JSON: {error}") from None
    return dict(record)


def _read_study(folder: Path, record: Mapping[str, Any]) -> Study:
    is_same_version = record["climrisk"] == __version__
    try:
        study = Study.model_validate_json(_text(folder, STUDY))
    except ValidationError:
        reason = (
            "changed since the run"
            if is_same_version
            else f"written by climrisk {record['climrisk']}, this is {__version__}"
        )
        raise RunFolderError(f"{folder / STUDY}: cannot be read: {reason}") from None
    if is_same_version and input_hash(study) != record["input_hash"]:
        raise RunFolderError(
            f"{folder / STUDY}: changed since the run: its hash is not the one in {RECORD}"
        )
    return study


def _text(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise RunFolderError(f"{folder}: no run folder: {name} is missing") from None
    except UnicodeDecodeError:
        raise RunFolderError(f"{folder / name}: not UTF-8") from None
    except OSError as error:
        raise RunFolderError(f"{folder / name}: cannot be read: {error.strerror}") from None


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
    except OSError as error:
        return f"{path}: cannot be read: {error.strerror}"
    if found == expected:
        return ""
    pairs = zip_longest(found.splitlines(), expected.splitlines(), fillvalue=b"")
    for line, (old, new) in enumerate(pairs, start=1):
        if old != new:
            return (
                f"{path}:{line}: found {escaped(old.decode(errors='replace'))}\n"
                f"rerun gives {escaped(new.decode(errors='replace'))}"
            )
    return f"{path}: line ends differ"
