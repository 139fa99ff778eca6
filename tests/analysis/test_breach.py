"""Chance that a year's loss passes the appetite, against closed forms."""

from __future__ import annotations

import math

import pytest
import xarray as xr

import climrisk
from climrisk.domain.study import Study
from tests.studies import annual_risk, bernoulli, cost, make_item, make_settings, make_study

DRAWS = 40_000
CHANCE = 0.1


def analysed(study: Study) -> xr.Dataset:
    return climrisk.analyse(study, draws=DRAWS, seed=7).sel(scenario="flat", control="current")


def test_independent_years_breach_with_the_complement_of_none() -> None:
    settings = make_settings(3, appetite={"value": 10.0})
    found = analysed(make_study({"A": annual_risk(bernoulli(CHANCE), 20.0)}, settings))
    yearly = found["annual_breach_probability"].sel(curve="risks")
    error = math.sqrt(CHANCE * (1 - CHANCE) / DRAWS)
    assert (abs(yearly - CHANCE) < 4.5 * error).all()
    horizon = 1.0 - (1.0 - CHANCE) ** 3
    spread = math.sqrt(horizon * (1 - horizon) / DRAWS)
    share = float(found["breach_probability"].sel(curve="risks", horizon="whole"))
    assert abs(share - horizon) < 4.5 * spread
    told = float(found["breach_probability_se"].sel(curve="risks", horizon="whole"))
    wilson = math.sqrt(share * (1 - share) / DRAWS + 0.25 / DRAWS**2) / (1 + 1 / DRAWS)
    assert told == pytest.approx(wilson, rel=1e-12)
    assert told == pytest.approx(spread, rel=0.05)


@pytest.mark.parametrize(("loss", "breaches"), [(10.0, 0.0), (10.5, 1.0)])
def test_a_loss_equal_to_the_appetite_does_not_pass_it(loss: float, breaches: float) -> None:
    study = make_study(
        {"A": annual_risk(bernoulli(1.0), loss)}, make_settings(appetite={"value": 10.0})
    )
    found = analysed(study)
    assert float(found["breach_probability"].sel(curve="risks", horizon="whole")) == breaches
    error = float(found["breach_probability_se"].sel(curve="risks", horizon="whole"))
    assert error == pytest.approx(0.5 / (DRAWS + 1), rel=1e-12)  # 40,000 draws are not all years


def test_an_opportunity_helps_the_total_but_not_the_risks() -> None:
    items = {
        "A": annual_risk(bernoulli(1.0), 12.0),
        "B": make_item(
            bernoulli(1.0), {"gain": cost(5.0, direction="favourable")}, kind="opportunity"
        ),
    }
    found = analysed(make_study(items, make_settings(appetite={"value": 10.0})))
    at = found["breach_probability"].sel(horizon="whole")
    assert at.sel(curve=["risks", "total"]).to_numpy().tolist() == [1.0, 0.0]
