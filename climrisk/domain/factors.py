"""Emission factor sets: what one unit of an activity emits, by whom and for when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from climrisk.domain.base import Figure, Identifier, Number, Provenance
from climrisk.domain.frame import Period
from climrisk.domain.quantities import Amount
from climrisk.domain.text import LocalText
from climrisk.domain.units import EMISSIONS, ENERGY, ratio_of

__all__ = ["Factor", "FactorSet", "HeatValue", "ordered_sets"]


class Factor(Figure):
    """Emissions for one unit of an activity."""

    value: Annotated[Number, Field(ge=0)]
    """The factor, in `unit`."""
    unit: str
    """Such as kgCO2e/kWh."""
    uncertainty: Amount | None = None
    """The factor as a range, in the same unit; a projection draws from it."""

    @field_validator("unit")
    @classmethod
    def _emissions_per_unit(cls, unit: str) -> str:
        if ratio_of(unit).numerator.dimension != EMISSIONS:
            raise ValueError(f"found {unit!r}; allowed: emissions per unit, such as kgCO2e/L")
        return unit


class HeatValue(Figure):
    """Energy in one unit of a fuel."""

    value: Annotated[Number, Field(gt=0)]
    """The heat value, in `unit`."""
    unit: str
    """Such as kWh/L."""

    @field_validator("unit")
    @classmethod
    def _energy_per_unit(cls, unit: str) -> str:
        if ratio_of(unit).numerator.dimension != ENERGY:
            raise ValueError(f"found {unit!r}; allowed: energy per unit, such as kWh/L")
        return unit


class FactorSet(Provenance):
    """One file of `emission_factors/`: factors that belong together."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of the file format."""
    id: Identifier
    """The file's name without its ending."""
    title: LocalText
    vintage: str
    """Year or edition of the publication."""
    years: Period | None = None
    """First and last year that the factors are for; empty where they do not change."""
    region: str
    """Where the factors hold."""
    gases: tuple[str, ...] = Field(min_length=1)
    """Gases that the factors cover."""
    gwp: str | None = None
    """Set of global warming potentials; empty where only CO2 is covered."""
    terms: str
    """Terms under which the numbers may be passed on."""
    completed_by: Identifier | None = None
    """Set that gives the factors which this one has not."""
    factors: dict[Identifier, Factor] = Field(default_factory=dict)
    """By activity, such as electricity or petrol."""
    regional: dict[Identifier, dict[str, Factor]] = Field(default_factory=dict)
    """By activity and region of the site; the whole company by the headcount of its sites."""
    residual_mix: dict[Identifier, Factor] = Field(default_factory=dict)
    """What is left after the claims of others, by activity; scope 2 market-based only."""
    heat_values: dict[Identifier, HeatValue] = Field(default_factory=dict)
    """Net heat values of fuels, by activity."""

    @model_validator(mode="after")
    def _says_something(self) -> FactorSet:
        if self.completed_by == self.id:
            raise ValueError(f"found completed_by {self.id!r}; allowed: another set")
        twice = sorted(set(self.factors) & set(self.regional))
        if twice:
            raise ValueError(
                f"found regional {twice[0]!r} among the factors as well; allowed: in one of both"
            )
        return self

    def years_fit(self, year: int) -> bool:
        """Return whether the factors are for `year`."""
        return self.years is None or self.years[0] <= year <= self.years[1]


def ordered_sets(names: Iterable[str], sets: Mapping[str, FactorSet]) -> tuple[FactorSet, ...]:
    """Return the named sets, each followed by the one that completes it, none twice.

    Raises
    ------
    KeyError
        If a set is missing.
    """
    found: dict[str, FactorSet] = {}
    for name in names:
        following: str | None = name
        while following is not None and following not in found:
            found[following] = sets[following]
            following = sets[following].completed_by
    return tuple(found.values())
