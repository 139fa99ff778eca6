"""The shelf of scenarios: a study's own come before the bundled ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from climrisk.domain.base import Declaration
from climrisk.domain.finding import Finding, unknown
from climrisk.domain.item import Item
from climrisk.domain.scenario import Response, Scenario
from climrisk.domain.settings import Settings
from climrisk.errors import Fault, InvalidStudyError
from climrisk.io.encoding import read_text
from climrisk.io.faults import faults_from_validation
from climrisk.io.tree import Tree
from climrisk.io.yaml_tree import read_yaml
from climrisk.names import BASE_YEAR_SCENARIO
from climrisk.paths import bundled

__all__ = ["ScenarioShelf"]

M = TypeVar("M", bound=BaseModel)

RESPONSES = Path("reference") / "hazard_responses.yaml"


class Responses(Declaration):
    """Everything in a file of hazard responses."""

    schema_version: Literal[1] = Field(alias="schema")
    responses: dict[str, Response]


class ScenarioShelf:
    """Scenario files, read when first named.

    Parameters
    ----------
    folder : Path
        Study folder; its `scenarios/` comes before the bundled one.
    """

    def __init__(self, folder: Path) -> None:
        self.faults: list[Fault] = []
        self.trees: dict[str, Tree] = {}
        self._read: dict[str, Scenario | None] = {}
        self._files = {
            file.stem: file
            for place in (bundled("scenarios"), folder / "scenarios")
            if place.is_dir()
            for file in sorted(place.glob("*.yaml"))
        }
        self.responses = self._responses()

    @property
    def names(self) -> frozenset[str]:
        """Ids of all scenarios on the shelf."""
        return frozenset(self._files)

    def missing(self, settings: Settings) -> list[Finding]:
        """Return the findings for scenarios that the settings name and nobody wrote."""
        found = [
            unknown("study.yaml", ("scenarios", number), "scenario", name, self.names)
            for number, name in enumerate(settings.scenarios)
            if name not in self._files and name != BASE_YEAR_SCENARIO
        ]
        if settings.reference_scenario not in self._files:
            found.append(
                unknown(
                    "study.yaml",
                    ("reference_scenario",),
                    "scenario",
                    settings.reference_scenario,
                    self.names,
                )
            )
        for number, name in enumerate(settings.scenarios):
            if name == BASE_YEAR_SCENARIO or name in settings.scenarios[:number]:
                allowed = "allowed: each scenario once; base_year is added to every run"
                found.append(Finding("study.yaml", ("scenarios", number), f"found {name}", allowed))
        return found

    def used_by(self, settings: Settings, items: Mapping[str, Item]) -> dict[str, Scenario]:
        """Return the scenarios that are run, the reference, and those of the items' frames."""
        framed = {item.frame.conditions for item in items.values() if item.frame is not None}
        wanted = dict.fromkeys((*settings.scenarios, settings.reference_scenario, *sorted(framed)))
        found = {name: self.scenario(name) for name in wanted if name in self._files}
        return {name: scenario for name, scenario in found.items() if scenario is not None}

    def responses_of(self, scenarios: Mapping[str, Scenario]) -> dict[str, Response]:
        """Return the responses that the scenarios name."""
        named = {d.response for one in scenarios.values() for d in one.drivers.values()}
        return {name: one for name, one in sorted(self.responses.items()) if name in named}

    def scenario(self, name: str) -> Scenario | None:
        """Return a scenario on the shelf, or None where it has faults, which are then kept."""
        if name not in self._read:
            scenario = self._model(self._files[name], f"scenarios/{name}.yaml", Scenario)
            if scenario is not None and scenario.id != name:
                tree = self.trees[f"scenarios/{name}.yaml"]
                self.faults.append(
                    tree.fault(
                        ("id",), f"found {scenario.id!r}", f"allowed: {name!r}, the file's name"
                    )
                )
            self._read[name] = scenario
        return self._read[name]

    def _responses(self) -> dict[str, Response]:
        file = bundled("data") / RESPONSES
        read = self._model(file, f"reference/{file.name}", Responses)
        return {} if read is None else read.responses

    def _model(self, path: Path, name: str, model: type[M]) -> M | None:
        try:
            tree = read_yaml(read_text(path, name=name), name)
        except InvalidStudyError as error:
            self.faults += error.faults
            return None
        self.faults += tree.faults
        self.trees[name] = tree
        if not tree.complete:
            return None
        try:
            return model.model_validate(tree.data)
        except ValidationError as error:
            self.faults += faults_from_validation(error, tree, (), model)
            return None
