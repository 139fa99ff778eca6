"""The shelf of emission factor sets: a study's own come before the bundled ones."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from climrisk.domain.factors import FactorSet
from climrisk.domain.finding import Finding, unknown
from climrisk.domain.settings import Settings
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.encoding import read_text
from climrisk.io.faults import faults_from_validation
from climrisk.io.tree import Tree
from climrisk.io.yaml_tree import read_yaml
from climrisk.paths import bundled

__all__ = ["FOLDER", "FactorShelf"]

FOLDER = "emission_factors"
"""Folder of factor sets, in a study and among the bundled reference data."""


class FactorShelf:
    """Files of factor sets, read when first named.

    Parameters
    ----------
    folder : Path
        Study folder; its `emission_factors/` comes before the bundled one.
    """

    def __init__(self, folder: Path) -> None:
        self.faults: list[Fault] = []
        self.trees: dict[str, Tree] = {}
        self._read: dict[str, FactorSet | None] = {}
        self._files = {
            file.stem: file
            for place in (bundled("data") / "reference" / FOLDER, folder / FOLDER)
            if place.is_dir()
            for file in sorted(place.glob("*.yaml"))
        }

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of all sets on the shelf."""
        return tuple(sorted(self._files))

    def missing(self, settings: Settings) -> list[Finding]:
        """Return the findings for sets that the settings name and nobody wrote."""
        return [
            unknown("study.yaml", ("emissions", "factors", number), "factor set", name, self.names)
            for number, name in enumerate(settings.emissions.factors)
            if name not in self._files
        ]

    def sets_of(self, *names: str) -> dict[str, FactorSet]:
        """Return the named sets that could be read, and those that complete them."""
        found: dict[str, FactorSet] = {}
        for name in names:
            following: str | None = name
            while following is not None and following not in found:
                one = self._set(following)
                if one is None:
                    break
                found[following] = one
                following = one.completed_by
        return found

    def _set(self, name: str) -> FactorSet | None:
        if name not in self._files:
            return None
        if name not in self._read:
            self._read[name] = self._from_file(self._files[name], name)
        return self._read[name]

    def _from_file(self, path: Path, name: str) -> FactorSet | None:
        shown = f"{FOLDER}/{path.name}"
        try:
            tree = read_yaml(read_text(path, name=shown), shown)
        except InvalidStudyError as error:
            self.faults += error.faults
            return None
        self.faults += tree.faults
        self.trees[shown] = tree
        if not tree.complete:
            return None
        try:
            found = FactorSet.model_validate(tree.data)
        except ValidationError as error:
            self.faults += faults_from_validation(error, tree, (), FactorSet)
            return None
        self.faults += self._cross_faults(found, tree, name)
        return found

    def _cross_faults(self, found: FactorSet, tree: Tree, name: str) -> list[Fault]:
        faults = []
        if found.id != name:
            allowed = f"allowed: {name!r}, the file's name"
            faults.append(tree.fault(("id",), f"found {found.id!r}", allowed))
        if found.completed_by is not None and found.completed_by not in self._files:
            one = unknown("", ("completed_by",), "factor set", found.completed_by, self.names)
            faults.append(tree.fault(one.path, one.found, one.allowed))
        return faults
