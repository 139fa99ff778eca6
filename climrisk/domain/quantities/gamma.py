"""Gamma, by shape and scale or by mean and coefficient of variation.

Density x**(shape - 1) * exp(-x / scale) / (Gamma(shape) * scale**shape); shape = 1 / cv**2,
scale = mean * cv**2. Source: Johnson, Kotz and Balakrishnan 1994, Continuous Univariate
Distributions 1, ch. 17. Support: (0, inf). Mean: shape * scale.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from pydantic import Field

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity, refused, shown
from climrisk.domain.quantities.quantile_table import QuantileTable, tabulated
from climrisk.portable.arrays import log

__all__ = ["Gamma", "unit_gamma"]


class Gamma(Quantity):
    """A positive number with an exponential tail."""

    family: Literal["gamma"]
    shape: Number | None = None
    """Shape; 1 is the exponential distribution."""
    stated_scale: Number | None = Field(default=None, alias="scale")
    """Scale, in the unit of the field."""
    stated_mean: Number | None = Field(default=None, alias="mean")
    """Expected value."""
    cv: Number | None = None
    """Standard deviation as a multiple of the mean."""

    def _check(self) -> None:
        pairs = {
            "shape": self.shape,
            "scale": self.stated_scale,
            "mean": self.stated_mean,
            "cv": self.cv,
        }
        stated = {name: value for name, value in pairs.items() if value is not None}
        if set(stated) not in ({"shape", "scale"}, {"mean", "cv"}):
            found = ", ".join(stated) or "no parameter"
            raise refused(f"found {found} for the family gamma, allowed shape, scale or mean, cv")
        for name, value in stated.items():
            if value <= 0.0:
                raise refused(f"found {name} {shown(value)}, allowed above 0")

    @property
    def _parameters(self) -> tuple[float, float]:
        """Shape and scale."""
        if self.shape is not None and self.stated_scale is not None:
            return self.shape, self.stated_scale
        assert self.stated_mean is not None
        assert self.cv is not None
        square = self.cv * self.cv
        return 1.0 / square, self.stated_mean * square

    @property
    def support(self) -> tuple[float, float]:
        """Every positive number."""
        return 0.0, np.inf

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`, within a relative 1e-10."""
        shape, scale = self._parameters
        return scale * unit_gamma(shape).ppf(u)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        from scipy.special import gammainc, gammaincc  # late: see scales.py

        shape, scale = self._parameters
        inside = np.maximum(x, 0.0) / scale
        return gammainc(shape, inside), gammaincc(shape, inside)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        from scipy.special import gammaln  # late: see scales.py

        shape, scale = self._parameters
        inside = np.where(x > 0.0, x, 1.0) / scale
        log_density = (shape - 1.0) * log(inside) - inside - gammaln(shape) - log(scale)
        return np.where(x > 0.0, log_density, -np.inf)

    def mean(self) -> float:
        """Return the expected value."""
        shape, scale = self._parameters
        return shape * scale


@lru_cache(maxsize=1024)
def unit_gamma(shape: float) -> QuantileTable:
    """Return the quantiles of the gamma law of scale 1."""
    from scipy.special import gammainccinv, gammaincinv  # late: see scales.py

    def exact(u: FloatArray, complement: FloatArray) -> FloatArray:
        is_low = u <= complement
        values = np.empty(u.shape)
        values[is_low] = gammaincinv(shape, u[is_low])
        values[~is_low] = gammainccinv(shape, complement[~is_low])
        return values

    return tabulated(exact)
