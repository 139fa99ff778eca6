"""Exponential, logarithm and power in plain float64 arithmetic.

Only +, -, *, /, comparisons and bits are used: IEEE 754 rounds each of them in one way, so that
NumPy arrays and compiled loops give the same bits on every processor. There is no fused
multiply-add: NumPy has none, and where the processor has none it is slow.

Sources: argument reduction and the coefficients of the logarithm follow FreeBSD msun (e_log.c,
s_log1p.c, after Sun's fdlibm, 1993); exact products follow Dekker (1971), A floating-point
technique for extending the available precision, doi:10.1007/BF01397083. The coefficients of the
exponential are the Chebyshev interpolant of (e^r - 1 - r) / r^2 on |r| <= log(2) / 2, error
below 2^-53.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.portable.bits import bits_of, float_of, select

__all__ = ["exp", "exp_sum", "expm1", "log", "log1p", "power", "split"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_LOG2_E: Final = 1.4426950408889634
# log(2) in two parts; the first has 32 zero bits at its end, so that k times it is exact
_LN2: Final = 6.93147180369123816490e-01
_LN2_REST: Final = 1.90821492927058770002e-10
_ROUND: Final = 6755399441055744.0  # 1.5 * 2**52: adding it leaves the nearest whole number
_BIAS: Final = 1023
_SMALLEST_NORMAL: Final = 2.0**-1022
_SQRT_HALF_BITS: Final = 0x3FE6A09E667F3BCD
_ONE_BITS: Final = 0x3FF0000000000000
_TWO_52_BITS: Final = 0x4330000000000000
_TWO_52: Final = 2.0**52
_INF: Final = np.inf
_NAN: Final = np.nan

_E: Final = (
    0.5000000000000001,
    0.16666666666666669,
    0.04166666666662413,
    0.008333333333330062,
    0.0013888888917213717,
    0.00019841269863053618,
    2.4801521295954376e-05,
    2.7557268459997064e-06,
    2.7620088445409746e-07,
    2.510038549551032e-08,
)
_L: Final = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)


def _reduced(x: Floats, rest: Floats | float) -> tuple[Floats, Floats]:
    """Return k and r with x + rest = k log(2) + r and |r| at most about log(2) / 2."""
    k = (x * _LOG2_E + _ROUND) - _ROUND
    return k, (x - k * _LN2) - (k * _LN2_REST - rest)


def _power_of_two(k: Floats) -> Floats:
    """Return 2**k for whole k from -1022 to 1023."""
    value: Floats = float_of((bits_of(k + _ROUND) + _BIAS) << 52)
    return value


def _scaled(y: Floats, k: Floats) -> Floats:
    """Return y * 2**k in two steps, so that k may pass the exponents of normal numbers."""
    half = (k * 0.5 + _ROUND) - _ROUND
    return y * _power_of_two(half) * _power_of_two(k - half)


def _expm1_reduced(r: Floats) -> Floats:
    """Return e^r - 1 for |r| at most about log(2) / 2."""
    r2 = r * r
    r4 = r2 * r2
    low = (_E[0] + _E[1] * r) + r2 * (_E[2] + _E[3] * r)
    high = (_E[4] + _E[5] * r) + r2 * (_E[6] + _E[7] * r)
    return r + r2 * (low + r4 * (high + r4 * (_E[8] + _E[9] * r)))


def exp_sum(x: Floats, rest: Floats | float) -> Floats:
    """Return e^(x + rest), for a rest that is far smaller than 1."""
    x = select(x > 710.0, 710.0, select(x < -746.0, -746.0, x))
    k, r = _reduced(x, rest)
    return _scaled(1.0 + _expm1_reduced(r), k)


def exp(x: Floats) -> Floats:
    """Return e^x, within 1 ulp; infinity above 709.78, 0 below -745.13."""
    return exp_sum(x, 0.0)


def expm1(x: Floats) -> Floats:
    """Return e^x - 1, within 3 ulp; -1 far below 0."""
    x = select(x > 710.0, 710.0, select(x < -40.0, -40.0, x))
    k, r = _reduced(x, 0.0)
    return _scaled(_expm1_reduced(r) + (1.0 - _power_of_two(-k)), k)


def _exponent_and_mantissa(x: Floats) -> tuple[Floats, Floats]:
    """Return k and m with x = m * 2**k and m from sqrt(1/2) to sqrt(2), for normal x above 0."""
    shifted = bits_of(x) - _SQRT_HALF_BITS
    biased = ((shifted + _ONE_BITS) >> 52) & 0xFFF
    k = float_of(biased | _TWO_52_BITS) - (_TWO_52 + _BIAS)
    return k, float_of(bits_of(x) - ((biased - _BIAS) << 52))


def _normalised(x: Floats) -> tuple[Floats, Floats]:
    """Return as `_exponent_and_mantissa`, for subnormal x too."""
    tiny = x < _SMALLEST_NORMAL
    k, m = _exponent_and_mantissa(select(tiny, x * _TWO_52, x))
    return select(tiny, k - 52.0, k), m


def _log_of_parts(k: Floats, f: Floats, rest: Floats | float) -> Floats:
    """Return k log(2) + log(1 + f) + rest."""
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (_L[1] + w * (_L[3] + w * _L[5]))
    odd = z * (_L[0] + w * (_L[2] + w * (_L[4] + w * _L[6])))
    half_square = 0.5 * f * f
    small = s * (half_square + (even + odd)) + (k * _LN2_REST + rest)
    return k * _LN2 - ((half_square - small) - f)


def _log_or_limit(main: Floats, x: Floats) -> Floats:
    """Return `main` where x is positive and finite, and the limit of log(x) elsewhere."""
    limit = select(x == 0.0, -_INF, select(x == _INF, _INF, _NAN))
    value: Floats = select((x > 0.0) & (x < _INF), main, limit)
    return value


def log(x: Floats) -> Floats:
    """Return the natural logarithm, within 1 ulp; -infinity at 0, nan below."""
    k, m = _normalised(x)
    return _log_or_limit(_log_of_parts(k, m - 1.0, 0.0), x)


def log1p(x: Floats) -> Floats:
    """Return log(1 + x), within 2 ulp also near 0; -infinity at -1, nan below."""
    u = 1.0 + x
    k, m = _exponent_and_mantissa(u)
    lost = select(u >= 2.0, 1.0 - (u - x), x - (u - 1.0)) / u
    inside = k == 0.0
    main = _log_of_parts(k, select(inside, x, m - 1.0), select(inside, 0.0, lost))
    return _log_or_limit(main, u)


def split(a: Floats) -> tuple[Floats, Floats]:
    """Return two halves of at most 26 bits each whose sum is a (Dekker)."""
    c = 134217729.0 * a
    high = c - (c - a)
    return high, a - high


def _product_error(a: Floats, b: Floats, product: Floats) -> Floats:
    """Return exactly what rounding took off a * b (Dekker)."""
    a1, a2 = split(a)
    b1, b2 = split(b)
    return ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2


def _log_in_two_parts(x: Floats) -> tuple[Floats, Floats]:
    """Return log(x) as a sum of two numbers, within 2**-59 of itself, for x above 0."""
    k, m = _normalised(x)
    f = m - 1.0
    d = 2.0 + f
    s = f / d
    product = s * d
    s_rest = (((f - product) - _product_error(s, d, product)) - s * (f - (d - 2.0))) / d
    z = s * s
    w = z * z
    even = w * (_L[1] + w * (_L[3] + w * _L[5]))
    odd = z * (_L[0] + w * (_L[2] + w * (_L[4] + w * _L[6])))
    whole = k * _LN2
    total = whole + 2.0 * s
    back = total - whole
    lost = (whole - (total - back)) + (2.0 * s - back)
    small = lost + (k * _LN2_REST + (2.0 * s_rest + s * (even + odd)))
    high = total + small
    return high, small - (high - total)


def _power_or_limit(main: Floats, x: Floats, y: Floats) -> Floats:
    """Return `main` where x is positive and finite, the limit of x**y elsewhere; x where y is 1."""
    at_zero = select(y > 0.0, 0.0, y * -_INF)
    at_infinity = select(y < 0.0, 0.0, y * _INF)
    limit = select(x == 0.0, at_zero, select(x == _INF, at_infinity, _NAN))
    beside = select((x > 0.0) & (x < _INF), main, limit)
    value: Floats = select(y == 0.0, 1.0, select(y == 1.0, x, beside))
    return value


def power(x: Floats, y: Floats) -> Floats:
    """Return x**y for x of 0 and above, within 1 + |y log(x)| / 16 ulp.

    0**0 is 1 and x**1 exactly x; x below 0 otherwise gives nan.
    """
    high, low = _log_in_two_parts(x)
    bounded = select(y > 1e22, 1e22, select(y < -1e22, -1e22, y))
    product = bounded * high
    rest = _product_error(bounded, high, product) + bounded * low
    within = (product > -800.0) & (product < 800.0)
    return _power_or_limit(exp_sum(product, select(within, rest, 0.0)), x, y)
