"""How a scenario is put together from a table in the IAMC wide format."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Declaration, Identifier
from climrisk.domain.scenario import QuantileLabel, Warming
from climrisk.domain.text import LocalText

__all__ = ["ImportedDriver", "ScenarioImport"]


class ImportedDriver(Declaration):
    """Where the rows of one driver stand."""

    models: tuple[str, ...] = Field(min_length=1)
    """Models as the file names them; several give one path each, one gives a single path."""
    region: str | dict[str, str]
    """Region as the file names it; a mapping by model where models name it differently."""
    variable: str | None = None
    """Variable as the file names it."""
    quantiles: dict[QuantileLabel, str] | None = None
    """Variable of each percentile, instead of one variable; goes with one model."""
    unit: str
    """Unit of the file's rows; spaces and capitals do not matter."""
    written_as: str | None = None
    """The same unit as the scenario is to spell it; `unit` by default. Amounts stay as they are."""
    years: tuple[int, int] | None = None
    """First and last year to take; all by default."""
    note: str | None = None
    """Anything a reader should know about the series."""

    @model_validator(mode="after")
    def _one_form(self) -> ImportedDriver:
        if (self.variable is None) == (self.quantiles is None):
            raise ValueError("found neither or both; allowed exactly one of variable, quantiles")
        if self.quantiles is not None and len(self.models) != 1:
            raise ValueError(f"found {len(self.models)} models; allowed: one beside quantiles")
        if isinstance(self.region, dict) and set(self.region) != set(self.models):
            raise ValueError("found other models in region; allowed: a region for each model")
        if self.years is not None and self.years[0] > self.years[1]:
            raise ValueError(f"found years {self.years}; allowed: the first before the last")
        return self

    def region_of(self, model: str) -> str:
        """Return the region of one model's rows."""
        return self.region if isinstance(self.region, str) else self.region[model]


class ScenarioImport(Declaration):
    """A scenario of one's own from somebody's table."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of the file format."""
    id: Identifier
    """Id of the new scenario."""
    like: Identifier
    """Scenario whose texts and other drivers are taken over."""
    scenario: str
    """The scenario as the file names it."""
    retrieved: date
    """When the file was downloaded."""
    publisher: str
    """Who publishes the data, and its terms of use."""
    vintage: str
    """Release of the data, and when."""
    price_base: str
    """Currency and price year of the money series."""
    title: LocalText | None = None
    """Short name; that of `like` by default."""
    narrative: LocalText | None = None
    """The story; that of `like` by default."""
    key_assumptions: tuple[LocalText, ...] | None = None
    """What has to be true in this world; that of `like` by default."""
    warming: Warming | None = None
    """How warm it becomes; read off an imported driver `warming`, else that of `like`."""
    drivers: dict[Identifier, ImportedDriver] = Field(min_length=1)
    """Series to take from the file, by driver id."""
