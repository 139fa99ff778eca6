"""Modified PERT with gamma 4: a beta distribution between two bounds around a most likely value.

value = low + (high - low) * B, B ~ Beta(1 + 4 (mode - low) / (high - low),
1 + 4 (high - mode) / (high - low)). Source: Vose 2008, Risk Analysis, 3rd ed., app. III;
gamma 4 is the classic choice of Malcolm et al. 1959, Operations Research 7(5).
Support: (low, high). Mean: (low + 4 mode + high) / 6.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import FloatArray, Quantity, refused, shown
from climrisk.domain.quantities.bounds import check_bounds

__all__ = ["Pert"]

_GAMMA: Final = 4.0  # weight of the mode against each bound


class Pert(Quantity):
    """Lowest, most likely and highest value, read as a modified PERT with gamma 4."""

    family: Literal["pert"] = "pert"
    low: Number
    """Lowest possible value."""
    mode: Number
    """Most likely value."""
    high: Number
    """Highest possible value."""

    def _check(self) -> None:
        check_bounds(self.low, self.high)
        if not self.low <= self.mode <= self.high:
            raise refused(
                f"found mode {shown(self.mode)}, "
                f"allowed from low {shown(self.low)} to high {shown(self.high)}"
            )

    @property
    def support(self) -> tuple[float, float]:
        """The bounds."""
        return self.low, self.high

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        from scipy.special import betaincinv  # late: see scales.py

        width = self.high - self.low
        a = 1.0 + _GAMMA * (self.mode - self.low) / width
        b = 1.0 + _GAMMA * (self.high - self.mode) / width
        return np.asarray(self.low + width * betaincinv(a, b, u))

    def mean(self) -> float:
        """Return the expected value."""
        return (self.low + _GAMMA * self.mode + self.high) / (_GAMMA + 2.0)
