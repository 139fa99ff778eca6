"""Uniform: every value between two bounds is as likely as another.

Source: Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 26.
Support: (low, high). Mean: (low + high) / 2.
"""

from __future__ import annotations

from typing import Literal

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity
from climrisk.domain.quantities.bounds import check_bounds

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

    def mean(self) -> float:
        """Return the middle."""
        return 0.5 * (self.low + self.high)
