"""Activity data as the company reports them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, field_validator, model_validator

from climrisk.domain.base import Identifier, Number, Provenance, Year
from climrisk.domain.units import EMISSIONS, unit_of

__all__ = ["ALL_SITES", "COMBINED", "Activity", "Instrument"]

ALL_SITES: Final = "all"
"""Site of a row that states the company as a whole."""
COMBINED: Final = "1+2"
"""Scope of a total that the company has not split; never added to its parts."""
Instrument = Literal["green_certificate", "contract"]
"""What a company holds on where its electricity comes from; used market-based only."""

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_STOCKS: Final = frozenset({"area", "persons", "devices", "vehicles", "pieces"})
"""Dimensions of what stands there all year, so that a change within the year can be weighted."""


class Activity(Provenance):
    """One row of `inventory.csv`."""

    source_id: Identifier
    """Emission or resource source, such as electricity or petrol."""
    site: str
    """Site id, or `all`."""
    year: Year
    quantity: Number
    """Amount of the year, in `unit`; negative only where `correction` is yes."""
    unit: str
    """kWh, L, t, tCO2e, m2, person and the like; emissions as they were reported are in tCO2e."""
    scope: Literal["1", "2", "3", "1+2", "none", "avoided"]
    """Greenhouse gas scope; `none` for water, waste and denominators, `avoided` apart."""
    activity: Identifier | None = None
    """What the factor sets call it; empty where that is the source id."""
    category: Annotated[int, Field(ge=1, le=15, strict=True)] | None = None
    """Category of scope 3, 1 to 15."""
    instrument: Instrument | None = None
    """Of what is consumed, the part that an instrument covers; scope 2 only."""
    instrument_factor: Annotated[Number, Field(ge=0)] | None = None
    """Emission factor of the instrument [kgCO2e per unit of the row]."""
    correction: Literal["yes"] | None = None
    """yes where the row corrects another of the same source, site and year."""
    valid_from: str | None = None
    """Day from which floor area, headcount and the like hold, such as 2023-07-01."""

    @property
    def kind(self) -> str:
        """What the factor sets call it."""
        return self.activity or self.source_id

    @property
    def first_day(self) -> date | None:
        """Day from which the quantity holds; None where it holds all year."""
        return None if self.valid_from is None else date.fromisoformat(self.valid_from)

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        return unit_of(unit).symbol

    @field_validator("valid_from")
    @classmethod
    def _a_day(cls, day: str | None) -> str | None:
        if day is not None:
            try:
                found = date.fromisoformat(day) if _DATE.fullmatch(day) else None
            except ValueError:
                found = None
            if found is None:
                raise ValueError(f"found {day!r}; allowed: a date such as 2023-07-01")
        return day

    @model_validator(mode="after")
    def _fits(self) -> Activity:
        for complaint in (self._quantity_fault(), self._scope_fault(), self._instrument_fault()):
            if complaint:
                raise ValueError(complaint)
        return self

    def _quantity_fault(self) -> str:
        if self.quantity < 0 and self.correction is None:
            found = f"found quantity {self.quantity:g}"
            return f"{found}; allowed: 0 or more; a correction says yes in the column correction"
        if self.first_day is None:
            return ""
        if self.first_day.year != self.year:
            return f"found valid_from {self.valid_from}; allowed: a day of {self.year}"
        dimension = unit_of(self.unit).dimension
        if dimension not in _STOCKS:
            allowed = "allowed: floor area, headcount and other numbers that hold from a day on"
            return f"found valid_from beside {self.unit} ({dimension}); {allowed}"
        return ""

    def _scope_fault(self) -> str:
        if self.category is not None and self.scope != "3":
            return f"found category {self.category} in scope {self.scope}; allowed: scope 3 only"
        if self.scope == COMBINED and unit_of(self.unit).dimension != EMISSIONS:
            return f"found unit {self.unit} in scope 1+2; allowed: emissions, such as tCO2e"
        return ""

    def _instrument_fault(self) -> str:
        if self.instrument is None:
            stray = self.instrument_factor is not None
            return "found instrument_factor without an instrument; allowed: both" if stray else ""
        if self.scope != "2":
            return f"found instrument in scope {self.scope}; allowed: scope 2 only"
        if self.instrument == "contract" and self.instrument_factor is None:
            return "found instrument contract without instrument_factor; allowed: both"
        return ""
