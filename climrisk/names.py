"""The words that every layer shares: dimensions, channels, subjects, units and the sign rule.

Sign rule: an effect is positive when good for the company and negative when bad, everywhere;
the fifth percentile is always the bad side; a loss is minus the effect.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Kind = Literal["risk", "opportunity"]
Channel = Literal["revenue", "operating_cost", "asset_value"]
Direction = Literal["adverse", "favourable", "signed"]
Control = Literal["inherent", "current", "residual"]
Basis = Literal["reported", "reference", "assumption"]
Language = Literal["en", "zh-Hant", "zh-Hans"]
RiskCategory = Literal["acute", "chronic", "policy_legal", "market", "technology", "reputation"]
OpportunityCategory = Literal[
    "products_markets", "resource_efficiency", "energy_source", "resilience"
]
Category = Literal[RiskCategory, OpportunityCategory]

CHANNELS: Final[tuple[str, ...]] = get_args(Channel)
NET: Final = "net"
"""Effect on profit before tax; stands beside the three channels, never instead of them."""
MEASURED: Final[tuple[str, ...]] = (*CHANNELS, NET)
INHERENT: Final = "inherent"
"""Without any control; simulated only where the study states what existing controls do."""
CURRENT: Final = "current"
"""With the controls that operate in the base year."""
RESIDUAL: Final = "residual"
"""With planned measures as well."""
CONTROLS: Final[tuple[str, ...]] = (CURRENT, RESIDUAL)
"""The controls of every run."""
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
RISK_CATEGORIES: Final[tuple[str, ...]] = get_args(RiskCategory)
OPPORTUNITY_CATEGORIES: Final[tuple[str, ...]] = get_args(OpportunityCategory)

BASE_YEAR_SCENARIO: Final = "base_year"
"""The scenario that every run adds: drivers held at the base year, growth kept."""

RISKS: Final = "risks"
OPPORTUNITIES: Final = "opportunities"
OVERLAP: Final = "overlap"
MEASURES: Final = "measures"
CARBON_COST: Final = "carbon_cost"
"""What the company pays for its own emissions; computed, never an item."""
TOTAL_BEFORE_MEASURES: Final = "total_before_measures"
TOTAL: Final = "total"
HEADLINES: Final[tuple[str, ...]] = (RISKS, OPPORTUNITIES, TOTAL)
CURVES: Final[tuple[str, ...]] = (RISKS, TOTAL)
"""Subjects with exceedance curves and breach probabilities: gross and net of opportunities."""
RESERVED_SUBJECTS: Final[frozenset[str]] = frozenset(
    {
        RISKS,
        OPPORTUNITIES,
        OVERLAP,
        MEASURES,
        TOTAL_BEFORE_MEASURES,
        TOTAL,
        CARBON_COST,
        *RISK_CATEGORIES,
        *OPPORTUNITY_CATEGORIES,
    }
)
RESERVED_LINES: Final[frozenset[str]] = frozenset({"own_carbon_cost"})

ALL_YEARS: Final = "all"
"""The horizon of the net present value: every year from base_year + 1 to end_year."""

QUANTILES: Final[tuple[float, ...]] = (0.05, 0.5, 0.95)
TAIL_LEVELS: Final[tuple[float, ...]] = (0.95, 0.99)
RETURN_PERIODS: Final[tuple[int, ...]] = (2, 5, 10, 20, 50, 100, 200, 250)

MONEY_UNIT: Final = "million"
YEARS_UNIT: Final = "year"
