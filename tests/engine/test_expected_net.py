"""Expected net given beliefs is what the kernel counts; altered worlds change one thing."""

from __future__ import annotations

import numpy as np
import pytest

from climrisk.analysis.planning import planned_run
from climrisk.engine.altered import stated_worlds, with_knowledge, with_picks
from climrisk.engine.conditional import reason_without_conditional_mean
from climrisk.engine.drivers import Picks
from climrisk.engine.expected_net import expected_net
from climrisk.engine.kernels import numpy_block
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import worlds
from climrisk.io.study import read_study

DRAWS = range(64)
SCENARIO = "delayed_transition"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return planned_run(read_study("lx-technology-2023"), (SCENARIO,))


def test_sums_by_horizon_are_what_the_kernel_counts(plan: Plan) -> None:
    found = {
        (one.scenario, one.control): one.effects.expected for one in numpy_block(plan, 3, DRAWS)
    }
    world = worlds(plan, 3, DRAWS)
    for (scenario, control), expected in found.items():
        for number, item in enumerate(plan.items):
            if not reason_without_conditional_mean(item):
                net = expected_net(plan, item, world, scenario, control)
                sums = np.stack([net[span].sum(axis=0) for span in plan.horizons.values()])
                np.testing.assert_array_equal(sums, expected[number])


def test_stated_worlds_are_the_drawn_ones_where_the_same_is_stated(plan: Plan) -> None:
    drawn = worlds(plan, 3, DRAWS)
    stated = stated_worlds(plan, drawn.knowledge, drawn.climate.picks)
    for item in plan.items:
        if not reason_without_conditional_mean(item):
            np.testing.assert_array_equal(
                expected_net(plan, item, stated, SCENARIO, "residual"),
                expected_net(plan, item, drawn, SCENARIO, "residual"),
            )


def test_one_quantile_is_stated_and_all_else_stays(plan: Plan) -> None:
    drawn = worlds(plan, 3, DRAWS)
    key = ("R-MKT-1", "severity")
    altered = with_knowledge(plan, drawn, {key: 0.95})
    assert (altered.knowledge[key] == 0.95).all()
    assert all(
        altered.knowledge[one] is drawn.knowledge[one] for one in drawn.knowledge if one != key
    )
    assert altered.sizes is drawn.sizes
    grown = with_knowledge(plan, drawn, {("receivables", "growth"): 0.5})
    assert np.ptp(grown.sizes["receivables"], axis=1).max() == 0.0
    np.testing.assert_array_equal(grown.sizes["staff_cost"], drawn.sizes["staff_cost"])


def test_other_picks_bring_another_climate(plan: Plan) -> None:
    drawn = worlds(plan, 3, DRAWS)
    picks = drawn.climate.picks
    same = with_picks(plan, drawn, picks)
    np.testing.assert_array_equal(
        same.climate.paths[SCENARIO, "warming"], drawn.climate.paths[SCENARIO, "warming"]
    )
    median = with_picks(plan, drawn, Picks(picks.model, np.zeros(64)))
    assert np.ptp(median.climate.paths[SCENARIO, "warming"], axis=1).max() == 0.0
