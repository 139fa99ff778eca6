"""Paired differences: closed forms, and zero of a run against its twin."""

from __future__ import annotations

import math

import numpy as np
import pytest
import xarray as xr

import climrisk
from climrisk.analysis.differences import pairs
from climrisk.domain.study import Study
from climrisk.engine.plan import make_plan
from tests.engine.test_measure_change import effect, planned
from tests.studies import always, annual_risk, bernoulli, make_scenario, make_settings, make_study

DRAWS = 20_000
LINK = {"driver": "heat", "acts_on": "loss", "form": "ratio", "elasticity": 1.0}


def doubled(amount: object) -> Study:
    """A loss that is twice as high in scenario `hot` from 2024 on."""
    steep = {2023: 1.0, 2024: 2.0, 2100: 2.0}
    worlds = (make_scenario("flat", heat=1.0), make_scenario("hot", heat=steep))
    settings = make_settings(scenarios=("flat", "hot"))
    return make_study({"R-1": annual_risk(always(), amount, links=[LINK])}, settings, worlds)


def pair(found: xr.Dataset, one: tuple[str, str], two: tuple[str, str]) -> xr.Dataset:
    rows = zip(
        *(
            found[f"pair_{part}"].to_numpy().tolist()
            for part in ("scenario", "control", "against_scenario", "against_control")
        ),
        strict=True,
    )
    return found.isel(pair=list(rows).index((*one, *two)), horizon=0)


def test_pairs_hold_every_scenario_against_base_year_and_reference() -> None:
    worlds = tuple(make_scenario(name) for name in ("a", "b", "reference"))
    settings = make_settings(scenarios=("reference", "a", "b"))
    study = make_study({"R-1": annual_risk(always(), 1.0)}, settings, worlds)
    found = pairs(make_plan(study))
    scenarios = [(p.run[0], p.against[0]) for p in found if p.run[1] == p.against[1] == "current"]
    assert scenarios == [
        ("b", "a"),
        ("b", "reference"),
        ("b", "base_year"),
        ("a", "reference"),
        ("a", "base_year"),
        ("reference", "base_year"),
    ]
    controls = [p for p in found if p.run[0] == p.against[0]]
    assert [(p.run[1], p.against[1]) for p in controls] == [("residual", "current")] * 4
    assert len(found) == 10


def test_a_doubled_loss_differs_by_itself_with_its_own_error() -> None:
    found = climrisk.analyse(doubled({"mean": 5.0, "cv": 0.5}), draws=DRAWS, seed=2)
    at = pair(found, ("hot", "current"), ("flat", "current"))
    error = 2.5 / math.sqrt(DRAWS)
    assert abs(float(at["difference_mean"]) + 5.0) < 4.5 * error
    assert float(at["difference_mean_se"]) == pytest.approx(error, rel=0.05)
    assert float(at["difference_exceeds"]) == 0.0, "no draw is better off"
    assert float(at["difference_exceeds_se"]) == 0.0


def test_twins_differ_by_exactly_nothing_and_ties_count_half() -> None:
    worlds = (make_scenario("flat", heat=1.0), make_scenario("hot", heat=1.0))
    settings = make_settings(scenarios=("flat", "hot"))
    items = {"R-1": annual_risk(bernoulli(0.4), {"p5": 1.0, "p95": 9.0}, links=[LINK])}
    found = climrisk.analyse(make_study(items, settings, worlds), draws=500, seed=2)
    assert not found["difference_mean"].any()
    assert not found["difference_mean_se"].any()
    assert (found["difference_exceeds"] == 0.5).all()
    assert (found["difference_exceeds_se"] == 0.0).all()


def test_residual_exceeds_current_where_the_measure_helps_more_than_it_costs() -> None:
    """Helps by 3 in the years that are hit, chance 0.3; costs 1 in all of them."""
    measure = planned(opex=1.0, reduces=[effect("R-1", "severity", 0.5)])
    study = make_study({"R-1": annual_risk(bernoulli(0.3), 6.0)}, measures={"M-1": measure})
    found = climrisk.analyse(study, draws=DRAWS, seed=2)
    at = pair(found, ("flat", "residual"), ("flat", "current"))
    error = math.sqrt(0.3 * 0.7 / DRAWS)
    assert abs(float(at["difference_exceeds"]) - 0.3) < 4.5 * error
    assert float(at["difference_exceeds_se"]) == pytest.approx(error, rel=0.05)
    assert abs(float(at["difference_mean"]) - (0.3 * 3.0 - 1.0)) < 4.5 * 3.0 * error


def test_means_are_differences_of_means() -> None:
    found = climrisk.analyse(doubled({"p5": 1.0, "p95": 20.0}), draws=300, seed=8)
    total = found["mean"].sel(subject="total", channel="net", horizon="whole", control="current")
    gap = total.sel(scenario="hot") - total.sel(scenario="base_year")
    at = pair(found, ("hot", "current"), ("base_year", "current"))
    assert float(at["difference_mean"]) == pytest.approx(float(gap), rel=1e-14)
    change = found["mean_change"].sel(
        subject="total", channel="net", horizon="whole", control="current", scenario="hot"
    )
    assert np.asarray(at["difference_mean"]) == np.asarray(change)
