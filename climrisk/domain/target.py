"""A target on emissions, energy or water, as the company states it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from climrisk.domain.base import Declaration, Figure, Identifier, Number, Provenance, Year
from climrisk.domain.text import LocalText

__all__ = ["Target", "Targets"]


class Target(Provenance):
    """One target; a target in words only has no limit."""

    title: LocalText
    kind: Literal["reduce_by", "reduce_to", "not_exceed", "maintain", "qualitative"]
    metric: str
    """What is measured, such as greenhouse gas emissions per unit area."""
    unit: str | None = None
    scope: str | None = None
    base_year: Year
    base_value: Figure | None = None
    target_year: Year
    limit: Number | None = None
    """As stated, in `unit`."""
    stated_decimals: Annotated[int, Field(ge=0, le=9, strict=True)] | None = None
    """Decimals of the stated limit."""
    milestones: dict[Year, Number] = Field(default_factory=dict)


class Targets(Declaration):
    """Everything in `targets.yaml`."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of the file format."""
    targets: dict[Identifier, Target] = Field(default_factory=dict)
