"""Three percentiles: a three-term metalog on the scale of the field, exact at all three.

value = from_scale(a1 + a2 * L + a3 * (u - 1/2) * L) with L = ln(u / (1 - u)). From percentiles
at c, 1/2 and 1 - c, with l = ln((1 - c) / c) and z the percentiles on the scale:
a1 = z_mid, a2 = (z_high - z_low) / (2 l), a3 = (z_high + z_low - 2 z_mid) / ((1 - 2 c) l).
Feasible where a2 > 0 and |a3| / a2 <= 1.66711.
Source: Keelin 2016, The Metalog Distributions, Decision Analysis 13(4).

Support: that of the scale. Mean: a1 + a3 / 2 on the identity scale, else by quadrature. On the
log scale the upper tail is a power law: the moment of order k is finite where
k * (a2 + a3 / 2) < 1.
"""

from __future__ import annotations

import math
from typing import ClassVar, Final, NamedTuple

import numpy as np

from climrisk.domain.quantities.base import FloatArray, Quantity, refused, shown
from climrisk.domain.quantities.expectation import expected_value, logistic_log_density
from climrisk.domain.quantities.scales import (
    LIMITS,
    ContextScale,
    check_percentiles,
    from_scale,
    log_stretch,
    places,
    to_scale,
)
from climrisk.portable.arrays import exp, expit, log, log1p, tanh

__all__ = ["ThreePercentiles"]

_LARGEST_SKEW: Final = 1.66711
_HEAVIEST_TAIL: Final = 0.9999  # the mean is infinite at 1 and past quadrature just below

_FARTHEST: Final = 1e12  # a place on any scale past which no probability is left
_MOST_STEPS: Final = 60
_CLOSE: Final = 1e-9  # a step of Newton's squares it


class _Coefficients(NamedTuple):
    a1: float
    a2: float
    a3: float

    @property
    def upper_tail_index(self) -> float:
        return self.a2 + 0.5 * self.a3

    def at(self, z: float) -> float:
        """Return the quantile on the scale, z being the log-odds of its probability."""
        return self.a1 + self.a2 * z + 0.5 * self.a3 * math.tanh(0.5 * z) * z

    def log_odds(self, place: FloatArray) -> FloatArray:
        """Return the log-odds of the probability of at most `place`: Newton, kept in a bracket."""
        distance = np.clip(place, -_FARTHEST, _FARTHEST) - self.a1
        # place - a1 is z times a factor between a2 - |a3| / 2 and a2 + |a3| / 2
        near, far = (distance / (self.a2 + sign * 0.5 * abs(self.a3)) for sign in (1, -1))
        low, high = np.minimum(near, far), np.maximum(near, far)
        z = near
        for _ in range(_MOST_STEPS):
            bent = tanh(0.5 * z)
            excess = (self.a2 + 0.5 * self.a3 * bent) * z - distance
            low, high = np.where(excess < 0.0, z, low), np.where(excess < 0.0, high, z)
            with np.errstate(divide="ignore", invalid="ignore"):
                newton = z - excess / self._slope(z, bent)
            close = _CLOSE * np.abs(z)  # far out the answer is the end of the bracket itself
            is_last = np.abs(newton - z) <= close
            is_inside = (newton > low - close) & (newton < high + close)
            z = np.where(is_inside, newton, 0.5 * (low + high))
            if is_last.all():
                break
        return z

    def slope(self, z: FloatArray) -> FloatArray:
        """Return d place / d log-odds."""
        return self._slope(z, tanh(0.5 * z))

    def _slope(self, z: FloatArray, bent: FloatArray) -> FloatArray:
        """Return the same, given tanh(z / 2)."""
        return self.a2 + 0.5 * self.a3 * (bent + 0.5 * z * (1.0 - bent * bent))


class ThreePercentiles(Quantity):
    """Base of the statements by a median and two percentiles at equal distance from it."""

    outer_level: ClassVar[float]
    names: ClassVar[tuple[str, str, str]]
    scale: ContextScale

    @property
    def percentiles(self) -> dict[str, float]:
        """The three percentiles by name, from low to high."""
        return {name: getattr(self, name) for name in self.names}

    @property
    def support(self) -> tuple[float, float]:
        """Everything that the scale can hold."""
        return LIMITS[self.scale]

    @property
    def variance_is_finite(self) -> bool:
        """False on the log scale where the upper tail index is 1/2 or more."""
        return self.scale != "log" or self._coefficients.upper_tail_index < 0.5

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        a1, a2, a3 = self._coefficients
        log_odds = log(u) - log1p(-np.asarray(u))
        return from_scale(a1 + (a2 + a3 * (u - 0.5)) * log_odds, self.scale)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        z = self._coefficients.log_odds(places(x, self.scale))
        return expit(z), expit(-z)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        low, high = self.support
        is_inside = (x > low) & (x < high)
        inside = np.where(is_inside, x, 0.5)
        z = self._coefficients.log_odds(places(inside, self.scale))
        logistic = -np.abs(z) - 2.0 * log1p(exp(-np.abs(z)))
        log_density = logistic - log(self._coefficients.slope(z))
        return np.where(is_inside, log_density + log_stretch(inside, self.scale), -np.inf)

    def mean(self) -> float:
        """Return the expected value."""
        metalog = self._coefficients
        if self.scale == "identity":
            return metalog.a1 + 0.5 * metalog.a3
        return expected_value(metalog.at, self.scale, logistic_log_density)

    @property
    def _coefficients(self) -> _Coefficients:
        low, middle, high = (to_scale(x, self.scale) for x in self.percentiles.values())
        log_odds = self._outer_log_odds
        skew = (high + low - 2.0 * middle) / ((1.0 - 2.0 * self.outer_level) * log_odds)
        return _Coefficients(middle, 0.5 * (high - low) / log_odds, skew)

    @property
    def _outer_log_odds(self) -> float:
        return to_scale((1.0 - self.outer_level) / self.outer_level, "log")

    def _check(self) -> None:
        check_percentiles(self.percentiles, self.scale)
        _, a2, a3 = metalog = self._coefficients
        if abs(a3) > _LARGEST_SKEW * a2:
            raise refused(f"p50 is too near one end for a smooth curve; {self._cure()}")
        if self.scale == "log" and metalog.upper_tail_index > _HEAVIEST_TAIL:
            raise refused(f"the upper tail is so heavy that the mean is infinite; {self._cure()}")

    def _cure(self) -> str:
        """Name the medians that the outer percentiles allow, or what to state instead."""
        low, high = self._median_limits()
        lower, _, upper = self.percentiles
        if low >= high:
            return f"allowed a smaller ratio of {upper} to {lower}"
        return f"with these {lower} and {upper}, allowed p50 {shown(low)} to {shown(high)}"

    def _median_limits(self) -> tuple[float, float]:
        """Return the feasible medians, just inside; empty (low >= high) where there are none."""
        z_low, _, z_high = (to_scale(x, self.scale) for x in self.percentiles.values())
        a2 = self._coefficients.a2
        shift = (0.5 - self.outer_level) * self._outer_log_odds  # of the median per unit of a3
        below = above = _LARGEST_SKEW * a2
        if self.scale == "log":
            below = min(below, 2.0 * (_HEAVIEST_TAIL - a2))
        middle = 0.5 * (z_low + z_high)
        ends = np.array([middle - shift * below, middle + shift * above])
        low, high = (float(x) for x in from_scale(ends, self.scale))
        return (low, high) if low >= high else _just_inside(low, high)


def _just_inside(low: float, high: float) -> tuple[float, float]:
    """Round to about four figures, strictly inwards."""
    width = high - low
    fine_low, fine_high = (
        10.0 ** (math.floor(math.log10(min(width, abs(end) or width))) - 3) for end in (low, high)
    )
    rounded_low = (math.floor(low / fine_low) + 1) * fine_low
    return rounded_low, (math.ceil(high / fine_high) - 1) * fine_high
