"""How often the ranking would be the same if the draw's knowledge were true."""

from __future__ import annotations

import math

import numpy as np
import pytest
import xarray as xr
from scipy import stats

import climrisk
from climrisk.domain.item import Item
from tests.studies import annual_risk, bernoulli, make_study, poisson

DRAWS = 20_000


def analysed(items: dict[str, Item]) -> xr.Dataset:
    found = climrisk.analyse(make_study(items), draws=DRAWS, seed=11)
    return found.sel(scenario="flat", control="current", horizon="whole")


def test_known_items_keep_their_ranks_however_chance_falls() -> None:
    found = analysed(
        {"A": annual_risk(bernoulli(0.5), 4.0), "B": annual_risk(bernoulli(0.1), 10.0)}
    )
    assert found["rank_expected"].to_numpy().tolist() == [1.0, 2.0]
    assert found["rank_stability"].to_numpy().tolist() == [1.0, 1.0]
    assert found["rank_stability_se"].to_numpy() == pytest.approx(0.5 / (DRAWS + 1), rel=1e-12)


def test_two_lognormal_amounts_change_places_with_the_closed_probability() -> None:
    """ln A - ln B is normal: P(A > B) = Phi((mu_A - mu_B) / sqrt(s_A^2 + s_B^2))."""
    found = analysed(
        {
            "A": annual_risk(bernoulli(0.2), {"family": "lognormal", "mu": 2.0, "sigma": 0.8}),
            "B": annual_risk(poisson(0.2), {"family": "lognormal", "mu": 1.5, "sigma": 0.6}),
        }
    )
    expected = float(stats.norm.cdf(0.5 / math.hypot(0.8, 0.6)))
    share = found["rank_stability"].to_numpy()
    assert share[0] == share[1]
    assert abs(share[0] - expected) < 4.5 * math.sqrt(expected * (1 - expected) / DRAWS)


def test_kinds_with_an_item_that_has_no_closed_form_are_blank_with_the_reason() -> None:
    policy = {"covers": ["loss"], "deductible": 1.0, "share": 0.9, "aggregate": "annual"}
    found = analysed(
        {
            "A": annual_risk(poisson(0.5), 4.0, insurance=policy),
            "B": annual_risk(bernoulli(0.1), 10.0),
            "O": annual_risk(bernoulli(0.1), 10.0, kind="opportunity"),
        }
    )
    assert np.isnan(found["rank_stability"].to_numpy()).tolist() == [True, True, False]
    reason = "A: insurance pays on the year's sum of several events"
    assert found["rank_stability_reason"].to_numpy().tolist() == [reason, reason, ""]


@pytest.mark.parametrize("size", [1, 77])
def test_independent_of_block_size(size: int) -> None:
    items = {name: annual_risk(poisson(0.4), {"p5": 1.0, "p95": 9.0}) for name in "ABC"}
    whole, parts = (
        climrisk.analyse(make_study(items), draws=150, seed=3, block_size=one)
        for one in (150, size)
    )
    xr.testing.assert_identical(whole["rank_stability"], parts["rank_stability"])
