"""Value of information: the closed case, its limits, and the regression that it rests on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from climrisk.sensitivity import Predictor, Regression, partial_information, perfect_information
from climrisk.sensitivity.information import Information

OF_X = np.exp(0.5) / np.sqrt(2.0 * np.pi)


def knowing(benefit: np.ndarray, *inputs: np.ndarray) -> Information:
    return partial_information(benefit, Regression([Predictor(one) for one in inputs]))


def test_the_closed_case_holds_for_several_samples() -> None:
    """X Y, X ~ N(0, 1), Y ~ LN(0, 1): 0.657745 for X, nothing for Y, and no more for both."""
    assert pytest.approx(0.657745, abs=5e-7) == OF_X
    for seed in range(3):
        x, log_y = np.random.default_rng(seed).normal(size=(2, 20_000))
        benefit = x * np.exp(log_y)
        for found, exact in (
            (knowing(benefit, x), OF_X),
            (knowing(benefit, log_y), 0.0),
            (knowing(benefit, x, log_y), OF_X),
            (perfect_information(benefit), OF_X),
        ):
            assert abs(found.value - exact) < 4.5 * found.standard_error
            assert found.standard_error < 0.02


def test_judging_draws_by_a_regression_that_saw_them_flatters() -> None:
    """An input that says nothing: never below zero in sample, about zero by cross-fitting."""
    values = []
    for seed in range(25):
        benefit, noise = np.random.default_rng(seed).normal(size=(2, 300))
        found = knowing(benefit - benefit.mean() + 0.01, noise)
        assert found.in_sample > 0.0
        values.append((found.value, found.in_sample))
    cross_fitted, in_sample = np.mean(values, axis=0)
    assert cross_fitted < 0.0 < in_sample


def test_what_is_decided_anyway_is_worth_nothing() -> None:
    x = np.random.default_rng(1).normal(size=2000)
    for shift, decides in ((9.0, 1.0), (-9.0, 0.0)):
        found = knowing(x + shift, x)
        assert found.value == found.standard_error == found.decides_otherwise == 0.0
        assert found.in_sample == pytest.approx(0.0, abs=1e-9), decides


def test_chance_in_the_benefit_adds_noise_and_no_value() -> None:
    x, chance = np.random.default_rng(2).normal(size=(2, 50_000))
    exact = 1.0 / np.sqrt(2.0 * np.pi)  # E[max(0, X)]
    found = knowing(x + 3.0 * chance, x)
    assert abs(found.value - exact) < 4.5 * found.standard_error
    assert perfect_information(x + 3.0 * chance).value > 2.0 * exact, "it would know the chance"


@settings(max_examples=15)
@given(
    seed=st.integers(0, 2**32 - 1),
    slope=st.floats(-3.0, 3.0),
    curve=st.floats(-2.0, 2.0),
    shift=st.floats(-1.0, 1.0),
    tie=st.floats(0.0, 0.9),
)
def test_knowing_one_thing_is_worth_at_least_nothing_and_at_most_everything(
    seed: int, slope: float, curve: float, shift: float, tie: float
) -> None:
    x, own = np.random.default_rng(seed).normal(size=(2, 2000))
    z = tie * x + np.sqrt(1.0 - tie**2) * own
    benefit = slope * x + curve * x * x + z + shift
    everything = perfect_information(benefit)
    for one in (x, z):
        found = knowing(benefit, one)
        error = found.standard_error + everything.standard_error
        assert -5.0 * error - 1e-9 <= found.value <= everything.value + 1e-9
        assert 0.0 <= found.decides_otherwise <= 1.0


def test_a_tied_input_tells_of_the_one_that_matters() -> None:
    x, own = np.random.default_rng(3).normal(size=(2, 50_000))
    tied = 0.8 * x + 0.6 * own
    found = knowing(x, tied)  # E[X | Z] = 0.8 Z
    assert abs(found.value - 0.8 / np.sqrt(2.0 * np.pi)) < 4.5 * found.standard_error


def test_splines_give_back_a_cubic_and_categories_their_means() -> None:
    x = np.random.default_rng(4).normal(size=400)
    cubic = 1.0 + x - 2.0 * x**2 + 0.5 * x**3
    np.testing.assert_allclose(Regression([Predictor(x)]).fitted(cubic), cubic, atol=1e-8)
    group = np.arange(400.0) % 3
    found = Regression([Predictor(group, is_category=True)]).fitted(x)
    for one in range(3):
        np.testing.assert_allclose(found[group == one], x[group == one].mean(), atol=1e-12)


def test_no_draw_is_judged_by_a_shape_that_saw_it() -> None:
    """Changing a draw's own figure moves its prediction only as it moves the mean of all."""
    x, y = np.random.default_rng(5).normal(size=(2, 500))
    regression = Regression([Predictor(x)])
    other = y.copy()
    other[7] += 1000.0
    before, after = regression.cross_fitted(y), regression.cross_fitted(other)
    assert after[7] - before[7] == pytest.approx(1000.0 / 500, rel=1e-9)
    assert abs(regression.fitted(other)[7] - regression.fitted(y)[7]) > 2.5


def test_an_input_that_never_varies_says_nothing() -> None:
    y = np.random.default_rng(6).normal(size=100)
    found = Regression([Predictor(np.zeros(100))])
    np.testing.assert_allclose(found.fitted(y), y.mean(), atol=1e-12)
