"""Cumulative view of counted series: quantiles and their errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats, Integers

__all__ = ["Distribution", "probabilities", "snapped_rank"]


def probabilities(name: str, values: npt.ArrayLike) -> Floats:
    """Read a list of probabilities.

    Parameters
    ----------
    name : str
        The argument's name.
    values : array_like
        Probabilities, one-dimensional or a single one.

    Returns
    -------
    ndarray
        One-dimensional.

    Raises
    ------
    ValueError
        If one lies outside 0 to 1.
    """
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if array.ndim != 1 or not ((array >= 0) & (array <= 1)).all():
        raise ValueError(f"{name}: found {array.tolist()}, allowed probabilities from 0 to 1")
    return array


def snapped_rank(p: Floats, totals: Integers) -> Floats:
    """Return p * n, as an integer where it is one but for rounding.

    Parameters
    ----------
    p : ndarray
        Probabilities, (p,).
    totals : ndarray
        Draws n, (series,).

    Returns
    -------
    ndarray
        Ranks from 0 to n, (series, p): 0.95 of 1000 draws is 950, though 0.95 is not 19/20.
    """
    rank = p * totals[:, np.newaxis]
    whole = np.rint(rank)
    near = np.abs(rank - whole) <= 1e-12 * totals[:, np.newaxis]
    return np.where(near, whole, rank)


@dataclass(frozen=True, eq=False)
class Distribution:
    """Counts in ascending bins, of several series one after the other.

    Within a bin the draws are taken as evenly spread; a bin of one amount (`lower` equal to
    `upper`) is an atom and exact.

    Parameters
    ----------
    series : ndarray
        Which series a bin belongs to, ascending, (bin,).
    lower, upper : ndarray
        Edges of the bins, ascending within a series, in the unit of the values, (bin,).
    count : ndarray
        Draws in a bin, (bin,).
    before : ndarray
        Draws of the same series in the bins before, (bin,).
    totals : ndarray
        Draws, (series,).
    """

    series: Integers
    lower: Floats
    upper: Floats
    count: Integers
    before: Integers
    totals: Integers

    @classmethod
    def from_bins(
        cls, series: Integers, lower: Floats, upper: Floats, count: Integers, zeros: Integers
    ) -> Distribution:
        """Build the cumulative view, zeros put between losses and gains.

        Parameters
        ----------
        series, lower, upper, count : ndarray
            Bins other than zero, ascending by series and edge, (bin,).
        zeros : ndarray
            Draws of zero, (series,).

        Returns
        -------
        Distribution
            Of `len(zeros)` series.
        """
        losses = np.bincount(series[upper < 0], minlength=len(zeros))
        some = np.flatnonzero(zeros)
        places = np.searchsorted(series, some) + losses[some]
        series = np.insert(series, places, some)
        count = np.insert(count, places, zeros[some])
        cumulative = np.cumsum(count)
        totals = np.zeros(len(zeros), dtype=np.int64)
        np.add.at(totals, series, count)
        before = cumulative - count - (np.cumsum(totals) - totals)[series]
        lower, upper = np.insert(lower, places, 0.0), np.insert(upper, places, 0.0)
        return cls(series, lower, upper, count, before, totals)

    @classmethod
    def joined(cls, parts: Sequence[Distribution]) -> Distribution:
        """Put series one after the other.

        Parameters
        ----------
        parts : sequence of Distribution
            At least one.

        Returns
        -------
        Distribution
            Of the series of all parts, in order.
        """
        several = np.array([len(part.totals) for part in parts])
        starts = np.cumsum(several) - several
        return cls(
            np.concatenate([part.series + at for part, at in zip(parts, starts, strict=True)]),
            np.concatenate([part.lower for part in parts]),
            np.concatenate([part.upper for part in parts]),
            np.concatenate([part.count for part in parts]),
            np.concatenate([part.before for part in parts]),
            np.concatenate([part.totals for part in parts]),
        )

    @cached_property
    def _ends(self) -> Integers:
        """Draws of all series up to and including a bin, (bin,)."""
        return np.cumsum(self.count)

    def mirrored(self) -> Distribution:
        """Return the distribution of the amounts with the sign changed.

        Returns
        -------
        Distribution
            Of the same series in the same order.
        """
        backward = np.arange(len(self.series))[::-1]
        order = backward[np.argsort(self.series[::-1], kind="stable")]
        series, count = self.series[order], self.count[order]
        before = self.totals[series] - self.before[order] - count
        lower, upper = 0.0 - self.upper[order], 0.0 - self.lower[order]
        return Distribution(series, lower, upper, count, before, self.totals)

    def quantile(self, p: npt.ArrayLike) -> Floats:
        """Invert the empirical distribution function.

        Parameters
        ----------
        p : array_like
            Probabilities, (p,).

        Returns
        -------
        ndarray
            Lower quantiles, (series, p), in the unit of the values; NaN without draws.

        Raises
        ------
        ValueError
            If a probability lies outside 0 to 1.
        """
        rank = snapped_rank(probabilities("p", p), self.totals)
        return self.at_rank(rank, np.ceil(rank))

    def at_rank(self, rank: Floats, draw: Floats) -> Floats:
        """Return the amount at a rank.

        Parameters
        ----------
        rank : ndarray
            Fractional rank from 0 to n, placed within the bin, (series, p).
        draw : ndarray
            Which draw in ascending order, from 1, decides the bin, (series, p).

        Returns
        -------
        ndarray
            Amounts, (series, p); NaN without draws.
        """
        if not len(self.count):
            return np.full(rank.shape, np.nan)
        totals = self.totals[:, np.newaxis]
        ends = self._ends
        target = np.clip(draw, 1, np.maximum(totals, 1)).astype(np.int64)
        target += np.cumsum(self.totals)[:, np.newaxis] - totals
        place = np.minimum(np.searchsorted(ends, target), len(ends) - 1)
        part = np.clip((rank - self.before[place]) / self.count[place], 0.0, 1.0)
        lower, upper = self.lower[place], self.upper[place]
        amount = np.where(part < 1.0, np.minimum(lower + (upper - lower) * part, upper), upper)
        return np.where(totals > 0, amount, np.nan)

    def quantile_error(self, p: npt.ArrayLike) -> Floats:
        """Return the standard errors of quantiles from order statistics.

        Half the distance between the quantiles one standard error of p = sqrt(p (1 - p) / n) to
        either side; widened in proportion where one side is cut off at 0 or 1. Zero at an atom.

        Parameters
        ----------
        p : array_like
            Probabilities, (p,).

        Returns
        -------
        ndarray
            (series, p), in the unit of the values; NaN with fewer than two draws or p of 0 or 1.

        Raises
        ------
        ValueError
            If a probability lies outside 0 to 1.

        References
        ----------
        .. [1] H. A. David and H. N. Nagaraja, Order Statistics, 3rd ed., section 7.1, 2003.
        """
        levels = probabilities("p", p)
        totals = self.totals[:, np.newaxis].astype(np.float64)
        reach = np.sqrt(levels * (1 - levels) / np.maximum(totals, 1))
        below = np.maximum(levels - reach, 0.0) * totals
        above = np.minimum(levels + reach, 1.0) * totals
        spread = self.at_rank(above, np.ceil(above)) - self.at_rank(below, np.ceil(below))
        known = (totals > 1) & (reach > 0)
        width = np.where(known, above - below, np.nan)
        return spread * (reach * totals) / width
