"""Exceedance by frequency, against counts by hand and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from climrisk.metrics.event_frequency import EventFrequency

RATE, SHAPE = 1.7, 0.9


def years(draws: int, seed: int, clump: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return draw, loss and count of Poisson clumps of lognormal losses."""
    rng = np.random.default_rng(seed)
    number = rng.poisson(RATE / clump, draws)
    draw = np.repeat(np.arange(draws), number)
    return draw, np.exp(SHAPE * rng.normal(size=draw.size)), np.full(draw.size, float(clump))


def tallied(draws: int, seed: int = 1, clump: int = 1) -> EventFrequency:
    found = EventFrequency()
    found.add(draws, *years(draws, seed, clump))
    return found


def expected(periods: list[float]) -> np.ndarray:
    """Return x where RATE * P(loss > x) = 1 / period."""
    return stats.lognorm.isf(1.0 / (np.array(periods) * RATE), SHAPE)


def test_poisson_events_have_the_quantile_of_one_event() -> None:
    periods = [2.0, 5.0, 20.0, 100.0]
    curve = tallied(100_000).curve(periods)
    gap = np.abs(curve.loss - expected(periods))
    assert (gap < 4.5 * curve.standard_error + expected(periods) / 256).all()
    # dx = d(number) / (draws * rate * density), with the Poisson variance of the number
    density = stats.lognorm.pdf(expected(periods), SHAPE)
    error = np.sqrt(1 / np.array(periods) / 100_000) / (RATE * density)
    np.testing.assert_allclose(curve.standard_error, error, rtol=0.2)


@pytest.mark.parametrize("clump", [1, 8])
def test_error_is_that_of_many_runs_however_events_come_together(clump: int) -> None:
    curves = [tallied(4_000, seed, clump).curve([5.0]) for seed in range(80)]
    spread = np.std([one.loss[0] for one in curves], ddof=1)
    told = np.mean([one.standard_error[0] for one in curves])
    assert spread / told == pytest.approx(1.0, abs=4.5 / np.sqrt(2 * 79))


def test_where_events_are_rarer_than_the_period_nothing_is_passed() -> None:
    found = EventFrequency()
    found.add(100, np.arange(30), np.full(30, 7.0), np.ones(30))
    curve = found.curve([2.0, 3.0, 4.0])
    assert curve.loss.tolist() == [0.0, 0.0, 7.0]
    assert curve.standard_error[0] == 0.0


def test_what_happens_every_year_alike_has_no_error() -> None:
    """Each year three events of 5 and one of 9: less than one a year passes 9, and nothing else."""
    found = EventFrequency()
    draw = np.repeat(np.arange(200), 2)
    found.add(200, draw, np.tile([5.0, 9.0], 200), np.tile([3.0, 1.0], 200))
    curve = found.curve([1.25, 4.0])
    assert curve.loss.tolist() == [9.0, 9.0]
    assert curve.standard_error.tolist() == [0.0, 0.0]


def test_too_few_events_beyond_give_no_number() -> None:
    curve = tallied(99).curve([9.0, 10.0])
    assert np.isnan(curve.loss).tolist() == [False, True]
    assert np.isnan(curve.standard_error).tolist() == [False, True]


def test_no_event_at_all() -> None:
    found = EventFrequency()
    found.add(100, np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))
    assert found.curve([2.0]).loss.tolist() == [0.0]
    assert found.curve([2.0]).standard_error.tolist() == [0.0]


def test_any_cut_and_any_merge_give_the_same_bits() -> None:
    draw, loss, count = years(1_000, 5)
    whole = tallied(1_000, 5).curve([5.0, 50.0])
    parts, other = EventFrequency(), EventFrequency()
    for found, first, last in ((other, 0, 313), (parts, 313, 1_000)):
        own = (draw >= first) & (draw < last)
        found.add(last - first, draw[own] - first, loss[own], count[own])
    parts.merge(other)
    np.testing.assert_array_equal(parts.curve([5.0, 50.0]).loss, whole.loss)
    np.testing.assert_array_equal(parts.curve([5.0, 50.0]).standard_error, whole.standard_error)


def test_periods_of_a_year_or_less_are_refused() -> None:
    with pytest.raises(ValueError, match=r"return_periods: found \[1.0\], allowed years above 1"):
        tallied(10).curve([1.0])
