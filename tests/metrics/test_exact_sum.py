from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.metrics.blocks import SeriesOverflowError
from climrisk.metrics.exact_sum import ExactSum

STEP = 2.0**-30
AMOUNTS = st.one_of(
    st.integers(-(2**50), 2**50).map(lambda steps: steps * STEP),
    st.floats(-1e15, 1e15),
    st.sampled_from([0.0, -0.0, 1e15, -1e15, STEP, 2.0**50, 2.0**-40]),
)


def exact_total(amounts: list[float]) -> float:
    """Round to steps one by one and add as fractions."""
    return float(sum(round(Fraction(amount) / Fraction(STEP)) for amount in amounts)) * STEP


@given(st.lists(AMOUNTS, min_size=1, max_size=50))
def test_total_is_the_correctly_rounded_sum_of_fractions(amounts: list[float]) -> None:
    total = ExactSum((), STEP)
    total.add(amounts)
    assert float(total.total()) == exact_total(amounts)


@given(st.lists(AMOUNTS, min_size=2, max_size=40), st.integers(1, 39), st.randoms())
def test_split_order_and_merge_do_not_matter(amounts, cut, random) -> None:
    whole, left, right = (ExactSum((), STEP) for _ in range(3))
    whole.add(amounts)
    shuffled = list(amounts)
    random.shuffle(shuffled)
    right.add(shuffled[cut:])
    left.add(shuffled[:cut])
    right.merge(left)
    assert right.steps() == whole.steps()


def test_cancellation_leaves_the_last_step() -> None:
    total = ExactSum((2,), STEP)
    total.add([[1e15, STEP, -1e15], [-1e15, 1e15, -STEP]])
    assert total.total().tolist() == [STEP, -STEP]


def test_long_rows_are_cut_and_still_exact() -> None:
    draws = 100_003
    total = ExactSum((1,), STEP)
    total.add(np.full((1, draws), (2**53 - 1) * STEP))
    assert total.steps() == [draws * (2**53 - 1)]


def test_a_full_tile_of_odd_amounts_is_not_rounded() -> None:
    total = ExactSum((), STEP)
    total.add(np.full(8191, (2**41 - 1) * STEP))
    assert total.steps() == [8191 * (2**41 - 1)]


def test_amounts_off_the_grid_are_rounded_half_to_even() -> None:
    total = ExactSum((3,), 1.0)
    total.add([[0.5, 0.5], [1.5, 1.5], [-0.75, 0.2]])
    assert total.total().tolist() == [0.0, 4.0, -1.0]


def test_any_shape() -> None:
    amounts = np.arange(24.0).reshape(2, 3, 4)
    total = ExactSum((2, 3), STEP)
    total.add(amounts)
    np.testing.assert_array_equal(total.total(), amounts.sum(axis=-1))


@pytest.mark.parametrize("amount", [np.nan, np.inf, -np.inf])
def test_amounts_that_are_not_finite_name_their_series(amount: float) -> None:
    block = np.zeros((2, 3, 5))
    block[1, 1, 2] = amount
    with pytest.raises(OverflowError, match=rf"series 4: found {amount:g}, allowed"):
        ExactSum((2, 3), STEP).add(block)


def test_amounts_too_large_to_add_are_refused() -> None:
    with pytest.raises(SeriesOverflowError, match=r"series 0: found 1e\+60, allowed magnitudes"):
        ExactSum((), STEP).add([1e60])


def test_total_too_large_is_refused() -> None:
    total, other = ExactSum((1,), 2.0**-30), ExactSum((1,), 2.0**-30)
    total.limbs[-1] = other.limbs[-1] = 2**60
    with pytest.raises(SeriesOverflowError, match=r"series 0: found .*, allowed totals below"):
        total.merge(other)


def test_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(SeriesOverflowError(7, 1e99, "less")))
    assert (error.series, str(error)) == (7, "series 7: found 1e+99, allowed less")


@pytest.mark.parametrize("step", [0.3, 0.0, -1.0, np.nan, np.inf])
def test_step_must_be_a_power_of_two(step: float) -> None:
    with pytest.raises(ValueError, match=r"step: found .*, allowed a power of two"):
        ExactSum((), step)


def test_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"block: found shape \(3, 4\), allowed \(2, 'draws'\)"):
        ExactSum((2,), STEP).add(np.zeros((3, 4)))
    with pytest.raises(ValueError, match=r"merge: found shape \(3,\)"):
        ExactSum((2,), STEP).merge(ExactSum((3,), STEP))
