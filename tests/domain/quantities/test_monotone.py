"""Whatever is stated, the quantiles never decrease, but for rounding, and stay in the support."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from climrisk.domain.quantities import read_quantity

ENDS = np.array([1e-300, 1e-16, 1e-12, 1e-9])
GRID = np.concatenate([ENDS, np.linspace(1e-6, 1 - 1e-6, 4001), 1 - ENDS[:0:-1]])


def number(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda value: float(f"{value:.4g}"))


@st.composite
def simple_statements(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a statement that a field of amounts takes, made of numbers only."""
    low, width = draw(number(0.001, 50)), draw(number(0.1, 20))
    mode, high = low + draw(st.floats(0, 1)) * width, low + width
    near = min(high, 2 * low)
    shape, scale = draw(number(0.1, 8)), draw(number(0.1, 30))
    bounds = {"low": low, "mode": mode, "high": high}
    return draw(
        st.sampled_from(
            [
                {"p5": low, "p95": high},
                # a mild skew in logs, and no tail without a mean
                {"p25": low, "p50": low**0.55 * near**0.45, "p75": near},
                bounds,
                {"family": "triangular", **bounds},
                {"family": "uniform", "low": low, "high": high},
                {"mean": scale, "cv": shape},
                {"family": "beta", "alpha": shape, "beta": scale, "low": 0, "high": high},
                {"family": "gamma", "shape": shape, "scale": scale},
                {"family": "weibull", "shape": shape, "scale": scale},
                {
                    "family": "generalised_pareto",
                    "threshold": low,
                    "scale": scale,
                    "shape": 0.11 * shape,
                },
                {"family": "shifted_lognormal", "mu": 0, "sigma": min(shape, 3), "shift": low},
                {"values": [low, high, 0], "probabilities": [0.25, 0.25, 0.5]},
                {"sample": [low, high, mode, 0, 1]},
            ]
        )
    )


@st.composite
def composed_statements(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a mixture or a linear pool, sometimes of one another."""
    parts = draw(st.lists(simple_statements(), min_size=2, max_size=3))
    weights = [draw(number(0.05, 1)) for _ in parts]
    pool: dict[str, Any] = {"pool": parts, "weights": weights}
    chance = draw(number(0.05, 0.95))
    mixed = [{"weight": chance, **pool}, {"weight": 1 - chance, **parts[0]}]
    return draw(st.sampled_from([pool, {"mixture": mixed}]))


def check(statement: dict[str, Any]) -> None:
    quantity = read_quantity(statement, "log")
    values = quantity.ppf(GRID)
    steps = np.diff(values)

    rounding = 2.0**-36  # tables hold 36 significant bits, but for numbers that are stated
    assert (steps >= -rounding * np.abs(values[1:])).all()
    assert quantity.support[0] <= values[0]
    assert values[-1] <= quantity.support[1]
    assert np.isfinite(values).all()
    assert quantity.support[0] <= quantity.mean() <= quantity.support[1]


@given(simple_statements())
def test_quantiles_of_any_family_never_decrease(statement: dict[str, Any]) -> None:
    check(statement)


@settings(max_examples=8, deadline=None)
@given(composed_statements())
def test_quantiles_of_mixtures_and_pools_never_decrease(statement: dict[str, Any]) -> None:
    check(statement)


@settings(max_examples=5, deadline=None)
@given(st.lists(simple_statements(), min_size=2, max_size=2), st.floats(0.6, 1))
def test_quantiles_of_what_is_cut_off_never_decrease(
    statements: list[dict[str, Any]], kept: float
) -> None:
    whole = {"mixture": [{"weight": 0.5, **one} for one in statements]}
    if len({str(one) for one in statements}) == 1 and "value" in statements[0]:
        return
    high = float(read_quantity(whole, "log").ppf(np.array(kept - 1e-6)))
    if high > 0:
        check({"truncate": whole, "high": high})


@settings(max_examples=5, deadline=None)
@given(st.sampled_from(["log", "quantile_average"]), number(1, 3), number(3, 9), number(1.2, 9))
def test_quantiles_of_narrow_pools_never_decrease(
    method: str, low: float, high: float, ratio: float
) -> None:
    people = [
        {"p5": low, "p95": high * ratio},
        {"low": low, "mode": high, "high": high * ratio},
        {"family": "gamma", "mean": high, "cv": 0.5},
    ]
    check({"pool": people, "method": method})
