"""A target on emissions, energy or water, as the company states it."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticKnownError

from climrisk.domain.base import Declaration, Figure, Identifier, Number, Year
from climrisk.domain.measured import Decimals, Measured
from climrisk.domain.pathway import Pathway
from climrisk.domain.text import LocalText

__all__ = ["IN_WORDS", "Target", "Targets"]

IN_WORDS: Final = ("qualitative", "none")
"""Kinds without anything to measure: a target in words, and the statement that there is none."""


class Target(Measured):
    """One target; one in words has no limit, and `none` states that the company has none."""

    title: LocalText
    kind: Literal["reduce_by", "reduce_to", "not_exceed", "maintain", "qualitative", "none"]
    metric: str
    """What is measured, such as greenhouse gas emissions per unit area."""
    unit: str | None = None
    base_year: Year | None = Field(default=None, validate_default=True)
    """A calendar year; left out of kind none alone."""
    base_value: Figure | None = None
    """As stated, in `unit`."""
    target_year: Year | None = Field(default=None, validate_default=True)
    """A calendar year; left out of kind none alone."""
    limit: Number | None = None
    """As stated, in `unit`."""
    reduction: Annotated[Number, Field(gt=0, le=1)] | None = None
    """Kind reduce_by: the share of the base year's figure to be taken off."""
    band: Annotated[Number, Field(gt=0, lt=1)] | None = None
    """Kind maintain: how far the figure may move either way, as a fraction of the base."""
    stated_decimals: Decimals | None = None
    """Decimals of the stated limit."""
    milestones: dict[Year, Number] = Field(default_factory=dict)
    """Limits on the way by year, in `unit`."""
    pathway: Pathway | None = None
    """What the target is held against."""

    @field_validator("base_year", "target_year")
    @classmethod
    def _needed_unless_none(cls, year: int | None, info: ValidationInfo) -> int | None:
        if year is None and info.data.get("kind") != "none":
            raise PydanticKnownError("missing")
        return year

    @model_validator(mode="after")
    def _whole(self) -> Target:
        for complaint in (self._years_fault(), self._kind_fault(), self._decimals_fault()):
            if complaint:
                raise ValueError(complaint)
        return self

    def _years_fault(self) -> str:
        if self.kind == "none":
            return ""
        base, goal = self.base_year or 0, self.target_year or 0
        if goal <= base:
            return f"found target_year {goal}, base year {base}; allowed: a later year"
        outside = [year for year in sorted(self.milestones) if not base < year < goal]
        if outside:
            return f"found milestones {outside[0]}; allowed: between {base} and {goal}"
        return ""

    def _kind_fault(self) -> str:
        stated = {
            name for name in ("limit", "reduction", "band") if getattr(self, name) is not None
        }
        allowed = _STATES[self.kind]
        for name in sorted(stated - allowed):
            return f"found {name} in kind {self.kind}; allowed: leave it out"
        if self.kind == "maintain" and self.band is None:
            return "band: missing; needed: how far the figure may move, as a fraction of the base"
        if self.kind == "reduce_by" and self.limit is None and self.reduction is None:
            return "reduction: missing; needed: the share taken off, or limit"
        if self.kind == "reduce_to" and self.limit is None:
            return "limit: missing; needed: the figure to be reached, in unit"
        if self.kind not in IN_WORDS and self.unit is None:
            return f"unit: missing; needed: the unit of the limit of kind {self.kind}"
        return ""

    def _decimals_fault(self) -> str:
        if self.limit is None or self.stated_decimals is None:
            return ""
        if abs(round(self.limit, self.stated_decimals) - self.limit) > 1e-12 * abs(self.limit):
            allowed = f"allowed: at most {self.stated_decimals} decimals, as stated_decimals says"
            return f"found limit {self.limit!r}; {allowed}"
        return ""


_STATES: Final[dict[str, set[str]]] = {
    "reduce_by": {"limit", "reduction"},
    "reduce_to": {"limit"},
    "not_exceed": {"limit"},
    "maintain": {"band"},
    "qualitative": set(),
    "none": set(),
}
"""What a target of each kind may state."""


class Targets(Declaration):
    """Everything in `targets.yaml`."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of the file format."""
    targets: dict[Identifier, Target] = Field(default_factory=dict)
