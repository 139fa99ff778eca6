"""Run folders behind the briefing page: those of the study, and a new one of what is shown."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from climrisk.analysis import analyse
from climrisk.domain.study import Study
from climrisk.io.briefing_file import briefing_files
from climrisk.io.run_folder import write_run
from climrisk.io.run_record import run_record
from climrisk.io.run_tables import run_labels, run_tables

__all__ = ["RUNS", "run_folders", "write_shown"]

RUNS: Final = "runs"
"""Folder of run folders, where `climrisk run` puts them."""
MOST: Final = 50


def run_folders(study: Study, place: Path) -> list[Path]:
    """Return the run folders of a study, latest first, at most fifty.

    Parameters
    ----------
    study : Study
    place : Path
        Folder that holds `runs`.
    """
    found = [file for file in (place / RUNS).glob("*/run.json") if _name(file) == study.name]
    latest = sorted(found, key=lambda file: file.stat().st_mtime, reverse=True)
    return [file.parent for file in latest[:MOST]]


def write_shown(
    study: Study, folder: Path, draws: int, place: Path, progress: Callable[[int, int], None]
) -> Path:
    """Simulate a study as it stands and return its new run folder.

    Parameters
    ----------
    study : Study
    folder : Path
        The study's folder, whose files for reports the run keeps.
    draws : int
    place : Path
        Folder that holds `runs`.
    progress : callable
        Called with finished and total work.

    Raises
    ------
    ClimriskError
        If the files for reports have faults, or the folder cannot be written.
    """
    started = time.perf_counter()
    beside = briefing_files(folder, study)
    results = analyse(study, draws=draws, progress=progress)
    labels = run_labels(study, tuple(study.settings.scenarios))
    record = run_record(study, results, time.perf_counter() - started, None)
    new = place / RUNS / f"{folder.resolve().name}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    tables = run_tables(results, labels)
    write_run(new, study, results, tables, labels.notice, record, dict, beside)
    return new


def _name(record: Path) -> str:
    try:
        return str(json.loads(record.read_text(encoding="utf-8"))["study"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
