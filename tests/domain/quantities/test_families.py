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
    ("logit", {"family": "beta", "alpha": 0.7, "beta": 2}, stats.beta(0.7, 2)),
    (
        "log",
        {"family": "beta", "alpha": 5, "beta": 20, "low": 10, "high": 60},
        stats.beta(5, 20, 10, 50),
    ),
    ("logit", {"mean": 0.2, "cv": 0.5}, stats.beta(3, 12)),
    ("log", {"family": "gamma", "shape": 0.3, "scale": 2}, stats.gamma(0.3, scale=2)),
    ("log", {"family": "gamma", "mean": 6, "cv": 0.5}, stats.gamma(4, scale=1.5)),
    (
        "log",
        {"family": "triangular", "low": 1, "mode": 2, "high": 5},
        stats.triang(0.25, 1, 4),
    ),
    (
        "identity",
        {"family": "triangular", "low": -1, "mode": -1, "high": 3},
        stats.triang(0, -1, 4),
    ),
    ("log", {"family": "triangular", "low": 0, "mode": 3, "high": 3}, stats.triang(1, 0, 3)),
    (
        "log",
        {"family": "generalised_pareto", "threshold": 1, "scale": 2, "shape": 0.3},
        stats.genpareto(0.3, 1, 2),
    ),
    (
        "log",
        {"family": "generalised_pareto", "threshold": 0, "scale": 2, "shape": 0},
        stats.expon(0, 2),
    ),
    (
        "log",
        {"family": "generalised_pareto", "threshold": 1, "scale": 2, "shape": -0.5},
        stats.genpareto(-0.5, 1, 2),
    ),
    ("log", {"family": "weibull", "shape": 1.7, "scale": 3}, stats.weibull_min(1.7, scale=3)),
    ("identity", {"family": "student_t", "df": 3, "location": 1, "scale": 2}, stats.t(3, 1, 2)),
    (
        "identity",
        {"family": "shifted_lognormal", "mu": math.log(30), "sigma": 0.5, "shift": -100},
        stats.lognorm(0.5, -100, 30),
    ),
    (
        "log",
        {"truncate": {"family": "normal", "mean": 3, "sd": 2}, "low": 0, "high": 8},
        stats.truncnorm(-1.5, 2.5, 3, 2),
    ),
    (
        "identity",
        {"truncate": {"mean": 3, "cv": 1}, "low": 1},
        stats.truncnorm(-2 / 3, np.inf, 3, 3),
    ),
    ("log", {"truncate": {"low": 0, "mode": 0, "high": 9}, "high": 20}, stats.beta(1, 5, 0, 9)),
]
LAWS = [(scale, statement) for scale, statement, _ in TABLE]


def named(case: Any) -> str:
    return str(case[1]) if isinstance(case, tuple) else str(case)


@pytest.mark.parametrize(("scale", "statement", "law"), TABLE, ids=[str(row[1]) for row in TABLE])
def test_agrees_with_an_independent_law(scale: Any, statement: dict[str, Any], law: Any) -> None:
    quantity = read_quantity(statement, scale)

    low, high = law.ppf(np.array([0.25, 0.75]))
    spread = 1e-10 * float(high - low)  # tables are exact to 1e-10 of what is added to a bound
    np.testing.assert_allclose(quantity.ppf(GRID), law.ppf(GRID), rtol=1e-10, atol=spread)
    assert quantity.mean() == pytest.approx(law.mean(), rel=1e-10)
    assert quantity.support == pytest.approx(law.support())
    assert quantity.variance_is_finite


@pytest.mark.parametrize(("scale", "statement"), LAWS, ids=named)
def test_tails_are_both_exact(scale: Any, statement: dict[str, Any]) -> None:
    quantity = read_quantity(statement, scale)
    u = np.array([1e-7, 1e-3, 0.2, 0.5, 0.9, 0.999])

    below, above = quantity.tails(quantity.ppf(u))

    np.testing.assert_allclose(below, u, rtol=2e-8)
    np.testing.assert_allclose(above, 1 - u, rtol=2e-8)


@pytest.mark.parametrize(("scale", "statement"), LAWS, ids=named)
def test_tails_stop_at_the_support(scale: Any, statement: dict[str, Any]) -> None:
    quantity = read_quantity(statement, scale)
    low, high = quantity.support
    outside = np.array([max(low, -1e300) - 1.0, min(high, 1e300) + 1.0])

    below, above = quantity.tails(outside)

    np.testing.assert_allclose(below, [0, 1], atol=1e-12)
    np.testing.assert_allclose(above, [1, 0], atol=1e-12)
    if math.isfinite(low):
        assert quantity.log_density(outside[:1])[0] == -np.inf


@pytest.mark.parametrize(("scale", "statement"), LAWS, ids=named)
def test_density_is_the_slope_of_the_tails(scale: Any, statement: dict[str, Any]) -> None:
    quantity = read_quantity(statement, scale)
    u = np.array([0.07, 0.3, 0.6, 0.93])
    x = quantity.ppf(u)
    step = quantity.ppf(u + 1e-4) - x
    u_after, u_before = quantity.tails(x + step)[0], quantity.tails(x - step)[0]

    slope = (u_after - u_before) / (2 * step)

    np.testing.assert_allclose(np.exp(quantity.log_density(x)), slope, rtol=1e-4)


@pytest.mark.parametrize("statement", LAWS, ids=named)
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

    rounding = 2.0**-36  # means by quadrature hold 36 significant bits
    assert mean[0] == pytest.approx(0.5, rel=rounding)
    assert mean[-1.5] + mean[1.5] == pytest.approx(1.0, rel=rounding)


@pytest.mark.parametrize(
    ("scale", "statement", "finite"),
    [
        ("log", {"family": "generalised_pareto", "threshold": 0, "scale": 1, "shape": 0.49}, True),
        ("log", {"family": "generalised_pareto", "threshold": 0, "scale": 1, "shape": 0.5}, False),
        ("identity", {"family": "student_t", "df": 2, "location": 0, "scale": 1}, False),
        ("identity", {"family": "student_t", "df": 2.1, "location": 0, "scale": 1}, True),
    ],
)
def test_heavy_tails_are_flagged(scale: Any, statement: dict[str, Any], finite: bool) -> None:
    quantity = read_quantity(statement, scale)

    assert quantity.variance_is_finite is finite
    cut = {"truncate": statement, "high": 9}
    assert read_quantity(cut, scale).variance_is_finite is (finite or scale == "log")


def test_student_t_against_its_beta_form() -> None:
    """T**2 / (df + T**2) is a beta with the shapes 1/2 and df / 2."""
    quantity = read_quantity(
        {"family": "student_t", "df": 5, "location": 0, "scale": 1}, "identity"
    )
    share = stats.beta(0.5, 2.5).ppf(2 * 0.9 - 1)

    assert quantity.ppf(np.array(0.9)) == pytest.approx(math.sqrt(5 * share / (1 - share)))


@pytest.mark.parametrize("shape", [1e-12, -1e-12])
def test_generalised_pareto_is_continuous_at_shape_0(shape: float) -> None:
    stated = {"family": "generalised_pareto", "threshold": 0, "scale": 1}
    near = read_quantity({**stated, "shape": shape}, "log")
    at = read_quantity({**stated, "shape": 0}, "log")

    np.testing.assert_allclose(near.ppf(GRID), at.ppf(GRID), rtol=1e-10)
