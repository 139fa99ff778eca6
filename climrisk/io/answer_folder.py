"""A folder of tables that answer questions about a study, complete or not there at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from climrisk import __version__
from climrisk.domain.study import Study
from climrisk.errors import RunFolderError
from climrisk.io.atomic import new_folder, write_atomically
from climrisk.io.csv_text import csv_bytes
from climrisk.io.run_folder import canonical_json, input_hash

__all__ = ["write_answers"]


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
            write_atomically(partial / "study.json", canonical_json(study).encode())
            for name, frame in tables.items():
                write_atomically(partial / name, csv_bytes(frame))
            text = json.dumps(asked, ensure_ascii=False, indent=1) + "\n"
            write_atomically(partial / "asked.json", text.encode())
    except OSError as error:
        raise RunFolderError(f"{folder}: cannot be written: {error.strerror or error}") from error
