"""Logit-normal: ln(value / (1 - value)) is normal with mean mu and standard deviation sigma.

Source: Aitchison and Shen 1980, Logistic-normal distributions, Biometrika 67(2).
Support: (0, 1). Mean: no closed form, by quadrature.
"""

from __future__ import annotations

from typing import Literal

from climrisk.domain.base import Number
from climrisk.domain.quantities.gaussian import Gaussian, GaussianOnScale, check_spread

__all__ = ["LogitNormal"]


class LogitNormal(GaussianOnScale):
    """A share or probability whose log-odds are normal."""

    family: Literal["logit_normal"]
    mu: Number
    """Mean of the log-odds."""
    sigma: Number
    """Standard deviation of the log-odds."""

    def _check(self) -> None:
        check_spread("sigma", self.sigma)
        super()._check()

    @property
    def law(self) -> Gaussian:
        """Parameters as stated, on the logit scale."""
        return Gaussian(self.mu, self.sigma, "logit")
