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
from abc import abstractmethod
from typing import ClassVar, Final, NamedTuple

import numpy as np

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity, refused, shown
from climrisk.domain.quantities.expectation import expected_value, logistic_log_density
from climrisk.domain.quantities.scales import (
    LIMITS,
    ContextScale,
    check_percentiles,
    from_scale,
    to_scale,
)

__all__ = ["P5P50P95", "P10P50P90", "ThreePercentiles"]

_LARGEST_SKEW: Final = 1.66711
_HEAVIEST_TAIL: Final = 0.9999  # the mean is infinite at 1 and past quadrature just below


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


class ThreePercentiles(Quantity):
    """Base of the statements by a median and two percentiles at equal distance from it."""

    outer_level: ClassVar[float]
    scale: ContextScale

    @property
    @abstractmethod
    def percentiles(self) -> dict[str, float]:
        """The three percentiles by name, from low to high."""

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
        log_odds = np.log(u) - np.log1p(-u)
        return from_scale(a1 + (a2 + a3 * (u - 0.5)) * log_odds, self.scale)

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
        return math.log((1.0 - self.outer_level) / self.outer_level)

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


class P5P50P95(ThreePercentiles):
    """A median and a range that holds nine times in ten."""

    outer_level: ClassVar[float] = 0.05
    p5: Number
    """Value with a 1 in 20 chance of being lower."""
    p50: Number
    """Value with an even chance of being lower."""
    p95: Number
    """Value with a 1 in 20 chance of being higher."""

    @property
    def percentiles(self) -> dict[str, float]:
        """The three percentiles by name, from low to high."""
        return {"p5": self.p5, "p50": self.p50, "p95": self.p95}


class P10P50P90(ThreePercentiles):
    """A median and a range that holds eight times in ten."""

    outer_level: ClassVar[float] = 0.10
    p10: Number
    """Value with a 1 in 10 chance of being lower."""
    p50: Number
    """Value with an even chance of being lower."""
    p90: Number
    """Value with a 1 in 10 chance of being higher."""

    @property
    def percentiles(self) -> dict[str, float]:
        """The three percentiles by name, from low to high."""
        return {"p10": self.p10, "p50": self.p50, "p90": self.p90}


def _just_inside(low: float, high: float) -> tuple[float, float]:
    """Round to about four figures, strictly inwards."""
    width = high - low
    fine_low, fine_high = (
        10.0 ** (math.floor(math.log10(min(width, abs(end) or width))) - 3) for end in (low, high)
    )
    rounded_low = (math.floor(low / fine_low) + 1) * fine_low
    return rounded_low, (math.ceil(high / fine_high) - 1) * fine_high
