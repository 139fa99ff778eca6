"""A whole study, self-contained: settings, register, measures, scenarios and reference data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from climrisk.domain.base import Declaration, Identifier
from climrisk.domain.dependence import Dependence
from climrisk.domain.factors import FactorSet
from climrisk.domain.inventory import Activity
from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from climrisk.domain.pathway import PathSeries
from climrisk.domain.scenario import Response, Scenario
from climrisk.domain.settings import Settings
from climrisk.domain.site import Site
from climrisk.domain.target import Target

__all__ = ["Register", "Study"]


class Register(Declaration):
    """Everything in `register.yaml`."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of the file format."""
    items: dict[Identifier, Item] = Field(default_factory=dict)
    """Risks and opportunities by id."""
    measures: dict[Identifier, Measure] = Field(default_factory=dict)
    """Controls and measures by id."""
    dependence: Dependence = Dependence()
    """Groups of items that depend on each other."""


class Study(Declaration):
    """All that a run depends on; its canonical JSON is the run's input."""

    name: str
    """Name of the study's folder."""
    settings: Settings
    register_: dict[Identifier, Item] = Field(alias="register")
    """Risks and opportunities by id."""
    measures: dict[Identifier, Measure] = Field(default_factory=dict)
    dependence: Dependence = Dependence()
    scenarios: dict[Identifier, Scenario]
    """Every scenario that is run, and the reference scenario."""
    responses: dict[Identifier, Response] = Field(default_factory=dict)
    """Published hazard responses that the scenarios name."""
    sites: tuple[Site, ...] = ()
    inventory: tuple[Activity, ...] = ()
    targets: dict[Identifier, Target] = Field(default_factory=dict)
    factor_sets: dict[Identifier, FactorSet] = Field(default_factory=dict)
    """Emission factor sets that the settings name, and those that complete them."""
    pathways: dict[Identifier, PathSeries] = Field(default_factory=dict)
    """Paths that targets take from a file, by target."""

    @property
    def items(self) -> dict[str, Item]:
        """Risks and opportunities in id order."""
        return dict(sorted(self.register_.items()))

    @property
    def assessed(self) -> dict[str, Item]:
        """Items with a likelihood and an impact, in id order."""
        return {name: item for name, item in self.items.items() if item.assessed}

    @property
    def not_assessed(self) -> dict[str, Item]:
        """Items that stay visible but out of totals, in id order."""
        return {name: item for name, item in self.items.items() if not item.assessed}

    @property
    def drivers_in_use(self) -> frozenset[str]:
        """Drivers that assessed items, the projection or own carbon cost depend on."""
        linked = {link.driver for item in self.assessed.values() for link in item.links}
        return frozenset(linked | self.settings.projected_drivers)
