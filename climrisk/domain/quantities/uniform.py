"""Uniform: every value between two bounds is as likely as another.

Source: Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 26.
Support: (low, high). Mean: (low + high) / 2.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity
from climrisk.domain.quantities.bounds import check_bounds
from climrisk.portable.arrays import log

__all__ = ["Uniform"]


class Uniform(Quantity):
    """A number of which only the bounds are known."""

    family: Literal["uniform"]
    low: Number
    """Lowest possible value."""
    high: Number
    """Highest possible value."""

    def _check(self) -> None:
        check_bounds(self.low, self.high)

    @property
    def support(self) -> tuple[float, float]:
        """The bounds."""
        return self.low, self.high

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        return self.low + (self.high - self.low) * u

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        inside = np.clip(x, self.low, self.high)
        width = self.high - self.low
        return (inside - self.low) / width, (self.high - inside) / width

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        outside = (x < self.low) | (x > self.high)
        return np.where(outside, -np.inf, -log(self.high - self.low))

    def mean(self) -> float:
        """Return the middle."""
        return 0.5 * (self.low + self.high)
