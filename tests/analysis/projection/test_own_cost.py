"""Own carbon cost: closed forms, the draw's own price, and how it adds up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from climrisk.analysis import analyse
from climrisk.analysis.planning import planned_run
from climrisk.analysis.projection.emissions import BlockEmissions
from climrisk.analysis.projection.plan import make_projection_plan
from climrisk.analysis.replay import replay, tail_allocation
from climrisk.domain.study import Study
from climrisk.engine.blocks import blocks
from climrisk.engine.money import snap
from climrisk.engine.planned import with_measure
from climrisk.engine.streams import per_draw, stream
from climrisk.engine.subjects import entity_names
from climrisk.engine.worlds import worlds
from climrisk.io.study import read_study
from climrisk.names import CHANNELS
from tests.emitting import emitting_study
from tests.studies import BASE_YEAR, always, annual_risk, bernoulli, cost, make_item

PARTS = ["risks", "opportunities", "overlap", "measures", "carbon_cost"]
LEVEL = {BASE_YEAR: 100.0, BASE_YEAR + 4: 500.0}
BY_MODEL = {
    "models": {
        "a": {BASE_YEAR: 0.0, BASE_YEAR + 4: 400.0},
        "b": {BASE_YEAR: 100.0, BASE_YEAR + 4: 300.0},
        "c": {BASE_YEAR: 50.0, BASE_YEAR + 4: 50.0},
    }
}


def part(*scopes: str, **changes: Any) -> dict[str, Any]:
    return {
        "driver": "price",
        "region": "nowhere",
        "scopes": scopes,
        "coverage": 0.5,
        "pass_through": 0.2,
        "from_year": BASE_YEAR + 2,
        **changes,
    }


def study_with(price: Any = LEVEL, **changes: Any) -> Study:
    stated = price if "models" in price else {"path": price}
    return emitting_study(
        changes.pop("projection", None),
        drivers={"price": {"unit": "RMB2023/tCO2", **stated}},
        carbon_cost=changes.pop("carbon_cost", {"fuel": part("1")}),
        **changes,
    )


def yearly(results: xr.Dataset, scenario: str = "flat", **where: Any) -> np.ndarray:
    place = {"subject": "carbon_cost", "channel": "net", "control": "current"} | where
    return results["annual_mean"].sel(scenario=scenario, **place).to_numpy()


def test_price_times_emissions_times_coverage_less_what_customers_bear() -> None:
    results = analyse(study_with(), draws=2)
    expected = -np.array([0.0, 300.0, 400.0, 500.0]) * 100.0 * 0.5 * 0.8 / 1e6
    assert yearly(results) == pytest.approx(expected, rel=1e-6)
    assert yearly(results, channel="operating_cost") == pytest.approx(expected, rel=1e-6)
    assert np.isnan(yearly(results, channel="revenue")).all()


def test_prices_are_held_in_the_base_year_and_parts_add_up() -> None:
    both = {"fuel": part("1"), "power": part("2", coverage=0.1, from_year=BASE_YEAR + 1)}
    results = analyse(study_with(carbon_cost=both), draws=2)
    fuel = np.array([0.0, 1.0, 1.0, 1.0]) * 100.0 * 0.5
    expected = -(fuel + 400.0 * 0.1) * 100.0 * 0.8 / 1e6
    assert yearly(results, "base_year") == pytest.approx(expected, rel=1e-6)


def test_conversions_apply_as_to_any_driver() -> None:
    steps = {
        "price": {
            "from_unit": "US$2010/tCO2",
            "to_unit": "RMB2023/tCO2",
            "inflation": {"value": 1.25},
            "exchange_rate": {"value": 8.0},
        }
    }
    plain = study_with()
    foreign = study_with(conversions=steps)
    ratio = yearly(analyse(foreign, draws=2))[1:] / yearly(analyse(plain, draws=2))[1:]
    assert ratio == pytest.approx([10.0, 10.0, 10.0], rel=1e-5)


def test_the_draw_s_price_is_that_of_the_items_links() -> None:
    """An item costs 0.01 million for a unit of the price; the fuel's 100 t cost 40 of it."""
    link = {"driver": "price", "acts_on": "loss", "form": "level", "per_unit": 0.01}
    item = make_item(always(), {"loss": cost(1e-9)}, links=[link])
    study = study_with(BY_MODEL, items={"R": item})
    plan = planned_run(study)
    assert entity_names(plan)[-1] == "carbon_cost"
    net = len(CHANNELS)
    for block in blocks(plan, 5, range(200)):
        linked, own = (block.effects.amounts[row, net, 1:] for row in (0, plan.carbon_row))
        # the item costs 1e-9 without the link; amounts lie on the money grid
        assert own == pytest.approx(4e-3 * (linked + 1e-9), rel=1e-9, abs=3 * plan.step)
        models = np.unique(np.round(own[-1], 6))
        assert len(models) == 3


def test_the_parts_add_up_to_the_total_in_every_draw_exactly() -> None:
    growth = {"growth": {"p5": -0.1, "p95": 0.1}}
    study = study_with(
        BY_MODEL,
        projection={"petrol": growth},
        items={"R": annual_risk(bernoulli(0.4), {"p5": 1, "p95": 9})},
        carbon_cost={"fuel": part("1", coverage={"low": 0, "mode": 0.3, "high": 1})},
    )
    results = analyse(study, draws=300)
    means = results["mean"].sel(channel="net")
    whole, total = means.sel(subject=PARTS).sum("subject"), means.sel(subject="total")
    assert whole.to_numpy() == pytest.approx(total.to_numpy(), abs=1e-13)
    again = analyse(study, draws=300, block_size=17, threads=2)
    xr.testing.assert_identical(results, again)


def test_less_emissions_cost_less_and_the_measure_is_told_so() -> None:
    measure = {
        "title": "Vans", "status": "planned", "start": BASE_YEAR + 2, "capex": 0.001,
        "reduces": [{"source": "petrol", "share": 0.5}],
    }  # fmt: skip
    results = analyse(study_with(parts={"measures": {"M": measure}}), draws=2)
    before, after = yearly(results), yearly(results, control="residual")
    assert after == pytest.approx(before / 2, rel=1e-6)
    benefit = results["measure_mean"].sel(
        measure="M", scenario="flat", measure_statistic="benefit", measure_horizon="whole"
    )
    assert float(benefit) == pytest.approx(-before.sum() / 2, rel=1e-6)
    assert "abatement.csv" in results["measure_remark"].sel(measure="M").to_numpy()[0, 0]


def test_without_a_stated_cost_there_is_no_such_subject() -> None:
    results = analyse(emitting_study(), draws=2)
    assert "carbon_cost" not in results["subject"].to_numpy()


def test_means_by_model_average_to_the_mean() -> None:
    study = study_with(BY_MODEL, items={"R": annual_risk(bernoulli(0.4), 2.0)})
    results = analyse(study, draws=900)
    share = results["model_draws"] / 900
    for subject in ("carbon_cost", "total"):
        place = {"channel": "net", "subject": subject}
        mixed = (results["model_mean"].sel(model_subject=subject) * share).sum("model")
        overall = results["mean"].sel(place)
        assert mixed.to_numpy() == pytest.approx(overall.to_numpy(), rel=1e-9)
    own = results["model_mean"].sel(
        model_subject="carbon_cost", scenario="flat", control="current", horizon="whole"
    )
    prices = {"a": 200 + 300 + 400, "b": 200 + 250 + 300, "c": 150}
    for model, price in prices.items():
        expected = -price * 100.0 * 0.5 * 0.8 / 1e6
        assert float(own.sel(model=model)) == pytest.approx(expected, rel=1e-6)


def test_stories_and_tails_know_of_it() -> None:
    plan = planned_run(study_with())
    story = replay(plan, 1, 0, "flat", "current")
    assert set(story["subject"]) == {"carbon_cost"}
    split = tail_allocation(plan, 1, 50, "flat", "current", slice(0, 4), 0.95)
    assert split["subject"].iloc[0] == "carbon_cost"


def test_it_is_that_of_the_projected_emissions_under_every_control() -> None:
    study = read_study("lx-technology-2023")  # vans that use power instead, and less power used
    plan, whole = planned_run(study), make_projection_plan(study)
    world = worlds(plan, 5, range(40))
    assert plan.own_cost is not None
    block, charge = BlockEmissions(whole, 5, world), plan.own_cost.of(5, world)
    controls = (*plan.controls, *(with_measure(name) for name in plan.abating))
    for scenario in plan.scenarios:
        for control in controls:
            emitted, cost = block.under(scenario, control).location, np.zeros(1)
            for name, stated in sorted(study.settings.carbon_cost.items()):
                quantile = {
                    of: per_draw(stream(5, "carbon_cost", name, of), world.draws)
                    for of in ("coverage", "pass_through")
                }
                fits = [s.name for s in whole.sources if s.emits and s.scope in stated.scopes]
                years = np.array(study.settings.years)[:, np.newaxis] >= stated.from_year
                cost = cost + (
                    sum(emitted[name] for name in fits) * years
                    * stated.coverage.ppf(quantile["coverage"])
                    * world.climate.paths[scenario, stated.driver]
                    * (1.0 - stated.pass_through.ppf(quantile["pass_through"]))
                )  # fmt: skip
            np.testing.assert_array_equal(charge(scenario, control), snap(-cost / 1e6, plan.step))


def test_emissions_under_one_control_do_not_depend_on_those_asked_before() -> None:
    study = read_study("lx-technology-2023")
    plan, projection = planned_run(study), make_projection_plan(study)
    world = worlds(plan, 5, range(40))
    block = BlockEmissions(projection, 5, world)
    for scenario in plan.scenarios[:2]:
        for control in (*plan.controls, *(with_measure(name) for name in plan.abating)):
            asked, alone = (
                one.under(scenario, control)
                for one in (block, BlockEmissions(projection, 5, world))
            )
            for name in asked.location:
                np.testing.assert_array_equal(asked.location[name], alone.location[name])
                np.testing.assert_array_equal(asked.market[name], alone.market[name])
