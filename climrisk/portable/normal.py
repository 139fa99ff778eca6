"""The normal distribution in plain float64 arithmetic: the same bits on every processor."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.portable.bits import select
from climrisk.portable.elementary import exp_sum, log, split

__all__ = ["normal_cdf", "normal_quantile", "normal_quantile_middle", "normal_quantile_tail"]

Floats = NDArray[np.float64]
Eight = tuple[float, float, float, float, float, float, float, float]

# AS241, PPND16: numerator and denominator in the middle, the near and the far tail
_A: Final = (
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
    4.5921953931549871457e4,
    6.7265770927008700853e4,
    3.3430575583588128105e4,
    2.5090809287301226727e3,
)
_B: Final = (
    1.0,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3,
)
_C: Final = (
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
)
_D: Final = (
    1.0,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
)
_E: Final = (
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
)
_F: Final = (
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
)
# (1 + 1.5 t) Phi(-t) exp(t^2 / 2) as a polynomial in (t - 6) / (t + 6), 0 <= t <= 39:
# Chebyshev interpolant, error below 6e-17
_M: Final = (
    0.6477931432444685,
    -0.06593967673014622,
    0.006801390118425592,
    0.03439293973017144,
    -0.05262385231657288,
    0.0514159705079028,
    -0.039143558299674155,
    0.024293514187981636,
    -0.012298693348951237,
    0.004910209359649338,
    -0.0013936771243945661,
    0.00017304778778073153,
    6.694185729279655e-05,
    -4.227589108738547e-05,
    6.392422535979079e-06,
    3.044056101150996e-06,
    -1.572969898763343e-06,
    -5.026490499706629e-08,
    2.2155213074808155e-07,
    -9.719876333035626e-09,
    -2.5086443790678594e-08,
    -2.974653952095111e-09,
)


def _eight(c: Eight, x: Floats) -> Floats:
    """Return the polynomial of degree 7 with coefficients c from the lowest power."""
    x2 = x * x
    low = (c[0] + c[1] * x) + x2 * (c[2] + c[3] * x)
    return low + x2 * x2 * ((c[4] + c[5] * x) + x2 * (c[6] + c[7] * x))


def normal_quantile_middle(p: Floats) -> Floats:
    """Return the normal score of p for |p - 0.5| up to 0.425."""
    q = p - 0.5
    r = 0.180625 - q * q
    return q * _eight(_A, r) / _eight(_B, r)


def normal_quantile_tail(p: Floats) -> Floats:
    """Return the normal score of p for |p - 0.5| from 0.425, 0 and 1 included."""
    r = np.sqrt(-log(select(p < 0.5, p, 1.0 - p)))
    near = r - 1.6
    far = r - 5.0
    top = select(r > 5.0, _eight(_E, far), _eight(_C, near))
    bottom = select(r > 5.0, _eight(_F, far), _eight(_D, near))
    size = select(r < np.inf, top / bottom, r)
    value: Floats = select(p < 0.5, -size, size)
    return value


def normal_quantile(p: Floats) -> Floats:
    """Return the normal score of p, within 6 ulp; infinite at 0 and 1, nan outside.

    Source: Wichura (1988), Algorithm AS 241: the percentage points of the normal distribution,
    Applied Statistics 37, 477-484, doi:10.2307/2347330 (PPND16).
    """
    inside = (p > 0.075) & (p < 0.925)
    value: Floats = select(inside, normal_quantile_middle(p), normal_quantile_tail(p))
    return value


def normal_cdf(z: Floats) -> Floats:
    """Return the probability that a standard normal is at most z, within 1e-15 of itself.

    The square is split so that the lower tail keeps its relative accuracy down to -38.
    Form: Shepherd and Laframboise (1981), Chebyshev approximation of (1 + 2x) exp(x^2) erfc(x),
    doi:10.1090/S0025-5718-1981-0595058-X.
    """
    t = np.abs(z)
    t = select(t > 39.0, 39.0, t)
    high, low = split(t)
    u = (t - 6.0) / (t + 6.0)
    u4 = (u * u) * (u * u)
    top = (_M[16] + _M[17] * u) + (u * u) * (_M[18] + _M[19] * u)
    top = top + u4 * (_M[20] + _M[21] * u)
    mills = _eight(_M[:8], u) + (u4 * u4) * (_eight(_M[8:16], u) + (u4 * u4) * top)
    lower = exp_sum(-0.5 * high * high, -0.5 * low * (t + high)) * (mills / (1.0 + 1.5 * t))
    value: Floats = select(z > 0.0, 1.0 - lower, lower)
    return value
