"""The formulas are accurate, and compiled loops and NumPy arrays give the same bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import mpmath
import numba
import numpy as np
import pytest

from climrisk.portable import elementary, functions, normal

Floats = np.ndarray
GENERATOR = np.random.Generator(np.random.Philox(20261122))
SAMPLE = 400
EDGES = np.array(
    [0.0, 1.0, -1.0, 0.5, 2.0, np.inf, -np.inf, np.nan, 5e-324, 2.3e-308, 1.7e308, -0.0]
)


@pytest.fixture(autouse=True)
def _quiet_numpy() -> Iterator[None]:
    """NumPy works out both sides of every choice, and says so where one overflows."""
    with np.errstate(all="ignore"):
        yield


def uniform(low: float, high: float) -> Floats:
    return GENERATOR.uniform(low, high, SAMPLE)


def errors_in_ulp(found: Floats, exact: list[mpmath.mpf]) -> Floats:
    """Distance in units of the last place of the exact value."""
    spacing = [max(float(np.spacing(abs(float(true)))), 5e-324) for true in exact]
    return np.array(
        [
            float(abs(mpmath.mpf(float(value)) - true) / step)
            for value, true, step in zip(found, exact, spacing, strict=True)
        ]
    )


def exact_score(p: float) -> mpmath.mpf:
    return mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(p) - 1)


def exact_probability(z: float) -> mpmath.mpf:
    return mpmath.erfc(-mpmath.mpf(z) / mpmath.sqrt(2)) / 2


ACCURACY = {
    "exp near 0": (elementary.exp, mpmath.exp, uniform(-1, 1), 1),
    "exp everywhere": (elementary.exp, mpmath.exp, uniform(-745, 709.7), 1),
    "exp, subnormal": (elementary.exp, mpmath.exp, uniform(-745, -708.5), 1),
    "expm1 near 0": (elementary.expm1, mpmath.expm1, uniform(-1, 1), 3),
    "expm1 everywhere": (elementary.expm1, mpmath.expm1, uniform(-40, 709.7), 3),
    "expm1 tiny": (elementary.expm1, mpmath.expm1, 10 ** uniform(-300, 0), 3),
    "log near 1": (elementary.log, mpmath.log, 1 + 10 ** uniform(-15, 0), 1),
    "log everywhere": (elementary.log, mpmath.log, 10 ** uniform(-323, 308), 1),
    "log1p near 0": (elementary.log1p, mpmath.log1p, uniform(-0.999, 3), 2),
    "log1p everywhere": (elementary.log1p, mpmath.log1p, 10 ** uniform(-300, 308), 2),
    "log1p near -1": (elementary.log1p, mpmath.log1p, 10 ** uniform(-15, 0) - 1, 2),
    "cdf": (normal.normal_cdf, exact_probability, uniform(-8, 8), 5),
    "cdf, far tail": (normal.normal_cdf, exact_probability, uniform(-38, -8), 5),
    "quantile": (normal.normal_quantile, exact_score, uniform(0, 1), 6),
    "quantile, tail": (normal.normal_quantile, exact_score, 10 ** uniform(-30, -1), 6),
    "quantile near 1": (normal.normal_quantile, exact_score, 1 - 10 ** uniform(-16, -1), 6),
}


@pytest.mark.parametrize("case", ACCURACY)
def test_the_error_is_within_the_stated_ulp(case: str) -> None:
    found, exact, x, bound = ACCURACY[case]
    with mpmath.workprec(300):
        assert errors_in_ulp(found(x), [exact(float(value)) for value in x]).max() <= bound


def test_powers_are_within_the_stated_ulp() -> None:
    x = 10 ** uniform(-5, 5)
    y = uniform(-700, 700) / np.abs(np.log(x))
    with mpmath.workprec(300):
        exact = [mpmath.power(float(a), float(b)) for a, b in zip(x, y, strict=True)]
        found = errors_in_ulp(elementary.power(x, y), exact)
    assert (found <= 1 + np.abs(y * np.log(x)) / 16).all()


def loop(function: Callable[..., float], arguments: int) -> Callable[..., None]:
    """A compiled loop over contiguous arrays that calls one scalar function."""
    if arguments == 2:

        def over_two(x: Floats, y: Floats, out: Floats) -> None:
            for i in range(x.size):
                out[i] = function(x[i], y[i])

        return numba.njit(over_two, error_model="numpy")

    def over_one(x: Floats, out: Floats) -> None:
        for i in range(x.size):
            out[i] = function(x[i])

    return numba.njit(over_one, error_model="numpy")


@pytest.mark.parametrize("name", ["exp", "expm1", "log", "log1p", "normal_cdf", "normal_quantile"])
def test_compiled_and_numpy_have_the_same_bits(name: str) -> None:
    formula = getattr(elementary, name, None) or getattr(normal, name)
    x = np.concatenate([EDGES, uniform(0, 1), uniform(-50, 50), 10 ** uniform(-320, 308)])
    out = np.empty_like(x)
    loop(getattr(functions, name), 1)(x, out)
    assert np.array_equal(out, formula(x), equal_nan=True)


def test_compiled_and_numpy_powers_have_the_same_bits() -> None:
    x, y = (values.ravel() for values in np.meshgrid(np.append(EDGES, uniform(0, 9)), EDGES))
    out = np.empty_like(x)
    loop(functions.power, 2)(x, y, out)
    assert np.array_equal(out, elementary.power(x, y), equal_nan=True)


LIMITS = {
    "exp": {0.0: 1.0, np.inf: np.inf, -np.inf: 0.0, 709.79: np.inf, -745.14: 0.0},
    "expm1": {0.0: 0.0, np.inf: np.inf, -np.inf: -1.0, 710.0: np.inf},
    "log": {0.0: -np.inf, 1.0: 0.0, np.inf: np.inf, -1.0: np.nan},
    "log1p": {0.0: 0.0, -1.0: -np.inf, np.inf: np.inf, -2.0: np.nan, 5e-324: 5e-324},
    "normal_cdf": {0.0: 0.5, np.inf: 1.0, -np.inf: 0.0, -39.0: 0.0},
    "normal_quantile": {0.0: -np.inf, 0.5: 0.0, 1.0: np.inf, -0.1: np.nan, 1.1: np.nan},
}


@pytest.mark.parametrize("name", LIMITS)
def test_limits_are_exact_and_nan_stays_nan(name: str) -> None:
    formula = getattr(elementary, name, None) or getattr(normal, name)
    x = np.array([*LIMITS[name], np.nan])
    assert np.array_equal(formula(x), [*LIMITS[name].values(), np.nan], equal_nan=True)


def test_powers_have_the_limits_of_numpy() -> None:
    x, y = np.meshgrid(np.array([0.0, 0.5, 1.0, 2.0, np.inf, np.nan]), EDGES)
    expected = np.where((x == 1.0) & np.isnan(y), np.nan, x**y)
    found = elementary.power(x.ravel(), y.ravel()).reshape(x.shape)
    np.testing.assert_array_max_ulp(found, expected, maxulp=12)


@pytest.mark.parametrize("name", ["exp", "log", "normal_cdf", "normal_quantile"])
def test_neighbours_are_never_out_of_order_by_more_than_the_error(name: str) -> None:
    formula = getattr(elementary, name, None) or getattr(normal, name)
    x = np.sort(np.concatenate([uniform(0.0, 1.0), 0.925 + np.arange(-200, 200) * 1.2e-16]))
    values = formula(x)
    assert (np.diff(values) >= -8 * np.spacing(np.abs(values[1:]))).all()
