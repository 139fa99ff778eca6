"""Cost and benefit of single measures, against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

import climrisk
from climrisk.domain.study import Study
from tests.engine.test_measure_change import crowded, effect, planned
from tests.studies import always, annual_risk, bernoulli, cost, make_item, make_settings, make_study

DRAWS = 20_000
RATE = 0.05


def analysed(study: Study, draws: int = DRAWS) -> xr.Dataset:
    return climrisk.analyse(study, draws=draws, seed=4).sel(scenario="flat", measure="M-1")


def test_certain_amounts_to_the_last_digit() -> None:
    """10 a year less 40 % from 2025, against capex 3 in 2025 and opex 0.5 a year."""
    measure = planned(start=2025, capex=3.0, opex=0.5, reduces=[effect("R-1", "severity", 0.4)])
    study = make_study(
        {"R-1": annual_risk(always(), 10.0)},
        make_settings(3, discount_rate={"value": RATE}),
        measures={"M-1": measure},
    )
    found = analysed(study, 10)
    mean = found["measure_mean"].sel(measure_horizon="whole")
    assert mean.to_numpy() == pytest.approx([4.0, 8.0, 4.0, 2.0], rel=1e-9)
    assert found["measure_mean_se"].sel(measure_horizon="whole").to_numpy().tolist() == [0.0] * 4
    later = (1 + RATE) ** -2 + (1 + RATE) ** -3
    paid = 3.0 * (1 + RATE) ** -2 + 0.5 * later
    value = found["measure_mean"].sel(measure_horizon="all")
    expected = [paid, 4 * later, 4 * later - paid, 4 * later / paid]
    assert value.to_numpy() == pytest.approx(expected, rel=1e-9)
    range_ = found["measure_percentile"].sel(measure_horizon="whole", measure_statistic="benefit")
    assert range_.to_numpy() == pytest.approx([8.0] * 3, rel=1e-9)
    assert found["measure_years"].to_numpy().tolist() == [3, 3]


def test_mean_benefit_of_a_measure_on_probability() -> None:
    """E[s] p x with s uniform on (0.2, 0.6); cost uniform on (0.5, 1.5)."""
    measure = planned(
        opex={"family": "uniform", "low": 0.5, "high": 1.5},
        reduces=[effect("R-1", "probability", {"family": "uniform", "low": 0.2, "high": 0.6})],
    )
    study = make_study({"R-1": annual_risk(bernoulli(0.5), 8.0)}, measures={"M-1": measure})
    found = analysed(study).sel(measure_horizon="whole")
    for name, expected in (("cost", 1.0), ("benefit", 1.6), ("net_benefit", 0.6), ("ratio", 1.6)):
        at = found.sel(measure_statistic=name)
        gap = abs(float(at["measure_mean"]) - expected)
        assert gap < 4.5 * float(at["measure_mean_se"]), name


def test_error_of_the_ratio_is_that_of_many_runs() -> None:
    measure = planned(
        opex={"family": "uniform", "low": 0.5, "high": 1.5}, reduces=[effect("R-1", "probability")]
    )
    study = make_study({"R-1": annual_risk(bernoulli(0.5), 8.0)}, measures={"M-1": measure})
    runs = [
        climrisk.analyse(study, draws=200, seed=seed, outputs=("measures",)) for seed in range(40)
    ]
    ratios = [
        one.sel(scenario="flat", measure="M-1", measure_horizon="whole", measure_statistic="ratio")
        for one in runs
    ]
    spread = np.std([float(one["measure_mean"]) for one in ratios], ddof=1)
    told = np.mean([float(one["measure_mean_se"]) for one in ratios])
    assert spread / told == pytest.approx(1.0, abs=4.5 / np.sqrt(2 * 39))


def remarks(study: Study) -> str:
    return str(analysed(study, 200)["measure_remark"].sel(measure_horizon="whole").to_numpy())


def test_remarks_explain_what_surprises() -> None:
    gain = cost(5.0, direction="favourable")
    worse = make_study(
        {"R-1": make_item(always(), {"loss": cost(6.0), "gain": gain})},
        measures={"M-1": planned(opex=0.1, reduces=[effect("R-1", "gain")])},
    )
    assert remarks(worse) == "raises the loss of R-1: its share is taken off a gain in that item"
    lower = make_study(
        {"O-1": make_item(always(), {"gain": gain, "upkeep": cost(1.0)}, kind="opportunity")},
        measures={"M-1": planned(opex=0.1, raises=[effect("O-1", "upkeep")])},
    )
    assert remarks(lower) == "lowers O-1: its share is added to a cost in that item"
    idle = make_study({}, measures={"M-1": planned()})
    assert remarks(idle) == "acts on no assessed item; no cost is stated, so there is no ratio"
    assert "overlap took back" in remarks(crowded())


def test_without_a_cost_there_is_no_ratio() -> None:
    study = make_study(
        {"R-1": annual_risk(always(), 6.0)},
        measures={"M-1": planned(reduces=[effect("R-1", "severity")])},
    )
    ratio = analysed(study, 10).sel(measure_statistic="ratio")
    assert np.isnan(ratio["measure_mean"]).all()
    assert np.isnan(ratio["measure_mean_se"]).all()


def test_results_hold_what_is_asked_for() -> None:
    study = crowded()
    none = climrisk.analyse(study, draws=8, seed=1, outputs=())
    assert {"difference_mean", "input_share", "measure_mean"} & set(none) == set()
    full = climrisk.analyse(study, draws=8, seed=1)
    for name in none:
        np.testing.assert_array_equal(none[name].to_numpy(), full[name].to_numpy())
    assert {"difference_mean", "input_share", "measure_mean"} <= set(full)
    with pytest.raises(
        ValueError, match="outputs: found 'totals', allowed annual, breaches, curves"
    ):
        climrisk.analyse(study, draws=8, seed=1, outputs=("totals",))


def test_independent_of_block_size() -> None:
    whole, parts = (
        climrisk.analyse(crowded(), draws=70, seed=3, block_size=size) for size in (70, 9)
    )
    xr.testing.assert_identical(whole, parts)
