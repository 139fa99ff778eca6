"""Student t with a location and a scale.

value = location + scale * T, T Student t with df degrees of freedom. Source: Johnson, Kotz and
Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 28. Support: (-inf, inf), so it is
refused where a quantity cannot be negative. Mean: location; infinite up to df 1, the variance
infinite up to df 2.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Literal

import numpy as np
from pydantic import Field

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity, refused, shown
from climrisk.domain.quantities.quantile_table import QuantileTable, tabulated
from climrisk.portable.arrays import log1p

__all__ = ["StudentT"]


class StudentT(Quantity):
    """A number of either sign, with heavier tails than the normal."""

    family: Literal["student_t"]
    df: Number
    """Degrees of freedom: the fewer, the heavier the tails."""
    location: Number
    """Expected value."""
    stated_scale: Number = Field(alias="scale")
    """Scale, in the unit of the field."""

    def _check(self) -> None:
        if self.df <= 1.0:
            raise refused(f"found df {shown(self.df)}, at which there is no mean; allowed above 1")
        if self.stated_scale <= 0.0:
            raise refused(f"found scale {shown(self.stated_scale)}, allowed above 0")

    @property
    def support(self) -> tuple[float, float]:
        """Every number."""
        return -math.inf, math.inf

    @property
    def variance_is_finite(self) -> bool:
        """False where df is 2 or less."""
        return self.df > 2.0

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`.

        Within 1e-10 of the distance from the location, or near it of a hundredth of the scale.
        """
        return np.asarray(self.location + self.stated_scale * _unit_table(self.df).ppf(u))

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        from scipy.special import stdtr  # late: see scales.py

        t = (x - self.location) / self.stated_scale
        return stdtr(self.df, t), stdtr(self.df, -t)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        t = (x - self.location) / self.stated_scale
        half = 0.5 * self.df
        log_peak = math.lgamma(half + 0.5) - math.lgamma(half) - 0.5 * math.log(math.pi * self.df)
        log_shape = -(half + 0.5) * log1p(t * t / self.df)
        return np.asarray(log_peak - math.log(self.stated_scale) + log_shape)

    def mean(self) -> float:
        """Return the location."""
        return self.location


@lru_cache(maxsize=1024)
def _unit_table(df: float) -> QuantileTable:
    from scipy.special import stdtrit  # late: SciPy takes longer to load than a study to check

    def exact(u: FloatArray, complement: FloatArray) -> FloatArray:
        below: FloatArray = stdtrit(df, np.minimum(u, complement))
        return np.where(u <= complement, below, -below)

    return tabulated(exact)
