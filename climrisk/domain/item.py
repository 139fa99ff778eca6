"""A risk or an opportunity: when it occurs and what it does to revenue, cost and asset value."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from climrisk.domain.base import Declaration, Identifier, Number, Provenance, Year
from climrisk.domain.quantities import (
    Probability,
    Quantity,
    Rate,
    Scale,
    Share,
    Signed,
    read_quantity,
)
from climrisk.domain.text import LocalText
from climrisk.names import (
    BASE_YEAR_SCENARIO,
    OPPORTUNITY_CATEGORIES,
    RESERVED_LINES,
    RISK_CATEGORIES,
    Category,
    Channel,
    Direction,
    Kind,
)

__all__ = [
    "Annual",
    "Frame",
    "Impact",
    "Item",
    "Link",
    "Occurrence",
    "Once",
    "Ongoing",
    "Quantification",
]

Period = Annotated[tuple[Year, Year], Field(description="first and last year")]


def _in_order(period: tuple[int, int]) -> tuple[int, int]:
    if period[0] > period[1]:
        raise ValueError(f"found {period[0]} after {period[1]}, allowed [first year, last year]")
    return period


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

    _ordered = field_validator("period")(_in_order)


class Annual(Declaration):
    """Occurs in any year, once (Bernoulli) or several times (Poisson)."""

    type: Literal["annual"]
    law: Literal["bernoulli", "poisson"]
    """`bernoulli` states a probability, `poisson` a rate."""
    probability: Probability | None = None
    """Chance that it occurs in a year."""
    rate: Rate | None = None
    """Expected number of events in a year."""

    @model_validator(mode="after")
    def _law_states_its_own(self) -> Annual:
        wanted, other = (
            ("probability", "rate") if self.law == "bernoulli" else ("rate", "probability")
        )
        if getattr(self, wanted) is None:
            raise ValueError(f"{self.law} without {wanted}; allowed: law {self.law} with {wanted}")
        if getattr(self, other) is not None:
            raise ValueError(f"{self.law} with {other}; allowed: law {self.law} with {wanted} only")
        return self

    @property
    def likelihood(self) -> Quantity:
        """The probability or the rate, whichever the law states."""
        stated = self.probability if self.probability is not None else self.rate
        assert stated is not None
        return stated


class Once(Declaration):
    """Occurs at most once in a window; the effect then lasts and ramps up as stated."""

    type: Literal["once"]
    window: Period
    """First and last year in which it may occur; the same years as the frame's period."""
    probability: Probability
    """Chance that it has occurred by the end of the window, under the frame's conditions."""
    lasts: Annotated[int, Field(ge=1, strict=True)] | Literal["to_end"]
    """Years that the effect lasts, the year of occurrence included."""
    ramp: Annotated[int, Field(ge=1, strict=True)] = 1
    """Years until the full effect, growing evenly; 1 is the full effect at once."""

    _ordered = field_validator("window")(_in_order)

    @property
    def likelihood(self) -> Quantity:
        """The probability by the end of the window."""
        return self.probability


class Ongoing(Declaration):
    """Always there; grows with its drivers."""

    type: Literal["ongoing"]

    @property
    def likelihood(self) -> None:
        """An ongoing effect has no likelihood."""
        return None


Occurrence = Annotated[Annual | Once | Ongoing, Field(discriminator="type")]

ActsOn = Annotated[str, Field(min_length=1)]
"""`rate`, `probability`, `severity`, or the name of one impact."""


class Link(Provenance):
    """How a driver moves an item."""

    driver: Identifier
    """A driver that every scenario of the study states."""
    acts_on: ActsOn
    """`rate`, `probability`, `severity`, or the name of one impact."""
    form: Literal["ratio", "difference", "level"]
    """`ratio` to the base with an elasticity; `difference` from it or `level`, times `per_unit`."""
    elasticity: Number | None = None
    """Power that the ratio is raised to."""
    per_unit: Signed | None = None
    """Change of what the link acts on, for one unit of the driver."""

    @model_validator(mode="after")
    def _form_states_its_own(self) -> Link:
        wanted, other = (
            ("elasticity", "per_unit") if self.form == "ratio" else ("per_unit", "elasticity")
        )
        if getattr(self, wanted) is None:
            raise ValueError(f"form {self.form} without {wanted}; allowed: give {wanted}")
        if getattr(self, other) is not None:
            raise ValueError(f"form {self.form} with {other}; allowed: {wanted} only")
        if self.form != "ratio" and self.acts_on == "probability":
            raise ValueError(
                f"form {self.form} on a probability; allowed: ratio, which goes through "
                "p = 1 - exp(-rate)"
            )
        return self


class Impact(Provenance):
    """What an occurrence does to one line of the accounts."""

    channel: Channel
    """`revenue`, `operating_cost` or `asset_value`."""
    line: str = Field(min_length=1)
    """Line of the accounts, such as credit loss, energy or repair."""
    direction: Direction
    """`adverse` or `favourable` (amounts are then >= 0), or `signed`."""
    exposure: Identifier | None = None
    """Exposure that the share is of, or that caps the amount."""
    revenue_line: Identifier | None = None
    """Revenue line whose sales are lost or won; needed on channel `revenue`."""
    amount: Quantity | None = None
    """Millions of the study's currency, for one occurrence or one year of effect."""
    share: Share | None = None
    """Share of the exposure or revenue line, for one occurrence or one year of effect."""

    @field_validator("amount", mode="before")
    @classmethod
    def _read_amount(cls, value: Any, info: ValidationInfo) -> Any:
        scale: Scale = "identity" if info.data.get("direction") == "signed" else "log"
        return None if value is None else read_quantity(value, scale)

    @field_validator("line")
    @classmethod
    def _free_line(cls, line: str) -> str:
        if line in RESERVED_LINES:
            raise ValueError(f"found {line!r}, which climrisk computes itself; allowed: another")
        return line

    @model_validator(mode="after")
    def _complete(self) -> Impact:
        if (self.amount is None) == (self.share is None):
            found = "neither amount nor share" if self.amount is None else "amount and share"
            raise ValueError(f"found {found}, allowed exactly one of them")
        if self.exposure is not None and self.revenue_line is not None:
            raise ValueError("found exposure and revenue_line, allowed one of them")
        if self.channel == "revenue" and self.revenue_line is None:
            raise ValueError("channel revenue without revenue_line; allowed: name the line")
        if self.share is not None and self.subject_to is None:
            raise ValueError("share of nothing; allowed: name an exposure or a revenue_line")
        if self.share is not None and self.direction == "signed":
            raise ValueError("a signed share; allowed: adverse or favourable, or a signed amount")
        return self

    @property
    def subject_to(self) -> str | None:
        """Id of the exposure or revenue line that the impact falls on."""
        return self.exposure if self.exposure is not None else self.revenue_line

    @property
    def severity(self) -> Quantity:
        """The amount or the share, whichever is stated."""
        stated = self.amount if self.amount is not None else self.share
        assert stated is not None
        return stated


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
    evidence: str | None = None
    confidence: Literal["very_low", "low", "medium", "high", "very_high"] | None = None
    quantification: Quantification | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Item:
        allowed = RISK_CATEGORIES if self.kind == "risk" else OPPORTUNITY_CATEGORIES
        if self.category not in allowed:
            raise ValueError(
                f"{self.kind} of category {self.category}; allowed: {', '.join(allowed)}"
            )
        if self.severity == "per_event" and not self.frequency_basis:
            raise ValueError(
                "severity per_event without frequency_basis; allowed: say what counts as one event"
            )
        if self.severity == "per_event" and not isinstance(self.occurrence, Annual):
            raise ValueError("severity per_event; allowed: only for occurrence type annual")
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
                f"window {list(once.window)} differs from the frame's period "
                f"{list(self.frame.period)}; allowed: the same years"
            )
        return self

    @property
    def assessed(self) -> bool:
        """True where the item has an occurrence and impacts, and is quantified."""
        stated = self.occurrence is not None and bool(self.impact)
        ruled_out = self.quantification is not None and self.quantification.status != "quantified"
        return stated and not ruled_out
