"""What a company states of itself for its climate disclosures, and no simulation knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from climrisk.domain.base import Declaration, Identifier
from climrisk.domain.disclosure_answers import (
    CapitalDeployed,
    CarbonPriceAnswer,
    Day,
    Exposed,
    FinancialEffects,
    PayLink,
    Statement,
)
from climrisk.domain.disclosure_standard import ReliefKind, RowId, Tier
from climrisk.domain.text import LocalText

__all__ = [
    "Disclosure",
    "FinancialYear",
    "Governance",
    "Metrics",
    "NotApplicable",
    "Relief",
    "RiskManagement",
    "Strategy",
    "stated_answers",
]


class FinancialYear(Declaration):
    """The reporting period; which rules are in force follows from its first day."""

    begins: Day
    """First day, such as 2025-01-01."""
    ends: Day
    """Last day."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.begins:
            raise ValueError(f"found ends {self.ends}, begins {self.begins}; allowed: a later day")
        return self


class Governance(Declaration):
    """Who oversees and who manages climate matters."""

    board_body: Statement | None = None
    """Board, committee or person responsible, and its mandate."""
    board_informed: Statement | None = None
    """How, and how often, it is told."""
    board_skills: Statement | None = None
    """Which skills it has or acquires."""
    board_strategy: Statement | None = None
    """How it weighs climate in strategy, large transactions and risk management."""
    board_targets: Statement | None = None
    """How it sets targets and follows them."""
    management_role: Statement | None = None
    """To whom the work is delegated."""
    management_controls: Statement | None = None
    """Controls and procedures that management uses."""


class Strategy(Declaration):
    """What climate does to business model and plans, and how the company responds."""

    business_model: Statement | None = None
    """Effects on business model and value chain."""
    concentration: Statement | None = None
    """Where in the business they are concentrated."""
    response: Statement | None = None
    """Response so far and planned."""
    transition_plan: Statement | None = None
    """The transition plan, or `none: true`."""
    target_delivery: Statement | None = None
    """How targets are to be met."""
    resourcing: Statement | None = None
    """How the response is paid for and staffed."""
    progress: Statement | None = None
    """Progress on plans of earlier periods."""
    financing: Statement | None = None
    """Expected change of cash flow, cost of capital and access to funding."""
    resilience: Statement | None = None
    """The company's view of its resilience, under the scenarios."""
    resilience_capacity: Statement | None = None
    """Capacity to adjust: funds, assets, investment."""
    analysis_period: Statement | None = None
    """When the scenario analysis was done, and the resilience view last formed."""


class RiskManagement(Declaration):
    """How risks and opportunities are found, rated, watched and joined with the others."""

    risk_process: Statement | None = None
    opportunity_process: Statement | None = None
    integration: Statement | None = None
    """With company-wide risk management."""
    changes: Statement | None = None
    """Of the process since the previous period."""


class Metrics(Declaration):
    """Metrics that a company states and a simulation does not."""

    internal_carbon_price: CarbonPriceAnswer | None = None
    """Shown, never in net; or `none: true`."""
    pay_link: PayLink | None = None
    """Whether and how pay depends on climate; or `none: true`."""
    transition_exposure: Exposed | None = None
    """Assets or activities exposed to transition risk: not the simulated loss."""
    physical_exposure: Exposed | None = None
    """Assets or activities exposed to physical risk: not the simulated loss."""
    opportunity_alignment: Exposed | None = None
    """Assets or activities aligned with opportunities."""
    capital_deployed: CapitalDeployed | None = None
    """Spent in the period on climate risks and opportunities."""
    industry_metrics: Statement | None = None
    emissions_approach: Statement | None = None
    """Method of the inventory: boundary, approach, changes since last year."""
    investees: Statement | None = None
    """Emissions of the consolidated group apart from those of other investees."""
    instruments: Statement | None = None
    """Contracts on where electricity comes from."""
    target_setting: Statement | None = None
    """How targets are set, validated, reviewed and changed."""
    target_coverage: Statement | None = None
    """Gases and scopes of emission targets, gross or net, by which sector method."""
    carbon_credits: Statement | None = None
    """Planned use of credits; or `none: true`."""


class Effects(Declaration):
    """Financial effects that have been booked, or will be next year."""

    current: FinancialEffects | None = None
    """Of the period, by FI code; or `none: true`."""
    next_year: FinancialEffects | None = None
    """Carrying amounts at significant risk of a material change next year; or `none: true`."""


class Relief(Declaration):
    """A relief that the company takes for rows of a standard."""

    rows: Annotated[tuple[RowId, ...], Field(min_length=1)]
    """Row ids, such as `D25`."""
    relief: ReliefKind
    reason: LocalText
    """Why it applies."""
    items: tuple[Identifier, ...] = ()
    """Items concerned; needed for commercial sensitivity, and opportunities only."""

    @model_validator(mode="after")
    def _sensitive_items_named(self) -> Self:
        if self.relief == "commercial_sensitivity" and not self.items:
            raise ValueError(
                "commercial_sensitivity without items; allowed: name the opportunities concerned"
            )
        return self


class NotApplicable(Declaration):
    """A row that does not apply to the company."""

    row: RowId
    reason: LocalText


class Disclosure(Declaration):
    """Everything in `disclosure.yaml`; what is left out is blank, which is not `none`."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of the file format."""
    issuer_tier: Tier
    """`large_cap`, `main_board`, `gem` or `unlisted`."""
    financial_year: FinancialYear
    governance: Governance = Governance()
    strategy: Strategy = Strategy()
    risk_management: RiskManagement = RiskManagement()
    metrics: Metrics = Metrics()
    effects: Effects = Effects()
    statements: dict[RowId, Statement] = Field(default_factory=dict)
    """Answers to rows that have no field of their own, by row id."""
    reliefs: tuple[Relief, ...] = ()
    not_applicable: tuple[NotApplicable, ...] = ()


SECTIONS = ("governance", "strategy", "risk_management", "metrics", "effects")


def stated_answers(stated: Disclosure) -> Iterator[tuple[str, Statement]]:
    """Yield every answer that is given, with its dotted name such as `metrics.pay_link`."""
    for section in SECTIONS:
        for name in type(getattr(stated, section)).model_fields:
            answer = getattr(getattr(stated, section), name)
            if answer is not None:
                yield f"{section}.{name}", answer
