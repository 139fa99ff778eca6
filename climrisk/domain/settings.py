"""The frame of a study: company, money, years, horizons, exposures and thresholds."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field, field_validator, model_validator

from climrisk.domain.base import Declaration, Figure, Identifier, Number, Provenance, Truth, Year
from climrisk.domain.emissions import Emissions
from climrisk.domain.frame import Period
from climrisk.domain.measured import Intensity
from climrisk.domain.ordinal import Ordinal
from climrisk.domain.projection import CarbonCost, ProjectedSource
from climrisk.domain.quantities import Signed
from climrisk.domain.quantities.labels import LabelMaps
from climrisk.domain.text import LocalText

__all__ = [
    "Company",
    "Conversion",
    "CurrencyCode",
    "Exposure",
    "Horizon",
    "Money",
    "RevenueLine",
    "Settings",
    "Simulation",
]


CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""Three capital letters, by ISO 4217."""


class Company(Declaration):
    """Whose study it is."""

    name: LocalText
    code: str | None = None
    """Stock code."""


class Money(Declaration):
    """Currency of every amount: millions, in real terms of one price year."""

    currency: CurrencyCode
    """ISO 4217 code."""
    label: str
    """How the currency is printed, such as RMB."""
    price_year: Year


class Horizon(Declaration):
    """A planning period."""

    years: Period
    """First and last year."""
    planning: str
    """The planning cycle that the horizon follows."""


class Exposure(Provenance):
    """Something of value that impacts fall on; losses on it cannot exceed it."""

    title: LocalText
    value: Figure
    """Value in the base year [million]."""
    growth: Signed | None = None
    """Real growth a year, as a fraction; empty is no growth."""
    fair_value_through_profit: Truth = False
    """True where write-ups count in profit as well."""

    @field_validator("value")
    @classmethod
    def _not_negative(cls, value: Figure) -> Figure:
        if value.value < 0:
            raise ValueError(f"found {value.value:g}; allowed: 0 or more")
        return value

    @field_validator("growth")
    @classmethod
    def _a_fraction_a_year(cls, growth: Signed | None) -> Signed | None:
        if growth is not None:
            low, high = (float(one) for one in growth.ppf(np.array([0.05, 0.95])))
            if low <= -0.9 or high >= 1.0:
                found = f"{low:g}" if low == high else f"{low:g} to {high:g} in 9 of 10 cases"
                raise ValueError(
                    f"found {found}; allowed: above -0.9 and below 1, as a fraction (3 % is 0.03)"
                )
        return growth


class RevenueLine(Exposure):
    """A line of revenue, with the margin at which a lost sale reduces profit."""

    margin: Figure
    """Contribution margin, as a fraction of revenue."""

    @field_validator("margin")
    @classmethod
    def _fraction(cls, margin: Figure) -> Figure:
        if not 0 <= margin.value <= 1:
            raise ValueError(f"found {margin.value:g}; allowed: a fraction from 0 to 1")
        return margin


class Conversion(Declaration):
    """From a foreign price base to the study's currency and price year, step by step."""

    from_unit: str
    """The driver's unit; must equal the unit in the scenario files."""
    to_unit: str
    """The unit that links see."""
    inflation: Figure
    """Price level of the study's price year over that of the foreign price base."""
    exchange_rate: Figure
    """Study currency for one unit of the foreign one, average of the price year."""

    @field_validator("inflation", "exchange_rate")
    @classmethod
    def _positive(cls, figure: Figure) -> Figure:
        if figure.value <= 0:
            raise ValueError(f"found {figure.value:g}; allowed: more than 0")
        return figure


class Simulation(Declaration):
    """How much is simulated where the command line does not say."""

    draws: Annotated[int, Field(ge=1, le=4_000_000_000, strict=True)] = 20_000
    seed: Annotated[int, Field(ge=0, lt=2**64, strict=True)] = 1
    target_error: Annotated[Number, Field(gt=0, lt=1)] | None = None
    """Draws are added until the standard error of the P5 of total net in the last horizon is at
    most this part of it, in every scenario; `draws` is then not used."""
    max_draws: Annotated[int, Field(ge=1, le=4_000_000_000, strict=True)] | None = None
    """Draws at which adding stops; 4,000,000 by default."""


class Settings(Declaration):
    """Everything in `study.yaml`."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of the file format."""
    title: LocalText
    company: Company
    notice: LocalText | None = None
    """Printed inside every picture, page and file of the study."""
    money: Money
    base_year: Year
    end_year: Year
    discount_rate: Figure
    """Real, pre-tax, a fraction a year."""
    horizons: dict[Identifier, Horizon] = Field(min_length=1)
    """Disjoint planning periods between base_year + 1 and end_year."""
    reference_scenario: Identifier
    """Scenario whose drivers give the base-year values."""
    scenarios: tuple[Identifier, ...] = Field(min_length=1)
    """Scenarios to run; `base_year` is added to every run."""
    material_effect: Figure
    """Effect on net in a year from which that year counts as material [million]."""
    appetite: Figure
    """Loss in a year that the company is willing to bear [million]."""
    revenue_lines: dict[Identifier, RevenueLine] = Field(default_factory=dict)
    exposures: dict[Identifier, Exposure] = Field(default_factory=dict)
    conversions: dict[Identifier, Conversion] = Field(default_factory=dict)
    """By driver id."""
    headline_figures: dict[Identifier, Figure] = Field(default_factory=dict)
    """Reported figures that results are compared with, such as revenue and gross profit."""
    emissions: Emissions = Emissions()
    """Factor sets, method and recalculation policy of the inventory."""
    intensities: dict[Identifier, Intensity] = Field(default_factory=dict)
    """Figures per square metre, person, million of revenue or device, by id."""
    labels: LabelMaps = LabelMaps()
    """The study's own words for statements, such as `likely`."""
    simulation: Simulation = Simulation()
    projection: dict[Identifier, ProjectedSource] = Field(default_factory=dict)
    """By source of `inventory.csv`; a source that is left out stays as in the base year."""
    wanted_probability: Annotated[Number, Field(gt=0, lt=1)] = 0.8
    """Probability of meeting a target for which the abatement needed is told."""
    carbon_cost: dict[Identifier, CarbonCost] = Field(default_factory=dict)
    """Own carbon cost by part, such as fuel and power; none is computed without it."""
    internal_carbon_price: Figure | None = None
    """The company's own price for a tonne [study currency a tCO2e]; shown, never in net."""
    ordinal: Ordinal | None = None
    """Bands of ordinal scores in `matrix.csv`; none by default."""

    @field_validator("material_effect", "appetite")
    @classmethod
    def _positive(cls, figure: Figure) -> Figure:
        if figure.value <= 0:
            raise ValueError(f"found {figure.value:g}; allowed: more than 0")
        return figure

    @field_validator("internal_carbon_price")
    @classmethod
    def _not_negative(cls, figure: Figure | None) -> Figure | None:
        if figure is not None and figure.value < 0:
            raise ValueError(f"found {figure.value:g}; allowed: 0 or more")
        return figure

    @field_validator("discount_rate")
    @classmethod
    def _rate(cls, figure: Figure) -> Figure:
        if not -0.5 < figure.value < 1:
            raise ValueError(f"found {figure.value:g}; allowed: a fraction such as 0.08")
        return figure

    @model_validator(mode="after")
    def _years(self) -> Settings:
        if self.end_year <= self.base_year:
            raise ValueError(
                f"end_year {self.end_year} is not after base_year {self.base_year}; "
                "allowed: a later year"
            )
        return self

    @property
    def years(self) -> tuple[int, ...]:
        """Simulated years, base_year + 1 to end_year."""
        return tuple(range(self.base_year + 1, self.end_year + 1))

    @property
    def projected_drivers(self) -> frozenset[str]:
        """Drivers that the projection and own carbon cost use."""
        linked = {link.driver for source in self.projection.values() for link in source.links}
        return frozenset(linked | {cost.driver for cost in self.carbon_cost.values()})

    def subject_value(self, subject: str) -> Exposure:
        """Return the exposure or revenue line called `subject`."""
        return (
            self.exposures[subject] if subject in self.exposures else (self.revenue_lines[subject])
        )
