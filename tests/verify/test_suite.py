"""Every published figure and closed form is reproduced, and the figures have teeth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from scipy import optimize, stats

from climrisk.verify import catastrophe, tail
from climrisk.verify.case import Check, Outcome
from climrisk.verify.invariants import _largest_gap
from climrisk.verify.suite import CASES


def checks_of(outcomes: tuple[Outcome, ...], name: str) -> tuple[Check, ...]:
    return next(one.checks for one in outcomes if one.case.id == name)


@pytest.mark.parametrize("name", [case.id for case in CASES])
def test_every_figure_of_the_case_is_reproduced(outcomes: tuple[Outcome, ...], name: str) -> None:
    assert [check for check in checks_of(outcomes, name) if not check.passed] == []


@pytest.mark.parametrize("name", [case.id for case in CASES])
def test_simulated_figures_are_sharp_enough_to_mean_something(
    outcomes: tuple[Outcome, ...], name: str
) -> None:
    for check in checks_of(outcomes, name):
        if check.estimate.standard_error:
            assert check.tolerance < 0.12 * (abs(check.theirs) or 1.0), check.what


def test_the_mean_of_all_draws_is_no_tail(outcomes: tuple[Outcome, ...]) -> None:
    """The mean of draws at or above VaR99 would be the mean of the sample: 0.0202."""
    found = next(one for one in checks_of(outcomes, "C6") if one.what == "TVaR99")
    assert not replace(found, estimate=found.estimate._replace(value=0.0202)).passed


def test_values_at_mean_inputs_fail(outcomes: tuple[Outcome, ...]) -> None:
    at_mean_inputs = {"uncertain probability: mean loss": 75.99, "uncertain model: mean loss": 20.0}
    for check in checks_of(outcomes, "M6"):
        if check.what in at_mean_inputs:
            value = at_mean_inputs[check.what]
            assert not replace(check, estimate=check.estimate._replace(value=value)).passed


@pytest.mark.parametrize(("period", "published"), catastrophe._OCCURRENCE.items())
def test_the_published_occurrence_curve_is_the_closed_form(period: int, published: float) -> None:
    """1 - exp(-expected events beyond x): the source's grid explains what is left."""
    cv = np.array(catastrophe._SPREADS) / np.array(catastrophe._MEANS)
    sigma = np.sqrt(np.log1p(cv**2))
    scale = np.array(catastrophe._MEANS) / np.exp(sigma**2 / 2)

    def beyond(loss: float) -> float:
        events = np.array(catastrophe._RATES) @ stats.lognorm.sf(loss, sigma, scale=scale)
        return float(-np.expm1(-events)) - 1.0 / period

    assert abs(optimize.brentq(beyond, 0.01, 1e4) - published) < catastrophe._GRID


def test_the_closed_form_of_a_rare_risk() -> None:
    """SciPy: P5-P95 of 1 to 10, once in 200 years."""
    sigma = np.log(10.0) / (2 * stats.norm.ppf(0.95))
    loss = stats.lognorm(sigma, scale=np.sqrt(10.0))
    assert 0.005 * loss.mean() == pytest.approx(0.02020006, abs=5e-9)
    assert loss.ppf(1 - 0.001 / 0.005) == pytest.approx(5.699473, abs=5e-7)
    assert 0.005 * loss.mean() / 0.01 == pytest.approx(2.0200064, abs=5e-8)
    assert tail.CASES[1].id == "C6"


def test_a_missing_figure_is_a_difference() -> None:
    one, other = xr.DataArray([1.0, np.nan, np.inf]), xr.DataArray([1.0, np.nan, np.inf])
    assert _largest_gap(one, other) == 0.0
    assert _largest_gap(one, xr.DataArray([1.0, 2.0, np.inf])) == np.inf
    assert _largest_gap(one, xr.DataArray([1.5, np.nan, np.inf])) == 0.5
