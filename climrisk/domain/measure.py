"""A control or measure: what it costs and what it takes off risks or adds to opportunities."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Declaration, Identifier, Provenance, Year
from climrisk.domain.link import ActsOn
from climrisk.domain.quantities import Amount, Share
from climrisk.domain.text import LocalText

__all__ = ["ON_SOURCES", "Effect", "Measure", "Replacement"]

ON_SOURCES = ("activity", "market_factor")
"""What a measure on a source may act on."""


class Replacement(Declaration):
    """What is used instead of what a measure takes off a source."""

    source: Identifier
    """Source of `inventory.csv` that is used instead, such as electricity for petrol."""
    per_unit: Amount
    """Units of that source for each unit taken off."""


class Effect(Declaration):
    """What a measure does to one item, or to one source of the inventory."""

    item: Identifier | None = None
    """A risk or an opportunity; exactly one of item and source."""
    source: Identifier | None = None
    """A source of `inventory.csv`; exactly one of item and source."""
    acts_on: ActsOn = "activity"
    """Of an item: `rate`, `probability`, `severity`, or the name of one impact. Of a source:
    `activity` (what is used) or `market_factor` (green power: its market-based factor alone)."""
    share: Share | None = None
    """Share taken off, or added, from the measure's start year."""
    amount: Amount | None = None
    """Activity taken off each year, in the source's unit, such as own solar power in kWh."""
    replaced_by: Replacement | None = None
    """What is used instead, such as electricity where vans no longer burn petrol."""

    @model_validator(mode="after")
    def _one_target(self) -> Effect:
        if (self.item is None) == (self.source is None):
            found = "neither item nor source" if self.item is None else "item and source"
            raise ValueError(f"found {found}, allowed exactly one of them")
        return self._on_an_item() if self.item is not None else self._on_a_source()

    def _on_an_item(self) -> Effect:
        if "acts_on" not in self.model_fields_set:
            raise ValueError("item without acts_on; allowed: say what the measure acts on")
        if self.share is None:
            raise ValueError("item without share; allowed: give the share")
        for name in ("amount", "replaced_by"):
            if getattr(self, name) is not None:
                raise ValueError(f"item with {name}; allowed: on a source only")
        return self

    def _on_a_source(self) -> Effect:
        if self.acts_on not in ON_SOURCES:
            raise ValueError(
                f"acts_on {self.acts_on!r} of a source; allowed: {' or '.join(ON_SOURCES)}"
            )
        if (self.share is None) == (self.amount is None):
            found = "neither share nor amount" if self.share is None else "share and amount"
            raise ValueError(f"found {found}, allowed exactly one of them")
        if self.acts_on == "market_factor" and (self.amount or self.replaced_by):
            raise ValueError("market_factor; allowed: with share only, the part bought green")
        if self.replaced_by is not None and self.replaced_by.source == self.source:
            raise ValueError("a source replaced by itself; allowed: another source")
        return self


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
    """Shares taken off risks or sources; several measures compound as the product of (1 - share).
    """
    raises: tuple[Effect, ...] = ()
    """Shares added to opportunities; several measures compound as the product of (1 + share)."""
    status_note: str | None = Field(default=None)
    """How far along it is."""

    @model_validator(mode="after")
    def _planned_has_start(self) -> Measure:
        if self.status == "planned" and self.start is None:
            raise ValueError("status planned without start; allowed: give the first year of effect")
        return self

    @model_validator(mode="after")
    def _raises_opportunities(self) -> Measure:
        if any(effect.source is not None for effect in self.raises):
            raise ValueError("raises a source; allowed: opportunities; reduces takes off sources")
        if self.status == "existing" and any(one.replaced_by for one in self.on_sources):
            raise ValueError("status existing with replaced_by; allowed: where planned")
        return self

    @property
    def on_sources(self) -> tuple[Effect, ...]:
        """What it does to sources of the inventory."""
        return tuple(effect for effect in self.reduces if effect.source is not None)
