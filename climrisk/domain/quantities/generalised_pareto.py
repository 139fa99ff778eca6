"""Generalised Pareto: excesses over a high threshold.

value = threshold + scale * expm1(-shape * ln(1 - u)) / shape, exponential where shape = 0.
Source: Embrechts, Klüppelberg and Mikosch 1997, Modelling Extremal Events, sec. 3.4.
Support: (threshold, inf), or up to threshold - scale / shape where shape < 0.
Mean: threshold + scale / (1 - shape), infinite from shape 1; variance infinite from 1/2.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from pydantic import Field

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity, refused, shown
from climrisk.portable.arrays import exp, expm1, log1p

__all__ = ["GeneralisedPareto"]


class GeneralisedPareto(Quantity):
    """A number above a threshold, with a tail as heavy as its shape says."""

    family: Literal["generalised_pareto"]
    threshold: Number
    """Lowest possible value."""
    stated_scale: Number = Field(alias="scale")
    """Scale of the excess, in the unit of the field."""
    shape: Number
    """Tail index: 0 is exponential, above 0 a power law, below 0 bounded."""

    def _check(self) -> None:
        if self.stated_scale <= 0.0:
            raise refused(f"found scale {shown(self.stated_scale)}, allowed above 0")
        if self.shape >= 1.0:
            raise refused(
                f"found shape {shown(self.shape)}, at which the mean is infinite; allowed below 1"
            )

    @property
    def support(self) -> tuple[float, float]:
        """From the threshold to infinity, or to the bound of a negative shape."""
        if self.shape >= 0.0:
            return self.threshold, math.inf
        return self.threshold, self.threshold - self.stated_scale / self.shape

    @property
    def variance_is_finite(self) -> bool:
        """False where the shape is 1/2 or more."""
        return self.shape < 0.5

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        exceeded = -log1p(-np.asarray(u))
        excess = expm1(self.shape * exceeded) / self.shape if self.shape else exceeded
        return np.asarray(np.minimum(self.threshold + self.stated_scale * excess, self.support[1]))

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        exceeded = self._exceeded(x)
        return -expm1(-exceeded), exp(-exceeded)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        low, high = self.support
        is_inside = (x >= low) & (x < high)
        exceeded = self._exceeded(np.where(is_inside, x, low))
        log_density = -(1.0 + self.shape) * exceeded - math.log(self.stated_scale)
        return np.where(is_inside, log_density, -np.inf)

    def mean(self) -> float:
        """Return the expected value."""
        return self.threshold + self.stated_scale / (1.0 - self.shape)

    def _exceeded(self, x: FloatArray) -> FloatArray:
        """Return minus the logarithm of the chance of more than `x`."""
        excess = (np.clip(x, *self.support) - self.threshold) / self.stated_scale
        if not self.shape:
            return np.asarray(excess)
        return np.asarray(log1p(np.maximum(self.shape * excess, -1.0)) / self.shape)
