"""What the law behind a statement can do, and statements that only name their law."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol

from climrisk.domain.quantities.base import FloatArray, Quantity

__all__ = ["Law", "StatedLaw"]


class Law(Protocol):
    """A distribution: the mathematics that several statements may share.

    See `Quantity` for the meaning of each.
    """

    @property
    def support(self) -> tuple[float, float]:
        """Lowest and highest possible value."""

    @property
    def variance_is_finite(self) -> bool:
        """Whether the variance exists."""

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`."""

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""

    def mean(self) -> float:
        """Return the expected value."""


class StatedLaw(Quantity):
    """Base of the statements whose numbers fix a law that does the work."""

    @property
    @abstractmethod
    def law(self) -> Law:
        """The law that follows from the statement."""

    @property
    def support(self) -> tuple[float, float]:
        """Lowest and highest possible value of the law."""
        return self.law.support

    @property
    def variance_is_finite(self) -> bool:
        """Whether the variance of the law exists."""
        return self.law.variance_is_finite

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        return self.law.ppf(u)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        return self.law.tails(x)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        return self.law.log_density(x)

    def mean(self) -> float:
        """Return the expected value."""
        return self.law.mean()
