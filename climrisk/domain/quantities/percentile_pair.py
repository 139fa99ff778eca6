"""Two percentiles: lognormal for amounts and rates, logit-normal for shares, else normal.

mu = (z5 + z95) / 2 and sigma = (z95 - z5) / (2 * 1.6449), z5 and z95 the percentiles on the
scale of the field. Source for the log scale: Hubbard and Seiersen 2016, How to Measure Anything
in Cybersecurity Risk, ch. 3. Support and mean: see `gaussian`.
"""

from __future__ import annotations

from typing import Final

from climrisk.domain.base import Number
from climrisk.domain.quantities.gaussian import Gaussian, GaussianOnScale
from climrisk.domain.quantities.scales import ContextScale, check_percentiles, to_scale

__all__ = ["P5P95"]

_NORMAL_P95: Final = 1.6448536269514727


class P5P95(GaussianOnScale):
    """A range that holds nine times in ten."""

    p5: Number
    """Value with a 1 in 20 chance of being lower."""
    p95: Number
    """Value with a 1 in 20 chance of being higher."""
    scale: ContextScale

    def _check(self) -> None:
        check_percentiles({"p5": self.p5, "p95": self.p95}, self.scale)
        super()._check()

    @property
    def law(self) -> Gaussian:
        """Centre and spread on the scale of the field."""
        z5, z95 = to_scale(self.p5, self.scale), to_scale(self.p95, self.scale)
        return Gaussian(0.5 * (z5 + z95), 0.5 * (z95 - z5) / _NORMAL_P95, self.scale)
