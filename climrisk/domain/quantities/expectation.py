"""Expected values that have no closed form, by adaptive quadrature.

Each is an integral over the line of a function of a standard normal or logistic variable: no end
point is singular, however heavy the tail of the quantity itself. Results are rounded to 36
significant bits, for the last bits of a quadrature depend on the machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, Literal

import numpy as np

from climrisk.domain.quantities.base import FloatArray
from climrisk.portable.pieces import rounded

__all__ = [
    "expected_value",
    "integrated_quantiles",
    "logistic_log_density",
    "normal_log_density",
]

_RELATIVE_ERROR: Final = 1e-12
_FARTHEST_SCORE: Final = 37.0  # a normal score below minus this has no probability in float64
_FARTHEST_T: Final = 12.0
"""z goes up to 81,000."""
_NEGLIGIBLE: Final = 2.0**-60
"""What the integrand may come to at the ends, relative to the integral."""
_FINEST_STEP: Final = 1.0 / 64.0
_JUST_BELOW_ONE: Final = 1.0 - 2.0**-53


def expected_value(
    place: Callable[[float], float],
    scale: Literal["log", "logit"],
    log_density: Callable[[float], float],
    relative_error: float = _RELATIVE_ERROR,
) -> float:
    """Return the expected value of a transformed standard variable.

    Parameters
    ----------
    place : callable
        Place on the scale as a function of the standard variable.
    scale : {"log", "logit"}
        Scale of the place.
    log_density : callable
        Logarithm of the density of the standard variable.
    relative_error : float
        What the quadrature aims at; not below that of `place` itself.

    Returns
    -------
    float
        Expected value in the unit of the quantity.
    """

    def integrand(z: float) -> float:
        x = place(z)
        log_value = x if scale == "log" else min(x, 0.0) - math.log1p(math.exp(-abs(x)))
        return math.exp(log_value + log_density(z))

    found = _double_exponential(integrand, relative_error)
    value = _adaptive(integrand, relative_error) if found is None else found
    return float(rounded(np.array(value)))


def _double_exponential(integrand: Callable[[float], float], relative_error: float) -> float | None:
    """Return the integral over the line, or None where halving the step does not settle it.

    Trapezoidal sums in t with z = sinh t, for which an integrand that falls off exponentially falls
    off double-exponentially: the digits that are right double with every halving (Takahasi and
    Mori 1974, Double exponential formulas for numerical integration).
    """
    total = _strided(integrand, 0.0, 0.5) + _strided(integrand, 0.25, 0.5)
    edges = sum(integrand(side * math.sinh(_FARTHEST_T)) for side in (-1.0, 1.0))
    if edges * math.cosh(_FARTHEST_T) > _NEGLIGIBLE * total:
        return None
    step, before = 0.25, math.inf
    while step > _FINEST_STEP:
        step /= 2.0
        total += _strided(integrand, step, 2.0 * step)
        value = step * total
        # the error is about the square of the last change
        if abs(value - before) <= math.sqrt(relative_error) * 0.01 * abs(value):
            return value
        before = value
    return None


def _strided(integrand: Callable[[float], float], first: float, step: float) -> float:
    """Return the sum over t = first + k step of what stands at z = sinh t, dz/dt included."""
    steps = int(_FARTHEST_T / step)
    places = (first + step * k for k in range(-steps, steps))
    return math.fsum(integrand(math.sinh(t)) * math.cosh(t) for t in places)


def _adaptive(integrand: Callable[[float], float], relative_error: float) -> float:
    from scipy.integrate import quad  # late: SciPy takes longer to load than a study to check

    # full_output: a corner is met by halving around it, not by a warning
    value, *_ = quad(
        integrand,
        -math.inf,
        math.inf,
        epsabs=0.0,
        epsrel=relative_error,
        limit=200,
        full_output=1,
    )
    return float(value)


def integrated_quantiles(ppf: Callable[[FloatArray], FloatArray], low: float, high: float) -> float:
    """Return the integral of a quantile function between two probabilities.

    Parameters
    ----------
    ppf : callable
        Quantiles at an array of probabilities.
    low, high : float
        Probabilities, low below high; up to 1 only where no value is infinite.

    Returns
    -------
    float
        In the unit of the quantity, to a relative 1e-10 where the quantiles have no jumps.
    """
    from scipy.integrate import quad  # late: see expected_value
    from scipy.special import ndtr, ndtri

    def integrand(z: float) -> float:
        u = np.array([min(ndtr(z), _JUST_BELOW_ONE)])
        return float(ppf(u)[0]) * math.exp(normal_log_density(z))

    least, most = (
        min(max(float(ndtri(u)), -_FARTHEST_SCORE), _FARTHEST_SCORE) for u in (low, high)
    )
    body = [z for z in (-3.0, 0.0, 3.0) if least < z < most]
    # full_output: a jump is met by halving around it, not by a warning
    value, *_ = quad(
        integrand,
        least,
        most,
        points=body or None,
        epsabs=0.0,
        epsrel=_RELATIVE_ERROR,
        limit=500,
        full_output=1,
    )
    return float(rounded(np.array(value)))


def normal_log_density(z: float) -> float:
    """Return the logarithm of the standard normal density."""
    return -0.5 * z * z - 0.5 * math.log(2.0 * math.pi)


def logistic_log_density(z: float) -> float:
    """Return the logarithm of the standard logistic density."""
    return -abs(z) - 2.0 * math.log1p(math.exp(-abs(z)))
