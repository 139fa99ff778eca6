"""A normal variable on a scale: the law behind every statement with a centre and a spread.

value = from_scale(mu + sigma * z), z standard normal. On the log scale it is lognormal with
mean exp(mu + sigma**2 / 2); on the logit scale logit-normal, whose mean has no closed form
(Aitchison and Shen 1980, Biometrika 67); on the identity scale normal with mean mu.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass
from typing import Final

import numpy as np

from climrisk.domain.quantities.base import FloatArray, refused, shown
from climrisk.domain.quantities.expectation import expected_value, normal_log_density
from climrisk.domain.quantities.law import StatedLaw
from climrisk.domain.quantities.scales import LIMITS, Scale, from_scale, log_stretch, places
from climrisk.portable.arrays import exp, normal_cdf, normal_quantile

__all__ = ["Gaussian", "GaussianOnScale", "check_spread"]

_LARGEST_LOG_MEAN: Final = 700.0  # exp(709.8) is the largest float64


@dataclass(frozen=True)
class Gaussian:
    """A normal variable on a scale.

    Parameters
    ----------
    mu, sigma : float
        Mean and standard deviation on the scale.
    scale : {"log", "logit", "identity"}
        The scale.
    """

    mu: float
    sigma: float
    scale: Scale

    @property
    def support(self) -> tuple[float, float]:
        """Everything that the scale can hold."""
        return LIMITS[self.scale]

    @property
    def variance_is_finite(self) -> bool:
        """True on every scale."""
        return True

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        return from_scale(self.mu + self.sigma * normal_quantile(u), self.scale)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        z = (places(x, self.scale) - self.mu) / self.sigma
        return normal_cdf(z), normal_cdf(-z)

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        low, high = self.support
        is_inside = (x > low) & (x < high)
        inside = np.where(is_inside, x, 0.5)
        z = (places(inside, self.scale) - self.mu) / self.sigma
        log_density = -0.5 * z * z - math.log(self.sigma * math.sqrt(2.0 * math.pi))
        return np.where(is_inside, log_density + log_stretch(inside, self.scale), -np.inf)

    def mean(self) -> float:
        """Return the expected value."""
        if self.scale == "identity":
            return self.mu
        if self.scale == "log":
            return float(exp(self.mu + 0.5 * self.sigma * self.sigma))
        return expected_value(lambda z: self.mu + self.sigma * z, self.scale, normal_log_density)

    def check(self) -> None:
        """Refuse a lognormal whose mean no float64 can hold."""
        if self.scale == "log" and not self.mu + 0.5 * self.sigma**2 < _LARGEST_LOG_MEAN:
            raise refused(
                "the mean of this lognormal is too large to be computed "
                f"(mu {self.mu:.4g}, sigma {self.sigma:.4g}); state a narrower range"
            )


class GaussianOnScale(StatedLaw):
    """Base of the statements that fix a normal variable on a scale."""

    @property
    @abstractmethod
    def law(self) -> Gaussian:
        """The normal variable that follows from the statement."""

    def _check(self) -> None:
        self.law.check()


def check_spread(name: str, value: float) -> None:
    """Refuse a standard deviation, stated under `name`, that is not above 0."""
    if value <= 0.0:
        raise refused(
            f"found {name} {shown(value)}, allowed above 0; "
            "if the quantity is certain, state a plain number"
        )
