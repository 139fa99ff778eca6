"""Expected effects given knowledge: averaged over draws they are the expected effects."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from climrisk.domain.item import Item
from climrisk.engine.blocks import blocks
from climrisk.engine.conditional import reason_without_conditional_mean
from climrisk.engine.plan import make_plan
from tests.studies import (
    always,
    annual_risk,
    bernoulli,
    make_scenario,
    make_settings,
    make_study,
    once,
    poisson,
)

DRAWS = 20_000
YEARS = 4
AMOUNT = {"p5": 1.0, "p95": 9.0}
NEGATIVE_BINOMIAL = {"type": "annual", "law": "negative_binomial", "rate": 0.7, "contagion": 1.5}
POLICY: dict[str, Any] = {
    "covers": ["loss"],
    "deductible": 2.0,
    "limit": 3.0,
    "share": 0.5,
    "aggregate": "event",
}
RATIO = {"driver": "heat", "acts_on": "rate", "form": "ratio", "elasticity": 1.0}

CASES = {
    "poisson": annual_risk(poisson({"p5": 0.2, "p95": 2.0}), AMOUNT, links=[RATIO]),
    "contagion": annual_risk(NEGATIVE_BINOMIAL, AMOUNT),
    "bernoulli": annual_risk(bernoulli({"p5": 0.1, "p95": 0.6}), AMOUNT),
    "per_event": annual_risk(poisson(1.2), AMOUNT, severity="per_event"),
    "once": annual_risk(once((2024, 2026), {"p5": 0.2, "p95": 0.8}, lasts=2, ramp=2), AMOUNT),
    "ongoing": annual_risk(always(), AMOUNT),
    "insured_events": annual_risk(poisson(1.2), AMOUNT, insurance=POLICY),
    "insured_bernoulli": annual_risk(
        bernoulli(0.5), AMOUNT, insurance={**POLICY, "aggregate": "annual"}
    ),
    "insured_once": annual_risk(once((2024, 2026), 0.6, lasts=2), AMOUNT, insurance=POLICY),
    "limited_by_year": annual_risk(bernoulli(0.5), AMOUNT, insurance={**POLICY, "annual_limit": 1}),
}


def heated(items: dict[str, Item]) -> Any:
    world = make_scenario("flat", heat={2023: 1.0, 2100: 1.0 + 77.0 * 0.25})
    return make_study(items, make_settings(YEARS), (world,))


@pytest.mark.parametrize("name", CASES)
def test_the_mean_over_knowledge_is_the_mean(name: str) -> None:
    """A paired difference: what is left is chance alone, with mean zero."""
    plan = make_plan(heated({"A": CASES[name]}))
    for block in blocks(plan, 5, range(DRAWS), DRAWS):
        realised = block.effects.amounts[0, -1].sum(axis=0)
        chance = realised - block.effects.expected[0, 0]
        error = chance.std(ddof=1) / np.sqrt(DRAWS)
        assert abs(chance.mean()) <= 4.5 * error + 1e-9


def test_ongoing_effects_have_no_chance_in_them() -> None:
    plan = make_plan(heated({"A": CASES["ongoing"]}))
    block = next(iter(blocks(plan, 5, range(100))))
    realised = block.effects.amounts[0, -1].sum(axis=0)
    np.testing.assert_array_equal(block.effects.expected[0, 0], realised)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (annual_risk(poisson(1.0), 5.0, insurance={**POLICY, "aggregate": "annual"}), "year's sum"),
        (annual_risk(poisson(1.0), 5.0, insurance={**POLICY, "annual_limit": 1.0}), "limit for"),
        (
            annual_risk(once((2024, 2026), 0.5, ramp=2), 5.0, insurance=POLICY),
            "ramps up",
        ),
        (
            annual_risk(poisson(1.0), AMOUNT, insurance=POLICY, severity="per_event"),
            "differ in size",
        ),
        (
            annual_risk(
                poisson(1.0),
                AMOUNT,
                severity="per_event",
                links=[
                    {"driver": "heat", "acts_on": "loss", "form": "difference", "per_unit": 0.5}
                ],
            ),
            "cut single events off",
        ),
    ],
)
def test_reasons_where_there_is_no_closed_form(item: Item, reason: str) -> None:
    plan = make_plan(heated({"A": item}))
    assert reason in reason_without_conditional_mean(plan.items[0])
    block = next(iter(blocks(plan, 5, range(10))))
    assert np.isnan(block.effects.expected).all()
