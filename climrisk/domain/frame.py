"""Under which conditions an estimate was made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from climrisk.domain.base import Declaration, Identifier, Year
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = ["Frame", "Period"]


def _in_order(period: tuple[int, int]) -> tuple[int, int]:
    if period[0] > period[1]:
        raise ValueError(f"found {period[0]} after {period[1]}, allowed [first year, last year]")
    return period


Period = Annotated[tuple[Year, Year], AfterValidator(_in_order), Field(description="years")]
"""First and last year."""


class Frame(Declaration):
    """Under which conditions an estimate was made."""

    period: Period
    """First and last year that the estimate speaks of."""
    conditions: Identifier = BASE_YEAR_SCENARIO
    """`base_year`, or the id of the scenario that the estimate was made under."""
    given: Literal["existing_controls", "none"]
    """Whether the estimate already reckons with the controls in place in the base year."""
    plan_contains: str
    """What the study's own plan already allows for; only what goes beyond it is an effect."""
