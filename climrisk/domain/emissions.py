"""How a study accounts for its emissions: factor sets, method and policy."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from climrisk.domain.base import Figure, Identifier, Provenance

__all__ = ["Emissions"]


class Emissions(Provenance):
    """The section `emissions` of `study.yaml`."""

    factors: tuple[Identifier, ...] = Field(default=())
    """Factor sets; the first that has a factor for an activity gives it."""
    scope_2: Literal["location", "market"] = "location"
    """Method by which totals and targets count purchased energy; both are shown."""
    recalculation_threshold: Figure | None = None
    """Change of the base year's total, as a fraction, beyond which the base is restated."""

    @field_validator("factors")
    @classmethod
    def _each_once(cls, factors: tuple[str, ...]) -> tuple[str, ...]:
        twice = [name for number, name in enumerate(factors) if name in factors[:number]]
        if twice:
            raise ValueError(f"found {twice[0]!r} twice; allowed: each set once")
        return factors

    @field_validator("recalculation_threshold")
    @classmethod
    def _fraction(cls, figure: Figure | None) -> Figure | None:
        if figure is not None and not 0 < figure.value < 1:
            raise ValueError(f"found {figure.value:g}; allowed: a fraction such as 0.05")
        return figure
