"""A law of single values, each with its probability: the cumulative chance rises in steps.

ppf(u) is the smallest value whose cumulative probability reaches u, the inverse of the step
function (Hyndman and Fan 1996, The American Statistician 50(4), definition 1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from climrisk.domain.quantities.base import FloatArray, refused

__all__ = ["Steps"]


@dataclass(frozen=True)
class Steps:
    """Single values with probabilities.

    Parameters
    ----------
    values : tuple of float
        Values, never decreasing.
    probabilities : tuple of float
        Their probabilities, which sum to 1.
    """

    values: tuple[float, ...]
    probabilities: tuple[float, ...]

    @property
    def support(self) -> tuple[float, float]:
        """Lowest and highest value."""
        return self.values[0], self.values[-1]

    @property
    def variance_is_finite(self) -> bool:
        """True for any list of values."""
        return True

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        values, below, _ = self._cumulative
        return np.asarray(values[np.searchsorted(below[1:-1], u)])

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        values, below, above = self._cumulative
        count = np.searchsorted(values, x, side="right")
        return below[count], above[count]

    def log_density(self, x: FloatArray) -> FloatArray:
        """Refuse: single values have no density.

        Raises
        ------
        PydanticCustomError
            Always.
        """
        raise refused("single values have a probability of their own, so there is no density")

    def mean(self) -> float:
        """Return the expected value."""
        return math.fsum(x * p for x, p in zip(self.values, self.probabilities, strict=True))

    @cached_property
    def _cumulative(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Values, chance of fewer than each count of them, chance of the others."""
        chances = np.array(self.probabilities)
        below = np.concatenate([[0.0], np.cumsum(chances)])
        above = np.concatenate([[0.0], np.cumsum(chances[::-1])])[::-1]
        below[-1] = above[0] = 1.0
        return np.array(self.values), below, above
