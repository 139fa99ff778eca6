"""Counts of many series in pages of one octave, which exist only where something was counted."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Integers

__all__ = ["OCTAVES", "Pages"]

OCTAVES: Final = 80
"""Octaves from the floor up; with a floor of 2^-20 amounts stay below 2^60."""
_FIRST_PAGES: Final = 16
_GROWTH: Final = 1.25
_LARGEST_NARROW: Final = 2**32 - 1


class Pages:
    """Counts by series, octave and bin: 32 bits wide until one could be passed.

    Parameters
    ----------
    series, bins : int
        Their numbers; bins of one octave.

    Attributes
    ----------
    of : int32 array (series, column)
        Number of the page, -1 where there is none; losses from column 79 down, gains from 80 up.
    counts : uint32 or int64 array (page, bin)
    used : int
        Pages in use.
    """

    def __init__(self, series: int, bins: int) -> None:
        self.of = np.full((series, 2 * OCTAVES), -1, dtype=np.int32)
        self.counts: npt.NDArray[Any] = np.zeros((_FIRST_PAGES, bins), dtype=np.uint32)
        self.used = 0
        self._most = 0

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self.of.nbytes + self.counts.nbytes

    def expect(self, more: int) -> None:
        """Widen the counts where some bin could pass 32 bits with `more` counts of a series."""
        self._most += more
        if self._most > _LARGEST_NARROW and self.counts.dtype == np.uint32:
            self.counts = self.counts.astype(np.int64)

    def add(self, series: Integers, columns: Integers, counts: npt.NDArray[Any]) -> None:
        """Add counts, (entry, bin), to the pages of some series and columns, (entry,)."""
        missing = self.of[series, columns] < 0
        more = int(missing.sum())
        self.hold(more)
        wanted = self.used + more
        self.of[series[missing], columns[missing]] = np.arange(self.used, wanted)
        self.used = wanted
        pages = self.of[series, columns]
        self.counts[pages] = self.counts[pages] + counts

    def hold(self, more: int) -> None:
        """Make room for so many more pages than are used."""
        wanted = self.used + more
        if wanted > len(self.counts):
            # Resizing in place avoids a second copy; no view of the counts outlives a call.
            capacity = max(wanted, int(len(self.counts) * _GROWTH))
            self.counts.resize((capacity, self.counts.shape[1]), refcheck=False)

    def merge(self, other: Pages) -> None:
        """Add the counts of other draws of the same series."""
        self.expect(other._most)
        series, columns = np.nonzero(other.of >= 0)
        self.add(series, columns, other.counts[other.of[series, columns]])
