"""What a study's emissions rest on beside its own files: factor sets and paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from climrisk.domain.factors import FactorSet
from climrisk.domain.finding import Finding
from climrisk.domain.inventory import Activity
from climrisk.domain.inventory_checks import inventory_findings
from climrisk.domain.measured_checks import measured_findings
from climrisk.domain.pathway import PathSeries
from climrisk.domain.settings import Settings
from climrisk.domain.target import Target
from climrisk.errors import Fault
from climrisk.io.factor_sets import FactorShelf
from climrisk.io.pathways import read_paths
from climrisk.io.tree import Tree

__all__ = ["EmissionParts", "emission_parts"]


@dataclass(frozen=True)
class EmissionParts:
    """Factor sets and paths of a study, with all that is wrong with its emissions.

    Parameters
    ----------
    factor_sets : mapping of id to FactorSet
        Those that the settings name, and those that complete them.
    pathways : mapping of target to PathSeries
        Paths that targets take from files.
    findings : list of Finding
        Faults across the study's own files.
    faults : list of Fault
        Faults of the files of factors and paths.
    trees : mapping of file to Tree
        Files that findings may be about.
    """

    factor_sets: Mapping[str, FactorSet] = field(default_factory=dict)
    pathways: Mapping[str, PathSeries] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    faults: Sequence[Fault] = ()
    trees: Mapping[str, Tree] = field(default_factory=dict)


def emission_parts(
    folder: Path,
    settings: Settings | None,
    targets: Mapping[str, Target],
    rows: Sequence[tuple[int, Activity]],
    unread: bool,
) -> EmissionParts:
    """Read factor sets and paths, and hold the inventory and the targets against them.

    Parameters
    ----------
    folder : Path
        Study folder.
    settings : Settings or None
        None where they could not be read; the inventory is then checked by itself.
    targets : mapping of id to Target
        Targets that could be read.
    rows : sequence of (int, Activity)
        Rows of the inventory that could be read, with their position from 0.
    unread : bool
        Whether rows of the inventory could not be read, so that nobody can say what is missing.
    """
    shelf = FactorShelf(folder)
    paths, path_faults = read_paths(folder, targets)
    findings = list(shelf.missing(settings)) if settings else []
    sets = shelf.sets_of(*settings.emissions.factors) if settings else {}
    findings += inventory_findings(rows, sets)
    if not unread:
        known = {row.source_id for _, row in rows}
        findings += measured_findings(targets, settings.intensities if settings else {}, known)
    return EmissionParts(sets, paths, findings, [*shelf.faults, *path_faults], shelf.trees)
