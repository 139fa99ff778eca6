"""Modified PERT with gamma 4: a beta distribution between two bounds around a most likely value.

value = low + (high - low) * B, B ~ Beta(1 + 4 (mode - low) / (high - low),
1 + 4 (high - mode) / (high - low)). Source: Vose 2008, Risk Analysis, 3rd ed., app. III;
gamma 4 is the classic choice of Malcolm et al. 1959, Operations Research 7(5).
Support: (low, high). Mean: (low + 4 mode + high) / 6.
"""

from __future__ import annotations

from typing import Final, Literal

from climrisk.domain.base import Number
from climrisk.domain.quantities.beta import BetaBetween
from climrisk.domain.quantities.bounds import check_bounds, check_mode
from climrisk.domain.quantities.law import StatedLaw

__all__ = ["Pert"]

_GAMMA: Final = 4.0  # weight of the mode against each bound


class Pert(StatedLaw):
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
        check_mode(self.low, self.mode, self.high)

    @property
    def law(self) -> BetaBetween:
        """The beta variable with this mode."""
        width = self.high - self.low
        alpha = 1.0 + _GAMMA * (self.mode - self.low) / width
        beta = 1.0 + _GAMMA * (self.high - self.mode) / width
        return BetaBetween(alpha, beta, self.low, self.high)

    def mean(self) -> float:
        """Return the expected value."""
        return (self.low + _GAMMA * self.mode + self.high) / (_GAMMA + 2.0)
