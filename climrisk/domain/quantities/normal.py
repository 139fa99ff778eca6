"""Normal with a mean and a standard deviation.

Source: Johnson, Kotz and Balakrishnan 1994, Continuous Univariate Distributions 1, ch. 13.
Support: (-inf, inf), so it is refused where a quantity cannot be negative. Mean: as stated.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from climrisk.domain.base import Number
from climrisk.domain.quantities.gaussian import Gaussian, GaussianOnScale, check_spread

__all__ = ["Normal"]


class Normal(GaussianOnScale):
    """A number of either sign, spread evenly about its mean."""

    family: Literal["normal"]
    stated_mean: Number = Field(alias="mean")
    """Expected value."""
    sd: Number
    """Standard deviation, in the unit of the field."""

    def _check(self) -> None:
        check_spread("sd", self.sd)
        super()._check()

    @property
    def law(self) -> Gaussian:
        """Parameters as stated."""
        return Gaussian(self.stated_mean, self.sd, "identity")
