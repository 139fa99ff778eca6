from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from climrisk.domain.base import Figure
from climrisk.domain.quantities import Scale, read_quantity
from climrisk.domain.scaling import scaled
from climrisk.domain.scenario import Driver

LEVELS = np.array([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
AMOUNTS: tuple[dict[str, Any], ...] = (
    {"value": 3.0},
    {"p5": 1.0, "p95": 4.0},
    {"p5": 1.0, "p50": 2.0, "p95": 5.0},
    {"p10": 1.0, "p50": 2.0, "p90": 5.0},
    {"low": 1.0, "mode": 2.0, "high": 5.0},
    {"mean": 2.0, "cv": 0.5},
    {"family": "lognormal", "mu": 0.3, "sigma": 0.4},
    {"family": "shifted_lognormal", "mu": 0.3, "sigma": 0.4, "shift": 1.0},
    {"family": "gamma", "shape": 2.0, "scale": 1.5},
    {"family": "gamma", "mean": 2.0, "cv": 0.5},
    {"family": "weibull", "shape": 1.5, "scale": 2.0},
    {"family": "generalised_pareto", "threshold": 1.0, "scale": 2.0, "shape": 0.1},
    {"family": "uniform", "low": 1.0, "high": 2.0},
    {"family": "triangular", "low": 1.0, "mode": 1.2, "high": 2.0},
    {"family": "beta", "alpha": 2.0, "beta": 3.0, "low": 1.0, "high": 4.0},
    {"values": [1.0, 2.0, 4.0], "probabilities": [0.2, 0.5, 0.3]},
    {"sample": [1.0, 2.0, 2.5, 4.0, 7.0]},
    {"truncate": {"p5": 1.0, "p95": 4.0}, "high": 6.0},
    {"mixture": [{"weight": 0.4, "p5": 1.0, "p95": 2.0}, {"weight": 0.6, "mean": 5.0, "cv": 0.1}]},
    {"pool": [{"who": "A", "p5": 1.0, "p95": 2.0}, {"who": "B", "value": 3.0}]},
)
SIGNED: tuple[dict[str, Any], ...] = (
    {"p5": -1.0, "p95": 4.0},
    {"mean": -2.0, "cv": 0.5},
    {"family": "normal", "mean": -1.0, "sd": 2.0},
    {"family": "student_t", "df": 4.0, "location": 1.0, "scale": 2.0},
)
CHANCES: tuple[dict[str, Any], ...] = (
    {"value": 0.2},
    {"p5": 0.1, "p95": 0.5},
    {"p5": 0.1, "p50": 0.2, "p95": 0.6},
    {"values": [0.1, 0.5], "probabilities": [0.5, 0.5]},
    {"sample": [0.1, 0.2, 0.25, 0.4, 0.7]},
    {"low": 0.1, "mode": 0.2, "high": 0.5},
    {"family": "uniform", "low": 0.1, "high": 0.3},
)


def name(stated: dict[str, Any]) -> str:
    return str(stated.get("family", "-".join(stated)))


@pytest.mark.parametrize("factor", [0.25, 3.0])
@pytest.mark.parametrize(
    ("stated", "scale"),
    [(one, "log") for one in AMOUNTS] + [(one, "identity") for one in SIGNED],
    ids=lambda one: name(one) if isinstance(one, dict) else one,
)
def test_every_percentile_of_an_amount_is_multiplied(
    stated: dict[str, Any], scale: Scale, factor: float
) -> None:
    before = read_quantity(stated, scale)
    after = read_quantity(scaled(before, factor), scale)
    # a pool's percentiles are tabulated within a relative 1e-10
    assert after.ppf(LEVELS) == pytest.approx(factor * before.ppf(LEVELS), rel=4e-10)
    assert after.mean() == pytest.approx(factor * before.mean(), rel=1e-9)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_a_logit_normal_share_keeps_its_three_percentiles_multiplied(factor: float) -> None:
    before = read_quantity({"family": "logit_normal", "mu": -3.0, "sigma": 0.5}, "logit")
    after = read_quantity(scaled(before, factor), "logit")
    assert after.ppf(np.array([0.05, 0.5, 0.95])) == pytest.approx(
        factor * before.ppf(np.array([0.05, 0.5, 0.95])), rel=1e-12
    )


@pytest.mark.parametrize("stated", CHANCES, ids=name)
@settings(max_examples=20)
@given(factor=st.floats(0.05, 20.0))
def test_the_hazard_of_a_chance_is_multiplied_and_it_never_passes_one(
    stated: dict[str, Any], factor: float
) -> None:
    before = read_quantity(stated, "logit")
    after = read_quantity(scaled(before, factor, is_probability=True), "logit")
    if {"low", "high"} <= set(stated):
        # between its stated values a law keeps its own shape: the ends are carried over
        found, wanted = np.array(after.support), np.array(before.support)
    else:
        levels = np.array([0.05, 0.95])
        found, wanted = after.ppf(levels), before.ppf(levels)
    assert np.all(found <= 1.0)
    assert found == pytest.approx(-np.expm1(factor * np.log1p(-wanted)), rel=1e-9)


def test_the_hazard_of_a_law_without_values_of_its_own_is_scaled_at_three_percentiles() -> None:
    before = read_quantity({"family": "beta", "alpha": 2.0, "beta": 8.0}, "logit")
    after = read_quantity(scaled(before, 1.5, is_probability=True), "logit")
    levels = np.array([0.05, 0.5, 0.95])
    assert after.ppf(levels) == pytest.approx(1 - (1 - before.ppf(levels)) ** 1.5, rel=1e-12)


def test_the_hazard_of_a_pooled_chance_is_scaled_person_by_person() -> None:
    people = [{"who": "A", "p5": 0.1, "p95": 0.2}, {"who": "B", "value": 0.4}]
    before = read_quantity({"pool": people, "weights": [2.0, 1.0]}, "logit")
    after = scaled(before, 2.0, is_probability=True)
    assert after["weights"] == (2.0, 1.0)
    assert [one["who"] for one in after["pool"]] == ["A", "B"]
    assert after["pool"][0]["p5"] == pytest.approx(0.19, rel=1e-12)
    assert after["pool"][1]["value"] == pytest.approx(0.64, rel=1e-12)


def test_nothing_times_anything_is_certain() -> None:
    before = read_quantity({"p5": 1.0, "p95": 4.0, "source": "a report"}, "log")
    assert scaled(before, 0.0) == {"source": "a report", "value": 0.0}


def test_a_word_of_the_label_map_no_longer_stands_for_a_scaled_statement() -> None:
    before = read_quantity({"value": 0.2, "label": "unlikely"}, "logit")
    assert "label" not in scaled(before, 2.0)


def test_figures_series_and_plain_numbers_are_multiplied() -> None:
    figure = Figure(value=4.0, source="a report")
    assert scaled(figure, 0.5) == {"value": 2.0, "source": "a report"}
    assert scaled(3, 2.0) == 6.0
    models = Driver(unit="1", models={"A": {2025: 1.0, 2030: 2.0}, "B": {2025: 3.0, 2030: 4.0}})
    assert scaled(models, 2.0)["models"] == {
        "A": {2025: 2.0, 2030: 4.0},
        "B": {2025: 6.0, 2030: 8.0},
    }


@pytest.mark.parametrize(
    ("stated", "factor", "message"),
    [
        (None, 2.0, "found nothing, allowed: a number"),
        ("per_draw", 2.0, "found no number"),
        (True, 2.0, "found True"),
        (1.0, -1.0, "found scale -1, allowed: 0 or more"),
        (1.0, float("inf"), "found scale inf"),
        (Driver(unit="1", response="rain"), 2.0, "a response to another driver"),
    ],
)
def test_what_cannot_be_scaled_is_refused(stated: Any, factor: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        scaled(stated, factor)
