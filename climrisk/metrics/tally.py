"""The one accumulator that results are built from: exact moments and a histogram."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from climrisk.metrics import tail
from climrisk.metrics.blocks import Floats
from climrisk.metrics.distribution import Distribution
from climrisk.metrics.histogram import Histogram
from climrisk.metrics.moments import Moments
from climrisk.metrics.spread import standard_deviation_error

__all__ = ["Tally"]

_SERIES_AT_A_TIME: Final = 32
"""Series viewed together: enough to vectorise, few enough to stay small in memory."""


class Tally:
    """Statistics of many series of effects in memory that does not grow with the draws.

    Adding and merging are exact: the same draws give the same bits however they were split.

    Parameters
    ----------
    shape : tuple of int
        Dimensions of the series.
    step : float
        Grid of the values, a power of two.
    scale : float
        A power of two near the largest amount expected; sets the grid of the squares.
    bins_per_octave : int, optional
        A power of two; quantiles are within its reciprocal, relative.
    floor : float, optional
        A power of two; smaller magnitudes count as zero in quantiles, not in the mean.

    Raises
    ------
    ValueError
        If an argument is not a power of two in its range.
    """

    def __init__(
        self,
        shape: tuple[int, ...],
        step: float,
        scale: float,
        bins_per_octave: int = 256,
        floor: float = 2.0**-20,
    ) -> None:
        self.shape = shape
        self._moments = Moments(shape, step, scale)
        self._histogram = Histogram(shape, bins_per_octave, floor)

    @property
    def count(self) -> int:
        """Draws added so far."""
        return self._moments.count

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._moments.nbytes + self._histogram.nbytes

    def add(self, block: npt.ArrayLike) -> None:
        """Add a block of draws.

        Parameters
        ----------
        block : array_like
            Effects, (*shape, draw).

        Raises
        ------
        ValueError
            If the leading dimensions are not `shape`.
        SeriesOverflowError
            If an effect is not finite or too large; the tally is then of no further use.
        """
        self._histogram.add(block)
        self._moments.add(block)

    def merge(self, other: Tally) -> None:
        """Add the tally of other draws of the same series.

        Parameters
        ----------
        other : Tally
            Built with the same arguments.

        Raises
        ------
        ValueError
            If it was not.
        """
        self._histogram.merge(other._histogram)
        self._moments.merge(other._moments)

    def take(self, to: int, other: Tally, of: int) -> None:
        """Take over the statistics of one part from a tally of the same draws.

        Parameters
        ----------
        to : int
            Position on the first dimension; nothing was added there.
        other : Tally
            Built with the same arguments, but for the first dimension.
        of : int
            Position on the first dimension there.
        """
        self._histogram.take(to, other._histogram, of)
        self._moments.take(to, other._moments, of)

    def mean(self) -> Floats:
        """Return the means, `shape`; see `Moments.mean`."""
        return self._moments.mean()

    def mean_error(self) -> Floats:
        """Return the standard errors of the means, `shape`; see `Moments.standard_error`."""
        return self._moments.standard_error()

    def sd(self) -> Floats:
        """Return the standard deviations, `shape`; see `Moments.standard_deviation`."""
        return self._moments.standard_deviation()

    def sd_error(self) -> Floats:
        """Return their standard errors, `shape`; see `spread.standard_deviation_error`."""
        parts = [
            standard_deviation_error(self._histogram.distribution(rows)) for rows in self._chunks()
        ]
        return np.concatenate([np.empty(0), *parts]).reshape(self.shape)

    def quantile(self, p: npt.ArrayLike) -> Floats:
        """Return quantiles of the effect, (*shape, p); see `Distribution.quantile`."""
        return self._each(p, lambda effects: effects.quantile(p))

    def quantile_error(self, p: npt.ArrayLike) -> Floats:
        """Return their standard errors, (*shape, p); see `Distribution.quantile_error`."""
        return self._each(p, lambda effects: effects.quantile_error(p))

    def loss_var(self, levels: npt.ArrayLike) -> Floats:
        """Return values at risk of the loss, (*shape, level); see `tail.loss_var`."""
        return self._each(levels, lambda effects: tail.loss_var(effects, levels))

    def loss_var_error(self, levels: npt.ArrayLike) -> Floats:
        """Return their standard errors, (*shape, level); see `tail.loss_var_error`."""
        return self._each(levels, lambda effects: tail.loss_var_error(effects, levels))

    def loss_tvar(self, levels: npt.ArrayLike) -> Floats:
        """Return tail values at risk of the loss, (*shape, level); see `tail.loss_tvar`."""
        return self._each(levels, lambda effects: tail.loss_tvar(effects, levels))

    def loss_tvar_error(self, levels: npt.ArrayLike) -> Floats:
        """Return their standard errors, (*shape, level); see `tail.loss_tvar_error`."""
        return self._each(levels, lambda effects: tail.loss_tvar_error(effects, levels))

    def gain_tvar(self, levels: npt.ArrayLike) -> Floats:
        """Return mean effects over the best draws, (*shape, level); see `tail.gain_tvar`."""
        return self._each(levels, lambda effects: tail.gain_tvar(effects, levels))

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
        limits = np.broadcast_to(np.asarray(threshold, dtype=np.float64), self.shape).reshape(-1)
        shares = [
            tail.exceedance_probability(self._histogram.distribution(rows), limits[rows])
            for rows in self._chunks()
        ]
        return np.concatenate([np.empty(0), *shares]).reshape(self.shape)

    def exceedance_error(self, threshold: npt.ArrayLike) -> Floats:
        """Return the binomial standard errors of `exceedance_probability`, `shape`."""
        share = self.exceedance_probability(threshold)
        return np.sqrt(share * (1.0 - share) / max(self.count, 1))

    def _each(self, p: npt.ArrayLike, statistic: Callable[[Distribution], Floats]) -> Floats:
        width = np.size(p)
        parts = [statistic(self._histogram.distribution(rows)) for rows in self._chunks()]
        return np.concatenate([np.empty((0, width)), *parts]).reshape(*self.shape, width)

    def _chunks(self) -> list[slice]:
        series = math.prod(self.shape)
        starts = range(0, series, _SERIES_AT_A_TIME)
        return [slice(start, min(start + _SERIES_AT_A_TIME, series)) for start in starts]
