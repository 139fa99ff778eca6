"""What a target or an intensity measures: emissions or activity, over a denominator or not."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Figure, Identifier, Provenance
from climrisk.domain.text import LocalText
from climrisk.domain.units import EMISSIONS, Ratio, Unit, ratio_of, unit_of

__all__ = ["REVENUE", "Decimals", "Intensity", "Measured", "Scopes", "scopes_of", "top_and_bottom"]

REVENUE: Final = "revenue"
"""Denominator that stands for the study's revenue lines where the inventory has none."""

Scopes = Literal["1", "2", "3", "1+2", "1+2+3"]
"""Scopes that are added up."""

Decimals = Annotated[int, Field(ge=0, le=9, strict=True)]
"""Decimals of a figure as it was stated."""


class Measured(Provenance):
    """A figure of the inventory: emissions of scopes or the sum of sources, per something."""

    scope: Scopes | None = None
    """Scopes whose gross emissions are measured; empty where sources are."""
    sources: tuple[Identifier, ...] = ()
    """Sources of the inventory that are added up, in the unit's numerator."""
    denominator: Identifier | None = None
    """Row of the inventory to divide by, such as floor_area, or `revenue`."""

    @model_validator(mode="after")
    def _one_numerator(self) -> Measured:
        unit: str | None = getattr(self, "unit", None)
        if self.scope is not None and self.sources:
            raise ValueError("found sources beside a scope; allowed: one of both")
        if unit is not None and (self.denominator or self.sources):
            _check_unit(self, unit)
        return self


def _check_unit(measured: Measured, unit: str) -> None:
    try:
        top, bottom = top_and_bottom(unit)
    except ValueError as error:
        raise ValueError(f"unit {error}") from None
    if (bottom is None) != (measured.denominator is None):
        found = f"found unit {unit}, denominator {measured.denominator or 'none'}"
        raise ValueError(f"{found}; allowed: a unit with / and a denominator, or neither")
    if measured.scope is not None and top.dimension != EMISSIONS:
        raise ValueError(f"found unit {unit} of scope {measured.scope}; allowed: such as tCO2e")


def top_and_bottom(unit: str) -> tuple[Unit, Unit | None]:
    """Return the unit of the numerator, and of the denominator where there is one.

    Raises
    ------
    ValueError
        If the table of units does not know them.
    """
    if "/" not in unit:
        return unit_of(unit), None
    ratio: Ratio = ratio_of(unit)
    return ratio.numerator, ratio.denominator


def scopes_of(scope: Scopes) -> tuple[str, ...]:
    """Return the single scopes."""
    return tuple(scope.split("+"))


class Intensity(Measured):
    """A figure per square metre, person, million of revenue or device."""

    title: LocalText
    unit: str
    """Such as tCO2e/m2."""
    denominator: Identifier
    """Row of the inventory to divide by, such as floor_area, or `revenue`."""
    stated: Figure | None = None
    """The intensity as the company prints it for the base year, in `unit`."""
    stated_decimals: Decimals | None = None
    """Decimals of the stated figure."""
