"""Reading `briefing.yaml` and the brand files that it names, from a study's or a run's folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from climrisk.domain.briefing import BRIEFING_FILE, Briefing, BriefingBrand
from climrisk.domain.finding import Finding, unknown
from climrisk.domain.study import Study
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.brand_files import brand_fault
from climrisk.io.encoding import read_text
from climrisk.io.faults import faults_from_validation
from climrisk.io.tree import Tree
from climrisk.io.yaml_tree import read_yaml

__all__ = ["briefing_files", "read_brand_files", "read_briefing"]

ANSWERS: Final = "disclosure.yaml"
COPIED: Final = (BRIEFING_FILE, ANSWERS)
"""Files beside the study that a run keeps for its reports."""


def read_briefing(folder: Path, study: Study | None) -> Briefing:
    """Read `briefing.yaml`; an empty briefing where the folder has none.

    Parameters
    ----------
    folder : Path
        The study's folder, or a run folder, which holds a copy.
    study : Study or None
        Whose measures, scenarios and horizons it may name; None where the study has faults.

    Returns
    -------
    Briefing

    Raises
    ------
    InvalidStudyError
        With every fault found, each with file, line and field.
    """
    path = folder / BRIEFING_FILE
    if not path.exists():
        return Briefing()
    tree = read_yaml(read_text(path, name=BRIEFING_FILE), BRIEFING_FILE)
    if tree.faults:
        raise InvalidStudyError(tree.faults)
    try:
        briefing = Briefing.model_validate(tree.data)
    except ValidationError as error:
        raise InvalidStudyError(faults_from_validation(error, tree, (), Briefing)) from None
    findings = () if study is None else _findings(briefing, study)
    faults = [tree.fault(one.path, one.found, one.allowed) for one in findings]
    faults += _brand_faults(folder, briefing, tree)
    if faults:
        raise InvalidStudyError(faults)
    return briefing


def briefing_files(folder: Path, study: Study) -> dict[str, bytes]:
    """Return what a run keeps for its reports, by file name relative to the folder.

    Raises
    ------
    InvalidStudyError
        If `briefing.yaml` or `disclosure.yaml` has faults.
    """
    named = read_briefing(folder, study).brand.files
    if (folder / ANSWERS).exists():
        from climrisk.io.disclosure import read_disclosure  # half the time of reading a study

        read_disclosure(folder, study)
    present = [name for name in (*COPIED, *named) if (folder / name).is_file()]
    return {name: (folder / name).read_bytes() for name in present}


def read_brand_files(folder: Path, brand: BriefingBrand) -> dict[str, bytes]:
    """Return the content of the files that a checked brand names."""
    return {name: (folder / name).read_bytes() for name in brand.files}


def _findings(briefing: Briefing, study: Study) -> Iterator[Finding]:
    planned = {name for name, one in study.measures.items() if one.status == "planned"}
    for number, decision in enumerate(briefing.decisions):
        for place, option in enumerate(decision.options):
            path = ("decisions", number, "options", place, "measures")
            for position, name in enumerate(option.measures):
                if name not in planned:
                    yield unknown(
                        BRIEFING_FILE, (*path, position), "planned measure", name, planned
                    )
    for field, known in (
        ("scenario", study.settings.scenarios),
        ("horizon", tuple(study.settings.horizons)),
    ):
        name = getattr(briefing.focus, field)
        if name is not None and name not in known:
            yield unknown(BRIEFING_FILE, ("focus", field), field, name, known)


def _brand_faults(folder: Path, briefing: Briefing, tree: Tree) -> list[Fault]:
    found = []
    for field in ("logo", "logo_vector", "template"):
        name = getattr(briefing.brand, field)
        fault = "" if name is None else brand_fault(folder / name)
        if fault:
            found.append(tree.fault(("brand", field), *fault.split("; ", 1)))
    return found
