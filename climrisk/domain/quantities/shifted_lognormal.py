"""Shifted lognormal: ln(value - shift) is normal with mean mu and standard deviation sigma.

Source: Johnson, Kotz and Balakrishnan 1994, Continuous Univariate Distributions 1, ch. 14.
Support: (shift, inf). Mean: shift + exp(mu + sigma**2 / 2).
"""

from __future__ import annotations

import math
from typing import Literal

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity
from climrisk.domain.quantities.gaussian import Gaussian, check_spread

__all__ = ["ShiftedLognormal"]


class ShiftedLognormal(Quantity):
    """A lognormal number that starts at another value than 0."""

    family: Literal["shifted_lognormal"]
    mu: Number
    """Mean of the natural logarithm of the excess over the shift."""
    sigma: Number
    """Standard deviation of the natural logarithm of the excess over the shift."""
    shift: Number
    """Lowest possible value."""

    def _check(self) -> None:
        check_spread("sigma", self.sigma)
        self._excess.check()

    @property
    def support(self) -> tuple[float, float]:
        """Everything above the shift."""
        return self.shift, math.inf

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        return self.shift + self._excess.ppf(u)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        return self._excess.tails(x - self.shift)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        return self._excess.log_density(x - self.shift)

    def mean(self) -> float:
        """Return the expected value."""
        return self.shift + self._excess.mean()

    @property
    def _excess(self) -> Gaussian:
        return Gaussian(self.mu, self.sigma, "log")
