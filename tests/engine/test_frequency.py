"""Counts by inversion against SciPy; one event in a window against its hazard."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from climrisk.domain.item import Once
from climrisk.engine.frequency import bernoulli, once, poisson, yearly_probability

UNIFORM = (np.arange(4000) + 0.5) / 4000


@pytest.mark.parametrize("rate", [1e-12, 0.03, 0.5, 3.0, 40.0, 80.0, 500.0])
def test_poisson_inverts_the_distribution_function(rate: float) -> None:
    counts = poisson(UNIFORM, np.full_like(UNIFORM, rate))
    assert np.array_equal(counts, stats.poisson.ppf(UNIFORM, rate))


def test_poisson_of_mixed_rates_keeps_its_places() -> None:
    rate = np.linspace(0.0, 9.0, 4000).reshape(40, 100)
    uniform = np.random.default_rng(5).random((40, 100))
    assert np.array_equal(poisson(uniform, rate), stats.poisson.ppf(uniform, rate))


@pytest.mark.parametrize("rate", [0.0, 1e-12, 1.0, 500.0])
def test_the_largest_uniform_gives_a_finite_plausible_count(rate: float) -> None:
    edge = np.array([1.0 - 2.0**-53])
    count = poisson(edge, np.array([rate]))[0]
    assert stats.poisson.sf(count - 1, rate) > 1e-19


def test_zero_rate_and_zero_probability_never_occur() -> None:
    assert not poisson(UNIFORM, np.zeros_like(UNIFORM)).any()
    assert not bernoulli(UNIFORM, np.zeros_like(UNIFORM)).any()


def test_bernoulli_occurs_in_the_stated_share_and_for_large_uniforms() -> None:
    happened = bernoulli(UNIFORM, np.full_like(UNIFORM, 0.25))
    assert happened.mean() == 0.25
    assert happened[-1000:].all()
    assert bernoulli(UNIFORM, np.ones_like(UNIFORM)).all()


def test_yearly_probability_goes_through_the_rate() -> None:
    chance = np.array([0.0, 0.1, 0.5, 1.0])
    expected = np.array([0.0, 1 - 0.9**2, 0.75, 1.0])
    assert yearly_probability(chance, 2.0) == pytest.approx(expected, rel=1e-15)
    assert yearly_probability(chance, 0.0).tolist() == [0.0, 0.0, 0.0, 0.0]
    assert yearly_probability(np.array([1e-12]), 3.0) == pytest.approx([3e-12], rel=1e-11)


def law(lasts: int | str, ramp: int = 1) -> Once:
    return Once.model_validate(
        {"type": "once", "window": (2025, 2026), "probability": 0.5, "lasts": lasts, "ramp": ramp}
    )


def there(uniform: float, lasts: int | str, ramp: int = 1) -> list[float]:
    """Return what is there in 2024 to 2029 with half of a 50 % hazard in each window year."""
    weight = np.full((2, 1), 0.5)
    found = once(np.array([uniform]), np.array([0.5]), weight, law(lasts, ramp), 2024, 6)
    return found[:, 0].tolist()


EARLY, LATE, NEVER = 0.9, 0.6, 0.4
"""Above exp(-hazard of the first year) = .707; between that and .5; below."""


@pytest.mark.parametrize(
    ("uniform", "lasts", "ramp", "expected"),
    [
        (EARLY, "to_end", 1, [0, 1, 1, 1, 1, 1]),
        (LATE, "to_end", 1, [0, 0, 1, 1, 1, 1]),
        (NEVER, "to_end", 1, [0, 0, 0, 0, 0, 0]),
        (EARLY, 2, 1, [0, 1, 1, 0, 0, 0]),
        (LATE, 1, 1, [0, 0, 1, 0, 0, 0]),
        (EARLY, "to_end", 4, [0, 0.25, 0.5, 0.75, 1, 1]),
        (LATE, 3, 2, [0, 0, 0.5, 1, 1, 0]),
    ],
)
def test_once_starts_lasts_and_ramps(
    uniform: float, lasts: int | str, ramp: int, expected: list[float]
) -> None:
    assert there(uniform, lasts, ramp) == expected


def test_once_with_certainty_occurs_in_the_first_year_that_has_a_hazard() -> None:
    weight = np.array([[0.0], [1.0]])
    found = once(np.array([2.0**-53]), np.array([1.0]), weight, law("to_end"), 2024, 4)
    assert found[:, 0].tolist() == [0, 0, 1, 1]
