"""Statistics of many series, read together off one view of their counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from climrisk.metrics import tail
from climrisk.metrics.blocks import Floats
from climrisk.metrics.distribution import Distribution
from climrisk.metrics.spread import standard_deviation_error

__all__ = ["Reading"]


@dataclass(frozen=True, eq=False)
class Reading:
    """Counted series, unpacked once for all the statistics that are wanted of them.

    Parameters
    ----------
    shape : tuple of int
        Dimensions of the series.
    effects : Distribution
        Of the flattened series.
    """

    shape: tuple[int, ...]
    effects: Distribution

    @classmethod
    def joined(cls, readings: Sequence[Reading]) -> Reading:
        """Put readings of one shape but for the first dimension below each other."""
        rows = sum(one.shape[0] for one in readings)
        effects = Distribution.joined([one.effects for one in readings])
        return cls((rows, *readings[0].shape[1:]), effects)

    def flat(self) -> Reading:
        """Return the same with all series on one dimension."""
        return Reading((math.prod(self.shape),), self.effects)

    @property
    def draws(self) -> int:
        """Draws of a series; the same in all."""
        return int(self.effects.totals.max(initial=0))

    def sd_error(self) -> Floats:
        """Return standard errors of the standard deviations, `shape`."""
        return standard_deviation_error(self.effects).reshape(self.shape)

    def quantile(self, p: npt.ArrayLike) -> Floats:
        """Return quantiles, (*shape, p); see `Distribution.quantile`."""
        return self._shaped(self.effects.quantile(p))

    def quantile_error(self, p: npt.ArrayLike) -> Floats:
        """Return their standard errors, (*shape, p); see `Distribution.quantile_error`."""
        return self._shaped(self.effects.quantile_error(p))

    def loss_var(self, levels: npt.ArrayLike) -> Floats:
        """Return values at risk of the loss, (*shape, level); see `tail.loss_var`."""
        return self._shaped(tail.loss_var(self.effects, levels))

    def loss_var_error(self, levels: npt.ArrayLike) -> Floats:
        """Return their standard errors, (*shape, level); see `tail.loss_var_error`."""
        return self._shaped(tail.loss_var_error(self.effects, levels))

    def loss_tvar(self, levels: npt.ArrayLike) -> Floats:
        """Return tail values at risk of the loss, (*shape, level); see `tail.loss_tvar`."""
        return self._shaped(tail.loss_tvar(self.effects, levels))

    def loss_tvar_error(self, levels: npt.ArrayLike) -> Floats:
        """Return their standard errors, (*shape, level); see `tail.loss_tvar_error`."""
        return self._shaped(tail.loss_tvar_error(self.effects, levels))

    def loss_tvar_with_error(self, levels: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return both, each (*shape, level)."""
        tvar, error = tail.loss_tvar_with_error(self.effects, levels)
        return self._shaped(tvar), self._shaped(error)

    def gain_tvar(self, levels: npt.ArrayLike) -> Floats:
        """Return mean effects over the best draws, (*shape, level); see `tail.gain_tvar`."""
        return self._shaped(tail.gain_tvar(self.effects, levels))

    def exceedance_probability(self, threshold: npt.ArrayLike) -> Floats:
        """Return the probability that the loss is greater than a threshold.

        Parameters
        ----------
        threshold : array_like
            Losses that broadcast to `shape`, in the unit of the values.

        Returns
        -------
        ndarray
            Shares of the draws, `shape`; NaN without draws.
        """
        limits = np.broadcast_to(np.asarray(threshold, dtype=np.float64), self.shape)
        return tail.exceedance_probability(self.effects, limits.reshape(-1)).reshape(self.shape)

    def _shaped(self, values: Floats) -> Floats:
        return values.reshape(*self.shape, values.shape[1])
