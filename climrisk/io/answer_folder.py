"""A folder of tables that answer questions about a study, complete or not there at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from climrisk import __version__
from climrisk.domain.study import Study
from climrisk.errors import RunFolderError
from climrisk.io.atomic import new_folder, write_atomically
from climrisk.io.csv_text import csv_bytes
from climrisk.io.run_folder import canonical_json, input_hash

__all__ = ["FOLDER", "read_answers", "write_answers"]

FOLDER: Final = "sensitivity"
"""Folder of the answers about a run, in the run's own."""
STUDY, ASKED = "study.json", "asked.json"


def write_answers(
    folder: Path, study: Study, tables: Mapping[str, pd.DataFrame], record: Mapping[str, Any]
) -> None:
    """Write the study, the tables and what was asked, in one step.

    Parameters
    ----------
    folder : Path
        Must not exist.
    study : Study
        The exact input, kept as `study.json`.
    tables : mapping of file name to DataFrame
    record : mapping
        What was asked, kept as `asked.json` with version and hash of the input.

    Raises
    ------
    RunFolderError
        If the folder exists or cannot be written.
    """
    asked = {"climrisk": __version__, "input_hash": input_hash(study), **record}
    try:
        with new_folder(folder) as partial:
            write_atomically(partial / STUDY, canonical_json(study).encode())
            for name, frame in tables.items():
                write_atomically(partial / name, csv_bytes(frame))
            text = json.dumps(asked, ensure_ascii=False, indent=1) + "\n"
            write_atomically(partial / ASKED, text.encode())
    except OSError as error:
        raise RunFolderError(f"{folder}: cannot be written: {error.strerror or error}") from error


def read_answers(run: Path, record: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Return the tables that answer questions about a run, by file name; nothing without any.

    Parameters
    ----------
    run : Path
        A run folder, in which `sensitivity` may stand.
    record : mapping
        Content of its `run.json`.

    Raises
    ------
    RunFolderError
        If they cannot be read, or answer questions about another study or other draws.
    """
    folder = run / FOLDER
    if not folder.is_dir():
        return {}
    try:
        asked = json.loads((folder / ASKED).read_text(encoding="utf-8"))
        of = (asked["input_hash"], asked["sought"]["draws"], asked["sought"]["seed"])
        tables = {file.name: _table(file) for file in sorted(folder.glob("*.csv"))}
    except (OSError, ValueError, KeyError, TypeError):
        raise RunFolderError(f"{folder}: not what climrisk sensitivity writes") from None
    if of != (record["input_hash"], record["draws"], record["seed"]):
        raise RunFolderError(f"{folder}: of another study or other draws; delete it or ask again")
    return tables


def _table(file: Path) -> pd.DataFrame:
    # empty cells alone are missing: a measure may be called NA
    return pd.read_csv(file, keep_default_na=False, na_values=[""])
