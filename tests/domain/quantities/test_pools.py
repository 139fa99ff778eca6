"""Mixtures and pools of people's quantities."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import brentq

from climrisk.domain.quantities import Quantity, read_quantity

A: dict[str, Any] = {"who": "A", "p5": 1, "p95": 10}
B: dict[str, Any] = {"who": "B", "p5": 20, "p95": 100}
C: dict[str, Any] = {"who": "C", "low": 2, "mode": 5, "high": 60}
LEVELS = np.array([0.05, 0.5, 0.95])
Z95 = stats.norm.ppf(0.95)


def pool(*people: dict[str, Any], scale: Any = "log", **how: Any) -> Quantity:
    return read_quantity({"pool": list(people), **how}, scale)


def lognormal(stated: dict[str, Any]) -> dict[str, Any]:
    low, high = math.log(stated["p5"]), math.log(stated["p95"])
    return {"family": "lognormal", "mu": (low + high) / 2, "sigma": (high - low) / 2 / Z95}


@pytest.mark.parametrize(
    ("method", "p5", "p50", "p95"),
    [("linear", 1.3, 15.0, 83.7), ("log", 7.4, 18.8, 47.6), ("quantile_average", 4.5, 11.9, 31.6)],
)
def test_two_experts_as_published(method: str, p5: float, p50: float, p95: float) -> None:
    """Case K1, and the average of quantiles on the log scale."""
    np.testing.assert_allclose(pool(A, B, method=method).ppf(LEVELS), [p5, p50, p95], rtol=0.02)


def test_arithmetic_quantile_average_as_published() -> None:
    """On a field of either sign the same two experts are averaged as they stand."""
    average = pool(lognormal(A), lognormal(B), scale="identity", method="quantile_average")

    np.testing.assert_allclose(average.ppf(LEVELS), [10.5, 23.9, 55.0], rtol=0.005)
    people = [read_quantity(lognormal(one), "log") for one in (A, B)]
    assert average.mean() == pytest.approx(np.mean([one.mean() for one in people]))


def test_linear_is_the_default() -> None:
    assert pool(A, B).mean() == pool(A, B, method="linear").mean()
    assert pool(A, B).mean() == pytest.approx(
        np.mean([read_quantity(lognormal(one), "log").mean() for one in (A, B)])
    )


@pytest.mark.parametrize("u", [1e-12, 1e-3, 0.05, 0.3, 0.499, 0.5, 0.77, 0.95, 0.9999])
def test_linear_pool_inverts_the_sum_of_its_people(u: float) -> None:
    first, second = (stats.norm(law["mu"], law["sigma"]) for law in (lognormal(A), lognormal(B)))

    def excess(y: float) -> float:
        return 0.25 * first.cdf(y) + 0.75 * second.cdf(y) - u

    expected = math.exp(brentq(excess, -10, 10, xtol=1e-14, rtol=1e-14))

    weighted = pool(A, B, weights=[1, 3])
    assert weighted.ppf(np.array(u)) == pytest.approx(expected, rel=1e-9)


def test_a_mixture_with_a_gap_and_single_values_jumps() -> None:
    mixture = read_quantity(
        {
            "mixture": [
                {"weight": 0.5, "value": 0},
                {"weight": 0.3, "family": "uniform", "low": 2, "high": 4},
                {"weight": 0.2, "value": 9},
            ]
        },
        "log",
    )
    u = np.array([1e-16, 0.1, 0.4999999, 0.5000001, 0.65, 0.7999999, 0.8000001, 1 - 1e-16])

    x = mixture.ppf(u)

    np.testing.assert_array_equal(x[[0, 1, 2, 6, 7]], [0, 0, 0, 9, 9])
    np.testing.assert_allclose(x[3:6], [2 + 2e-7 / 0.3, 3, 4 - 2e-7 / 0.3], rtol=1e-9)
    assert mixture.mean() == pytest.approx(0.3 * 3 + 0.2 * 9)
    assert mixture.support == (0, 9)


def test_mean_of_a_mixture_cut_off_is_that_of_its_parts_cut_off() -> None:
    parts = [
        {"weight": 0.2, "value": 3},
        {"weight": 0.3, "values": [1, 5, 9], "probabilities": [0.2, 0.5, 0.3]},
        {"weight": 0.5, "family": "uniform", "low": 2, "high": 10},
    ]
    kept = {"low": 2, "high": 8}

    quantity = read_quantity({"truncate": {"mixture": parts}, **kept}, "log")

    chance = 0.2 + 0.3 * 0.5 + 0.5 * 6 / 8
    expected = (0.2 * 3 + 0.3 * 0.5 * 5 + 0.5 * 6 / 8 * 5) / chance
    assert quantity.mean() == pytest.approx(expected, rel=1e-12)
    scores = np.linspace(-8, 8, 40_001)
    by_quantiles = np.sum(quantity.ppf(stats.norm.cdf(scores)) * stats.norm.pdf(scores)) * 4e-4
    assert quantity.mean() == pytest.approx(by_quantiles, rel=1e-3)


@pytest.mark.parametrize("method", ["linear", "log", "quantile_average"])
def test_the_order_of_people_does_not_matter(method: str) -> None:
    u = np.linspace(0.001, 0.999, 501)

    one = pool(A, B, C, method=method, weights=[1, 2, 3])
    other = pool(C, A, B, method=method, weights=[3, 1, 2])

    np.testing.assert_array_equal(one.ppf(u), other.ppf(u))
    assert one.mean() == other.mean()


@pytest.mark.parametrize("method", ["linear", "log", "quantile_average"])
@pytest.mark.parametrize(
    ("scale", "people"),
    [
        ("log", [A, B, C]),
        ("log", [A, {"p5": 3, "p50": 5, "p95": 16}]),
        ("logit", [{"p5": 0.1, "p95": 0.3}, {"mean": 0.3, "cv": 0.4}]),
        ("identity", [{"p5": -4, "p95": 3}, {"p10": -1, "p50": 0, "p90": 2}]),
    ],
)
def test_mean_and_tails_agree_with_the_quantiles(
    scale: Any, people: list[dict[str, Any]], method: str
) -> None:
    pooled = pool(*people, scale=scale, method=method)
    u = np.array([1e-4, 0.05, 0.3, 0.5, 0.8, 0.99])
    scores = np.linspace(-8.2, 8.2, 200_001)
    by_quantiles = np.sum(pooled.ppf(stats.norm.cdf(scores)) * stats.norm.pdf(scores)) * 8.2e-5

    below, above = pooled.tails(pooled.ppf(u))

    assert pooled.mean() == pytest.approx(by_quantiles, rel=1e-6, abs=1e-7)
    np.testing.assert_allclose(below, u, rtol=1e-8)
    np.testing.assert_allclose(above, 1 - u, rtol=1e-8)


def test_log_pool_of_normals_weighs_precision() -> None:
    pooled: Any = pool({"mean": 2, "cv": 1}, {"mean": 6, "cv": 0.5}, scale="identity", method="log")
    precision = 0.5 / 4 + 0.5 / 9

    assert pooled.law.sigma == pytest.approx(precision**-0.5)
    assert pooled.law.mu == pytest.approx((2 * 0.5 / 4 + 6 * 0.5 / 9) / precision)


def test_log_pool_by_integration_agrees_with_the_closed_form() -> None:
    """Two normal laws on the log scale, one of them written as a shifted lognormal."""
    shifted = {**lognormal(B), "family": "shifted_lognormal", "shift": 0}
    closed, integrated = pool(A, B, method="log"), pool(A, shifted, method="log")
    u = np.array([1e-8, 1e-3, 0.05, 0.5, 0.95, 0.999, 1 - 1e-8])

    np.testing.assert_allclose(integrated.ppf(u), closed.ppf(u), rtol=1e-9)
    assert integrated.mean() == pytest.approx(closed.mean(), rel=1e-9)
    x = closed.ppf(u)
    np.testing.assert_allclose(integrated.log_density(x), closed.log_density(x), rtol=1e-9)


def test_log_pool_against_direct_integration() -> None:
    first, second = stats.beta(3, 12), stats.beta(2, 4)
    pooled = pool({"mean": 0.2, "cv": 0.5}, {"family": "beta", "alpha": 2, "beta": 4},
                  scale="logit", method="log", weights=[1, 3])  # fmt: skip

    def product(x: float) -> float:
        return float(first.pdf(x) ** 0.25 * second.pdf(x) ** 0.75)

    expected = stats.beta(0.25 * 3 + 0.75 * 2, 0.25 * 12 + 0.75 * 4)  # a beta once more
    assert quad(product, 0, 1)[0] < 1
    np.testing.assert_allclose(pooled.ppf(LEVELS), expected.ppf(LEVELS), rtol=1e-9)
    assert pooled.mean() == pytest.approx(expected.mean(), rel=1e-9)


def test_what_one_person_rules_out_a_log_pool_rules_out() -> None:
    pooled = pool(A, C, method="log")

    assert pooled.support == (2, 60)
    assert pooled.ppf(np.array(1e-6)) >= 2
    assert pool(A, C).ppf(np.array(1e-6)) < 1


def test_heavy_tails_of_one_person_are_flagged() -> None:
    heavy = {"family": "generalised_pareto", "threshold": 0, "scale": 1, "shape": 0.6}

    assert pool(A, B).variance_is_finite
    for method in ("linear", "log", "quantile_average"):
        assert not pool(A, heavy, method=method).variance_is_finite


def test_a_quantile_average_with_a_heavy_tail_keeps_its_mean() -> None:
    """The average of two equal log-logistic laws is that law; its mean is pi b / sin(pi b)."""
    index = 0.9
    spread = float(np.exp(index * np.log(19)))
    stated = {"p5": 1 / spread, "p50": 1.0, "p95": spread}

    averaged = pool(stated, stated, method="quantile_average")

    assert averaged.mean() == pytest.approx(np.pi * index / np.sin(np.pi * index), rel=1e-6)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ({"pool": [A, B, C]}, "pool of 3 people: 1 in 20 below"),
        ({"pool": [A, B], "method": "log"}, "log pool of 2 people: 1 in 20 below 7.38, even"),
        (
            {"pool": [A, B], "method": "quantile_average", "weights": [1, 2]},
            "quantile average of 2 people, weighted: 1 in 20 below",
        ),
        (
            {"mixture": [{"weight": 0.4, "value": 0}, {"weight": 0.6, "p5": 1, "p95": 2}]},
            "mixture of 2: 1 in 20 below 0, even",
        ),
        (
            {"values": [100, 0], "probabilities": [0.25, 0.75], "label": "rare"},
            "rare: 0 with chance 0.75, 100 with chance 0.25",
        ),
        (
            {"values": [1, 2, 3, 4, 5], "probabilities": [0.2] * 5},
            "one of 5 values: 1 in 20 below 1, even chance below 3, 1 in 20 above 5",
        ),
        (
            {"sample": [3, 1, 2, 2, 7]},
            "one of 5 recorded values: 1 in 20 below 1, even chance below 2, 1 in 20 above 7",
        ),
        (
            {"truncate": {"p5": 1, "p95": 10}, "high": 10},
            "cut off to 10 (5 % lost): 1 in 20 below",
        ),
    ],
)
def test_reads_back_in_words(stated: dict[str, Any], words: str) -> None:
    assert read_quantity(stated, "log").in_words().startswith(words)
