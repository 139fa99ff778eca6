"""The decision on a measure: closed forms through whole studies, and the run's own benefit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import climrisk
from climrisk.domain.study import Study
from climrisk.errors import QuestionRefusedError
from climrisk.sensitivity import value_of_information
from tests.sensitivity.studies import crowded, effect, linear, planned
from tests.studies import always, annual_risk, bernoulli, make_study, poisson

MU, SIGMA, SHARE = 0.5, 0.8, 0.4
LOSS = {"family": "lognormal", "mu": MU, "sigma": SIGMA}


def decided(occurrence: dict[str, Any], cost: Any, share: Any = SHARE, **more: Any) -> Study:
    measure = planned(capex=cost, reduces=[effect("R-1", "severity", share)])
    items = {"R-1": annual_risk(occurrence, LOSS, **more), "R-2": annual_risk(always(), LOSS)}
    return make_study(items, measures={"M-1": measure})


def call_value(scale: float, strike: float) -> float:
    """E[max(0, scale L - strike)] of a lognormal loss (Black 1976)."""
    near = (MU + np.log(scale / strike)) / SIGMA
    mean = scale * np.exp(MU + SIGMA**2 / 2)
    return float(mean * stats.norm.cdf(near + SIGMA) - strike * stats.norm.cdf(near))


@pytest.mark.parametrize(
    ("occurrence", "chance"), [(always(), 1.0), (bernoulli(0.25), 0.25)], ids=["sure", "by chance"]
)
@pytest.mark.parametrize("times", [0.9, 1.2])
def test_the_loss_that_a_measure_halves(
    occurrence: dict[str, Any], chance: float, times: float
) -> None:
    """Benefit chance x share x L - cost: an option on L; knowing whether it occurs is no input."""
    scale = SHARE * chance
    mean = scale * np.exp(MU + SIGMA**2 / 2)
    cost = times * mean
    table = value_of_information(decided(occurrence, cost), "flat", draws=20_000, seed=11)
    exact = call_value(scale, cost) - max(0.0, mean - cost)
    rows = table.set_index("input")
    for name in ("all", "register.R-1.severity"):
        row = rows.loc[name]
        assert abs(row["value"] - exact) < 4.5 * row["value_se"]
        assert 0.0 < row["value_se"] < 0.1 * exact
    other = rows.loc["register.R-2.severity"]
    assert abs(other["value"]) <= 4.5 * other["value_se"]
    first = rows.iloc[0]
    assert first["decision"] == ("adopt" if times < 1.0 else "reject")
    assert abs(first["net_benefit"] - (mean - cost)) < 4.5 * first["net_benefit_se"]


def test_the_cost_is_an_input_too() -> None:
    """Uniform cost around a certain benefit of 4: max(0, 4 - C), C ~ U(2, 7)."""
    study = make_study(
        {"R-1": annual_risk(always(), 8.0)},
        measures={
            "M-1": planned(
                capex={"family": "uniform", "low": 2.0, "high": 7.0},
                reduces=[effect("R-1", "severity", 0.5)],
            )
        },
    )
    rows = value_of_information(study, "flat", draws=20_000, seed=12).set_index("input")
    found = rows.loc["measures.M-1.cost"]
    assert abs(found["value"] - 0.4) < 4.5 * found["value_se"]  # 2^2 / 2 / 5 - 0
    assert abs(found["decides_otherwise"] - 0.4) < 0.02


def test_the_benefit_is_that_of_the_run() -> None:
    """The same draws, to the last digit, where caps bind and nothing is averaged out."""
    study = crowded()
    results = climrisk.analyse(study, draws=600, seed=13, outputs=("measures",))
    at = {"scenario": "flat", "measure": "M-1", "measure_horizon": "all"}
    mean = results["measure_mean"].sel(at | {"measure_statistic": "net_benefit"})
    error = results["measure_mean_se"].sel(at | {"measure_statistic": "net_benefit"})
    row = value_of_information(study, "flat", draws=600, seed=13).iloc[0]
    assert row["net_benefit"] == pytest.approx(float(mean), rel=1e-12)
    assert row["net_benefit_se"] == pytest.approx(float(error), rel=1e-9)
    assert np.isnan(row["value"])
    assert row["remark"] == "chance is left: losses on an exposure reach all that it is worth"


def test_chance_is_averaged_out_where_there_is_a_formula() -> None:
    study = decided(bernoulli(0.25), 0.2)
    results = climrisk.analyse(study, draws=2000, seed=13, outputs=("measures",))
    at = {"scenario": "flat", "measure": "M-1", "measure_horizon": "all"}
    one = results.sel(at | {"measure_statistic": "net_benefit"})
    row = value_of_information(study, "flat", draws=2000, seed=13).iloc[0]
    error = float(one["measure_mean_se"])
    assert abs(row["net_benefit"] - float(one["measure_mean"])) < 4.5 * error
    assert row["net_benefit_se"] < 0.6 * error


def test_where_chance_is_left_everything_has_no_value_and_single_inputs_have() -> None:
    policy = {
        "covers": ["loss"],
        "deductible": 0.5,
        "limit": 9.0,
        "share": 0.5,
        "aggregate": "annual",
    }
    cost = {"family": "uniform", "low": 0.0, "high": 1.5}
    study = decided(poisson(0.5), cost, insurance=policy)
    table = value_of_information(study, "flat", draws=20_000, seed=14)
    row = table.iloc[0]
    assert (row["input"], np.isnan(row["value"])) == ("all", True)
    assert "insurance pays on the year's sum of several events" in row["remark"]
    cost_row = table.set_index("input").loc["measures.M-1.cost"]
    assert cost_row["value"] > 4.5 * cost_row["value_se"]
    results = climrisk.analyse(study, draws=20_000, seed=14, outputs=("measures",))
    at = {"scenario": "flat", "measure": "M-1", "measure_horizon": "all"}
    mean = float(results["measure_mean"].sel(at | {"measure_statistic": "net_benefit"}))
    assert row["net_benefit"] == pytest.approx(mean, rel=1e-12)


def test_measures_are_decided_alone_and_see_only_their_own_inputs() -> None:
    share = {"p5": 0.1, "p95": 0.6}
    measures = {
        name: planned(capex={"p5": 0.5, "p95": 2.0}, reduces=[effect("R-1", "severity", share)])
        for name in ("M-1", "M-2")
    }
    study = make_study({"R-1": annual_risk(always(), LOSS)}, measures=measures)
    both = value_of_information(study, "flat", draws=500, seed=15)
    alone = value_of_information(study, "flat", ["M-2"], draws=500, seed=15)
    pd.testing.assert_frame_equal(
        both[both["measure"] == "M-2"].reset_index(drop=True), alone, check_exact=False, rtol=1e-9
    )
    assert set(alone["input"]) == {
        "all",
        "register.R-1.severity",
        "measures.M-2.effect",
        "measures.M-2.cost",
    }


@pytest.mark.parametrize(
    ("study", "asked", "reason"),
    [
        (linear(), {}, "plans no measure"),
        (crowded(), {"measures": ["M-2"]}, "unknown planned measure 'M-2'; did you mean 'M-1'"),
        (crowded(), {"draws": 99}, "found 99 draws; allowed: 100 or more"),
    ],
)
def test_questions_without_an_answer(study: Study, asked: dict[str, Any], reason: str) -> None:
    with pytest.raises(QuestionRefusedError, match=reason):
        value_of_information(study, "flat", **asked)
