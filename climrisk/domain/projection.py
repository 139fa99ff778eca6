"""How emissions, energy, water and what they are divided by go on after the base year."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field, field_validator, model_validator

from climrisk.domain.base import Declaration, Figure, Identifier, Number, Provenance, Year
from climrisk.domain.link import Link
from climrisk.domain.quantities import Amount, Share, Signed

__all__ = ["ACTIVITY", "FACTOR", "CarbonCost", "Follows", "ProjectedSource"]

ACTIVITY = "activity"
FACTOR = "factor"
"""What a driver of a source may act on."""
LARGEST_GROWTH = 1.0


class Follows(Declaration):
    """Growth shared with an exposure, a revenue line or another source, in the same draw."""

    subject: Identifier
    """An exposure, a revenue line, or a source or denominator such as floor_area."""
    elasticity: Number = 1.0
    """Power that the subject's growth since the base year is raised to."""


class ProjectedSource(Provenance):
    """How one source of `inventory.csv`, or one denominator, goes on from the base year.

    The activity of a year is the base year's, times growth, times what it follows, times what its
    drivers do, times the year's own variation. Whatever is not stated stays as in the base year.
    """

    growth: Signed | None = None
    """Change a year, as a fraction; one value for the whole draw."""
    follows: Follows | None = None
    """Whose growth it shares, besides its own."""
    variation: Amount | None = None
    """The year's own multiple, drawn afresh each year: weather, calendar, metering."""
    links: tuple[Link, ...] = ()
    """Drivers; `acts_on` is `activity` or `factor`; a difference is a relative change for a unit.
    """
    unit_cost: Figure | None = None
    """What a unit of activity costs [study currency, not millions]; for abatement costs only."""

    @field_validator("growth")
    @classmethod
    def _a_fraction_a_year(cls, growth: Signed | None) -> Signed | None:
        if growth is not None:
            low, high = (float(one) for one in growth.ppf(np.array([0.05, 0.95])))
            if low <= -0.9 or high >= LARGEST_GROWTH:
                found = f"{low:g}" if low == high else f"{low:g} to {high:g} in 9 of 10 cases"
                raise ValueError(
                    f"found {found}; allowed: above -0.9 and below 1, as a fraction (3 % is 0.03)"
                )
        return growth

    @model_validator(mode="after")
    def _links_on_itself(self) -> ProjectedSource:
        seen: set[tuple[str, str]] = set()
        for link in self.links:
            if link.acts_on not in (ACTIVITY, FACTOR):
                raise ValueError(
                    f"a link acts on {link.acts_on!r}; allowed: {ACTIVITY} or {FACTOR}"
                )
            if link.form == "level":
                raise ValueError("a link with form level; allowed: ratio or difference")
            if (link.driver, link.acts_on) in seen:
                raise ValueError(f"two links of {link.driver} on {link.acts_on}; allowed: one")
            seen.add((link.driver, link.acts_on))
        return self


class CarbonCost(Provenance):
    """What the company pays for own emissions of some scopes; computed, outside the register."""

    driver: Identifier
    """Driver of the price for a tonne, such as `carbon_price`."""
    region: str
    """Whose pricing it is, and where the price series holds."""
    scopes: Annotated[tuple[Literal["1", "2", "3"], ...], Field(min_length=1)]
    """Scopes that are priced; scope 2 by location."""
    coverage: Share
    """Part of those emissions that is priced."""
    pass_through: Share
    """Part of the cost that customers bear."""
    from_year: Year
    """First year that is priced."""

    @field_validator("scopes")
    @classmethod
    def _each_once(cls, scopes: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(scopes)) < len(scopes):
            raise ValueError(f"found {', '.join(scopes)}; allowed: each scope once")
        return scopes
