from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError
from scipy.integrate import quad
from scipy.special import expit

from climrisk.domain.quantities import read_quantity

FROM_SCALE: dict[str, Any] = {"log": np.exp, "logit": expit, "identity": float}
LEVELS = {"p5": 0.05, "p10": 0.10, "p50": 0.50, "p90": 0.90, "p95": 0.95}


@st.composite
def three_percentiles(
    draw: st.DrawFn, lowest: float, highest: float, widest: float
) -> tuple[Any, dict[str, Any]]:
    """Draw a scale and percentiles on it, the median a fraction of the way between the others."""
    scale = draw(st.sampled_from(sorted(FROM_SCALE)))
    names = draw(st.sampled_from([("p5", "p50", "p95"), ("p10", "p50", "p90")]))
    low = draw(st.floats(-6, 6))
    width = draw(st.floats(0.01, widest))
    fraction = draw(st.floats(lowest, highest))
    places = (low, low + fraction * width, low + width)
    return scale, {n: float(FROM_SCALE[scale](z)) for n, z in zip(names, places, strict=True)}


# With p10 and p90 the median may lie between 0.167 and 0.833 of the way, with p5 and p95 between
# 0.125 and 0.875; the widest keeps the mean on the log scale finite.
FEASIBLE = three_percentiles(0.17, 0.83, widest=2.4)


@given(FEASIBLE)
def test_exact_at_its_three_points(case: tuple[Any, dict[str, Any]]) -> None:
    scale, statement = case
    levels = np.array([LEVELS[name] for name in statement])

    values = read_quantity(statement, scale).ppf(levels)

    np.testing.assert_allclose(values, list(statement.values()), rtol=1e-12, atol=1e-13)


@given(FEASIBLE)
def test_increases_inside_its_support(case: tuple[Any, dict[str, Any]]) -> None:
    scale, statement = case
    quantity = read_quantity(statement, scale)

    values = quantity.ppf(np.linspace(1e-6, 1 - 1e-6, 20_001))

    assert (np.diff(values) >= 0).all()
    assert quantity.support[0] <= values[0]
    assert values[-1] <= quantity.support[1]


@pytest.mark.parametrize(
    ("scale", "statement"),
    [
        ("log", {"p5": 0.1, "p50": 0.3, "p95": 0.8}),
        ("log", {"p10": 2, "p50": 3, "p90": 8}),
        ("logit", {"p5": 0.001, "p50": 0.004, "p95": 0.03}),
        ("identity", {"p5": -5, "p50": 1, "p95": 2}),
    ],
)
def test_mean_is_the_integral_of_its_quantiles(scale: Any, statement: dict[str, Any]) -> None:
    quantity = read_quantity(statement, scale)

    integral, _ = quad(lambda u: quantity.ppf(np.array(u)), 0, 1, epsrel=1e-10, limit=500)

    assert quantity.mean() == pytest.approx(integral, rel=1e-8)


def test_heavy_mean_in_closed_form() -> None:
    """A log-logistic with tail index b has the mean exp(a1) * pi b / sin(pi b)."""
    index = 0.98
    spread = float(np.exp(index * np.log(19)))
    quantity = read_quantity({"p5": 1 / spread, "p50": 1, "p95": spread}, "log")

    assert quantity.mean() == pytest.approx(np.pi * index / np.sin(np.pi * index), rel=1e-11)


@pytest.mark.parametrize(("index", "finite"), [(0.49, True), (0.51, False)])
def test_variance_is_finite_below_a_tail_index_of_one_half(index: float, finite: bool) -> None:
    spread = float(np.exp(index * np.log(19)))
    stated = {"p5": 1 / spread, "p50": 1.0, "p95": spread}

    assert read_quantity(stated, "log").variance_is_finite is finite
    assert read_quantity(stated, "identity").variance_is_finite


def test_limit_of_skew_is_where_the_density_reaches_zero() -> None:
    """The published bound 1.66711 is 1 / max(u (u - 1) ln(u / (1 - u)) - (u - 1/2)) over u."""
    u = np.linspace(1e-6, 0.5, 1_000_001)
    slope = (u - 0.5) + u * (1 - u) * np.log(u / (1 - u))

    assert 1 / -slope.min() == pytest.approx(1.66711, abs=5e-6)


@given(three_percentiles(0.001, 0.999, widest=12))
def test_refusal_names_medians_that_are_feasible(case: tuple[Any, dict[str, Any]]) -> None:
    scale, statement = case
    try:
        read_quantity(statement, scale)
        refusal = ""
    except PydanticCustomError as error:
        refusal = str(error)
    named = re.findall(r"allowed p50 (\S+) to (\S+)$", refusal)
    assume(named)
    low, high = (float(text) for text in named[0])

    assert low < high
    assert not low <= statement["p50"] <= high
    for p50 in (low, high):
        assert read_quantity({**statement, "p50": p50}, scale).mean() is not None


@pytest.mark.parametrize(
    ("scale", "statement", "message"),
    [
        (
            "log",
            {"p5": 1, "p50": 9, "p95": 10},
            "p50 is too near one end for a smooth curve; "
            "with these p5 and p95, allowed p50 1.334 to 7.5",
        ),
        (
            "identity",
            {"p5": 0, "p50": 1, "p95": 10},
            "with these p5 and p95, allowed p50 1.25 to 8.75",
        ),
        (
            "log",
            {"p5": 1, "p50": 30, "p95": 1000},
            "the mean is infinite; with these p5 and p95, allowed p50 50.",
        ),
        (
            "log",
            {"p10": 1, "p50": 1e9, "p90": 1e18},
            "the mean is infinite; allowed a smaller ratio of p90 to p10",
        ),
    ],
)
def test_refuses_what_no_metalog_fits(scale: Any, statement: dict[str, Any], message: str) -> None:
    with pytest.raises(PydanticCustomError, match=re.escape(message)):
        read_quantity(statement, scale)
