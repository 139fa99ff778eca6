"""Ranks by magnitude, and how often a draw ranks as the reported one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.proportion import proportion_error

__all__ = ["RankCounts", "rank"]


def rank(values: npt.ArrayLike) -> Floats:
    """Rank by magnitude along the last axis.

    Parameters
    ----------
    values : array_like
        Amounts, (..., item); NaN where there is none.

    Returns
    -------
    ndarray
        1 for the largest magnitude; ties share the lower number; NaN for NaN, (..., item).
    """
    size = -np.abs(np.asarray(values, dtype=np.float64))
    order = np.argsort(size, axis=-1)  # NaN come last
    ordered = np.take_along_axis(size, order, axis=-1)
    place = np.arange(1, size.shape[-1] + 1)
    first_of_tie = np.ones(size.shape, dtype=np.int64)
    first_of_tie[..., 1:] = np.where(ordered[..., 1:] > ordered[..., :-1], place[1:], 1)
    ranks = np.empty(size.shape)
    np.put_along_axis(ranks, order, np.maximum.accumulate(first_of_tie, axis=-1), axis=-1)
    return np.where(np.isnan(size), np.nan, ranks)


class RankCounts:
    """How often each item of a group had each rank, by horizon.

    Parameters
    ----------
    items, horizons : int
        Their numbers.
    """

    def __init__(self, items: int, horizons: int) -> None:
        self._counts = np.zeros((items, horizons, items), dtype=np.int64)
        self._draws = 0

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._counts.nbytes

    def add(self, values: Floats) -> None:
        """Rank a block of draws.

        Parameters
        ----------
        values : ndarray
            Expected effects given the draw's knowledge, (item, horizon, draw).
        """
        self._draws += values.shape[-1]
        counting = compiled_counting()
        if counting is not None:
            counting.count_ranks(np.ascontiguousarray(values), self._counts)
            return
        known = np.nan_to_num(values, nan=np.inf)  # too large to be a number: ranked first
        ranks = rank(np.moveaxis(known, 0, -1)).astype(np.int64) - 1
        for item in range(len(self._counts)):
            for horizon in range(self._counts.shape[1]):
                found = np.bincount(ranks[horizon, :, item], minlength=len(self._counts))
                self._counts[item, horizon] += found

    def merge(self, other: RankCounts) -> None:
        """Add the counts of other draws of the same items.

        Parameters
        ----------
        other : RankCounts
            Of the same items and horizons.
        """
        self._counts += other._counts
        self._draws += other._draws

    def share(self, reported: Floats) -> tuple[Floats, Floats]:
        """Return how often a draw's rank is the reported one, with its standard error.

        Parameters
        ----------
        reported : ndarray
            Ranks from 1, (item, horizon).

        Returns
        -------
        share, standard_error : ndarray
            Shares of the draws, (item, horizon); NaN without draws.
        """
        place = reported.astype(np.int64)[..., np.newaxis] - 1
        hits = np.take_along_axis(self._counts, place, axis=-1)[..., 0]
        share = hits / (self._draws or np.nan)
        return share, proportion_error(share, self._draws or np.nan)
