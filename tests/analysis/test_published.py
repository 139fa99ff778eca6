"""Closed forms and published figures through `analyse`, the call that users make."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import xarray as xr
from scipy import stats
from scipy.special import expit

import climrisk
from climrisk.domain.item import Item
from climrisk.domain.study import Study
from climrisk.engine.blocks import blocks
from climrisk.engine.plan import make_plan
from climrisk.names import RETURN_PERIODS
from tests.studies import (
    always,
    annual_risk,
    bernoulli,
    make_scenario,
    make_settings,
    make_study,
    once,
    poisson,
    z_score,
)

DRAWS = 100_000
MOST = 4.5
"""Standard errors: one figure in 150,000 lies beyond by chance."""


def analysed(study: Study, draws: int = DRAWS) -> xr.Dataset:
    return climrisk.analyse(study, draws=draws, seed=2023, outputs=()).sel(
        scenario="flat", control="current"
    )


def figure(found: xr.Dataset, name: str, **where: Any) -> tuple[float, float]:
    part = found.sel(subject="total", channel="net", horizon="whole")
    return tuple(float(part[one].sel(**where)) for one in (name, f"{name}_se"))  # type: ignore


def agrees(found: tuple[float, float], expected: float, rounding: float = 0.0) -> bool:
    value, error = found
    return abs(value - expected) <= MOST * error + rounding


def losses(study: Study, draws: int) -> np.ndarray:
    """Return the loss of the first year in every draw, without any histogram."""
    parts = [
        block.effects.amounts[:, -1, 0].sum(axis=0)
        for block in blocks(make_plan(study), 2023, range(draws))
        if (block.scenario, block.control) == ("flat", "current")
    ]
    return -np.concatenate(parts)


C1 = make_study({"A": annual_risk(poisson(0.5), {"mean": 100.0, "cv": 1.0}, severity="per_event")})


def test_c1_compound_poisson_lognormal() -> None:
    """FFT, confirmed with four million draws; quantiles and tails to 0.5 %."""
    found = analysed(C1)
    assert agrees(figure(found, "mean"), -50.0)
    kurtosis_bound = 100.0 * 20.0 / math.sqrt(DRAWS)
    sd = float(found["sd"].sel(subject="total", channel="net", horizon="whole"))
    assert abs(sd - 100.0) < kurtosis_bound
    for level, var, tvar in ((0.95, 241.0, 380.1), (0.99, 456.9, 629.9)):
        assert agrees(figure(found, "loss_var", level=level), var, 0.005 * var)
        assert agrees(figure(found, "loss_tvar", level=level), tvar, 0.005 * tvar)
    assert agrees(figure(found, "percentile", quantile=0.05), -241.0, 1.2)
    assert figure(found, "percentile", quantile=0.95)[0] == 0.0


def test_c1_from_the_draws_themselves() -> None:
    drawn = losses(C1, DRAWS)
    none = (drawn == 0.0).mean()
    assert abs(none - math.exp(-0.5)) < MOST * math.sqrt(none * (1 - none) / drawn.size)
    for level, expected in ((0.75, 64.6), (0.90, 160.75)):
        beyond = (drawn > expected).mean()
        assert abs(beyond - (1 - level)) < MOST * math.sqrt(level * (1 - level) / drawn.size)


def test_c4_bernoulli_lognormal() -> None:
    found = analysed(make_study({"A": annual_risk(bernoulli(0.2), {"mean": 50.0, "cv": 0.8})}))
    assert agrees(figure(found, "mean"), -10.0)
    sd = float(found["sd"].sel(subject="total", channel="net", horizon="whole"))
    assert abs(sd - 26.83282) < 26.83282 * 10.0 / math.sqrt(DRAWS)
    for level, var, tvar in ((0.95, 62.7447, 102.3021), (0.99, 124.1607, 173.2225)):
        assert agrees(figure(found, "loss_var", level=level), var, var / 256)
        assert agrees(figure(found, "loss_tvar", level=level), tvar, tvar / 256)


def test_c6_a_rare_severe_risk_has_a_tail_though_its_var_is_zero() -> None:
    found = analysed(make_study({"A": annual_risk(bernoulli(0.005), {"p5": 1e6, "p95": 1e7})}))
    assert agrees(figure(found, "mean"), -20_200.06)
    assert figure(found, "loss_var", level=0.99) == (0.0, 0.0)
    assert agrees(figure(found, "loss_tvar", level=0.99), 2_020_006.4, 0.05)
    value, _ = figure(found, "mean")
    tvar, _ = figure(found, "loss_tvar", level=0.99)
    assert tvar == pytest.approx(-100.0 * value, rel=1 / 256), "the tail holds every loss"


def test_c7_the_tail_splits_the_atom() -> None:
    found = analysed(make_study({"A": annual_risk(bernoulli(0.01), 100.0)}))
    assert figure(found, "loss_var", level=0.95)[0] == 0.0
    assert agrees(figure(found, "loss_tvar", level=0.95), 20.0)


def test_e3_expected_losses_and_their_order() -> None:
    study = make_study(
        {
            "small": annual_risk(bernoulli(0.01), {"p5": 1e6, "p95": 1e7}),
            "large": annual_risk(bernoulli(0.10), {"p5": 1e7, "p95": 1e9}),
            "middle": annual_risk(bernoulli(0.05), {"p5": 5e6, "p95": 5e7}),
        }
    )
    found = analysed(study).sel(horizon="whole")
    expected = {"small": 40_400.0, "large": 26_600_000.0, "middle": 1_010_000.0}
    for item, loss in expected.items():
        exact = -float(found["exact_mean"].sel(item=item, channel="net"))
        assert float(f"{exact:.3g}") == loss
        of_item = found.sel(subject=item, channel="net")
        assert z_score(of_item["mean"], -exact, of_item["mean_se"]) < MOST
    ranks = found["rank_expected"].sel(item=["large", "middle", "small"])
    assert ranks.to_numpy().tolist() == [1.0, 2.0, 3.0]


# Jewson (2022) as tabled in the documentation of aggregate, 2_x_cat: US hurricanes by category
RATES = (0.71, 0.40, 0.36, 0.17, 0.025)
MEANS = (2.28, 4.46, 13.0, 43.8, 46.5)
SPREADS = (8.63, 6.17, 21.9, 50.9, 51.5)
TWO_DEGREES = (1.011, 1.095, 1.134, 1.179, 1.236)
ANNUAL = {"flat": 16.69, "warmer": 19.11}
AGGREGATE = {
    "flat": (4.5, 23.5, 46.0, 73.9, 119.3, 160.4, 208.1, 225.1),
    "warmer": (5.75, 27.9, 52.5, 82.4, 130.3, 173.4, 223.3, 240.9),
}
OCCURRENCE = {2: 3.62, 5: 18.75, 10: 37.75, 20: 62.1, 50: 103.1, 100: 141.6, 250: 203.9}


def hurricane(category: int) -> Item:
    mean = MEANS[category]
    link = {"driver": f"rate-{category}", "acts_on": "rate", "form": "ratio", "elasticity": 1.0}
    severity = {"mean": mean, "cv": SPREADS[category] / mean}
    return annual_risk(poisson(RATES[category]), severity, severity="per_event", links=[link])


@pytest.fixture(scope="module")
def hurricanes() -> xr.Dataset:
    factors = {f"rate-{number}": factor for number, factor in enumerate(TWO_DEGREES)}
    worlds = (
        make_scenario("flat", **dict.fromkeys(factors, 1.0)),
        make_scenario("warmer", **{key: {2024: one, 2100: one} for key, one in factors.items()}),
    )
    items = {f"category-{number + 1}": hurricane(number) for number in range(5)}
    study = make_study(items, make_settings(scenarios=("flat", "warmer")), worlds)
    return climrisk.analyse(study, draws=DRAWS, seed=2023, outputs=()).sel(control="current")


@pytest.mark.parametrize("scenario", ANNUAL)
def test_j1_hurricanes_annual_average_and_aggregate_curve(
    hurricanes: xr.Dataset, scenario: str
) -> None:
    found = hurricanes.sel(scenario=scenario, subject="risks", channel="net", horizon="whole")
    mean, error = float(found["mean"]), float(found["mean_se"])
    assert abs(-mean - ANNUAL[scenario]) < MOST * error + 0.005
    curve = found.sel(curve="risks", basis="AEP", curve_year=2024)
    rounding = 0.05 + np.array(AGGREGATE[scenario]) / 256
    gap = np.abs(curve["exceedance_loss"].to_numpy() - AGGREGATE[scenario])
    assert tuple(curve["return_period"].to_numpy()) == RETURN_PERIODS
    assert np.all(gap < MOST * curve["exceedance_loss_se"].to_numpy() + rounding)


def test_j2_hurricanes_occurrence_curve(hurricanes: xr.Dataset) -> None:
    curve = hurricanes.sel(scenario="flat", curve="risks", basis="OEP", curve_year=2024)
    for period, published in OCCURRENCE.items():
        point = curve.sel(return_period=period)
        gap = abs(float(point["exceedance_loss"]) - published)
        assert gap < MOST * float(point["exceedance_loss_se"]) + 0.05 + published / 256


def test_hurricane_change_is_the_paired_difference(hurricanes: xr.Dataset) -> None:
    found = hurricanes.sel(scenario="warmer", subject="total", channel="net", horizon="whole")
    expected = -sum(r * m * (f - 1) for r, m, f in zip(RATES, MEANS, TWO_DEGREES, strict=True))
    assert z_score(found["mean_change"], expected, found["mean_change_se"]) < MOST
    assert float(found["mean_change_se"]) < 0.5 * float(found["mean_se"])


def test_once_occurs_by_the_windows_end_with_the_stated_probability() -> None:
    item = annual_risk(once((2025, 2028), 0.4), 1.0)
    found = analysed(make_study({"A": item}, make_settings(6)), draws=50_000)
    part = found.sel(subject="A", channel="net")
    by_then = 1 - 0.6 ** (np.array([0, 1, 2, 3, 4, 4]) / 4)
    assert float(part["annual_mean"][0]) == 0.0
    later = slice(1, None)
    error = part["annual_mean_se"][later]
    assert z_score(part["annual_mean"][later], -by_then[later], error) < MOST


def test_once_lasts_and_ramps() -> None:
    item = annual_risk(once((2024, 2025), 0.75, lasts=3, ramp=2), 1.0)
    found = analysed(make_study({"A": item}, make_settings(6)), draws=50_000)
    part = found.sel(subject="A", channel="net")
    first, second = 0.5, 0.25  # 1 - .25 ** (1 / 2), and what is left to .75
    there = [0.5 * first, first + 0.5 * second, first + second, second, 0.0, 0.0]
    assert part["annual_mean"].to_numpy()[4:].tolist() == [0.0, 0.0]
    assert z_score(part["annual_mean"][:4], -np.array(there[:4]), part["annual_mean_se"][:4]) < MOST


def test_once_under_a_scenario_has_the_hazard_of_its_drivers() -> None:
    calm = make_scenario("flat", price=10.0)
    steep = make_scenario("steep", price={2024: 20.0, 2025: 40.0, 2100: 40.0})
    link = {"driver": "price", "acts_on": "probability", "form": "ratio", "elasticity": 1.0}
    item = annual_risk(once((2024, 2025), 0.2), 1.0, links=[link])
    study = make_study({"A": item}, make_settings(3, scenarios=("flat", "steep")), (calm, steep))
    found = climrisk.analyse(study, draws=50_000, seed=1, outputs=()).sel(
        control="current", subject="A", channel="net"
    )
    for scenario, hazard in (("flat", (0.5, 1.0, 1.0)), ("steep", (1.0, 3.0, 3.0))):
        part = found.sel(scenario=scenario)
        expected = -(1 - 0.8 ** np.array(hazard))
        assert z_score(part["annual_mean"], expected, part["annual_mean_se"]) < MOST


def test_net_present_value_of_a_constant_is_an_annuity() -> None:
    settings = make_settings(12, discount_rate={"value": 0.07})
    found = analysed(make_study({"A": annual_risk(always(), 3.0)}, settings), draws=10)
    annuity = 3.0 * (1 - 1.07**-12) / 0.07
    for subject in ("A", "risks", "total"):
        assert float(found["npv_mean"].sel(subject=subject)) == pytest.approx(-annuity, rel=1e-9)
        spread = found["npv_percentile"].sel(subject=subject).to_numpy()
        assert spread == pytest.approx([-annuity] * 3, rel=1 / 64)


def test_uncertain_probabilities_mix() -> None:
    """A logit-normal probability: the share of draws with a loss is its mean, by SciPy."""
    item = annual_risk(bernoulli({"p5": 0.1, "p95": 0.6}), 1.0)
    low, high = (math.log(p / (1 - p)) for p in (0.1, 0.6))
    logit = stats.norm((low + high) / 2, (high - low) / 2 / stats.norm.ppf(0.95))
    expected = logit.expect(expit)
    assert agrees(figure(analysed(make_study({"A": item}), draws=50_000), "mean"), -expected)
