from __future__ import annotations

from typing import Any

import pytest

from climrisk.domain.advice import advice, unverified_inputs
from climrisk.domain.scenario import Response, Scenario
from climrisk.domain.study import Study
from tests.studies import bernoulli, cost, make_item, make_scenario, make_settings, make_study

RESPONSE = {"title": "Rain", "driver": "warming", "unit": "1", "points": [(1.0, 1.0), (2.0, 3.0)]}


def world(name: str, warming_2100: float = 2.0, **drivers: Any) -> Scenario:
    stated = make_scenario(name, **drivers).model_dump(by_alias=True)
    figure = {"value": warming_2100}
    stated["warming"] = {"at_2050": figure, "peak": figure, "median_2100": figure}
    return Scenario.model_validate(stated | {"basis": "reference"})


def study_of(*worlds: Scenario, driver: str = "", **parts: Any) -> Study:
    links = [{"driver": driver, "acts_on": "probability", "form": "ratio", "elasticity": 1}]
    item = make_item(bernoulli(0.2), {"loss": cost(1.0)}, links=links if driver else [])
    return make_study({"R-1": item}, scenarios=worlds, **parts)


def warnings_of(study: Study) -> str:
    return "\n".join(advice(study, tuple(study.scenarios)))


def test_one_scenario_is_no_resilience_view() -> None:
    found = warnings_of(study_of(world("one", 1.4)))
    assert found == "1 scenario: a resilience view needs two or more"


def test_two_scenarios_with_a_cool_one_only_differ_late() -> None:
    found = warnings_of(study_of(world("cool", 1.5), world("warm", 3.0)))
    assert found.splitlines() == [
        "scenarios hardly differ in physical risk before about 2040: "
        "their warming is still close together"
    ]


def test_a_set_without_a_cool_scenario_is_said() -> None:
    found = warnings_of(study_of(world("warm", 1.51), world("hot", 4.0)))
    assert "no scenario whose median warming in 2100 is within 1.5 °C" in found


def test_only_the_scenarios_that_are_run_are_judged() -> None:
    study = study_of(world("cool", 1.4), world("warm", 3.0))
    found = advice(study, ("warm",))
    assert found[0].startswith("1 scenario")
    assert found[1].startswith("no scenario whose median")


def test_a_scenario_put_together_from_parts_is_named() -> None:
    made = make_scenario("made")
    found = warnings_of(study_of(world("cool", 1.4), made))
    assert "assumption: made is no published scenario but put together from parts" in found


@pytest.mark.parametrize(("warmest", "held"), [(2.0, False), (2.01, True)])
def test_a_response_beyond_its_points_is_said_to_be_held(warmest: float, held: bool) -> None:
    worlds = world(
        "cool",
        1.4,
        warming={"path": {2023: 1.2, 2024: warmest, 2100: 9.0}},  # 2100 lies beyond the study
        rain={"response": "rain"},
    )
    response = Response.model_validate(RESPONSE)
    found = warnings_of(study_of(worlds, driver="rain", responses={"rain": response}))
    assert ("rain is held at the end of its published response" in found) is held


def test_a_range_of_infinite_variance_is_said() -> None:
    wide = make_item(bernoulli(0.2), {"loss": cost({"p5": 0.3, "p50": 1, "p95": 5})})
    study = make_study({"R-1": wide})
    assert not wide.impact["loss"].severity.variance_is_finite
    assert "R-1: a stated range is so wide that its variance is infinite" in warnings_of(study)


def test_figures_that_nobody_checked_are_named_where_they_are_used() -> None:
    checked = world("cool", 1.4, price=1.0, rain={"response": "rain"}, warming=1.5)
    unchecked = {"unit": "1", "path": {2023: 1.0, 2100: 2.0}, "verified": False}
    doubtful = world("warm", 3.0, price=unchecked, rain={"response": "rain"}, warming=1.5)
    response = Response.model_validate(RESPONSE | {"verified": False})
    parts = {"responses": {"rain": response}}
    by_price = study_of(checked, doubtful, driver="price", **parts)
    assert unverified_inputs(by_price, ("cool", "warm")) == [
        "price: not verified against its source"
    ]
    assert unverified_inputs(by_price, ("cool",)) == []
    by_rain = study_of(checked, doubtful, driver="rain", **parts)
    assert unverified_inputs(by_rain, ("cool",)) == ["rain: not verified against its source"]


def test_an_unchecked_conversion_is_named_where_its_driver_is_used() -> None:
    conversion = {
        "from_unit": "1",
        "to_unit": "1",
        "inflation": {"value": 1.4, "verified": False},
        "exchange_rate": {"value": 7.0},
    }
    worlds = world("cool", 1.4, price=1.0, other=1.0)
    settings = make_settings(scenarios=("cool",), conversions={"price": conversion})
    used = study_of(worlds, driver="price", settings=settings)
    assert unverified_inputs(used, ("cool",)) == [
        "price conversion: not verified against its source"
    ]
    unused = study_of(worlds, driver="other", settings=settings)
    assert unverified_inputs(unused, ("cool",)) == []
