"""Monte Carlo means against exact expectations: every item, channel, scenario and control."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from scipy import stats

import climrisk
from climrisk.analysis.exact import reasons_without_exact_mean
from climrisk.domain.measure import Measure
from climrisk.domain.study import Study
from climrisk.engine.plan import make_plan
from tests.strategies import studies
from tests.studies import (
    always,
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_scenario,
    make_settings,
    make_study,
    once,
    poisson,
)

FAMILY_ERROR = 1e-4


def bonferroni(z: np.ndarray) -> float:
    """Return the bound that the largest of so many |z| passes once in 10,000 families."""
    return float(stats.norm.isf(FAMILY_ERROR / 2 / max(np.isfinite(z).sum(), 1)))


def lx() -> Study:
    return climrisk.read_study("lx-technology-2023")


@pytest.fixture(scope="module")
def of_lx() -> xr.Dataset:
    return climrisk.analyse(lx(), draws=3000, seed=5, outputs=())


def test_lx_agrees_with_its_exact_means_in_every_scenario(of_lx: xr.Dataset) -> None:
    z = of_lx["exact_z"].to_numpy()
    without = {
        item
        for item in of_lx["item"].to_numpy()
        if np.isnan(of_lx["exact_mean"].sel(item=item, channel="net")).any()
    }
    assert without <= set(reasons_without_exact_mean(make_plan(lx())))
    assert np.isfinite(z).sum() > 300
    assert np.nanmax(np.abs(z)) < bonferroni(z)
    assert not np.isinf(z).any()


def test_lx_means_by_year_have_no_trend_of_their_own(of_lx: xr.Dataset) -> None:
    net = of_lx.sel(channel="net")
    for horizon, first, last in (("short", 2024, 2026), ("medium", 2027, 2030)):
        yearly = net["annual_mean"].sel(year=slice(first, last)).sum("year")
        assert yearly.to_numpy() == pytest.approx(net["mean"].sel(horizon=horizon).to_numpy())


@settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(studies())
def test_random_studies_agree_with_their_exact_means(study: Study) -> None:
    z = climrisk.analyse(study, draws=1500, seed=9, outputs=())["exact_z"].to_numpy()
    assert not np.isinf(z).any()
    assert np.max(np.abs(z), initial=0.0, where=np.isfinite(z)) < bonferroni(z)


STEEP = make_scenario("steep", price={2024: 40.0, 2100: 40.0})
WIDE = {"family": "uniform", "low": 0.1, "high": 0.9}


def net(study: Study, name: str, scenario: str) -> float:
    found = climrisk.analyse(study, draws=2, seed=1, outputs=())
    return float(
        found[name].sel(
            scenario=scenario, control="current", item="A", channel="net", horizon="whole"
        )
    )


def test_the_exact_mean_is_not_the_value_at_mean_inputs() -> None:
    """1 - (1 - p)^4 is concave: at the mean p it is .9375, on average over p only .85."""
    link = {"driver": "price", "acts_on": "probability", "form": "ratio", "elasticity": 1.0}
    item = annual_risk(bernoulli(WIDE), 1.0, links=[link])
    worlds = (make_scenario("flat", price=10.0), STEEP)
    study = make_study({"A": item}, make_settings(scenarios=("flat", "steep")), worlds)
    expected = 1.0 - stats.uniform(0.1, 0.8).expect(lambda p: (1.0 - p) ** 4)
    assert net(study, "exact_mean", "steep") == pytest.approx(-expected, rel=1e-6)
    assert expected < 0.86 < 1.0 - 0.5**4


def test_models_and_percentiles_are_averaged_after_not_before_the_response() -> None:
    price = {"models": {"A": {2024: 10.0, 2100: 10.0}, "B": {2024: 30.0, 2100: 30.0}}}
    base = {"models": {"A": {2023: 10.0, 2100: 10.0}, "B": {2023: 10.0, 2100: 10.0}}}
    link = {"driver": "price", "acts_on": "severity", "form": "ratio", "elasticity": 2.0}
    item = annual_risk(always(), 1.0, links=[link])
    worlds = (make_scenario("flat", price=base), make_scenario("steep", price=price))
    study = make_study({"A": item}, make_settings(scenarios=("flat", "steep")), worlds)
    assert net(study, "exact_mean", "steep") == pytest.approx(-(1.0 + 9.0) / 2)


def test_the_exact_mean_of_growth_is_not_growth_at_its_mean() -> None:
    plant = {"value": {"value": 1.0}, "growth": {"family": "uniform", "low": -0.5, "high": 0.5}}
    item = make_item(always(), {"loss": cost(exposure="plant", share=1.0)})
    study = make_study({"A": item}, make_settings(3, exposures={"plant": plant}))
    moments = [stats.uniform(0.5, 1.0).expect(lambda x, n=n: x**n) for n in (1, 2, 3)]
    assert net(study, "exact_mean", "flat") == pytest.approx(-sum(moments), rel=1e-6)


def test_certain_effects_have_z_zero_and_unseen_ones_none() -> None:
    items = {
        "certain": annual_risk(always(), 0.1),
        "unseen": annual_risk(bernoulli(1e-9), 5.0),
        "never": annual_risk(poisson(0.0), 5.0),
    }
    study = make_study(items, make_settings(20, exposures={"plant": 1793.0}))
    z = climrisk.analyse(study, draws=50, seed=1, outputs=())["exact_z"].sel(
        scenario="flat", control="current", channel="net", horizon="whole"
    )
    assert float(z.sel(item="certain")) == 0.0
    assert float(z.sel(item="never")) == 0.0
    assert np.isnan(float(z.sel(item="unseen")))


def test_reasons_where_there_is_no_exact_mean() -> None:
    def links(form: str, acts_on: str, per_unit: object) -> list[dict[str, object]]:
        return [{"driver": "idle", "acts_on": acts_on, "form": form, "per_unit": per_unit}]

    measure = Measure.model_validate(
        {
            "title": "A measure",
            "status": "planned",
            "start": 2024,
            "reduces": [{"item": "hazard", "acts_on": "probability", "share": 0.1}],
            "raises": [{"item": "raised", "acts_on": "probability", "share": 0.1}],
        }
    )
    signed = {"channel": "asset_value", "line": "x", "direction": "signed", "amount": 1.0}
    items = {
        "hazard": annual_risk(once((2024, 2024), 0.5), 1.0),
        "raised": annual_risk(bernoulli(0.5), 1.0, kind="opportunity"),
        "signed": make_item(always(), {"a": signed}),
        "below": annual_risk(always(), 1.0, links=links("level", "loss", -2.0)),
        "endless": annual_risk(
            always(), 1.0, links=links("level", "loss", {"family": "normal", "mean": 1, "sd": 1})
        ),
        "rate": annual_risk(poisson(1.0), 1.0, links=links("level", "rate", -2.0)),
        "fine": annual_risk(poisson(1.0), 1.0, links=links("level", "rate", 2.0)),
    }
    study = make_study(items, measures={"M": measure})
    found = reasons_without_exact_mean(make_plan(study))
    assert set(found) == set(items) - {"fine"}
    assert found["signed"] == "net counts only the write-downs of a signed asset value"
    assert found["below"] == found["endless"] == found["rate"]
    assert "below zero" in found["rate"]
    assert np.isnan(
        climrisk.analyse(study, draws=5, seed=1, outputs=())["exact_z"].sel(
            item="signed", channel="net"
        )
    ).all()


def test_a_against_a_differs_by_exactly_nothing() -> None:
    study = lx()
    twin = study.scenarios["net_zero_2050"].model_copy(update={"id": "twin"})
    study = study.model_copy(update={"scenarios": {**study.scenarios, "twin": twin}})
    found = climrisk.analyse(
        study, draws=300, seed=1, outputs=(), scenarios=("net_zero_2050", "twin")
    )
    one, two = (found.sel(scenario=name, drop=True) for name in ("net_zero_2050", "twin"))
    assert one.identical(two)
    change = found["mean_change"]
    assert np.nanmax(np.abs(change.sel(scenario="base_year"))) == 0.0
    assert np.nanmax(np.abs(found["mean_change_se"].sel(scenario="base_year"))) == 0.0
    assert np.nanmax(np.abs(change.sel(scenario="twin"))) > 0.0
