from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from climrisk.metrics.distribution import Distribution
from climrisk.metrics.histogram import Histogram

FLOOR = 2.0**-20
AMOUNTS = st.one_of(
    st.floats(-1e15, 1e15),
    st.floats(-1.0, 1.0),
    st.sampled_from([0.0, -0.0, 100.0, -100.0, FLOOR, -FLOOR, 1e-300, 2.0**59]),
)
LEVELS = np.linspace(0, 1, 41)


def distribution(amounts: object, bins_per_octave: int = 256) -> Distribution:
    histogram = Histogram((), bins_per_octave)
    histogram.add(amounts)
    return histogram.distribution(slice(0, 1))


@given(st.lists(AMOUNTS, min_size=1, max_size=60), st.sampled_from([64, 256]))
def test_quantile_shares_the_bin_of_the_order_statistic(amounts: list[float], bins: int) -> None:
    ordered = np.sort(amounts)
    rank = np.clip(np.ceil(np.round(LEVELS * len(amounts), 9)), 1, None).astype(int)
    expected = ordered[rank - 1]
    found = distribution(amounts, bins).quantile(LEVELS)[0]
    assert (np.abs(found - expected) <= np.abs(expected) / bins + FLOOR).all()


@given(st.lists(AMOUNTS, min_size=1, max_size=60))
def test_quantiles_do_not_fall_and_end_at_the_extremes(amounts: list[float]) -> None:
    found = distribution(amounts).quantile(LEVELS)[0]
    assert (np.diff(found) >= 0).all()
    counted = [0.0 if abs(amount) < FLOOR else amount for amount in amounts]
    assert (found[0], found[-1]) == (min(counted), max(counted))


@given(st.lists(AMOUNTS, min_size=1, max_size=60), st.floats(0.001, 0.999))
def test_sign_symmetry(amounts: list[float], p: float) -> None:
    mirrored = distribution([-amount for amount in amounts])
    straight = distribution(amounts)
    assert mirrored.count.tolist() == straight.count[::-1].tolist()
    assert (-mirrored.lower[::-1]).tolist() == straight.upper.tolist()
    if abs(p * len(amounts) - round(p * len(amounts))) > 1e-6:  # between two draws
        found = -mirrored.quantile(1 - p)
        np.testing.assert_allclose(found, straight.quantile(p), rtol=1e-9, atol=FLOOR)


@pytest.mark.parametrize("bins_per_octave", [64, 256])
@pytest.mark.parametrize("sign", [-1, 1])
def test_lognormal_quantiles_against_scipy(bins_per_octave: int, sign: int) -> None:
    draws, levels = 400_000, np.array([0.05, 0.5, 0.95, 0.99, 0.999])
    law = stats.lognorm(1.5, scale=np.exp(2.0))
    sample = law.ppf(np.random.default_rng(7).random(draws))
    view = distribution(sign * sample, bins_per_octave)
    found = sign * view.quantile(levels if sign > 0 else 1 - levels)[0]
    expected = law.ppf(levels)
    error = np.sqrt(levels * (1 - levels) / draws) / law.pdf(expected)
    assert (np.abs(found - expected) <= 4 * error + expected / bins_per_octave).all()


def test_bins_hold_what_numpy_counts() -> None:
    sample = np.random.default_rng(8).normal(0.3, 2.0, 20_000)
    view = distribution(sample)
    edges = np.append(view.lower, np.inf)
    np.testing.assert_array_equal(
        np.histogram(sample, edges)[0][view.upper > 0], view.count[view.upper > 0]
    )
    assert view.count.sum() == 20_000
    inside = (view.upper - view.lower) <= np.abs(view.lower + view.upper) / 2 / 256
    assert inside.all()


@pytest.mark.parametrize("amount", [0.1, -150.0, 1e15, 3 * FLOOR])
def test_one_amount_besides_zero_is_exact(amount: float) -> None:
    view = distribution([0.0, amount, amount, 0.0, 0.0])
    levels = [0.2, 0.4, 0.6, 0.8, 1.0]
    expected = np.sort([0.0, amount, amount, 0.0, 0.0])
    assert view.quantile(levels)[0].tolist() == expected.tolist()


def test_amounts_below_the_floor_count_as_zero() -> None:
    histogram = Histogram((), 64, floor=1.0)
    histogram.add([0.999, -0.999, 1.0, -1.0])
    view = histogram.distribution(slice(0, 1))
    assert view.quantile([0.25, 0.5, 0.75, 1.0])[0].tolist() == [-1.0, 0.0, 0.0, 1.0]
    without = histogram.distribution(slice(0, 1), with_zeros=False)
    assert without.totals.tolist() == [2]


def test_series_do_not_mix() -> None:
    rng = np.random.default_rng(9)
    amounts = rng.normal(size=(300, 50)) * 10.0 ** rng.integers(-5, 9, (300, 1))
    amounts[rng.random(amounts.shape) < 0.3] = 0.0
    amounts[17] = 0.0
    histogram = Histogram((300,))
    histogram.add(amounts[:, :20])
    histogram.add(amounts[:, 20:])
    together = histogram.distribution(slice(0, 300)).quantile(LEVELS)
    alone = np.vstack([distribution(row).quantile(LEVELS) for row in amounts])
    np.testing.assert_array_equal(together, alone)
    part = histogram.distribution(slice(100, 120)).quantile(LEVELS)
    np.testing.assert_array_equal(part, alone[100:120])


def test_quantile_error_is_the_spread_over_repeated_runs() -> None:
    runs, draws, levels = 400, 4000, [0.05, 0.5, 0.95]
    histogram = Histogram((runs,))
    histogram.add(np.random.default_rng(10).normal(100, 30, (runs, draws)))
    view = histogram.distribution(slice(0, runs))
    spread = view.quantile(levels).std(axis=0, ddof=1)
    # A standard deviation from 400 runs is itself uncertain by 1 / sqrt(2 * 399) = 3.5 %.
    np.testing.assert_allclose(view.quantile_error(levels).mean(axis=0), spread, rtol=4 * 0.0354)


def test_quantile_error_at_an_atom_is_zero() -> None:
    view = distribution(np.repeat([0.0, 50.0], [950, 50]))
    assert view.quantile_error([0.5]).tolist() == [[0.0]]
    assert np.isnan(view.quantile_error([0.0, 1.0])).all()
    assert np.isnan(distribution([3.0]).quantile_error([0.5])).all()


def test_no_draws_give_no_numbers() -> None:
    histogram = Histogram((2,))
    assert np.isnan(histogram.distribution(slice(0, 2)).quantile([0.5])).all()
    histogram.add(np.zeros((2, 0)))
    assert np.isnan(histogram.distribution(slice(0, 2)).quantile([0.5])).all()


def test_memory_grows_with_octaves_not_with_draws() -> None:
    histogram = Histogram((20,))
    rng = np.random.default_rng(11)
    histogram.add(rng.uniform(1, 1000, (20, 5000)))
    before = histogram.nbytes
    for _ in range(20):
        histogram.add(rng.uniform(1, 1000, (20, 5000)))
    assert histogram.nbytes == before


@pytest.mark.parametrize("amount", [np.nan, np.inf, -(2.0**60), 1e300])
def test_amounts_that_cannot_be_counted_are_refused(amount: float) -> None:
    block = np.zeros((3, 8))
    block[2, 5] = amount
    with pytest.raises(OverflowError, match=r"series 2: found .*, allowed magnitudes below"):
        Histogram((3,)).add(block)


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match=r"bins_per_octave: found 100, allowed a power of two"):
        Histogram((), 100)
    with pytest.raises(ValueError, match=r"floor: found 0.1, allowed a power of two"):
        Histogram((), 64, floor=0.1)
    with pytest.raises(ValueError, match=r"merge: found"):
        Histogram((2,), 64).merge(Histogram((2,), 256))
    with pytest.raises(ValueError, match=r"p: found \[1.5\], allowed probabilities"):
        distribution([1.0]).quantile([1.5])


def test_weights_count_like_repeated_draws() -> None:
    rng = np.random.default_rng(8)
    amounts = np.where(rng.random((2, 400)) < 0.2, 0.0, rng.normal(size=(2, 400)) * 50.0)
    weights = rng.integers(0, 6, 400)
    weighted, repeated = Histogram((2,)), Histogram((2,))
    weighted.add(amounts, np.tile(weights, (2, 1)))
    repeated.add(np.repeat(amounts, weights, axis=1))
    levels = np.linspace(0.05, 0.95, 19)
    rows = slice(0, 2)
    np.testing.assert_array_equal(
        weighted.distribution(rows).totals, repeated.distribution(rows).totals
    )
    np.testing.assert_allclose(
        weighted.distribution(rows).quantile(levels), repeated.distribution(rows).quantile(levels)
    )
    nothing = Histogram((1,))
    nothing.add(np.zeros((1, 3)), np.array([[2, 0, 5]]))
    assert nothing.distribution(slice(0, 1)).totals.tolist() == [7]
