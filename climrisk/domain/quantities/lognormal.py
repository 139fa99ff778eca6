"""Lognormal: ln(value) is normal with mean mu and standard deviation sigma.

Source: Johnson, Kotz and Balakrishnan 1994, Continuous Univariate Distributions 1, ch. 14.
Support: (0, inf). Mean: exp(mu + sigma**2 / 2).
"""

from __future__ import annotations

from typing import Literal

from climrisk.domain.base import Number
from climrisk.domain.quantities.gaussian import Gaussian, GaussianOnScale, check_spread

__all__ = ["Lognormal"]


class Lognormal(GaussianOnScale):
    """A positive number whose logarithm is normal."""

    family: Literal["lognormal"]
    mu: Number
    """Mean of the natural logarithm."""
    sigma: Number
    """Standard deviation of the natural logarithm."""

    def _check(self) -> None:
        check_spread("sigma", self.sigma)
        super()._check()

    @property
    def law(self) -> Gaussian:
        """Parameters as stated, on the log scale."""
        return Gaussian(self.mu, self.sigma, "log")
