from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.metrics.moments import Moments

STEP, SCALE = 2.0**-30, 2.0**11


def moments(amounts: object) -> Moments:
    tally = Moments((), STEP, SCALE)
    tally.add(amounts)
    return tally


@given(st.lists(st.integers(-(2**45), 2**45), min_size=2, max_size=40))
def test_mean_and_variance_against_fractions(steps: list[int]) -> None:
    amounts = [Fraction(step) * Fraction(STEP) for step in steps]
    mean = sum(amounts) / len(amounts)
    variance = sum((amount - mean) ** 2 for amount in amounts) / (len(amounts) - 1)
    square = float(sum(amount**2 for amount in amounts))
    tally = moments([float(amount) for amount in amounts])
    assert float(tally.mean()) == pytest.approx(float(mean), rel=1e-15)
    # Each square is rounded to 53 bits and to the grid; nothing else is lost.
    noise = 2.0**-50 * square + 2 * len(amounts) * (SCALE * 2.0**-42) ** 2
    assert float(tally.variance()) == pytest.approx(float(variance), rel=1e-14, abs=noise)


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1.0, 1e6, 1e15])
def test_normal_draws_of_any_size(scale: float) -> None:
    draws = np.random.default_rng(5).normal(2 * scale, scale, 50_000)
    draws = np.rint(draws / STEP) * STEP
    tally = moments(draws)
    np.testing.assert_allclose(tally.mean(), draws.mean(), rtol=1e-13)
    np.testing.assert_allclose(tally.standard_deviation(), draws.std(ddof=1), rtol=1e-6)
    expected = draws.std(ddof=1) / np.sqrt(50_000)
    np.testing.assert_allclose(tally.standard_error(), expected, rtol=1e-6)


@pytest.mark.parametrize("amount", [0.0, 0.1, -1e9 / 3, 1e15])
def test_constant_has_no_variance(amount: float) -> None:
    tally = moments(np.full(1000, np.rint(amount / STEP) * STEP))
    assert float(tally.variance()) == 0.0
    assert float(tally.mean()) == pytest.approx(amount, abs=STEP)


def test_merge_is_add() -> None:
    draws = np.random.default_rng(6).lognormal(3, 2, (3, 1001))
    whole, left, right = (Moments((3,), STEP, SCALE) for _ in range(3))
    whole.add(draws)
    left.add(draws[:, :400])
    right.add(draws[:, 400:])
    right.merge(left)
    assert right.count == 1001
    np.testing.assert_array_equal(right.mean(), whole.mean())
    np.testing.assert_array_equal(right.variance(), whole.variance())


def test_too_few_draws_are_not_a_number() -> None:
    tally = Moments((2,), STEP, SCALE)
    assert np.isnan(tally.mean()).all()
    tally.add([[1.0], [2.0]])
    assert tally.mean().tolist() == [1.0, 2.0]
    assert np.isnan(tally.variance()).all()


def test_scale_must_be_a_power_of_two() -> None:
    with pytest.raises(ValueError, match=r"scale: found 2000.0, allowed a power of two"):
        Moments((), STEP, 2000.0)
