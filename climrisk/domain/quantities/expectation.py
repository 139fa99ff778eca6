"""Expected values that have no closed form, by adaptive quadrature.

Each is an integral over the whole line of a smooth function of a standard normal or logistic
variable: no end point is singular, however heavy the tail of the quantity itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, Literal

__all__ = ["expected_value", "logistic_log_density", "normal_log_density"]

_RELATIVE_ERROR: Final = 1e-12


def expected_value(
    place: Callable[[float], float],
    scale: Literal["log", "logit"],
    log_density: Callable[[float], float],
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

    Returns
    -------
    float
        Expected value in the unit of the quantity, to a relative 1e-12.
    """
    from scipy.integrate import quad  # late: SciPy takes longer to load than a study to check

    def integrand(z: float) -> float:
        x = place(z)
        log_value = x if scale == "log" else min(x, 0.0) - math.log1p(math.exp(-abs(x)))
        return math.exp(log_value + log_density(z))

    value, _ = quad(integrand, -math.inf, math.inf, epsabs=0.0, epsrel=_RELATIVE_ERROR, limit=200)
    return float(value)


def normal_log_density(z: float) -> float:
    """Return the logarithm of the standard normal density."""
    return -0.5 * z * z - 0.5 * math.log(2.0 * math.pi)


def logistic_log_density(z: float) -> float:
    """Return the logarithm of the standard logistic density."""
    return -abs(z) - 2.0 * math.log1p(math.exp(-abs(z)))
