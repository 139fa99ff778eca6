"""Beta between two bounds, by its two shapes.

value = low + (high - low) * B, with density B**(alpha - 1) * (1 - B)**(beta - 1) / Beta(alpha,
beta). Source: Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2,
ch. 25. Support: (low, high), 0 to 1 where not stated.
Mean: low + (high - low) * alpha / (alpha + beta).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, refused, shown
from climrisk.domain.quantities.bounds import check_bounds
from climrisk.domain.quantities.law import StatedLaw
from climrisk.domain.quantities.quantile_table import QuantileTable, tabulated
from climrisk.portable.arrays import exp, log, log1p

__all__ = ["Beta", "BetaBetween"]


@dataclass(frozen=True)
class BetaBetween:
    """A beta variable stretched between two bounds.

    Parameters
    ----------
    alpha, beta : float
        Shapes, above 0.
    low, high : float
        Bounds, low below high.
    """

    alpha: float
    beta: float
    low: float
    high: float

    @property
    def support(self) -> tuple[float, float]:
        """The bounds."""
        return self.low, self.high

    @property
    def variance_is_finite(self) -> bool:
        """True between bounds."""
        return True

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`, within a relative 1e-10."""
        share = _unit_table(self.alpha, self.beta).ppf(u)
        return np.minimum(self.low + (self.high - self.low) * share, self.high)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        from scipy.special import betainc  # late: see scales.py

        width = self.high - self.low
        inside = np.clip(x, self.low, self.high)
        above = (self.high - inside) / width
        below = (inside - self.low) / width
        return betainc(self.alpha, self.beta, below), betainc(self.beta, self.alpha, above)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        from scipy.special import betaln  # late: see scales.py

        width = self.high - self.low
        is_inside = (x > self.low) & (x < self.high)
        share = np.where(is_inside, (x - self.low) / width, 0.5)
        log_shape = (self.alpha - 1.0) * log(share) + (self.beta - 1.0) * log1p(-share)
        log_density = log_shape - betaln(self.alpha, self.beta) - log(width)
        return np.where(is_inside, log_density, -np.inf)

    def mean(self) -> float:
        """Return the expected value."""
        return self.low + (self.high - self.low) * self.alpha / (self.alpha + self.beta)


@lru_cache(maxsize=1024)
def _unit_table(alpha: float, beta: float) -> QuantileTable:
    from scipy.special import betainccinv, betaincinv, betaln  # late: see scales.py

    def exact(u: FloatArray, complement: FloatArray) -> FloatArray:
        is_low = u <= complement
        values = np.empty(u.shape)
        values[is_low] = betaincinv(alpha, beta, u[is_low])
        values[~is_low] = betainccinv(alpha, beta, complement[~is_low])
        # far below 1e-100 SciPy may give up, where the first term of the series is exact
        first_term = exp((log(u) + log(alpha) + betaln(alpha, beta)) / alpha)
        return np.where(np.isnan(values), first_term, values)

    return tabulated(exact)


class Beta(StatedLaw):
    """A bounded number with one hump, or with most of its weight at the bounds."""

    family: Literal["beta"]
    alpha: Number
    """Weight towards the upper bound."""
    beta: Number
    """Weight towards the lower bound."""
    low: Number = 0.0
    """Lowest possible value."""
    high: Number = 1.0
    """Highest possible value."""

    def _check(self) -> None:
        for name, value in {"alpha": self.alpha, "beta": self.beta}.items():
            if value <= 0.0:
                raise refused(f"found {name} {shown(value)}, allowed above 0")
        check_bounds(self.low, self.high)

    @property
    def law(self) -> BetaBetween:
        """The beta variable as stated."""
        return BetaBetween(self.alpha, self.beta, self.low, self.high)
