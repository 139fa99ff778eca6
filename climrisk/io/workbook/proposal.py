"""Bringing a workbook back into a study's folder: check, show the difference, then write."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from climrisk.domain.study import Study
from climrisk.errors import ClimriskError
from climrisk.io.atomic import new_folder, write_atomically
from climrisk.io.encoding import read_text
from climrisk.io.factor_sets import FOLDER as FACTORS
from climrisk.io.pathways import FOLDER as PATHWAYS
from climrisk.io.study import read_study
from climrisk.io.workbook.difference import Change, differences
from climrisk.io.workbook.patch import patched_csv, patched_yaml
from climrisk.io.workbook.places import checked_study
from climrisk.io.workbook.plain import plain_files
from climrisk.io.workbook.read import read_workbook
from climrisk.io.workbook.sheets import CSV_COLUMNS
from climrisk.io.workbook.texts import file_text
from climrisk.paths import STUDY_FILE

__all__ = [
    "Proposal",
    "carry_out",
    "changes_from",
    "companions",
    "own_scenarios",
    "propose",
    "proposed",
    "stated_in",
]


@dataclass(frozen=True)
class Proposal:
    """What an import would do; nothing has been written.

    Parameters
    ----------
    folder : Path
        Folder of the study.
    is_new : bool
        Whether the folder is to be made.
    changes : tuple of Change
        Every difference from the folder as it stands.
    before : mapping of str to str or None
        Text of each file that changes, None where there is none.
    after : mapping of str to str or None
        What each of them becomes, None where it is deleted.
    """

    folder: Path
    is_new: bool
    changes: tuple[Change, ...]
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]


def own_scenarios(folder: Path) -> dict[str, str]:
    """Return the text of the scenarios in a study's own folder, by id."""
    files = sorted((folder / "scenarios").glob("*.yaml"))
    return {file.stem: _text(folder, f"scenarios/{file.name}") for file in files}


def propose(book: Path, folder: Path) -> Proposal:
    """Check a workbook and hold it against a study's folder.

    Parameters
    ----------
    book : Path
        The workbook.
    folder : Path
        Folder of a study, or one that does not exist.

    Raises
    ------
    InvalidStudyError
        With every fault of the workbook, each with sheet and cell; or with those of the folder.
    ClimriskError
        If a change cannot be carried out in a file as it is written.
    MissingExtraError
        If openpyxl is not installed.
    """
    content = read_workbook(book)
    new = checked_study(content, folder.resolve().name, companions(folder))
    return proposed(new, content.scenarios, folder)


def proposed(new: Study, scenarios: Mapping[str, str], folder: Path) -> Proposal:
    """Hold a study against a folder.

    Parameters
    ----------
    new : Study
        What the folder is to state.
    scenarios : mapping of str to str
        Text of each of its own scenarios, by id.
    folder : Path
        Folder of a study, or one that does not exist.

    Raises
    ------
    InvalidStudyError
        With every fault of the folder as it stands.
    ClimriskError
        If a change cannot be carried out in a file as it is written.
    """
    before, after = stated_in(folder), _stated(new, scenarios)
    changes = differences(before, after)
    if not folder.exists():
        texts = {name: _whole(name, one) for name, one in after.items()}
        return Proposal(folder, True, changes, {}, texts)
    if not changes:
        return Proposal(folder, False, (), {}, {})
    names = dict.fromkeys(change.file for change in changes)
    stands = {name: _text(folder, name) if _exists(folder, name) else None for name in names}
    becomes = {
        name: _changed(name, stands[name], before.get(name), after.get(name)) for name in names
    }
    _check(folder, becomes, new)
    return Proposal(folder, False, changes, stands, becomes)


def changes_from(
    new: Study, scenarios: Mapping[str, str], before: Mapping[str, Any]
) -> tuple[Change, ...]:
    """Return the changes of `proposed`, without looking whether they can be carried out.

    Parameters
    ----------
    new, scenarios
        As there.
    before : mapping
        What the folder states, as `stated_in` returns it.
    """
    return differences(before, _stated(new, scenarios))


def stated_in(folder: Path) -> dict[str, Any]:
    """Return what the files of a folder state, by name; nothing where there is no folder.

    Raises
    ------
    InvalidStudyError
        With every fault of the folder as it stands.
    """
    return _stated(read_study(folder), own_scenarios(folder)) if folder.exists() else {}


def _stated(study: Study, scenarios: Mapping[str, str]) -> dict[str, Any]:
    return plain_files(study) | _scenario_files(scenarios)


def carry_out(proposal: Proposal) -> None:
    """Write what was proposed: a new folder as a whole, or each changed file as a whole.

    Raises
    ------
    ClimriskError
        If a file changed since it was compared.
    RunFolderError
        If the folder cannot be made.
    OSError
        If a file cannot be written; those before it were written in full.
    """
    if proposal.is_new:
        with new_folder(proposal.folder) as partial:
            _write(partial, proposal.after)
        return
    for name, text in proposal.before.items():
        exists = _exists(proposal.folder, name)
        if (_text(proposal.folder, name) if exists else None) != text:
            raise ClimriskError(f"{name} changed since it was compared; import again")
    _write(proposal.folder, proposal.after)


def _write(folder: Path, files: Mapping[str, str | None]) -> None:
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            write_atomically(path, text.encode())


def _changed(name: str, text: str | None, old: Any, new: Any) -> str | None:
    """Return what a file becomes; the text that stands there is kept where nothing changed."""
    if text is None or isinstance(new, str):
        return _whole(name, new)
    if name in CSV_COLUMNS:
        return patched_csv(text, old or [], new or [])
    if isinstance(old, str):
        return None
    return patched_yaml(text, old or {}, new or {})


def _whole(name: str, content: Any) -> str:
    return content if isinstance(content, str) else file_text(content, CSV_COLUMNS.get(name, ()))


def _check(folder: Path, becomes: Mapping[str, str | None], new: Study) -> None:
    """Read the changed files back before they take their place."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "study"
        copy.mkdir()
        kept = (STUDY_FILE, "register.yaml", "targets.yaml", *CSV_COLUMNS)
        own = (f"scenarios/{name}.yaml" for name in own_scenarios(folder))
        stands = {name: _text(folder, name) for name in (*kept, *own) if _exists(folder, name)}
        stands |= companions(folder)
        _write(copy, {name: text for name, text in (stands | dict(becomes)).items() if text})
        read = read_study(copy)
    if plain_files(read) != plain_files(new):
        names = ", ".join(becomes)
        raise ClimriskError(
            f"{names} cannot be changed in place; import into a new folder and compare"
        )


def companions(folder: Path) -> dict[str, str]:
    """Return the texts of a study's own factor sets and paths, which no workbook holds."""
    files = (*folder.glob(f"{FACTORS}/*.yaml"), *folder.glob(f"{PATHWAYS}/*.csv"))
    names = sorted(file.relative_to(folder).as_posix() for file in files)
    return {name: _text(folder, name) for name in names}


def _scenario_files(texts: Mapping[str, str]) -> dict[str, str]:
    return {f"scenarios/{name}.yaml": text for name, text in texts.items()}


def _exists(folder: Path, name: str) -> bool:
    return (folder / name).is_file()


def _text(folder: Path, name: str) -> str:
    return read_text(folder / name, name=name).replace("\r\n", "\n")
