"""Whether the numbers can be believed: draws enough, and means that agree with exact ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from climrisk.domain.study import Study
from climrisk.metrics.convergence import Convergence, judge_convergence
from climrisk.names import NET, TOTAL
from climrisk.portable.arrays import normal_quantile

__all__ = ["ExactCheck", "convergence", "exact_check"]

FALSE_ALARM = 0.001
"""Chance that a sound run fails the comparison with exact means, over all its means together."""


@dataclass(frozen=True)
class ExactCheck:
    """Monte Carlo means held against exact ones.

    Parameters
    ----------
    compared : int
        Means that have an exact counterpart.
    largest_z : float
        Largest difference, in standard errors; 0 without any mean.
    bound : float
        What the largest of so many stays below in 999 of 1,000 sound runs (Bonferroni).
    """

    compared: int
    largest_z: float
    bound: float

    @property
    def agrees(self) -> bool:
        """True where no mean is farther from the exact one than chance allows."""
        return self.largest_z <= self.bound


def convergence(results: xr.Dataset, study: Study) -> Convergence:
    """Judge the P5 of net in the last horizon, in the worst scenario and control.

    Its standard error is held against the larger of the P5 itself and the study's material effect
    in each of the horizon's years.
    """
    last = results.isel(horizon=-1).sel(subject=TOTAL, channel=NET, quantile=0.05)
    threshold = study.settings.material_effect.value * int(last["horizon_years"])
    return judge_convergence(
        last["percentile"].to_numpy(),
        last["percentile_se"].to_numpy(),
        int(results.attrs["draws"]),
        threshold,
    )


def exact_check(results: xr.Dataset) -> ExactCheck:
    """Compare every item's means with the exact ones; channels repeat net and are left out."""
    z = np.abs(results["exact_z"].sel(channel=NET).to_numpy())
    known = z[~np.isnan(z)]
    if known.size == 0:
        return ExactCheck(0, 0.0, 0.0)
    bound = -normal_quantile(np.float64(FALSE_ALARM / (2.0 * known.size)))
    return ExactCheck(int(known.size), float(known.max()), float(bound))
