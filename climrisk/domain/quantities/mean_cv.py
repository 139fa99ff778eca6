"""Mean and coefficient of variation: lognormal for amounts and rates, beta for shares, else normal.

log: sigma**2 = ln(1 + cv**2), mu = ln(mean) - sigma**2 / 2; identity: sd = cv * |mean|;
logit: alpha = mean * n, beta = (1 - mean) * n with n = (1 - mean) / (mean cv**2) - 1.
Source: Johnson, Kotz and Balakrishnan 1994 and 1995, Continuous Univariate Distributions,
ch. 14 and 25. Support: see `gaussian` and `beta`. Mean: as stated.
"""

from __future__ import annotations

import math

from pydantic import Field

from climrisk.domain.base import Number
from climrisk.domain.quantities.base import refused, shown
from climrisk.domain.quantities.beta import BetaBetween
from climrisk.domain.quantities.gaussian import Gaussian
from climrisk.domain.quantities.law import StatedLaw
from climrisk.domain.quantities.scales import ContextScale, percent_hint, to_scale
from climrisk.portable.arrays import log1p

__all__ = ["MeanCv"]


class MeanCv(StatedLaw):
    """An expected value and its relative spread."""

    stated_mean: Number = Field(alias="mean")
    """Expected value."""
    cv: Number
    """Standard deviation as a multiple of the mean."""
    scale: ContextScale

    def _check(self) -> None:
        if self.cv <= 0.0:
            raise refused(f"found cv {shown(self.cv)}, allowed above 0; {_IF_CERTAIN}")
        if self.scale != "identity" and self.stated_mean <= 0.0:
            raise refused(f"found mean {shown(self.stated_mean)}, allowed above 0; {_IF_CERTAIN}")
        if self.stated_mean == 0.0:
            raise refused("found mean 0, which cv cannot multiply; allowed p5 and p95 instead")
        if self.scale == "logit":
            self._check_share()
        law = self.law
        if isinstance(law, Gaussian):
            law.check()

    def _check_share(self) -> None:
        mean = self.stated_mean
        if mean >= 1.0:
            hint = percent_hint(mean, "logit")
            raise refused(f"found mean {shown(mean)}, allowed above 0 and below 1{hint}")
        widest = math.sqrt((1.0 - mean) / mean)  # all of the probability at 0 and at 1
        if self.cv >= widest:
            raise refused(
                f"found cv {shown(self.cv)}, which no share with mean {shown(mean)} can have; "
                f"allowed below {widest:.4g}"
            )

    @property
    def law(self) -> Gaussian | BetaBetween:
        """The law of the field's scale with this mean and spread."""
        mean, cv = self.stated_mean, self.cv
        if self.scale == "logit":
            size = (1.0 - mean) / (mean * cv * cv) - 1.0
            return BetaBetween(mean * size, (1.0 - mean) * size, 0.0, 1.0)
        if self.scale == "log":
            variance = float(log1p(cv * cv))
            return Gaussian(to_scale(mean, "log") - 0.5 * variance, math.sqrt(variance), "log")
        return Gaussian(mean, cv * abs(mean), "identity")

    def mean(self) -> float:
        """Return the mean as stated."""
        return self.stated_mean


_IF_CERTAIN = "if the quantity is certain, state a plain number"
