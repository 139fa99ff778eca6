"""Reading what a company states for its disclosures, and the catalogues of the standards."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from climrisk.domain.disclosure import Disclosure
from climrisk.domain.disclosure_checks import (
    DISCLOSURE_FILE,
    check_disclosure,
    check_standards,
)
from climrisk.domain.disclosure_standard import Standard
from climrisk.domain.finding import Finding
from climrisk.domain.study import Study
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.encoding import read_text
from climrisk.io.faults import faults_from_validation
from climrisk.io.tree import Tree
from climrisk.io.yaml_tree import read_yaml
from climrisk.paths import bundled

__all__ = ["read_disclosure", "read_standards", "standards_in"]

FOLDER = "disclosure"
"""Folder of the catalogues among the bundled reference data."""
M = TypeVar("M", bound=BaseModel)


@cache
def read_standards() -> Mapping[str, Standard]:
    """Return the bundled catalogues by id, in id order."""
    return MappingProxyType(standards_in(bundled("data") / "reference" / FOLDER))


def standards_in(folder: Path) -> dict[str, Standard]:
    """Read every catalogue of a folder.

    Parameters
    ----------
    folder : Path
        With one `<id>.yaml` for each standard.

    Returns
    -------
    dict of id to Standard
        In id order.

    Raises
    ------
    InvalidStudyError
        With every fault: in a file, and across files.
    """
    faults: list[Fault] = []
    trees: dict[str, Tree] = {}
    found: dict[str, Standard] = {}
    for file in sorted(folder.glob("*.yaml")):
        tree, standard = _read(file, Standard, faults)
        if tree is not None and standard is not None:
            trees[file.name], found[file.stem] = tree, standard
            if standard.id != file.stem:
                allowed = f"allowed: {file.stem!r}, the file's name"
                faults.append(tree.fault(("id",), f"found {standard.id!r}", allowed))
    if not faults:  # rows of a catalogue that cannot be read would all seem unknown
        faults += _located(check_standards(found), trees)
    if faults:
        raise InvalidStudyError(faults)
    return found


def read_disclosure(folder: Path, study: Study | None = None) -> Disclosure | None:
    """Read `disclosure.yaml` of a study's folder or of a run's.

    Parameters
    ----------
    folder : Path
        A study's folder, or a run folder, which holds a copy.
    study : Study, optional
        Whose ids the answers name; without it they are not checked.

    Returns
    -------
    Disclosure or None
        None where there is no such file, or one of comments alone: everything is then blank.

    Raises
    ------
    InvalidStudyError
        With every fault found, each with file, line and field.
    """
    file = folder / DISCLOSURE_FILE
    if not file.exists():
        return None
    if _states_nothing(read_text(file, name=file.name)):
        return None
    faults: list[Fault] = []
    tree, stated = _read(file, Disclosure, faults)
    if tree is not None and stated is not None:
        faults += _located(
            check_disclosure(stated, read_standards(), study), {DISCLOSURE_FILE: tree}
        )
    if faults:
        raise InvalidStudyError(faults)
    return stated


def _states_nothing(text: str) -> bool:
    """Return whether every line is empty or a comment, as `climrisk new` writes the file."""
    return all(line.strip()[:1] in ("", "#") for line in text.splitlines())


def _read(file: Path, model: type[M], faults: list[Fault]) -> tuple[Tree | None, M | None]:
    """Return what one file says; what is wrong with it is added to `faults`."""
    try:
        tree = read_yaml(read_text(file, name=file.name), file.name)
    except InvalidStudyError as error:
        faults += error.faults
        return None, None
    faults += tree.faults
    if not tree.complete:
        return tree, None
    try:
        return tree, model.model_validate(tree.data)
    except ValidationError as error:
        faults += faults_from_validation(error, tree, (), model)
        return tree, None


def _located(findings: list[Finding], trees: Mapping[str, Tree]) -> list[Fault]:
    return [trees[one.file].fault(one.path, one.found, one.allowed) for one in findings]
