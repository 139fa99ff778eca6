"""Runs that are told to be alike have the same bits, and what differs is not merged."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings

from climrisk.domain.study import Study
from climrisk.engine.blocks import blocks
from climrisk.engine.plan import make_plan
from climrisk.engine.variants import runs, variants
from tests.strategies import studies
from tests.studies import annual_risk, make_scenario, make_settings, make_study, poisson

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(studies())
def test_runs_that_are_alike_have_the_same_bits(study: Study) -> None:
    plan = make_plan(study)
    alike = variants(plan)
    found = [(block.scenario, block.control, block.effects) for block in blocks(plan, 3, range(40))]
    assert [(scenario, control) for scenario, control, _ in found] == list(runs(plan))
    for item in range(len(plan.items)):
        for run, (_, _, effects) in enumerate(found):
            first = found[alike[item, run]][2]
            assert np.array_equal(effects.amounts[item], first.amounts[item])
            assert np.array_equal(effects.expected[item], first.expected[item], equal_nan=True)


def test_links_and_measures_make_variants() -> None:
    link = {"driver": "price", "acts_on": "rate", "form": "ratio", "elasticity": 1.0}
    items = {
        "A": annual_risk(poisson(1.0), 1.0),
        "B": annual_risk(poisson(1.0), 1.0, links=[link]),
        "C": annual_risk(poisson(1.0), 1.0),
    }
    path = {2020: 1.0, 2100: 2.0}
    scenarios = (
        make_scenario("one", price=path),
        make_scenario("same", price=path),
        make_scenario("other", price={2020: 1.0, 2100: 3.0}),
    )
    measure = {
        "title": "A measure",
        "status": "planned",
        "start": 2024,
        "reduces": [{"item": "C", "acts_on": "rate", "share": 0.5}],
    }
    study = make_study(
        items,
        make_settings(2, scenarios=("one", "same", "other")),
        scenarios,
        measures={"M": measure},
    )
    plan = make_plan(study)
    assert [scenario for scenario, _ in runs(plan)[::2]] == ["base_year", "one", "same", "other"]
    assert variants(plan).tolist() == [
        [0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 2, 2, 2, 2, 6, 6],
        [0, 1, 0, 1, 0, 1, 0, 1],
    ]
