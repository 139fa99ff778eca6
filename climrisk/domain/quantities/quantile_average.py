"""The average of several people's quantiles, level by level, on the scale of the field.

Q(u) = from_scale(sum of weight * to_scale(Q_i(u))): arithmetic where signed, geometric for
amounts and rates, of the log-odds for shares. Narrower than any linear pool. Source: Lichtendahl,
Grushka-Cockayne and Winkler 2013, Is It Better to Average Probabilities or Quantiles?, Management
Science 59(7). Support: the average of those of the people. Mean: sum of weight * mean where
signed, else by quadrature.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from climrisk.domain.quantities.base import FloatArray, Quantity, refused, shown
from climrisk.domain.quantities.expectation import expected_value, logistic_log_density
from climrisk.domain.quantities.inversion import bisected
from climrisk.domain.quantities.scales import LIMITS, Scale, from_scale, places
from climrisk.portable.arrays import expit

__all__ = ["QuantileAverage"]

_RELATIVE_ERROR: Final = 1e-10  # of the mean: that of tabulated quantiles
# float64 holds 1 - 2**-37 exactly; much farther out, 1 - u is too coarse
_FAR_BITS: Final = 37
_NEAR_BITS: Final = 31
_FAR, _NEAR = (math.log(2.0**bits - 1.0) for bits in (_FAR_BITS, _NEAR_BITS))


@dataclass(frozen=True)
class QuantileAverage:
    """Quantiles averaged level by level.

    Parameters
    ----------
    weights : tuple of float
        Weight of each person; together 1.
    laws : tuple of Quantity
        What each person stated.
    scale : {"log", "logit", "identity"}
        Scale on which the average is taken.
    """

    weights: tuple[float, ...]
    laws: tuple[Quantity, ...]
    scale: Scale

    def check(self) -> None:
        """Refuse a value at the end of the scale, which no average could leave."""
        low, high = LIMITS[self.scale]
        ends = np.array([1e-9, 1.0 - 1e-9])
        for law in self.laws if self.scale != "identity" else ():
            least, most = law.ppf(ends)
            for value in (least, most):
                if value in (low, high):
                    raise refused(
                        f"one person holds {shown(value)} to be possible as a single value, "
                        "which a quantile average cannot weigh; allowed method linear"
                    )

    @property
    def support(self) -> tuple[float, float]:
        """The averages of the lowest and of the highest values."""
        ends = np.array([law.support for law in self.laws])
        low, high = from_scale(np.array(self.weights) @ places(ends, self.scale), self.scale)
        return float(low), float(high)

    @property
    def variance_is_finite(self) -> bool:
        """True where it is for every person, which is enough by the Hölder inequality."""
        return all(law.variance_is_finite for law in self.laws)

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        return from_scale(self._place(np.asarray(u)), self.scale)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more, to an absolute 1e-15."""
        place = places(x, self.scale)
        low = np.full(np.shape(x), np.finfo(float).tiny)
        just_above = bisected(lambda u: self._place(u) > place, low, 1.0 - 2.0**-53 - low)
        least, most = self.support
        below = np.where(x < least, 0.0, np.where(x >= most, 1.0, just_above))
        return below, 1.0 - below

    def log_density(self, x: FloatArray) -> FloatArray:
        """Refuse: an average of quantiles is not pooled again.

        Raises
        ------
        PydanticCustomError
            Always.
        """
        raise refused("a quantile average has no density of its own; pool the people once")

    def mean(self) -> float:
        """Return the expected value."""
        if self.scale == "identity":
            means = [law.mean() for law in self.laws]
            return math.fsum(w * mean for w, mean in zip(self.weights, means, strict=True))
        place, error = self._place_at_log_odds, _RELATIVE_ERROR
        return expected_value(place, self.scale, logistic_log_density, error)

    def _place(self, u: FloatArray) -> FloatArray:
        total = np.zeros(np.shape(u))
        for weight, law in zip(self.weights, self.laws, strict=True):
            total = total + weight * places(law.ppf(u), self.scale)
        return total

    def _place_at_log_odds(self, z: float) -> float:
        """Return the place on the scale; far out, on the straight line that power laws follow."""
        if abs(z) <= _FAR:
            return float(self._place(expit([z]))[0])
        chances = np.array([2.0**-_FAR_BITS, 2.0**-_NEAR_BITS])
        at, before = self._place(chances if z < 0.0 else 1.0 - chances)
        return float(at + (at - before) * (abs(z) - _FAR) / (_FAR - _NEAR))
