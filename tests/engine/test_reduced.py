"""Plans of some items: which belong together, and the same bits as among all others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from climrisk.engine.kernels import simulated_block
from climrisk.engine.plan import Plan, make_plan
from climrisk.engine.reduced import closed, is_capped, reduced, tied_otherwise
from tests.studies import (
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_settings,
    make_study,
    poisson,
)

SPREAD = {"p5": 1.0, "p95": 9.0}


def plan() -> Plan:
    """Return a plan with a tied chain A-B-C, two items on one exposure, and one alone."""
    share = {"a": cost(share={"p5": 0.3, "p95": 0.8}, exposure="plant")}
    items = {name: annual_risk(bernoulli(0.3), SPREAD) for name in "ABC"}
    items |= {"D": make_item(poisson(1.0), share), "E": make_item(poisson(2.0), share)}
    items |= {"F": annual_risk(poisson({"p5": 0.2, "p95": 2.0}), SPREAD)}
    tied = {
        "occurrence": [{"items": ["A", "B"], "rank": 0.5}],
        "severity": [{"items": ["B", "C"], "rank": 0.5}],
    }
    settings = make_settings(3, exposures={"plant": {"value": {"value": 20.0}}})
    return make_plan(make_study(items, settings, dependence=tied))


@pytest.mark.parametrize(
    ("names", "found"),
    [("A", "A"), ("AC", "AC"), ("D", "DE"), ("F", "F"), ("FE", "DEF"), ("X", ""), ("", "")],
)
def test_capped_items_belong_together(names: str, found: str) -> None:
    assert closed(plan(), set(names)) == set(found)


def test_ties_are_held_against_each_other() -> None:
    whole = plan()
    assert tied_otherwise(whole, plan()) == set()
    occurrence = whole.occurrence_ties
    assert tied_otherwise(whole, replace(whole, occurrence_ties=())) == {"A", "B"}
    looser = tuple(replace(tie, df=4.0) for tie in occurrence)
    assert tied_otherwise(whole, replace(whole, occurrence_ties=looser)) == {"A", "B"}
    assert tied_otherwise(replace(whole, severity_ties=()), whole) == {"B", "C"}


@pytest.mark.parametrize("names", ["ABC", "A", "B", "C", "DE", "F", "AF"])
def test_items_do_what_they_do_among_all_others(names: str) -> None:
    whole = plan()
    some = reduced(whole, set(names))
    runs = zip(
        simulated_block(whole, 3, range(40)), simulated_block(some, 3, range(40)), strict=True
    )
    rows = [n for n, item in enumerate(whole.items) if item.id in names]
    for one, other in runs:
        amounts = one.effects.amounts
        np.testing.assert_array_equal(amounts[rows], other.effects.amounts[: len(rows)])
        overlap = amounts[whole.overlap_row] if "D" in names else np.zeros_like(amounts[0])
        np.testing.assert_array_equal(other.effects.amounts[some.overlap_row], overlap)
    capped = [item.id for item in whole.items if is_capped(item)]
    assert capped == ["D", "E"]
