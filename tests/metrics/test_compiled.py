"""Compiled counting against NumPy: the same integers, whatever the amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climrisk.metrics import counting
from climrisk.metrics.blocks import SeriesOverflowError
from climrisk.metrics.event_frequency import EventFrequency
from climrisk.metrics.exact_sum import ExactSum
from climrisk.metrics.explained import GROUPS, ExplainedVariance
from climrisk.metrics.histogram import Histogram
from climrisk.metrics.matrix import MaterialYears
from climrisk.metrics.moments import Moments
from climrisk.metrics.ranking import RankCounts
from climrisk.metrics.ratio import RatioOfSums

STEP, SCALE = 2.0**-30, 2.0**11


@contextmanager
def in_numpy() -> Iterator[None]:
    """Count in NumPy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIMRISK_KERNEL", "numpy")
        counting.compiled_counting.cache_clear()
        assert counting.compiled_counting() is None
        yield
    counting.compiled_counting.cache_clear()
    assert counting.compiled_counting() is not None


def state(tally: Any) -> Any:
    """Return every number that a tally holds, pages put in the order of their octaves."""
    if isinstance(tally, Histogram):
        series, columns = np.nonzero(tally._pages.of >= 0)
        counts = tally._pages.counts[tally._pages.of[series, columns]]
        known = [one.tolist() for one in (series, columns, counts, tally._zeros, tally._extremes)]
        return [tally._pages.used, *known]
    if isinstance(tally, np.ndarray):
        return tally.tolist()
    if isinstance(tally, list):
        return [state(one) for one in tally]
    held = vars(tally).items() if hasattr(tally, "__dict__") else ()
    return {name: state(one) for name, one in held} or tally


def assert_same_integers(tallied: Callable[[], Any]) -> None:
    with in_numpy():
        expected = state(tallied())
    assert state(tallied()) == expected


def any_amounts(seed: int, *shape: int) -> np.ndarray:
    """Return amounts of all sizes: on the grid and off it, zero, and far beyond the scale."""
    rng = np.random.default_rng(seed)
    sizes = 10.0 ** rng.integers(-14, 17, shape)
    amounts = rng.normal(size=shape) * sizes
    amounts[rng.random(shape) < 0.3] = 0.0
    on_grid = rng.random(shape) < 0.5
    amounts[on_grid] = np.rint(amounts[on_grid] / STEP) * STEP
    return amounts


SEEDS = st.integers(0, 10**6)
HALVES = np.array([[0.5, 1.5, 2.5, -0.5, -1.5, 3.0, 2.0**52 + 0.5, 2.0**51 - 0.5, -(2.0**51)]])


@given(SEEDS)
def test_sums(seed: int) -> None:
    def tallied() -> list[Any]:
        total, moments = ExactSum((3, 2), STEP), Moments((3, 2), STEP, SCALE)
        for size in (1, 700):
            total.add(any_amounts(seed + size, 3, 2, size))
            moments.add(any_amounts(seed + size, 3, 2, size))
        return [total, moments]

    assert_same_integers(tallied)


@given(SEEDS, st.integers(-40, 64), st.sampled_from([1, 40, 2048, 4100]))
def test_moments_of_amounts_up_to_any_size(seed: int, octave: int, size: int) -> None:
    """Squares need one to four limbs, by the largest amount in `root`, 2^42 steps of the scale."""
    amounts = any_amounts(seed, 2, size)
    amounts *= SCALE * 2.0 ** (octave - 42) / max(np.abs(amounts).max(), 1e-300)
    assert_same_integers(lambda: added(Moments((2,), STEP, SCALE), amounts))


@given(SEEDS)
def test_rows_among_others_are_what_they_are_alone(seed: int) -> None:
    amounts, of = any_amounts(seed, 5, 300), np.array([3, 0, 3])

    def tallied() -> list[Any]:
        moments, change = Moments((3,), STEP, SCALE), Moments((3,), STEP, SCALE)
        histogram = Histogram((3,), 64)
        moments.add_rows(amounts, of)
        change.add_changes(amounts, of, of[::-1].copy())
        histogram.add_rows(amounts, of)
        return [moments, change, histogram]

    assert_same_integers(tallied)
    gaps = amounts[of] - amounts[of[::-1]]
    alone = [
        added(Moments((3,), STEP, SCALE), amounts[of]),
        added(Moments((3,), STEP, SCALE), gaps),
        added(Histogram((3,), 64), amounts[of]),
    ]
    assert [state(one) for one in tallied()] == [state(one) for one in alone]


@pytest.mark.parametrize("shift", [-90, -42, -2, 0, 1, 39, 45])
def test_halves_are_rounded_to_even_wherever_they_fall(shift: int) -> None:
    def tallied() -> list[Any]:
        total, moments = ExactSum((1,), STEP), Moments((1,), STEP, SCALE)
        total.add(HALVES * STEP * 2.0**shift)
        moments.add(HALVES * STEP * 2.0**shift)
        moments.add(HALVES[:, :-3] * STEP * 2.0**shift)
        return [total, moments]

    assert_same_integers(tallied)


def test_more_draws_than_a_partial_sum_holds() -> None:
    amounts = np.full((2, 5000), (2.0**51 - 1.0) * STEP)
    assert_same_integers(lambda: added(Moments((2,), STEP, SCALE), amounts))


def added(tally: Any, *block: Any) -> Any:
    tally.add(*block)
    return tally


@given(SEEDS, st.sampled_from([2, 64, 256]))
def test_histograms(seed: int, bins: int) -> None:
    weights = np.random.default_rng(seed).integers(0, 5, (4, 300))

    def tallied() -> list[Any]:
        plain, weighted = (Histogram((4,), bins, 2.0**-20) for _ in range(2))
        plain.add(any_amounts(seed, 4, 300))
        plain.add(any_amounts(seed + 1, 4, 20))
        weighted.add(any_amounts(seed, 4, 300), weights)
        return [plain, weighted]

    assert_same_integers(tallied)


@pytest.mark.parametrize("amount", [2.0**-20, -(2.0**-20), np.nextafter(2.0**-20, 0), -0.0, 0.0])
def test_the_floor_itself_is_counted_and_what_is_below_is_zero(amount: float) -> None:
    assert_same_integers(lambda: added(Histogram((1,)), [[amount, 1.0, np.nextafter(2.0, 0), 2.0]]))


def test_counts_that_no_longer_fit_in_32_bits_are_widened() -> None:
    histogram = Histogram((1,))
    for _ in range(3):
        histogram.add([[5.0, -5.0]], [[2.0**31, 1.0]])
    assert histogram.distribution(slice(0, 1)).count.tolist() == [3, 3 * 2**31]
    narrow = Histogram((1,))
    narrow.add([[5.0]], [[2.0**31]])
    narrow.merge(narrow)
    narrow.merge(narrow)
    assert narrow.distribution(slice(0, 1)).count.tolist() == [2**33]


@given(SEEDS)
def test_material_years_and_ratios(seed: int) -> None:
    net = any_amounts(seed, 3, 8, 40)
    horizons = (slice(0, 3), slice(3, 8))

    def tallied() -> list[Any]:
        years = MaterialYears(3, 2, STEP, SCALE)
        for part in (net[..., :1], net[..., 1:]):
            years.add(part, (-1, 1, -1), 1e-9, horizons)
        ratio = RatioOfSums((3,), STEP, SCALE)
        ratio.add(net[:, 0], np.arange(120).reshape(3, 40) % 4)
        return [years, ratio]

    assert_same_integers(tallied)


@given(SEEDS)
def test_ranks(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.integers(-3, 4, (4, 2, 50)).astype(float)
    values[rng.random(values.shape) < 0.1] = np.nan
    values[rng.random(values.shape) < 0.1] = -np.inf
    assert_same_integers(lambda: added(RankCounts(4, 2), values))


@given(SEEDS)
def test_events(seed: int) -> None:
    rng = np.random.default_rng(seed)
    draw = rng.integers(0, 20, 60)
    loss = rng.integers(0, 5, 60) * 0.75  # with ties
    count = rng.integers(1, 4, 60).astype(float)
    nothing = (np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))

    def tallied() -> EventFrequency:
        events = EventFrequency()
        events.add(20, draw, loss, count)
        events.add(5, *nothing)
        return events

    assert_same_integers(tallied)


@given(SEEDS, st.integers(0, 40))
def test_explained_variance(seed: int, first: int) -> None:
    inputs = np.rint(any_amounts(seed, 3, 50) * 2.0**30) * 2.0**-30
    targets = any_amounts(seed + 1, 2, 50)

    def tallied() -> ExplainedVariance:
        shares = ExplainedVariance(0, 3, 2, SCALE)
        shares.add(first, inputs, targets)
        return shares

    assert_same_integers(tallied)


def test_explained_variance_of_a_long_block() -> None:
    many = 1024 * GROUPS + 5
    rng = np.random.default_rng(3)
    inputs, targets = rng.integers(-9, 9, (2, many)) * 0.25, rng.normal(size=(1, many)) * 900.0

    def tallied() -> ExplainedVariance:
        return added(ExplainedVariance(0, 2, 1, SCALE), 3, inputs, targets)

    assert_same_integers(tallied)


@pytest.mark.parametrize("amount", [np.nan, np.inf, -np.inf, 1e300, -(2.0**180)])
@pytest.mark.parametrize("number", range(5))
def test_the_same_amounts_are_refused_with_the_same_words(amount: float, number: int) -> None:
    block = np.ones((3, 30))
    block[2, 7] = amount
    tallies: list[Callable[[], Any]] = [
        lambda: ExactSum((3,), STEP),
        lambda: Moments((3,), STEP, SCALE),
        lambda: Histogram((3,)),
        lambda: Refusing(RatioOfSums((3,), STEP, SCALE), block > 0.0),
        lambda: Refusing(
            MaterialYears(3, 1, STEP, SCALE), (1, 1, -1 if amount < 0 else 1), 2.0, (slice(0, 1),)
        ),
    ]

    def refusal() -> str:
        with pytest.raises(SeriesOverflowError, match="series 2: found") as caught:
            tallies[number]().add(block[:, np.newaxis] if number == 4 else block)
        return str(caught.value)

    with in_numpy():
        expected = refusal()
    assert refusal() == expected


class Refusing:
    """A tally whose `add` takes more than the amounts."""

    def __init__(self, tally: Any, *rest: Any) -> None:
        self._tally, self._rest = tally, rest

    def add(self, block: np.ndarray) -> None:
        self._tally.add(block, *self._rest)
