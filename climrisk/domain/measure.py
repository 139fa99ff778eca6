"""A control or measure: what it costs and what it takes off risks or adds to opportunities."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Declaration, Identifier, Provenance, Year
from climrisk.domain.link import ActsOn
from climrisk.domain.quantities import Amount, Share
from climrisk.domain.text import LocalText

__all__ = ["Effect", "Measure"]


class Effect(Declaration):
    """What a measure does to one item."""

    item: Identifier
    acts_on: ActsOn
    """`rate`, `probability`, `severity`, or the name of one impact."""
    share: Share
    """Share taken off, or added, from the measure's start year."""


class Measure(Provenance):
    """A control that operates (`existing`) or is planned; one measure may serve many items."""

    title: LocalText
    status: Literal["existing", "planned"]
    owner: str | None = None
    start: Year | None = None
    """First year of effect and cost; needed where planned."""
    capex: Amount | None = None
    """Paid in the start year [million]."""
    opex: Amount | None = None
    """Paid every year from the start year [million a year]."""
    reduces: tuple[Effect, ...] = ()
    """Shares taken off risks; several measures compound as the product of (1 - share)."""
    raises: tuple[Effect, ...] = ()
    """Shares added to opportunities; several measures compound as the product of (1 + share)."""
    status_note: str | None = Field(default=None)
    """How far along it is."""

    @model_validator(mode="after")
    def _planned_has_start(self) -> Measure:
        if self.status == "planned" and self.start is None:
            raise ValueError("status planned without start; allowed: give the first year of effect")
        return self
