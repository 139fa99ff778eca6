"""Saving a study that was edited: into its own folder, or as a folder of the user's own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from climrisk.domain.study import Study
from climrisk.errors import ClimriskError, Fault, InvalidStudyError
from climrisk.io.atomic import check_new_folder, new_folder
from climrisk.io.study import read_study
from climrisk.io.workbook.difference import Change
from climrisk.io.workbook.proposal import (
    carry_out,
    changes_from,
    own_scenarios,
    proposed,
    stated_in,
)

__all__ = ["save", "save_as", "stated_in", "unsaved"]


def unsaved(
    study: Study, folder: Path, stands: Mapping[str, Any] | None = None
) -> tuple[Change, ...]:
    """Return every difference of a study from its folder.

    Parameters
    ----------
    study : Study
    folder : Path
    stands : mapping, optional
        What `stated_in` returned; the folder as it stands on the disk now by default.
    """
    before = stated_in(folder) if stands is None else stands
    return changes_from(study, own_scenarios(folder), before)


def save(study: Study, opened: Study, folder: Path) -> tuple[Change, ...]:
    """Write a study into its folder; comments stay where nothing changed.

    Parameters
    ----------
    study : Study
        What the folder is to state.
    opened : Study
        What it stated when it was read.
    folder : Path

    Raises
    ------
    ClimriskError
        If somebody changed the folder meanwhile, or it cannot be written; nothing is lost then.
    """
    if read_study(folder) != opened:
        raise ClimriskError(
            f"{folder.name} was changed since it was opened; save under another name, or reload"
        )
    proposal = proposed(study, own_scenarios(folder), folder)
    try:
        carry_out(proposal)
    except OSError as error:
        raise ClimriskError(f"{folder.name} cannot be written: {error.strerror}") from error
    return proposal.changes


def save_as(study: Study, folder: Path, parent: Path, name: str) -> Path:
    """Copy a study's folder to a new one and write the study into the copy.

    Parameters
    ----------
    study : Study
    folder : Path
        Folder that it came from.
    parent : Path
        Where the new folder is made.
    name : str
        Name of the new folder: letters, digits, `_`, `.` and `-`.

    Raises
    ------
    InvalidStudyError
        If the name could lead elsewhere.
    RunFolderError
        If the folder exists.
    """
    if not name or name.startswith(".") or not all(c.isalnum() or c in "_.-" for c in name):
        allowed = "allowed: letters, digits, _ . and -, not beginning with a dot"
        raise InvalidStudyError([Fault("folder", 0, "name", f"found {name!r}", allowed)])
    made = parent / name
    check_new_folder(made)
    with new_folder(made) as partial:
        shutil.copytree(folder, partial, dirs_exist_ok=True)
        carry_out(proposed(study, own_scenarios(partial), partial))
    return made
