"""Sobol indices: closed forms through the one door, and what is refused."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from climrisk.errors import MissingExtraError, QuestionRefusedError
from climrisk.sensitivity import expected_sobol, sobol_indices
from tests.sensitivity.studies import linear
from tests.studies import (
    BASE_YEAR,
    always,
    annual_risk,
    bernoulli,
    make_scenario,
    make_settings,
    make_study,
    poisson,
)

TIED = {"severity": [{"items": ["R-1", "R-2"], "copula": "gaussian", "rank": 0.5}]}


def weighted(points: np.ndarray) -> np.ndarray:
    return points @ np.array([1.0, 2.0, 3.0])


def test_an_additive_function_has_equal_orders_and_shares_by_its_slopes() -> None:
    found = sobol_indices(weighted, ["a", "b", "c"], base_points=2048, seed=1)
    exact = np.array([1.0, 4.0, 9.0]) / 14.0
    assert (np.abs(found["first"] - exact) < 4.5 * found["first_se"]).all()
    assert (np.abs(found["total"] - exact) < 4.5 * found["total_se"]).all()
    assert (found["total_se"] < 0.05).all()


def test_a_pure_interaction_has_no_first_order() -> None:
    found = sobol_indices(lambda u: (u[:, 0] - 0.5) * (u[:, 1] - 0.5), ["a", "b"], seed=2)
    assert (np.abs(found["first"]) < 4.5 * found["first_se"]).all()
    assert (np.abs(found["total"] - 1.0) < 4.5 * found["total_se"]).all()


def test_a_group_has_one_index() -> None:
    found = sobol_indices(weighted, ["a", "b", "c"], groups=["x", "y", "x"], seed=3)
    assert found["input"].tolist() == ["x", "y"]
    exact = np.array([10.0, 4.0]) / 14.0
    assert (np.abs(found["total"] - exact) < 4.5 * found["total_se"]).all()


def test_the_expected_net_of_a_linear_study() -> None:
    found = expected_sobol(linear(), "flat", base_points=1024).set_index("input")
    for name, exact in (("R-1", 9 / 25), ("R-2", 16 / 25)):
        row = found.loc[f"register.{name}.severity"]
        assert abs(row["total"] - exact) < 4.5 * row["total_se"]
        assert abs(row["first"] - exact) < 4.5 * row["first_se"]


def test_likelihood_times_severity_by_formula() -> None:
    """Y = P L, P ~ U(0, 1), L ~ U(0, 2): S_i = 3/7 each, S_Ti = 4/7; chance adds nothing."""
    probability = {"family": "uniform", "low": 0.0, "high": 1.0}
    amount = {"family": "uniform", "low": 0.0, "high": 2.0}
    study = make_study({"R-1": annual_risk(bernoulli(probability), amount)})
    found = expected_sobol(study, "flat", base_points=2048)
    assert (np.abs(found["first"] - 3 / 7) < 4.5 * found["first_se"]).all()
    assert (np.abs(found["total"] - 4 / 7) < 4.5 * found["total_se"]).all()


@pytest.mark.parametrize("points", [0, 1, 1000])
def test_base_points_are_a_power_of_two(points: int) -> None:
    with pytest.raises(QuestionRefusedError, match=f"found {points} base points"):
        sobol_indices(weighted, ["a", "b", "c"], base_points=points)


def test_what_never_varies_is_refused() -> None:
    with pytest.raises(QuestionRefusedError, match="the same whatever the inputs are"):
        sobol_indices(lambda u: np.ones(len(u)), ["a"])


def test_without_salib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    with pytest.raises(MissingExtraError, match=r"climrisk\[sensitivity\]"):
        sobol_indices(weighted, ["a", "b", "c"])


def test_tied_inputs_are_refused_alone_and_taken_together() -> None:
    study = linear(dependence=TIED)
    with pytest.raises(QuestionRefusedError, match="ties the severities of R-1, R-2"):
        expected_sobol(study, "flat")
    found = expected_sobol(study, "flat", tied_together=True, base_points=256)
    assert found["input"].tolist() == ["register.R-1.severity + register.R-2.severity"]
    assert found.iloc[0][["first", "total"]].tolist() == [1.0, 1.0], "there is nothing else"


def modelled() -> object:
    prices = {"A": {BASE_YEAR: 1.0, 2100: 1.0}, "B": {BASE_YEAR: 3.0, 2100: 3.0}}
    link = {"driver": "price", "acts_on": "loss", "form": "ratio", "elasticity": 1.0}
    scenario = make_scenario("flat", price={"models": prices})
    risk = annual_risk(always(), {"p5": 1.0, "p95": 4.0}, links=[link])
    return make_study({"R-1": risk}, make_settings(2), (scenario,))


def test_a_pick_of_models_is_refused_unless_one_is_named() -> None:
    study = modelled()
    with pytest.raises(QuestionRefusedError, match=r"picks one of several.*name one of them: A, B"):
        expected_sobol(study, "flat")
    with pytest.raises(QuestionRefusedError, match="unknown climate-economy model 'C'"):
        expected_sobol(study, "flat", model="C")
    found = expected_sobol(study, "flat", model="B", base_points=64)
    assert found["model"].tolist() == ["B"]


def test_what_has_no_closed_form_is_named_and_its_inputs_are_no_inputs() -> None:
    policy = {
        "covers": ["loss"],
        "deductible": 1.0,
        "limit": 3.0,
        "share": 0.5,
        "aggregate": "annual",
    }
    insured = annual_risk(
        poisson({"p5": 0.1, "p95": 1.0}), {"p5": 1.0, "p95": 9.0}, insurance=policy
    )
    plain = annual_risk(always(), {"p5": 1.0, "p95": 4.0})
    found = expected_sobol(make_study({"R-1": insured, "R-2": plain}), "flat", base_points=64)
    assert found["input"].tolist() == ["register.R-2.severity"]
    assert "R-1: insurance pays on the year's sum of several events" in found["left_out"].iloc[0]
    with pytest.raises(QuestionRefusedError, match="no input of what has a closed form"):
        expected_sobol(make_study({"R-1": insured}), "flat")
