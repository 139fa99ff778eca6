"""Insurance of an item: what a policy takes off its losses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Identifier, Number, Provenance

__all__ = ["Insurance"]

NotNegative = Annotated[Number, Field(ge=0)]


class Insurance(Provenance):
    """Recovery = share * min(max(loss - deductible, 0), limit), after measures.

    Per event, or on the year's sum where `aggregate` is `annual`; an ongoing effect, and one that
    occurs once, are settled by the year. The recovery is spread over the covered impacts in
    proportion to their losses.
    """

    covers: tuple[Identifier, ...] = Field(min_length=1)
    """Impacts of the item that the policy covers; they are adverse."""
    deductible: NotNegative
    """Loss that the company bears first [million]."""
    limit: NotNegative | None = None
    """Most that is counted above the deductible [million]; empty is no limit."""
    share: Annotated[Number, Field(ge=0, le=1)]
    """Part of the layer that the insurer pays."""
    aggregate: Literal["event", "annual"]
    """Whether deductible and limit hold for each event or for the year."""
    annual_limit: NotNegative | None = None
    """Most that the insurer pays in a year [million]; with `aggregate: event`."""

    @model_validator(mode="after")
    def _one_annual_limit(self) -> Insurance:
        if self.annual_limit is not None and self.aggregate == "annual":
            raise ValueError("annual_limit with aggregate annual; allowed: limit, which is annual")
        if len(set(self.covers)) < len(self.covers):
            raise ValueError("an impact covered twice; allowed: each impact once")
        return self
