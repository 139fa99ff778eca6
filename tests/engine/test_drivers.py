"""Driver series: no jump at the start, linear between given years, models and percentiles."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from climrisk.domain.scenario import Response, Scenario
from climrisk.domain.study import Study
from climrisk.engine.plan import make_plan
from climrisk.engine.worlds import Climate, Worlds, climate, worlds
from tests.studies import always, annual_risk, make_scenario, make_settings, make_study

YEARS = 7


def study_of(*scenarios: Scenario, drivers: tuple[str, ...], **changes: object) -> Study:
    links = [
        {"driver": name, "acts_on": "severity", "form": "ratio", "elasticity": 1.0}
        for name in drivers
    ]
    names = tuple(one.id for one in scenarios)
    responses = changes.pop("responses", {})
    settings = make_settings(YEARS, scenarios=names, **changes)  # type: ignore[arg-type]
    item = annual_risk(always(), 1.0, links=links)
    return make_study({"A": item}, settings, scenarios, responses=responses)


def world_of(study: Study, draws: int = 4000) -> Worlds:
    return worlds(make_plan(study), 7, range(draws))


def climate_of(study: Study) -> Climate:
    return world_of(study, 1).climate


REFERENCE = make_scenario("calm", price={2020: 10.0, 2030: 30.0})
"""16 in the base year 2023."""


def test_every_scenario_starts_from_the_reference_and_runs_to_its_own_first_year() -> None:
    other = make_scenario("steep", price={2015: 999.0, 2023: 500.0, 2028: 66.0, 2030: 106.0})
    found = climate_of(study_of(REFERENCE, other, drivers=("price",)))
    assert found.base["price"] == pytest.approx([16.0])
    assert found.paths["calm", "price"][:, 0] == pytest.approx([18, 20, 22, 24, 26, 28, 30])
    assert found.paths["steep", "price"][:, 0] == pytest.approx([26, 36, 46, 56, 66, 86, 106])
    assert found.paths["base_year", "price"][:, 0] == pytest.approx([16.0] * YEARS)


def test_the_reference_itself_is_linear_from_the_base_year_to_its_next_given_year() -> None:
    bent = make_scenario("calm", price={2022: 0.0, 2024: 10.0, 2026: 10.0, 2030: 50.0})
    found = climate_of(study_of(bent, drivers=("price",)))
    assert found.base["price"] == pytest.approx([5.0])
    assert found.paths["calm", "price"][:, 0] == pytest.approx([10, 10, 10, 20, 30, 40, 50])


def test_conversion_is_inflation_times_exchange_rate() -> None:
    conversion = {
        "from_unit": "1",
        "to_unit": "RMB",
        "inflation": {"value": 1.5},
        "exchange_rate": {"value": 7.0},
    }
    study = study_of(REFERENCE, drivers=("price",), conversions={"price": conversion})
    found = climate_of(study)
    assert found.base["price"] == pytest.approx([168.0])
    assert found.paths["calm", "price"][-1] == pytest.approx([315.0])


def models(**paths: float) -> dict[str, object]:
    return {"models": {name: {2023: end / 2, 2030: end} for name, end in paths.items()}}


def test_a_draw_has_one_model_for_every_series_and_scenario_equally_likely() -> None:
    one = make_scenario("calm", price=models(A=2.0, B=20.0), pace=models(B=60.0, A=6.0))
    two = make_scenario("steep", price=models(A=4.0, B=40.0), pace=models(A=8.0, B=80.0))
    found = world_of(study_of(one, two, drivers=("price", "pace"))).climate
    is_b = found.picks.model == 1
    assert abs(is_b.mean() - 0.5) < 4 * 0.5 / np.sqrt(is_b.size)
    for scenario, driver, of_a, of_b in (
        ("calm", "price", 2.0, 20.0),
        ("calm", "pace", 6.0, 60.0),
        ("steep", "price", 4.0, 40.0),
        ("steep", "pace", 8.0, 80.0),
    ):
        last = found.paths[scenario, driver][-1]
        assert np.array_equal(last, np.where(is_b, of_b, of_a))
    assert np.array_equal(found.base["price"], np.where(is_b, 10.0, 1.0))


def test_the_order_in_which_models_are_written_does_not_matter() -> None:
    forth = make_scenario("calm", price=models(A=2.0, B=20.0))
    back = make_scenario("calm", price=models(B=20.0, A=2.0))
    found = [world_of(study_of(one, drivers=("price",))).climate for one in (forth, back)]
    assert np.array_equal(*(one.paths["calm", "price"] for one in found))


def percentiles(**ends: float) -> dict[str, object]:
    return {"quantiles": {name: {2023: 1.0, 2030: end} for name, end in ends.items()}}


def test_percentiles_are_linear_in_normal_scores_and_clipped_at_the_stated_ones() -> None:
    scenario = make_scenario("calm", warming=percentiles(p10=1.0, p50=2.0, p90=4.0))
    plan = make_plan(study_of(scenario, drivers=("warming",)))
    scores = ndtri(np.array([0.001, 0.1, 0.3, 0.5, 0.8, 0.9, 0.999]))
    picks = type(world_of(study_of(scenario, drivers=("warming",)), 1).climate.picks)(
        np.zeros(7, dtype=np.int64), scores
    )
    found = climate(plan, picks).paths["calm", "warming"][-1]
    reach = ndtri(0.9)
    expected = [1, 1, 2 + ndtri(0.3) / reach, 2, 2 + 2 * ndtri(0.8) / reach, 4, 4]
    assert found == pytest.approx(expected, rel=1e-14)


def test_all_scenarios_clip_at_what_every_one_of_them_covers_also_when_run_alone() -> None:
    narrow = make_scenario("calm", warming=percentiles(p10=1.0, p90=4.0))
    wide = make_scenario("steep", warming=percentiles(p01=0.0, p50=2.0, p99=9.0))
    narrower = make_scenario("still", warming=percentiles(p25=1.0, p75=4.0))
    study = study_of(narrow, wide, narrower, drivers=("warming",))
    both = world_of(study).climate.paths["steep", "warming"]
    highest = 2.0 + (9.0 - 2.0) * ndtri(0.75) / ndtri(0.99)
    assert both[-1].max() == pytest.approx(highest)
    alone = worlds(make_plan(study, ("steep",)), 7, range(4000)).climate
    assert np.array_equal(alone.paths["steep", "warming"], both)


def test_a_response_follows_its_driver_and_is_held_at_its_ends() -> None:
    response = Response.model_validate(
        {"title": "Rain", "driver": "warming", "unit": "1", "points": [(1, 1), (2, 3), (3, 4)]}
    )
    scenario = make_scenario(
        "calm",
        warming={2023: 0.5, 2024: 1.5, 2025: 2.5, 2026: 9.0, 2030: 9.0},
        rain={"response": "rain"},
    )
    found = climate_of(study_of(scenario, drivers=("rain",), responses={"rain": response}))
    assert found.base["rain"].tolist() == [1.0]
    assert found.paths["calm", "rain"][:4, 0] == pytest.approx([2.0, 3.5, 4.0, 4.0])
    assert found.paths["base_year", "rain"][:, 0].tolist() == [1.0] * YEARS


def test_one_percentile_for_the_whole_draw() -> None:
    scenario = make_scenario("calm", warming=percentiles(p10=2.0, p90=4.0))
    other = make_scenario("steep", warming=percentiles(p10=3.0, p90=9.0))
    found = world_of(study_of(scenario, other, drivers=("warming",))).climate
    order = np.argsort(found.picks.score)
    for name in ("calm", "steep"):
        path = found.paths[name, "warming"][:, order]
        assert np.all(np.diff(path, axis=1) >= 0.0)
        assert np.all(np.diff(path, axis=0) > 0.0)
