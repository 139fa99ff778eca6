"""Occurrence exceedance by frequency through `analyse`, against closed forms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr
from scipy import stats
from scipy.optimize import brentq

import climrisk
from climrisk.domain.item import Item
from climrisk.io.run_tables import Labels, run_tables
from tests.studies import always, annual_risk, bernoulli, make_study, poisson

DRAWS = 100_000
LOGNORMAL = {"family": "lognormal", "mu": 1.0, "sigma": 0.8}
PERIODS = [2, 5, 10, 50, 100]


def analysed(items: dict[str, Item], draws: int = DRAWS) -> xr.Dataset:
    found = climrisk.analyse(make_study(items), draws=draws, seed=12, outputs=())
    return found.sel(scenario="flat", control="current", curve_year=2024)


def passed(rate: float, amounts: Any, period: float) -> float:
    """Return x where rate * P(amount > x) = 1 / period."""
    return float(brentq(lambda x: rate * amounts.sf(x) - 1.0 / period, 1e-9, 1e6))


@pytest.mark.parametrize("severity", ["per_event", "per_draw"])
def test_events_of_two_risks_add_their_frequencies(severity: str) -> None:
    """The mean number of events does not mind that those of a draw are of one size."""
    found = analysed(
        {
            "R-1": annual_risk(poisson(1.2), LOGNORMAL, severity=severity),
            "R-2": annual_risk(poisson(0.6), LOGNORMAL, severity=severity),
            "R-3": annual_risk(always(), 1000.0),
            "O-1": annual_risk(poisson(2.0), 500.0, kind="opportunity"),
        }
    )
    amounts = stats.lognorm(0.8, scale=np.exp(1.0))
    for period in PERIODS:
        at = found.sel(return_period=period)
        exact = passed(1.8, amounts, period)
        gap = abs(float(at["exceedance_frequency_loss"]) - exact)
        assert gap < 4.5 * float(at["exceedance_frequency_loss_se"]) + exact / 256, period


def test_a_year_with_at_most_one_event_has_one_curve_by_both_conventions() -> None:
    found = analysed({"R-1": annual_risk(bernoulli(0.3), LOGNORMAL)}, 20_000)
    chance = found["exceedance_loss"].sel(curve="risks", basis="OEP")
    frequency = found["exceedance_frequency_loss"]
    np.testing.assert_allclose(frequency, chance, rtol=1e-12)


def test_several_events_a_year_make_the_frequency_curve_the_higher_one() -> None:
    """1 - exp(-n) < n, most where events are frequent."""
    found = analysed({"R-1": annual_risk(poisson(3.0), LOGNORMAL, severity="per_event")}, 20_000)
    chance = found["exceedance_loss"].sel(curve="risks", basis="OEP")
    gap = (found["exceedance_frequency_loss"] - chance).to_numpy()
    assert (gap[:3] > 0.1).all()
    assert gap[-1] < 0.1 * float(chance[-1])


def test_the_table_tells_both_conventions() -> None:
    study = make_study({"R-1": annual_risk(poisson(1.0), LOGNORMAL)})
    results = climrisk.analyse(study, draws=2_500, seed=1)
    table = run_tables(results, Labels("RMB million", ""))["exceedance.csv"]
    counts = table.groupby(["subject", "basis", "convention"])["loss"].size()
    runs_and_periods = 2 * 2 * 8
    assert counts.to_dict() == {
        ("risks", "AEP", "probability"): runs_and_periods,
        ("risks", "OEP", "frequency"): runs_and_periods,
        ("risks", "OEP", "probability"): runs_and_periods,
        ("total", "AEP", "probability"): runs_and_periods,
    }
