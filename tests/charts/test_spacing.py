"""Positions move apart as little as possible."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression, minimize

from climrisk.charts.spacing import spaced

POSITIONS = st.lists(st.floats(0, 1), min_size=1, max_size=12).map(sorted)


def test_equal_positions_spread_evenly_around_their_place() -> None:
    np.testing.assert_allclose(spaced(np.full(3, 0.5), 0.1), [0.4, 0.5, 0.6])


def test_far_positions_stay() -> None:
    wanted = np.array([0.1, 0.5, 0.9])
    np.testing.assert_allclose(spaced(wanted, 0.1), wanted)


def test_least_squares_against_a_general_optimiser() -> None:
    wanted = np.array([0.1, 0.12, 0.13, 0.5, 0.52])
    best = minimize(
        lambda at: np.sum((at - wanted) ** 2),
        np.linspace(0, 1, 5),
        constraints={"type": "ineq", "fun": lambda at: np.diff(at) - 0.05},
        tol=1e-12,
    )
    np.testing.assert_allclose(spaced(wanted, 0.05), best.x, atol=1e-6)


@given(POSITIONS, st.floats(0.001, 0.2))
def test_without_bounds_it_is_scipys_isotonic_regression(wanted: list[float], gap: float) -> None:
    steps = gap * np.arange(len(wanted))
    expected = isotonic_regression(np.array(wanted) - steps).x + steps
    np.testing.assert_allclose(spaced(np.array(wanted), gap), expected, rtol=0, atol=1e-14)


@given(POSITIONS, st.floats(0.001, 0.05))
def test_gaps_order_and_bounds_hold(wanted: list[float], gap: float) -> None:
    at = spaced(np.array(wanted), gap, lowest=0.0, highest=1.0)
    assert np.all(np.diff(at) >= gap - 1e-12)
    assert at.min() >= -1e-12
    assert at.max() <= 1 + 1e-12


def test_the_gap_shrinks_where_room_is_short() -> None:
    at = spaced(np.zeros(5), 1.0, lowest=0.0, highest=1.0)
    np.testing.assert_allclose(at, np.linspace(0, 1, 5))


def test_disorder_is_refused() -> None:
    with pytest.raises(ValueError, match="allowed ascending positions"):
        spaced(np.array([1.0, 0.0]), 0.1)
