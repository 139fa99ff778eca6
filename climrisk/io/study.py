"""Reading a study folder into one self-contained study, with every fault at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from climrisk.domain.checks import Parts, check_parts
from climrisk.domain.dependence import Dependence
from climrisk.domain.finding import Finding
from climrisk.domain.inventory import Activity
from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from climrisk.domain.quantities.labels import LabelMaps, resolve_labels
from climrisk.domain.settings import Settings
from climrisk.domain.site import Site
from climrisk.domain.study import Register, Study
from climrisk.domain.target import Target, Targets
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.encoding import read_text
from climrisk.io.faults import faults_from_validation
from climrisk.io.salvage import salvaged_settings
from climrisk.io.scenarios import ScenarioShelf
from climrisk.io.study_emissions import EmissionParts, emission_parts
from climrisk.io.study_tables import ACTIVITY_COLUMNS, SITE_COLUMNS
from climrisk.io.tables import Column, read_csv
from climrisk.io.tree import Tree
from climrisk.io.wording import quoted, suggestion
from climrisk.io.yaml_tree import read_yaml
from climrisk.paths import find_study

__all__ = ["read_study"]

M = TypeVar("M", bound=BaseModel)

STUDY, REGISTER, TARGETS = "study.yaml", "register.yaml", "targets.yaml"
SITES, INVENTORY = "sites.csv", "inventory.csv"


def read_study(folder: str | Path) -> Study:
    """Read a study folder, or a bundled study by its name.

    Parameters
    ----------
    folder : str or Path
        A folder with `study.yaml` and `register.yaml`, and optionally `targets.yaml`,
        `sites.csv`, `inventory.csv` and own files in `scenarios/`, `emission_factors/` and
        `pathways/`; or a bundled study's name.

    Returns
    -------
    Study
        Self-contained: scenarios and reference data are resolved.

    Raises
    ------
    InvalidStudyError
        With every fault found, each with file, line and field.
    """
    return _Reading(find_study(folder)).study()


class _Reading:
    """One attempt to read a study; gathers faults instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.trees: dict[str, Tree] = {}
        self.salvaged: Settings | None = None
        self.labels = LabelMaps()

    def study(self) -> Study:
        settings = self._whole(STUDY, Settings)
        stated = settings or self.salvaged
        self.labels = LabelMaps() if stated is None else stated.labels
        register = self._whole(REGISTER, Register)
        items, measures = self._entries("items", Item), self._entries("measures", Measure)
        targets = self._whole(TARGETS, Targets, optional=True)
        sites = self._table(SITES, SITE_COLUMNS, Site)
        activities = self._table(INVENTORY, ACTIVITY_COLUMNS, Activity)
        self._check_sites()
        ghg = self._emissions(stated, {} if targets is None else targets.targets, activities)
        shelf = ScenarioShelf(self.folder)
        checkable = settings if settings is not None else self.salvaged
        if checkable is not None:
            whole = self._is_whole(INVENTORY, len(activities))
            known = tuple(activities.values()) if whole else None
            self._check(checkable, items, measures, shelf, known)
        self.faults += shelf.faults
        if self.faults or settings is None or register is None:
            raise InvalidStudyError(self.faults)
        used = shelf.used_by(settings, items)
        return Study(
            name=self.folder.resolve().name,
            settings=settings,
            register_=register.items,
            measures=register.measures,
            dependence=register.dependence,
            scenarios=used,
            responses=shelf.responses_of(used),
            sites=tuple(sites.values()),
            inventory=tuple(activities.values()),
            targets={} if targets is None else targets.targets,
            factor_sets=dict(ghg.factor_sets),
            pathways=dict(ghg.pathways),
        )

    def _check(
        self,
        settings: Settings,
        items: dict[str, Item],
        measures: dict[str, Measure],
        shelf: ScenarioShelf,
        activities: tuple[Activity, ...] | None,
    ) -> None:
        self._findings(shelf.missing(settings))
        parts = Parts(
            settings=settings,
            items=items,
            measures=measures,
            dependence=self._section("dependence", Dependence),
            scenarios=shelf.used_by(settings, items),
            responses=shelf.responses,
            unread_items=frozenset(self._keys("items")) - set(items),
            scenario_names=shelf.names,
            inventory=activities,
        )
        self.trees |= shelf.trees
        self._findings(check_parts(parts))

    def _emissions(
        self, stated: Settings | None, targets: dict[str, Target], rows: dict[int, Activity]
    ) -> EmissionParts:
        """Read what emissions rest on, and note what is wrong with them."""
        unread = not self._is_whole(INVENTORY, len(rows))
        parts = emission_parts(self.folder, stated, targets, tuple(rows.items()), unread)
        self.trees |= parts.trees
        self.faults += parts.faults
        self._findings(parts.findings)
        return parts

    def _is_whole(self, name: str, rows: int) -> bool:
        """Return whether every row of a table could be read, or there is no such file."""
        tree = self.trees.get(name)
        if tree is None:
            return not (self.folder / name).exists()
        return tree.complete and rows == len(tree.data or ())

    def _findings(self, findings: Iterable[Finding]) -> None:
        for one in findings:
            tree = self.trees.get(one.file, Tree(one.file, None))
            self.faults.append(tree.fault(one.path, one.found, one.allowed))

    def _tree(self, name: str, optional: bool = False) -> Tree | None:
        path = self.folder / name
        if optional and not path.exists():
            return None
        try:
            tree = read_yaml(read_text(path, name=name), name)
        except InvalidStudyError as error:
            self.faults += error.faults
            return None
        self.faults += tree.faults
        if name == REGISTER:
            tree = replace(tree, data=resolve_labels(tree.data, self.labels))
        self.trees[name] = tree
        return tree if tree.complete else None

    def _whole(self, name: str, model: type[M], optional: bool = False) -> M | None:
        tree = self._tree(name, optional)
        if tree is None:
            return None
        try:
            return model.model_validate(tree.data)
        except ValidationError as error:
            self.faults += faults_from_validation(error, tree, (), model)
            if name == STUDY:
                self.salvaged = salvaged_settings(tree, error)
            return None

    def _keys(self, section: str) -> list[str]:
        tree = self.trees.get(REGISTER)
        entries = tree.node((section,)) if tree is not None else None
        return [key for key in entries if isinstance(key, str)] if isinstance(entries, dict) else []

    def _section(self, name: str, model: type[M]) -> M:
        """Return a section of the register, empty where it has faults, which were noted before."""
        tree = self.trees.get(REGISTER)
        stated = tree.node((name,)) if tree is not None else None
        try:
            return model.model_validate({} if stated is None else stated)
        except ValidationError:
            return model()

    def _entries(self, section: str, model: type[M]) -> dict[str, M]:
        """Return the valid entries of a section; faults were noted with the whole register."""
        tree, valid = self.trees.get(REGISTER), {}
        for key in self._keys(section):
            assert tree is not None
            try:
                valid[key] = model.model_validate(tree.node((section, key)))
            except ValidationError:
                continue
        return valid

    def _table(self, name: str, columns: tuple[Column, ...], model: type[M]) -> dict[int, M]:
        """Return the valid rows of a table by their position from 0."""
        path = self.folder / name
        if not path.exists():
            return {}
        try:
            tree = read_csv(path, columns, name=name)
        except InvalidStudyError as error:
            self.faults += error.faults
            return {}
        self.faults += tree.faults
        self.trees[name] = tree
        rows = {}
        for number, row in enumerate(tree.data or ()):
            try:
                rows[number] = model.model_validate(row)
            except ValidationError as error:
                self.faults += faults_from_validation(error, tree, (number,), model)
        return rows

    def _check_sites(self) -> None:
        """Note activities at a site that `sites.csv` does not list, if that could be read."""
        sites, activities = self.trees.get(SITES), self.trees.get(INVENTORY)
        unread = not sites.complete if sites else (self.folder / SITES).exists()
        if activities is None or unread:
            return
        known = ["all", *(str(row.get("id")) for row in (sites.data if sites else ()))]
        for number, row in enumerate(activities.data):
            site = row.get("site")
            if site is not None and site not in known:
                found = f"unknown site {quoted(str(site))}"
                self.faults.append(
                    activities.fault((number, "site"), found, suggestion(str(site), known))
                )
