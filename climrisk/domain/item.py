"""A risk or an opportunity: when it occurs and what it does to revenue, cost and asset value."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Declaration, Identifier, Number, Provenance
from climrisk.domain.frame import Frame
from climrisk.domain.impact import Impact
from climrisk.domain.insurance import Insurance
from climrisk.domain.link import Link
from climrisk.domain.occurrence import Annual, Occurrence, Once
from climrisk.domain.text import LocalText
from climrisk.names import OPPORTUNITY_CATEGORIES, RISK_CATEGORIES, Category, Kind

__all__ = ["Item", "Quantification"]


class Quantification(Declaration):
    """Whether the item has numbers, and if not, why."""

    status: Literal["quantified", "not_separable", "too_uncertain", "no_capability", "none"]
    """`quantified`, or the ground for giving no number."""
    reason: str | None = None
    """Needed wherever the status is not `quantified`."""

    @model_validator(mode="after")
    def _reason_given(self) -> Quantification:
        if self.status != "quantified" and not self.reason:
            raise ValueError(f"status {self.status} without reason; allowed: give the reason")
        return self


class Item(Provenance):
    """A risk or an opportunity; unassessed parts stay empty and are counted."""

    kind: Kind
    category: Category
    """TCFD category."""
    driver: str | None = None
    """TCFD driver code or the company's own word for it."""
    peril: Identifier | None = None
    """Physical peril, such as rain, heat or cyclone."""
    title: LocalText
    description: LocalText | None = None
    owner: str | None = None
    horizon: Identifier | None = None
    """Horizon in which the company expects it to matter most; a label without effect on numbers."""
    frame: Frame | None = None
    occurrence: Occurrence | None = None
    links: tuple[Link, ...] = ()
    impact: dict[Identifier, Impact] = Field(default_factory=dict)
    severity: Literal["per_draw", "per_event"] = "per_draw"
    """`per_draw`: one quantile of knowledge for the whole draw; `per_event`: fresh each time."""
    frequency_basis: str | None = None
    """What counts as one event; needed where severity is drawn per event."""
    common_factor: Annotated[Number, Field(ge=0, lt=1)] | None = None
    """Correlation, in normal scores, of the severities of one year's events."""
    insurance: Insurance | None = None
    evidence: str | None = None
    confidence: Literal["very_low", "low", "medium", "high", "very_high"] | None = None
    quantification: Quantification | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Item:
        allowed = RISK_CATEGORIES if self.kind == "risk" else OPPORTUNITY_CATEGORIES
        if self.category not in allowed:
            raise ValueError(
                f"category {self.category} where kind is {self.kind}; allowed: {', '.join(allowed)}"
            )
        if self.severity == "per_event" and not self.frequency_basis:
            raise ValueError(
                "severity per_event without frequency_basis; allowed: say what counts as one event"
            )
        if self.severity == "per_event" and not isinstance(self.occurrence, Annual):
            raise ValueError("severity per_event; allowed: only for occurrence type annual")
        if self.common_factor is not None and self.severity != "per_event":
            raise ValueError("common_factor; allowed: with severity per_event")
        if self.occurrence is not None and self.frame is None:
            raise ValueError(
                "occurrence without frame; allowed: state period, conditions, given "
                "and plan_contains"
            )
        return self

    @model_validator(mode="after")
    def _window_is_the_frame(self) -> Item:
        once = self.occurrence
        if isinstance(once, Once) and self.frame and once.window != self.frame.period:
            raise ValueError(
                f"occurrence has the window {list(once.window)}, its frame the period "
                f"{list(self.frame.period)}; allowed: the same years"
            )
        return self

    @model_validator(mode="after")
    def _insured_impacts(self) -> Item:
        for name in self.insurance.covers if self.insurance else ():
            if name not in self.impact:
                raise ValueError(
                    f"insurance covers unknown impact {name!r}; allowed: "
                    f"{', '.join(sorted(self.impact)) or 'none is declared'}"
                )
            if self.impact[name].direction != "adverse":
                raise ValueError(f"insurance covers {name!r}; allowed: adverse impacts only")
        return self

    @property
    def assessed(self) -> bool:
        """True where the item has an occurrence and impacts, and is quantified."""
        stated = self.occurrence is not None and bool(self.impact)
        ruled_out = self.quantification is not None and self.quantification.status != "quantified"
        return stated and not ruled_out
