"""A number that is certain.

Support: {value}. Mean: value.
"""

from __future__ import annotations

import numpy as np

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity

__all__ = ["Constant"]


class Constant(Quantity):
    """A number that is certain."""

    value: Number
    """The number, in the unit of the field."""

    @property
    def support(self) -> tuple[float, float]:
        """The number twice."""
        return self.value, self.value

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the number in the shape of `u`."""
        return np.full(np.shape(u), self.value)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return whether `x` reaches the number, and whether not, as 0 or 1."""
        reached = np.asarray(x) >= self.value
        return np.where(reached, 1.0, 0.0), np.where(reached, 0.0, 1.0)

    def mean(self) -> float:
        """Return the number."""
        return self.value
