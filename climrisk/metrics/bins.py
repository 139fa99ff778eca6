"""The pages of a histogram unpacked into bins, in compiled code or in NumPy; the bits are the same.

A bin is the top bits of the IEEE double. The extremes of a series narrow its outermost bins and
those nearest to zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats, Integers
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.distribution import Distribution
from climrisk.metrics.pages import OCTAVES

__all__ = ["Counts"]

_MANTISSA_BITS: Final = 52


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts of several series, to be unpacked.

    Parameters
    ----------
    page_of : int32 array (series, column)
        As `Pages.of`.
    pages : uint32 or int64 array (page, bin)
        As `Pages.counts`.
    zeros : int64 array (series,)
        Counts of zero.
    extremes : float64 array (4, series)
        Lowest, highest, least gain and least loss.
    page_bits : int
        The logarithm of the bins of an octave.
    floor_key : int
        Upper bits of the floor: the bin of the least gain.
    """

    page_of: npt.NDArray[np.int32]
    pages: npt.NDArray[Any]
    zeros: Integers
    extremes: Floats
    page_bits: int
    floor_key: int

    @property
    def _shift(self) -> int:
        return _MANTISSA_BITS - self.page_bits

    def distribution(self) -> Distribution:
        """Return the cumulative view of the series."""
        return self._by_numpy() if compiled_counting() is None else self._compiled()

    def _compiled(self) -> Distribution:
        from climrisk.metrics.compiled_bins import unpack

        pages = np.count_nonzero(self.page_of >= 0)
        most = pages * self.pages.shape[1] + len(self.zeros)
        series, count, before = (np.empty(most, dtype=np.int64) for _ in range(3))
        lower, upper, totals = np.empty(most), np.empty(most), np.empty_like(self.zeros)
        extremes = np.ascontiguousarray(self.extremes)
        of = self.page_of, self.pages, self.zeros, extremes, self._shift, self.floor_key
        found = slice(unpack(*of, series, lower, upper, count, before, totals))
        kept = series[found], lower[found], upper[found], count[found], before[found]
        return Distribution(*kept, totals)

    def _by_numpy(self) -> Distribution:
        entry_series, columns = np.nonzero(self.page_of >= 0)
        counts = self.pages[self.page_of[entry_series, columns]]
        entry, slots = np.nonzero(counts)
        series = entry_series[entry]
        position = ((columns[entry] - OCTAVES) << self.page_bits) + slots
        lower, upper = self._edges(position, series)
        found = counts[entry, slots].astype(np.int64)
        return Distribution.from_bins(series, lower, upper, found, self.zeros)

    def _edges(self, position: Integers, series: Integers) -> tuple[Floats, Floats]:
        mirrored = position < 0
        key = np.where(mirrored, ~position, position) + self.floor_key
        lowest, highest, gain, loss = self.extremes[:, series]
        near = (key << self._shift).view(np.float64)
        far = ((key + 1) << self._shift).view(np.float64)
        lower = np.where(mirrored, -far, np.maximum(near, gain))
        upper = np.where(mirrored, -np.maximum(near, loss), far)
        return np.maximum(lower, lowest), np.minimum(upper, highest)
