"""A normal variable on a scale: the law behind every statement with a centre and a spread.

value = from_scale(mu + sigma * z), z standard normal. On the log scale it is lognormal with
mean exp(mu + sigma**2 / 2); on the logit scale logit-normal, whose mean has no closed form
(Aitchison and Shen 1980, Biometrika 67); on the identity scale normal with mean mu.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Final, NamedTuple

from climrisk.domain.quantities.base import FloatArray, Quantity, refused, shown
from climrisk.domain.quantities.expectation import expected_value, normal_log_density
from climrisk.domain.quantities.scales import LIMITS, Scale, from_scale

__all__ = ["GaussianOnScale", "Law", "check_spread"]

_LARGEST_LOG_MEAN: Final = 700.0  # exp(709.8) is the largest float64


class Law(NamedTuple):
    """Centre and spread of the normal variable, and the scale that it lives on."""

    mu: float
    sigma: float
    scale: Scale


class GaussianOnScale(Quantity):
    """Base of the statements that fix a normal variable on a scale."""

    @property
    @abstractmethod
    def law(self) -> Law:
        """Parameters that follow from the statement."""

    @property
    def support(self) -> tuple[float, float]:
        """Everything that the scale can hold."""
        return LIMITS[self.law.scale]

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        from scipy.special import ndtri  # late: see scales.py

        mu, sigma, scale = self.law
        return from_scale(mu + sigma * ndtri(u), scale)

    def mean(self) -> float:
        """Return the expected value."""
        mu, sigma, scale = self.law
        if scale == "identity":
            return mu
        if scale == "log":
            return math.exp(mu + 0.5 * sigma * sigma)
        return expected_value(lambda z: mu + sigma * z, scale, normal_log_density)

    def _check(self) -> None:
        mu, sigma, scale = self.law
        if scale == "log" and not mu + 0.5 * sigma * sigma < _LARGEST_LOG_MEAN:
            raise refused(
                "the mean of this lognormal is too large to be computed "
                f"(mu {mu:.4g}, sigma {sigma:.4g}); state a narrower range"
            )


def check_spread(name: str, value: float) -> None:
    """Refuse a standard deviation, stated under `name`, that is not above 0."""
    if value <= 0.0:
        raise refused(
            f"found {name} {shown(value)}, allowed above 0; "
            "if the quantity is certain, state a plain number"
        )
