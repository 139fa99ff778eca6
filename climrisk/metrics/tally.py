"""The one accumulator that results are built from: exact moments and a histogram."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats, Integers, series_rows
from climrisk.metrics.histogram import Histogram
from climrisk.metrics.moments import Moments
from climrisk.metrics.proportion import proportion_error
from climrisk.metrics.reading import Reading

__all__ = ["Tally"]


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
        rows = series_rows(block, self.shape)
        self.add_rows(np.ascontiguousarray(rows), np.arange(len(rows)))

    def add_rows(self, rows: Floats, of: Integers) -> None:
        """Add a block of draws that stands among others.

        Parameters
        ----------
        rows : ndarray
            Effects, (row, draw); contiguous.
        of : ndarray
            Row of each series in flat order, (series,).

        Raises
        ------
        SeriesOverflowError
            As `add`.
        """
        self._histogram.add_rows(rows, of)
        self._moments.add_rows(rows, of)

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

    def mean(self) -> Floats:
        """Return the means, `shape`; see `Moments.mean`."""
        return self._moments.mean()

    def mean_error(self) -> Floats:
        """Return the standard errors of the means, `shape`; see `Moments.standard_error`."""
        return self._moments.standard_error()

    def sd(self) -> Floats:
        """Return the standard deviations, `shape`; see `Moments.standard_deviation`."""
        return self._moments.standard_deviation()

    def reading(self) -> Reading:
        """Return the counts unpacked, for several statistics at once; nothing of it is kept."""
        return self._histogram.reading()

    def sd_error(self) -> Floats:
        """Return their standard errors, `shape`; see `spread.standard_deviation_error`."""
        return self.reading().sd_error()

    def quantile(self, p: npt.ArrayLike) -> Floats:
        """Return quantiles of the effect, (*shape, p); see `Distribution.quantile`."""
        return self.reading().quantile(p)

    def quantile_error(self, p: npt.ArrayLike) -> Floats:
        """Return their standard errors, (*shape, p); see `Distribution.quantile_error`."""
        return self.reading().quantile_error(p)

    def loss_var(self, levels: npt.ArrayLike) -> Floats:
        """Return values at risk of the loss, (*shape, level); see `tail.loss_var`."""
        return self.reading().loss_var(levels)

    def loss_var_error(self, levels: npt.ArrayLike) -> Floats:
        """Return their standard errors, (*shape, level); see `tail.loss_var_error`."""
        return self.reading().loss_var_error(levels)

    def loss_tvar(self, levels: npt.ArrayLike) -> Floats:
        """Return tail values at risk of the loss, (*shape, level); see `tail.loss_tvar`."""
        return self.reading().loss_tvar(levels)

    def loss_tvar_error(self, levels: npt.ArrayLike) -> Floats:
        """Return their standard errors, (*shape, level); see `tail.loss_tvar_error`."""
        return self.reading().loss_tvar_error(levels)

    def gain_tvar(self, levels: npt.ArrayLike) -> Floats:
        """Return mean effects over the best draws, (*shape, level); see `tail.gain_tvar`."""
        return self.reading().gain_tvar(levels)

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
        return self.reading().exceedance_probability(threshold)

    def exceedance_error(self, threshold: npt.ArrayLike) -> Floats:
        """Return the standard errors of `exceedance_probability`, `shape`."""
        share = self.exceedance_probability(threshold)
        return proportion_error(share, max(self.count, 1))
