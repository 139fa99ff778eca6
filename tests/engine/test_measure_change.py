"""One measure alone: the touched items simulated again give the bits of a full simulation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from climrisk.domain.item import Item
from climrisk.domain.measure import Measure
from climrisk.domain.study import Study
from climrisk.engine.blocks import blocks
from climrisk.engine.kernel import simulate
from climrisk.engine.measure_change import touched_items
from climrisk.engine.occurrences import believed
from climrisk.engine.plan import Plan, make_plan
from climrisk.engine.planned import with_measure
from climrisk.engine.present_value import present_value
from climrisk.engine.worlds import worlds
from climrisk.io.study import read_study
from tests.studies import always, annual_risk, bernoulli, cost, make_item, make_settings, make_study
from tests.studies import poisson as events

SEED = 9
DRAWS = 64


def planned(**stated: Any) -> Measure:
    return Measure.model_validate(
        {"title": "A measure", "status": "planned", "start": 2024} | stated
    )


def effect(item: str, acts_on: str, share: Any = 0.5) -> dict[str, Any]:
    return {"item": item, "acts_on": acts_on, "share": share}


def crowded() -> Study:
    """Items that meet on one exposure, one with its own severity for each event."""
    of_stock = {"exposure": "stock", "share": {"p5": 0.2, "p95": 0.9}}
    items: dict[str, Item] = {
        "R-1": make_item(events(1.5), {"loss": cost(**of_stock)}),
        "R-2": make_item(events(1.0), {"loss": cost(**of_stock)}, severity="per_event"),
        "R-3": annual_risk(always(), {"p5": 1.0, "p95": 4.0}),
        "O-1": make_item(
            events(0.8),
            {"gain": cost({"p5": 1.0, "p95": 3.0}, direction="favourable")},
            kind="opportunity",
            severity="per_event",
        ),
    }
    measures = {
        "M-1": planned(capex=1.0, opex={"p5": 0.1, "p95": 0.4}, reduces=[effect("R-1", "rate")]),
        "M-2": planned(
            start=2025, opex=0.3, reduces=[effect("R-2", "severity"), effect("R-3", "loss")]
        ),
        "M-3": planned(raises=[effect("O-1", "rate", {"p5": 0.1, "p95": 0.9})]),
        "M-4": planned(capex=2.0),
    }
    settings = make_settings(3, exposures={"stock": 10.0}, discount_rate={"value": 0.05})
    return make_study(items, settings, measures=measures)


def whole(plan: Plan, scenario: str, control: str) -> np.ndarray:
    """Return net of every entity in a full simulation, (entity, year, draw)."""
    world = worlds(plan, SEED, range(DRAWS))
    beliefs = tuple(believed(plan, item, world, SEED) for item in plan.items)
    return simulate(plan, world, beliefs, scenario, control).amounts[:, -1]


@pytest.mark.parametrize("name", ["crowded", "lx"])
def test_bits_equal_those_of_a_full_simulation(name: str) -> None:
    plan = make_plan(crowded() if name == "crowded" else read_study("lx-technology-2023"))
    scenario = plan.scenarios[-1]
    changes = {
        one.measure: one
        for block in blocks(plan, SEED, range(DRAWS))
        if block.scenario == scenario
        for one in block.measures
    }
    assert tuple(changes) == plan.measures
    current = whole(plan, scenario, "current")
    for measure, found in changes.items():
        alone = whole(plan, scenario, with_measure(measure))
        gap = alone - current
        assert not np.delete(gap, [*found.entities, len(plan.items) + 1], axis=0).any()
        sums = [gap[:, span].sum(axis=1) for span in plan.horizons.values()]
        value = present_value(plan, alone) - present_value(plan, current)
        expected = np.stack([*sums, value], axis=1)
        np.testing.assert_array_equal(found.change, expected[list(found.entities)])
        np.testing.assert_array_equal(-found.cost, expected[-1])


def test_only_current_controls_carry_measures_and_only_the_items_they_touch() -> None:
    plan = make_plan(crowded())
    found = list(blocks(plan, SEED, range(DRAWS)))
    assert {block.control for block in found if block.measures} == {"current"}
    ids = [item.id for item in plan.items]
    touched = {name: [ids[n] for n in touched_items(plan, name)] for name in plan.measures}
    assert touched == {"M-1": ["R-1"], "M-2": ["R-2", "R-3"], "M-3": ["O-1"], "M-4": []}


def test_all_measures_at_once_are_the_residual_control() -> None:
    """With one measure, `residual` and `with` it are the same control."""
    settings = make_settings(2)
    items = {"R-1": annual_risk(bernoulli(0.5), {"p5": 1.0, "p95": 9.0})}
    measure = planned(opex=0.2, reduces=[effect("R-1", "probability", {"p5": 0.1, "p95": 0.6})])
    plan = make_plan(make_study(items, settings, measures={"M-1": measure}))
    residual = whole(plan, "flat", "residual")
    np.testing.assert_array_equal(residual, whole(plan, "flat", with_measure("M-1")))
