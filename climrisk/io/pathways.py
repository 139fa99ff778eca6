"""Paths that a study takes from tables in the IAMC wide format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from climrisk.domain.pathway import PathSeries, Pathway
from climrisk.domain.target import Target
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.encoding import read_text
from climrisk.io.iamc import KEYS, record_values, wide_table

__all__ = ["FOLDER", "read_paths"]

FOLDER: Final = "pathways"
"""Folder of a study's own paths."""


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
    table = wide_table(text, file)
    named = {key: getattr(wanted, key) for key in KEYS}
    fits = [one for one in table.records if table.key(one) == tuple(named.values())]
    if len(fits) != 1:
        stated = ", ".join(f"{key} {value}" for key, value in named.items())
        found = f"{len(fits)} rows of {stated}"
        raise InvalidStudyError([Fault(file, 0, "", found, "allowed: one row")])
    return PathSeries(unit=table.cell(fits[0], "unit"), values=record_values(table, fits[0]))
