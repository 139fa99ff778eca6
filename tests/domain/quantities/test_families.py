"""Every family against an independent law: one table, one body."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit, logit

from climrisk.domain.quantities import read_quantity

GRID = np.array([1e-9, 1e-4, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.9999, 1 - 1e-9])
Z95 = stats.norm.ppf(0.95)
L95 = logit(0.95)


@dataclass(frozen=True)
class Image:
    """The law of function(X), for an increasing function and X a frozen SciPy law."""

    function: Any
    law: Any

    def ppf(self, u: Any) -> Any:
        return self.function(self.law.ppf(u))

    def mean(self) -> float:
        return float(
            self.law.expect(self.function, lb=-60, ub=60, epsabs=0, epsrel=1e-11, limit=200)
        )

    def support(self) -> tuple[float, float]:
        return float(self.function(-np.inf)), float(self.function(np.inf))


def normal_through(z5: float, z95: float) -> Any:
    return stats.norm((z5 + z95) / 2, (z95 - z5) / 2 / Z95)


def logistic_through(z5: float, z95: float) -> Any:
    return stats.logistic((z5 + z95) / 2, (z95 - z5) / 2 / L95)


TABLE = [
    # plain statements, each on the scales that can hold it
    ("log", {"p5": 1, "p95": 10}, stats.lognorm(math.log(10) / 2 / Z95, scale=math.sqrt(10))),
    ("logit", {"p5": 0.1, "p95": 0.4}, Image(expit, normal_through(logit(0.1), logit(0.4)))),
    ("logit", {"p5": 1e-4, "p95": 0.9}, Image(expit, normal_through(logit(1e-4), logit(0.9)))),
    ("identity", {"p5": -2, "p95": 6}, normal_through(-2, 6)),
    ("log", {"mean": 100, "cv": 1}, stats.lognorm(math.sqrt(math.log(2)), scale=100 / 2**0.5)),
    ("identity", {"mean": -3, "cv": 0.5}, stats.norm(-3, 1.5)),
    ("log", {"low": 10, "mode": 24, "high": 52}, stats.beta(7 / 3, 11 / 3, loc=10, scale=42)),
    # three percentiles that are symmetric on the scale: logistic there
    (
        "log",
        {"p5": 1, "p50": math.sqrt(3), "p95": 3},
        Image(np.exp, logistic_through(0, math.log(3))),
    ),
    ("identity", {"p5": -1, "p50": 1, "p95": 3}, logistic_through(-1, 3)),
    (
        "logit",
        {"p5": 0.2, "p50": 0.5, "p95": 0.8},
        Image(expit, logistic_through(logit(0.2), logit(0.8))),
    ),
    ("identity", {"p10": -1, "p50": 0, "p90": 1}, stats.logistic(0, 1 / logit(0.9))),
    # named families
    ("log", {"family": "lognormal", "mu": 0.5, "sigma": 1.2}, stats.lognorm(1.2, scale=np.e**0.5)),
    (
        "logit",
        {"family": "logit_normal", "mu": -2, "sigma": 0.7},
        Image(expit, stats.norm(-2, 0.7)),
    ),
    ("identity", {"family": "normal", "mean": 4, "sd": 2}, stats.norm(4, 2)),
    ("identity", {"family": "pert", "low": -1, "mode": -1, "high": 3}, stats.beta(1, 5, -1, 4)),
    ("logit", {"family": "uniform", "low": 0.2, "high": 0.5}, stats.uniform(0.2, 0.3)),
]


@pytest.mark.parametrize(("scale", "statement", "law"), TABLE, ids=[str(row[1]) for row in TABLE])
def test_agrees_with_an_independent_law(scale: Any, statement: dict[str, Any], law: Any) -> None:
    quantity = read_quantity(statement, scale)

    np.testing.assert_allclose(quantity.ppf(GRID), law.ppf(GRID), rtol=1e-12, atol=1e-14)
    assert quantity.mean() == pytest.approx(law.mean(), rel=1e-11)
    assert quantity.support == pytest.approx(law.support())
    assert quantity.variance_is_finite


@pytest.mark.parametrize("statement", [row[:2] for row in TABLE], ids=lambda row: str(row[1]))
def test_keeps_the_shape_of_its_argument(statement: tuple[Any, dict[str, Any]]) -> None:
    scale, stated = statement
    u = GRID[:12].reshape(3, 4)

    values = read_quantity(stated, scale).ppf(u)

    assert values.shape == (3, 4)
    assert values.dtype == np.float64


def test_constant() -> None:
    quantity = read_quantity(0.3, "logit")

    np.testing.assert_array_equal(quantity.ppf(GRID), np.full(GRID.shape, 0.3))
    assert quantity.mean() == 0.3
    assert quantity.support == (0.3, 0.3)


def test_lognormal_from_two_percentiles_as_published() -> None:
    """Case E1: riskquant, tests/test_simpleloss.py."""
    quantity: Any = read_quantity({"p5": 1, "p95": 10}, "log")

    assert quantity.law.mu == pytest.approx(1.151292546, abs=5e-10)
    assert quantity.law.sigma == pytest.approx(0.699936169, abs=5e-10)
    assert quantity.mean() == pytest.approx(4.040012826945718, rel=1e-14)


def test_expected_annual_losses_as_published() -> None:
    """Case E3: riskquant, README; three significant figures."""
    stated = [(0.01, 1e6, 10e6), (0.10, 10e6, 1000e6), (0.05, 5e6, 50e6)]

    losses = [p * read_quantity({"p5": a, "p95": b}, "log").mean() for p, a, b in stated]

    assert [f"{loss:.3g}" for loss in losses] == ["4.04e+04", "2.66e+07", "1.01e+06"]


@pytest.mark.parametrize(
    ("low", "mode", "high", "mean"), [(10, 24, 52, 26.333), (1, 6, 12, 6.167), (0, 0.1, 1, 0.2333)]
)
def test_pert_means_as_published(low: float, mode: float, high: float, mean: float) -> None:
    """Evaluator, inst/extdata/qualitative_mappings.csv."""
    quantity = read_quantity({"low": low, "mode": mode, "high": high}, "log")

    assert quantity.mean() == pytest.approx(mean, abs=5e-4)


def test_logit_normal_mean_by_symmetry() -> None:
    mean = {
        mu: read_quantity({"family": "logit_normal", "mu": mu, "sigma": 3}, "logit").mean()
        for mu in (-1.5, 0, 1.5)
    }

    assert mean[0] == pytest.approx(0.5, rel=1e-12)
    assert mean[-1.5] + mean[1.5] == pytest.approx(1.0, rel=1e-12)
