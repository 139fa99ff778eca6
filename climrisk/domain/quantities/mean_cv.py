"""Mean and coefficient of variation: lognormal for amounts and rates, normal where signed.

log: sigma**2 = ln(1 + cv**2), mu = ln(mean) - sigma**2 / 2; identity: sd = cv * |mean|.
Source: Johnson, Kotz and Balakrishnan 1994, Continuous Univariate Distributions 1, ch. 14.
Support: see `gaussian`. Mean: as stated.
"""

from __future__ import annotations

import math

from pydantic import Field

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import refused, shown
from climrisk.domain.quantities.gaussian import GaussianOnScale, Law
from climrisk.domain.quantities.scales import ContextScale

__all__ = ["MeanCv"]


class MeanCv(GaussianOnScale):
    """An expected value and its relative spread."""

    stated_mean: Number = Field(alias="mean")
    """Expected value."""
    cv: Number
    """Standard deviation as a multiple of the mean."""
    scale: ContextScale

    def _check(self) -> None:
        if self.scale == "logit":
            raise refused(
                "mean and cv do not fix the shape of a share or probability; "
                "allowed p5 and p95, low, mode and high, or a plain number"
            )
        if self.cv <= 0.0:
            raise refused(f"found cv {shown(self.cv)}, allowed above 0; {_IF_CERTAIN}")
        if self.scale == "log" and self.stated_mean <= 0.0:
            raise refused(f"found mean {shown(self.stated_mean)}, allowed above 0; {_IF_CERTAIN}")
        if self.stated_mean == 0.0:
            raise refused("found mean 0, which cv cannot multiply; allowed p5 and p95 instead")
        super()._check()

    @property
    def law(self) -> Law:
        """Centre and spread on the scale of the field."""
        if self.scale == "log":
            variance = math.log1p(self.cv * self.cv)
            return Law(math.log(self.stated_mean) - 0.5 * variance, math.sqrt(variance), "log")
        return Law(self.stated_mean, self.cv * abs(self.stated_mean), "identity")

    def mean(self) -> float:
        """Return the mean as stated."""
        return self.stated_mean


_IF_CERTAIN = "if the quantity is certain, state a plain number"
