"""Inverses by interpolation meet closed forms, and jumps to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from climrisk.domain.quantities import read_quantity
from climrisk.domain.quantities.base import FloatArray
from climrisk.domain.quantities.inversion import Inverse
from climrisk.domain.quantities.linear_pool import LinearPool
from climrisk.domain.quantities.pool import Pool
from climrisk.portable.arrays import normal_cdf

U = np.concatenate([[1e-40, 1e-20, 1e-9], np.linspace(0.001, 0.999, 200), [1 - 1e-9, 1 - 2**-53]])


def tails(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the tails of half a uniform on [0, 1] and half a uniform on [3, 4]."""
    below = 0.5 * np.clip(x, 0, 1) + 0.5 * np.clip(x - 3, 0, 1)
    return below, 0.5 * np.clip(4 - x, 0, 1) + 0.5 * np.clip(1 - x, 0, 1)


def linear_pool(statements: list[dict[str, Any]]) -> LinearPool:
    """Return the pool of statements of amounts."""
    pool = read_quantity({"pool": statements}, "log")
    assert isinstance(pool, Pool)
    assert isinstance(pool.law, LinearPool)
    return pool.law


def test_two_uniforms_apart_have_their_closed_form() -> None:
    u = np.array([1e-12, 0.1, 0.25, 0.4999, 0.5001, 0.75, 0.999])
    closed = np.where(u <= 0.5, 2 * u, 2 + 2 * u)
    inverse = Inverse(tails, np.array([0.0, 0.3, 2.0, 4.0]))
    np.testing.assert_allclose(inverse(u, 1 - u), closed, rtol=2**-44)


def test_the_chance_of_a_gap_gives_its_lower_end() -> None:
    u = np.array([0.5])
    answer = Inverse(tails, np.array([0.0, 0.3, 2.0, 4.0]))(u, 1 - u)
    assert answer[0] == pytest.approx(1.0, rel=2**-44)


def test_a_normal_law_is_inverted_in_both_tails() -> None:
    u = np.array([1e-300, 1e-15, 0.02, 0.4, 0.98, 1 - 2**-53])

    def normal_tails(x: FloatArray) -> tuple[FloatArray, FloatArray]:
        return normal_cdf(x), normal_cdf(-x)

    found = Inverse(normal_tails, np.array([-40.0, -1.0, 1.0, 9.0]))(u, 1 - u)
    np.testing.assert_allclose(found, norm.ppf(u), rtol=1e-12)


def test_beyond_the_given_places_their_ends_are_the_answer() -> None:
    u = np.array([0.01, 0.99])
    assert Inverse(tails, np.array([0.5, 3.5]))(u, 1 - u).tolist() == [0.5, 3.5]


def test_places_with_a_chance_of_their_own_are_met_exactly() -> None:
    law = linear_pool([{"value": 3}, {"p5": 1, "p95": 5}])
    below = float(law.tails(np.array([np.nextafter(3.0, 0.0)]))[0][0])
    u = np.linspace(below + 1e-12, below + 0.5 - 1e-12, 7)
    assert law.few(u).tolist() == [3.0] * 7


STATEMENTS = st.lists(
    st.sampled_from(
        [
            {"p5": 1, "p95": 5},
            {"p5": 1, "p50": 2, "p95": 5},
            {"low": 1, "mode": 2, "high": 7},
            {"value": 3},
            {"values": [1, 2.5], "probabilities": [0.3, 0.7]},
            {"family": "gamma", "shape": 0.4, "scale": 2},
            {"family": "uniform", "low": 0.2, "high": 0.3},
            {"pool": [{"p5": 1e-5, "p95": 2e-5}, {"value": 100}]},
        ]
    ),
    min_size=2,
    max_size=4,
)


@given(STATEMENTS)
def test_pools_are_the_least_values_to_reach_a_chance(
    statements: list[dict[str, Any]],
) -> None:
    law = linear_pool(statements)
    found = law.few(U)
    is_low = U <= 0.5
    wanted = np.where(is_low, U, U - 1)
    just_below, just_above = (
        np.where(is_low, below, -above)
        for below, above in map(law.tails, (found * (1 - 2**-43), found * (1 + 2**-43)))
    )
    rounding = 1e-11 * np.abs(wanted)  # of the chances, SciPy's in the far tails too
    assert (just_above >= wanted - rounding).all()
    assert (just_below <= wanted + rounding).all()
