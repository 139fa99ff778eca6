"""Weibull, by shape and scale.

value = scale * (-ln(1 - u))**(1 / shape). Source: Johnson, Kotz and Balakrishnan 1994, Continuous
Univariate Distributions 1, ch. 21. Support: (0, inf). Mean: scale * Gamma(1 + 1 / shape).
"""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np
from pydantic import Field

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity, refused, shown
from climrisk.portable.arrays import exp, expm1, log, log1p, power

__all__ = ["Weibull"]

_LEAST_SHAPE: Final = 0.01  # below, the gamma function of the variance is past float64


class Weibull(Quantity):
    """A positive number, as of lifetimes and wind speeds."""

    family: Literal["weibull"]
    shape: Number
    """Shape; 1 is the exponential distribution."""
    stated_scale: Number = Field(alias="scale")
    """Scale, in the unit of the field: 63 % of the values are lower."""

    def _check(self) -> None:
        if self.shape < _LEAST_SHAPE:
            raise refused(f"found shape {shown(self.shape)}, allowed {_LEAST_SHAPE} or more")
        if self.stated_scale <= 0.0:
            raise refused(f"found scale {shown(self.stated_scale)}, allowed above 0")

    @property
    def support(self) -> tuple[float, float]:
        """Every positive number."""
        return 0.0, math.inf

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        hazard = -log1p(-np.asarray(u))
        return np.asarray(self.stated_scale * power(hazard, 1.0 / self.shape))

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        hazard = power(np.maximum(x, 0.0) / self.stated_scale, self.shape)
        return -expm1(-hazard), exp(-hazard)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        ratio = np.where(x > 0.0, x, 1.0) / self.stated_scale
        log_rate = math.log(self.shape / self.stated_scale) + (self.shape - 1.0) * log(ratio)
        return np.where(x > 0.0, log_rate - power(ratio, self.shape), -np.inf)

    def mean(self) -> float:
        """Return the expected value."""
        return self.stated_scale * math.gamma(1.0 + 1.0 / self.shape)
