"""What is known to be the same amounts is, and what is not is counted for itself."""

from __future__ import annotations

import numpy as np
import pytest

import climrisk
from climrisk.analysis import subject_tallies
from climrisk.analysis.outputs import OUTPUTS
from climrisk.analysis.same_amounts import SameAmounts
from climrisk.analysis.tallies import Tallies
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan, make_plan
from climrisk.engine.subjects import subjects
from climrisk.names import MEASURED
from tests.studies import annual_risk, cost, make_item, make_scenario, make_settings, make_study
from tests.studies import poisson as of_rate

LINK = {"driver": "price", "acts_on": "rate", "form": "ratio", "elasticity": 1.0}
SALES = {**cost({"p5": 1.0, "p95": 3.0}), "channel": "revenue", "revenue_line": "sales"}


def study(years: int = 3, rate: float = 0.06, **horizons: tuple[int, int]) -> Study:
    spans = horizons or {"near": (2024, 2024), "far": (2025, 2023 + years)}
    settings = make_settings(
        years,
        scenarios=("steep",),
        revenue_lines={"sales": 0.5},
        discount_rate={"value": rate},
        horizons={name: {"years": span, "planning": "plan"} for name, span in spans.items()},
    )
    items = {
        "A": annual_risk(of_rate(1.0), {"p5": 1.0, "p95": 9.0}),
        "B": annual_risk(of_rate(1.0), 5.0, links=[LINK], category="market"),
        "C": make_item(of_rate(0.5), {"loss": SALES}, category="market"),
    }
    return make_study(items, settings, (make_scenario("steep", price={2024: 1.0, 2100: 9.0}),))


def numbers(plan: Plan) -> dict[tuple[int, str, str], int]:
    told = subjects(plan)
    same = SameAmounts(plan, told)
    return {
        (run, one.name, name): same.number(run, n, channel)
        for run in range(2 * len(plan.scenarios))
        for n, one in enumerate(told)
        for channel, name in enumerate(MEASURED)
    }


def test_a_single_channel_is_net_and_a_single_item_its_category() -> None:
    found = numbers(make_plan(study()))
    of_a = found[0, "A", "net"]
    assert of_a == found[0, "A", "operating_cost"] == found[3, "acute", "net"] > 0
    assert found[0, "A", "revenue"] == found[0, "opportunities", "net"] == 0
    assert found[0, "measures", "net"] == found[0, "measures", "operating_cost"] == 0
    assert found[0, "total", "net"] == found[0, "total_before_measures", "net"] > 0


def test_nothing_is_taken_back_where_no_cap_holds_anything() -> None:
    uncapped = make_study({"A": annual_risk(of_rate(1.0), 5.0)}, make_settings())
    found = numbers(make_plan(uncapped))
    assert found[0, "overlap", "net"] == 0
    assert found[0, "total", "net"] == found[0, "risks", "net"] == found[0, "A", "net"] > 0


def test_what_differs_by_margin_driver_or_members_has_a_number_of_its_own() -> None:
    found = numbers(make_plan(study()))
    assert found[0, "C", "net"] != found[0, "C", "revenue"] > 0  # a margin of a half
    assert found[0, "B", "net"] != found[2, "B", "net"]  # base year, and the steep scenario
    assert found[0, "market", "net"] not in {found[0, name, "net"] for name in ("A", "B", "C")}
    assert found[0, "total", "operating_cost"] != found[0, "total", "net"]
    assert found[0, "overlap", "net"] != 0  # the exposure of C may be passed
    assert found[0, "total", "net"] != found[0, "risks", "net"]


def test_the_same_number_means_the_same_amounts_of_every_draw() -> None:
    plan = make_plan(study())
    told, seen = subjects(plan), dict[int, np.ndarray]()
    runs = list(climrisk.engine.blocks.blocks(plan, 5, range(200)))
    for (run, name, channel), number in numbers(plan).items():
        members = next(one.members for one in told if one.name == name)
        amounts = runs[run].effects.amounts[list(members), MEASURED.index(channel)].sum(axis=0)
        np.testing.assert_array_equal(amounts, seen.setdefault(number, amounts))
    assert not seen[0].any()
    assert len({amounts.tobytes() for amounts in seen.values()}) == len(seen)


def test_present_values_that_are_sums_are_counted_with_them() -> None:
    one = study(years=1, rate=0.0, whole=(2024, 2024))
    tallies = Tallies(make_plan(one), OUTPUTS)
    assert tallies.counted().tallies.value is tallies.counted().tallies.sums
    found = climrisk.analyse(one, draws=80, seed=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject_tallies, "_are_values_sums", lambda plan: False)
        assert found.identical(climrisk.analyse(one, draws=80, seed=2))
    for other in (study(years=1, whole=(2024, 2024)), study(rate=0.0)):
        counted = Tallies(make_plan(other), OUTPUTS).counted()
        assert counted.tallies.value is not counted.tallies.sums
