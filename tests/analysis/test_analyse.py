"""`analyse`: invariants of its figures, bits that nothing may move, and studies at the edge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings

import climrisk
from climrisk.domain.study import Study
from climrisk.errors import AmountOverflowError
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
    poisson,
)

few = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MONEY_FLOOR = 2.0**-20
"""Smaller magnitudes count as zero in percentiles."""


@few
@given(studies())
def test_figures_keep_their_order_and_their_sums(study: Study) -> None:
    found = climrisk.analyse(study, draws=400, seed=3, outputs=())
    for name in ("percentile", "npv_percentile", "annual_percentile", "impact_percentile"):
        spread = found[name].to_numpy()
        known = ~np.isnan(spread).any(axis=-1)
        assert np.all(np.diff(spread[known], axis=-1) >= 0.0), name
    for name in ("loss_var", "loss_tvar"):
        tails = found[name].to_numpy()
        assert np.all(np.diff(tails[~np.isnan(tails).any(axis=-1)], axis=-1) >= 0.0), name
    beyond = found["loss_tvar"] - found["loss_var"]
    assert float(beyond.min()) >= 0.0
    curve = found["exceedance_loss"].to_numpy()
    assert not np.any(np.diff(curve, axis=-1) < 0.0)
    assert_sums(found, "mean", channel="net")
    assert_sums(found, "npv_mean")
    assert_sums(found, "annual_mean", channel="net")


def assert_sums(found: xr.Dataset, name: str, **where: Any) -> None:
    of = {str(key): found[name].sel(subject=key, **where) for key in found["subject"].to_numpy()}
    parts = of["risks"] + of["opportunities"] + of["overlap"]
    size = np.abs(of["risks"]) + np.abs(of["opportunities"]) + np.abs(of["measures"]) + 1e-300
    assert float((np.abs(parts - of["total_before_measures"]) / size).max()) < 1e-14
    assert float((np.abs(parts + of["measures"] - of["total"]) / size).max()) < 1e-14
    items = sum(of[str(item)] for item in found["item"].to_numpy())
    assert float((np.abs(items - of["risks"] - of["opportunities"]) / size).max()) < 1e-14


@few
@given(studies(most=3))
def test_results_do_not_depend_on_the_block_size(study: Study) -> None:
    whole = climrisk.analyse(study, draws=100, seed=3)
    for size in (7, 64):
        assert whole.identical(climrisk.analyse(study, draws=100, seed=3, block_size=size))


def test_results_of_single_draw_blocks_are_the_same() -> None:
    study = make_study(
        {"A": annual_risk(poisson(2.0), {"p5": 1.0, "p95": 9.0}, severity="per_event")}
    )
    whole = climrisk.analyse(study, draws=40, seed=3)
    assert whole.identical(climrisk.analyse(study, draws=40, seed=3, block_size=1))


def test_the_seed_matters_and_repeats() -> None:
    study = make_study({"A": annual_risk(poisson(2.0), {"p5": 1.0, "p95": 9.0})})
    one, again, other = (climrisk.analyse(study, draws=500, seed=seed) for seed in (1, 1, 2))
    assert one.identical(again)
    assert one.attrs == again.attrs
    assert not one.drop_attrs().identical(other.drop_attrs())


def test_draws_and_seed_come_from_the_study_unless_stated() -> None:
    study = make_study({}, make_settings(simulation={"draws": 33, "seed": 2**64 - 1}))
    found = climrisk.analyse(study)
    assert (found.attrs["draws"], found.attrs["seed"]) == (33, str(2**64 - 1))


def test_every_variable_says_its_unit_and_name() -> None:
    found = climrisk.analyse(make_study({"A": annual_risk(always(), 1.0)}), draws=2, seed=1)
    for name, variable in found.data_vars.items():
        assert variable.attrs["units"], name
        assert variable.attrs["long_name"], name
    assert found["scenario"].to_numpy().tolist() == ["base_year", "flat"]


def test_progress_counts_draws_of_every_scenario_and_control() -> None:
    seen: list[tuple[int, int]] = []
    study = make_study({"A": annual_risk(always(), 1.0)})
    climrisk.analyse(study, draws=10, seed=1, block_size=5, progress=lambda *at: seen.append(at))
    assert seen == [(done, 40) for done in range(5, 41, 5)]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"draws": 0}, "draws: found 0, allowed 1 to 4294967295"),
        ({"seed": -1}, "seed: found -1, allowed 0 to"),
        ({"seed": 2**64}, "seed: found 18446744073709551616"),
        ({"block_size": 0}, "block_size: found 0"),
        ({"scenarios": ("warm",)}, "scenarios: found 'warm', allowed flat"),
    ],
)
def test_arguments_that_cannot_be_used(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        climrisk.analyse(make_study({}), **{"draws": 5, **wrong})


def mean(study: Study, subject: str = "total", draws: int = 2000) -> tuple[float, float]:
    found = climrisk.analyse(study, draws=draws, seed=1).sel(
        scenario="flat", control="current", channel="net", horizon="whole", subject=subject
    )
    return float(found["mean"]), float(found["mean_se"])


def test_an_empty_study_runs_and_totals_nothing() -> None:
    found = climrisk.analyse(make_study({}), draws=10, seed=1)
    assert found.sizes["item"] == 0
    of_net = found["mean"].sel(channel="net")
    assert set(of_net["subject"].to_numpy()) == {
        "risks",
        "opportunities",
        "overlap",
        "measures",
        "total_before_measures",
        "total",
    }
    assert not of_net.any()
    assert found["loss_tvar"].sel(channel="net").max() == 0.0


def test_items_that_are_not_assessed_are_left_out() -> None:
    assessed = annual_risk(always(), 1.0)
    silent = assessed.model_copy(update={"occurrence": None})
    bare = assessed.model_copy(update={"impact": {}})
    found = climrisk.analyse(make_study({"A": assessed, "B": silent, "C": bare}), draws=2, seed=1)
    assert found["item"].to_numpy().tolist() == ["A"]


def test_only_opportunities() -> None:
    gain = make_item(always(), {"a": cost(2.0, direction="favourable")}, kind="opportunity")
    study = make_study({"A": gain})
    assert mean(study)[0] == mean(study, "opportunities")[0] == 2.0
    found = climrisk.analyse(study, draws=50, seed=1)
    assert found["rank_expected"].to_numpy().ravel().tolist() == [1.0] * 4
    assert float(found["exceedance_loss"].max()) <= 0.0


def test_one_scenario_and_none_at_all() -> None:
    study = make_study({"A": annual_risk(always(), 1.0)})
    whole, alone = (
        climrisk.analyse(study, draws=2, seed=1, scenarios=chosen, outputs=())
        for chosen in (None, ())
    )
    assert alone["scenario"].to_numpy().tolist() == ["base_year"]
    assert alone.identical(whole.sel(scenario=["base_year"]))


@pytest.mark.parametrize("rate", [0.0, 1e-12])
def test_rates_of_almost_nothing(rate: float) -> None:
    assert mean(make_study({"A": annual_risk(poisson(rate), 5.0)})) == (0.0, 0.0)


def test_many_events_are_all_counted() -> None:
    found, error = mean(make_study({"A": annual_risk(poisson(80.0), 1.0)}))
    assert abs(found + 80.0) < 4.5 * error
    assert error == pytest.approx(np.sqrt(80.0 / 2000), rel=0.1)


@pytest.mark.parametrize("occurrence", [always(), bernoulli(1.0), poisson(3.0)])
@pytest.mark.parametrize("severity", ["per_draw", "per_event"])
def test_constant_severities(occurrence: dict[str, Any], severity: str) -> None:
    if occurrence == always() and severity == "per_event":
        return
    found, error = mean(make_study({"A": annual_risk(occurrence, 2.0, severity=severity)}))
    expected = -6.0 if occurrence == poisson(3.0) else -2.0
    assert abs(found - expected) <= 4.5 * error


def test_huge_amounts_keep_their_mean_and_their_sum() -> None:
    items = {"A": annual_risk(poisson(2.0), 1e12), "B": annual_risk(bernoulli(0.5), 1e-3)}
    found, error = mean(make_study(items))
    assert abs(found + 2e12) < 4.5 * error
    parts = mean(make_study(items), "A")[0] + mean(make_study(items), "B")[0]
    assert found == pytest.approx(parts, rel=1e-15)


@pytest.mark.parametrize("amount", [1e300, {"family": "lognormal", "mu": 680.0, "sigma": 6.0}])
def test_amounts_that_cannot_be_added_name_their_place(amount: Any) -> None:
    study = make_study({"fine": annual_risk(always(), 1.0), "huge": annual_risk(always(), amount)})
    with pytest.raises(
        AmountOverflowError,
        match=r"huge: operating_cost in 2024 reaches -.* in "
        r"draw \d+ of base_year, current; allowed: amounts",
    ):
        climrisk.analyse(study, draws=100, seed=1)


def test_what_is_no_number_is_refused_as_well() -> None:
    link = {"driver": "price", "acts_on": "severity", "form": "ratio", "elasticity": 400.0}
    worlds = (make_scenario("flat", price=1.0), make_scenario("steep", price={2024: 9.0, 2100: 9}))
    study = make_study(
        {"none": annual_risk(always(), 0.0, links=[link])},
        make_settings(scenarios=("flat", "steep")),
        worlds,
    )
    with pytest.raises(AmountOverflowError, match="none: operating_cost in 2024 reaches nan"):
        climrisk.analyse(study, draws=10, seed=1)


def test_a_rate_beyond_simulation_names_its_item_and_scenario() -> None:
    study = make_study({"A": annual_risk(poisson({"mean": 400.0, "cv": 0.5}), 1.0)})
    with pytest.raises(AmountOverflowError, match=r"A: the rate reaches .* in base_year, allowed"):
        climrisk.analyse(study, draws=500, seed=1)


def test_ranks_are_by_expected_effect_and_by_tail_among_their_kind() -> None:
    def of(kind: str, chance: float, amount: float) -> Any:
        direction = "adverse" if kind == "risk" else "favourable"
        return make_item(bernoulli(chance), {"a": cost(amount, direction=direction)}, kind=kind)

    items = {
        "R-often": of("risk", 0.9, 2.0),
        "R-rare": of("risk", 0.05, 20.0),
        "O-often": of("opportunity", 0.9, 3.0),
        "O-rare": of("opportunity", 0.05, 30.0),
    }
    found = climrisk.analyse(make_study(items), draws=4000, seed=1).sel(
        scenario="flat", control="current", horizon="whole"
    )
    for kind in "RO":
        pair = [f"{kind}-often", f"{kind}-rare"]
        assert found["rank_expected"].sel(item=pair).to_numpy().tolist() == [1.0, 2.0]
        assert found["rank_tail"].sel(item=pair).to_numpy().tolist() == [2.0, 1.0]


def test_the_matrix_speaks_of_material_years() -> None:
    """Every second year a loss of 3, past the threshold of 1; a year's loss of .9 is not."""
    items = {"A": annual_risk(bernoulli(0.5), 3.0), "B": annual_risk(always(), 0.9)}
    found = climrisk.analyse(make_study(items, make_settings(2)), draws=4000, seed=1).sel(
        scenario="flat", control="current", horizon="whole"
    )
    of_a = found.sel(item="A", subject="A")
    assert abs(float(of_a["probability"]) - 0.75) < 4.5 * float(of_a["probability_se"])
    assert abs(float(of_a["likelihood_per_year"]) - 0.5) < 4.5 * np.sqrt(0.25 / 8000)
    assert float(of_a["impact_mean"]) == -3.0
    assert of_a["impact_percentile"].to_numpy() == pytest.approx([-3.0] * 3, rel=1 / 64)
    assert float(of_a["expected_per_year"]) == float(of_a["mean"].sel(channel="net")) / 2
    assert float(found["probability"].sel(subject="B")) == 0.0
    assert np.isnan(found["impact_mean"].sel(item="B"))


def test_the_curve_is_of_the_last_year_of_each_horizon() -> None:
    plant = {"value": {"value": 100.0}, "growth": 0.5}
    item = make_item(always(), {"loss": cost(exposure="plant", share=0.1)})
    horizons = {
        "near": {"years": (2024, 2025), "planning": "budget"},
        "far": {"years": (2027, 2027), "planning": "strategy"},
    }
    study = make_study({"A": item}, make_settings(4, exposures={"plant": plant}, horizons=horizons))
    found = climrisk.analyse(study, draws=100, seed=1).sel(scenario="flat", control="current")
    curve = found["exceedance_loss"].sel(basis="AEP", return_period=2, curve="total")
    assert curve["curve_year"].to_numpy().tolist() == [2025, 2027]
    assert curve.to_numpy() == pytest.approx([22.5, 50.625], rel=1 / 256)
    assert found["horizon_years"].to_numpy().tolist() == [2, 1]
    sums = found["mean"].sel(subject="A", channel="net").to_numpy()
    assert sums == pytest.approx([-37.5, -50.625])
