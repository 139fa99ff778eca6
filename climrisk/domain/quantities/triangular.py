"""Triangular: the density rises evenly from low to mode and falls evenly to high.

Source: Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 26.
Support: (low, high). Mean: (low + mode + high) / 3.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity
from climrisk.domain.quantities.bounds import check_bounds, check_mode
from climrisk.portable.arrays import log

__all__ = ["Triangular"]


class Triangular(Quantity):
    """Lowest, most likely and highest value, with straight sides between them."""

    family: Literal["triangular"]
    low: Number
    """Lowest possible value."""
    mode: Number
    """Most likely value."""
    high: Number
    """Highest possible value."""

    def _check(self) -> None:
        check_bounds(self.low, self.high)
        check_mode(self.low, self.mode, self.high)

    @property
    def support(self) -> tuple[float, float]:
        """The bounds."""
        return self.low, self.high

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        width, rise, fall = self._sides
        rising = self.low + np.sqrt(u * width * rise)
        falling = self.high - np.sqrt((1.0 - u) * width * fall)
        return np.where(u * width <= rise, rising, falling)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        width, rise, fall = self._sides
        inside = np.clip(x, self.low, self.high)
        is_rising = inside < self.mode
        below = (inside - self.low) ** 2 / (width * (rise or 1.0))
        above = (self.high - inside) ** 2 / (width * (fall or 1.0))
        return np.where(is_rising, below, 1.0 - above), np.where(is_rising, 1.0 - below, above)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        width, rise, fall = self._sides
        rising = (x - self.low) / (rise or 1.0)
        falling = (self.high - x) / (fall or 1.0)
        height = np.where(x < self.mode, rising, falling) * 2.0 / width
        return log(np.maximum(height, 0.0))

    def mean(self) -> float:
        """Return the expected value."""
        return (self.low + self.mode + self.high) / 3.0

    @property
    def _sides(self) -> tuple[float, float, float]:
        """Width of the whole, of the rising side and of the falling side."""
        return self.high - self.low, self.mode - self.low, self.high - self.mode
