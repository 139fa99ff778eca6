"""Mirrored log-linear histograms of many series, in pages of one octave.

A bin is the top bits of the IEEE double: sign, exponent and the first bits of the mantissa, so
that every bin is at most 2^-m wide relative to its amounts, with 2^m bins to an octave.
"""

from __future__ import annotations

import math
from itertools import repeat
from typing import Final

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import (
    Floats,
    Integers,
    Tile,
    extremes,
    require_power_of_two,
    series_rows,
    tiles,
)
from climrisk.metrics.distribution import Distribution

__all__ = ["Histogram"]

_OCTAVES: Final = 80
"""Octaves from the floor up; with a floor of 2^-20 amounts stay below 2^60."""
_MANTISSA_BITS: Final = 52
_MAGNITUDE: Final = np.int64(2**63 - 1)
_SIGN_SHIFT: Final = np.int64(63)
_FIRST_PAGES: Final = 16
_GROWTH: Final = 1.25


class Histogram:
    """Counts of many series by amount; integers, so merging is exact and free of order.

    Amounts smaller than `floor` in magnitude are counted as zero. The extremes of each side are
    kept exactly: a series of one amount besides zero has exact quantiles.

    Parameters
    ----------
    shape : tuple of int
        Dimensions of the series.
    bins_per_octave : int, optional
        A power of two from 2 to 4096; quantiles are within its reciprocal, relative.
    floor : float, optional
        A power of two in the unit of the values.

    Raises
    ------
    ValueError
        If `bins_per_octave` or `floor` is not allowed.
    """

    def __init__(
        self, shape: tuple[int, ...], bins_per_octave: int = 256, floor: float = 2.0**-20
    ) -> None:
        require_power_of_two("floor", floor)
        if not (2 <= bins_per_octave <= 4096 and bins_per_octave.bit_count() == 1):
            raise ValueError(
                f"bins_per_octave: found {bins_per_octave}, allowed a power of two from 2 to 4096"
            )
        self.shape = shape
        self.bins_per_octave = bins_per_octave
        self.floor = floor
        self._page_bits = bins_per_octave.bit_length() - 1
        self._shift = np.int64(_MANTISSA_BITS - self._page_bits)
        self._floor_key = int(np.float64(floor).view(np.int64) >> self._shift)
        series = math.prod(shape)
        self._zeros = np.zeros(series, dtype=np.int64)
        self._page_of = np.full((series, 2 * _OCTAVES), -1, dtype=np.int32)
        self._pages = np.zeros((_FIRST_PAGES, bins_per_octave), dtype=np.int64)
        self._used = 0
        self._lowest = np.full(series, np.inf)
        self._highest = np.full(series, -np.inf)
        self._least_gain = np.full(series, np.inf)
        self._least_loss = np.full(series, np.inf)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        per_series = (self._zeros, self._lowest, self._highest, self._least_gain, self._least_loss)
        return self._pages.nbytes + self._page_of.nbytes + sum(a.nbytes for a in per_series)

    def add(self, block: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> None:
        """Count a block of draws.

        Parameters
        ----------
        block : array_like
            Amounts, (*shape, draw).
        weights : array_like, optional
            Whole numbers, how often each amount counts, of the same shape; once by default.

        Raises
        ------
        SeriesOverflowError
            If an amount is not finite or 80 octaves or more above the floor.
        """
        rows = series_rows(block, self.shape)
        counted = None if weights is None else series_rows(weights, self.shape)
        parts = repeat(None) if counted is None else (one.values for one in tiles(counted))
        for tile, often in zip(tiles(rows), parts, strict=False):  # without weights: no end
            self._add_tile(tile, often)

    def merge(self, other: Histogram) -> None:
        """Add the counts of other draws of the same series.

        Parameters
        ----------
        other : Histogram
            Same shape, bins and floor.

        Raises
        ------
        ValueError
            If they differ.
        """
        mine = (self.shape, self.bins_per_octave, self.floor)
        found = (other.shape, other.bins_per_octave, other.floor)
        if found != mine:
            raise ValueError(f"merge: found (shape, bins, floor) {found}, allowed {mine}")
        series, columns = np.nonzero(other._page_of >= 0)
        pages = self._pages_for(series, columns)
        self._pages[pages] += other._pages[other._page_of[series, columns]]
        self._zeros += other._zeros
        self._lowest = np.minimum(self._lowest, other._lowest)
        self._highest = np.maximum(self._highest, other._highest)
        self._least_gain = np.minimum(self._least_gain, other._least_gain)
        self._least_loss = np.minimum(self._least_loss, other._least_loss)

    def distribution(self, rows: slice, *, with_zeros: bool = True) -> Distribution:
        """Return the cumulative view of some series.

        Parameters
        ----------
        rows : slice
            Flat indices of the series, step 1.
        with_zeros : bool, optional
            Whether zeros count; without them it is the distribution given that there was an
            effect.

        Returns
        -------
        Distribution
            Of `len(rows)` series.
        """
        page_of = self._page_of[rows]
        entry_series, columns = np.nonzero(page_of >= 0)
        counts = self._pages[page_of[entry_series, columns]]
        entry, slots = np.nonzero(counts)
        series = entry_series[entry]
        position = ((columns[entry] - _OCTAVES) << self._page_bits) + slots
        lower, upper = self._edges(position, series + rows.start)
        zeros = self._zeros[rows] if with_zeros else np.zeros(len(page_of), dtype=np.int64)
        return Distribution.from_bins(series, lower, upper, counts[entry, slots], zeros)

    def _add_tile(self, tile: Tile, often: Floats | None) -> None:
        ceiling = math.ldexp(self.floor, _OCTAVES)
        lowest, highest = extremes(tile, largest=ceiling)
        bits = tile.values.view(np.int64)
        gain, loss = _least_magnitudes(tile.values, self.floor)
        self._note_extremes(tile.rows, lowest, highest, gain, loss)
        least = min(float(gain.min()), float(loss.min()))
        if least == math.inf:
            self._zeros[tile.rows] += _sizes(tile.values, often)
            return
        # Octave 0 is the one below the least amount: everything smaller is zero and goes there.
        octave = math.frexp(least)[1] - math.frexp(self.floor)[1]
        base = self._floor_key + ((octave - 1) << self._page_bits)
        position = (bits & _MAGNITUDE) >> self._shift
        position -= base
        np.maximum(position, self.bins_per_octave - 1, out=position)
        position ^= bits >> _SIGN_SHIFT  # mirrors losses: -1, -2, ... away from zero
        self._count(tile.rows, position, octave, often)

    def _count(self, rows: slice, position: Integers, octave: int, often: Floats | None) -> None:
        # Positions are relative: octaves 0 and -1 hold zeros, 1 is `octave` above the floor.
        first = int(position.min()) >> self._page_bits
        octaves = (int(position.max()) >> self._page_bits) - first + 1
        height, width = len(position), octaves * self.bins_per_octave
        position += (np.arange(height) * width - first * self.bins_per_octave)[:, np.newaxis]
        weights = None if often is None else often.ravel()
        counts = np.bincount(position.ravel(), weights, height * width).astype(np.int64)
        counts = counts.reshape(height, octaves, self.bins_per_octave)
        for nought in {-first, -first - 1} & set(range(octaves)):
            self._zeros[rows] += counts[:, nought].sum(axis=-1)
            counts[:, nought] = 0
        series, local = np.nonzero(counts.any(axis=-1))
        relative = local + first
        above_floor = relative + np.where(relative > 0, octave - 1, 1 - octave)
        pages = self._pages_for(series + rows.start, above_floor + _OCTAVES)
        self._pages[pages] += counts[series, local]

    def _pages_for(self, series: Integers, columns: Integers) -> npt.NDArray[np.int32]:
        missing = self._page_of[series, columns] < 0
        wanted = self._used + int(missing.sum())
        if wanted > len(self._pages):
            # Resizing in place avoids a second copy; no view of the pages ever leaves this class.
            capacity = max(wanted, int(len(self._pages) * _GROWTH))
            self._pages.resize((capacity, self.bins_per_octave), refcheck=False)
        self._page_of[series[missing], columns[missing]] = np.arange(self._used, wanted)
        self._used = wanted
        return self._page_of[series, columns]

    def _note_extremes(
        self, rows: slice, lowest: Floats, highest: Floats, gain: Floats, loss: Floats
    ) -> None:
        self._lowest[rows] = np.minimum(self._lowest[rows], lowest)
        self._highest[rows] = np.maximum(self._highest[rows], highest)
        self._least_gain[rows] = np.minimum(self._least_gain[rows], gain)
        self._least_loss[rows] = np.minimum(self._least_loss[rows], loss)

    def _edges(self, position: Integers, series: Integers) -> tuple[Floats, Floats]:
        mirrored = position < 0
        key = np.where(mirrored, ~position, position) + self._floor_key
        near = (key << self._shift).view(np.float64)
        far = ((key + 1) << self._shift).view(np.float64)
        lower = np.where(mirrored, -far, np.maximum(near, self._least_gain[series]))
        upper = np.where(mirrored, -np.maximum(near, self._least_loss[series]), far)
        return np.maximum(lower, self._lowest[series]), np.minimum(upper, self._highest[series])


def _sizes(values: Floats, often: Floats | None) -> Integers:
    """Return how many amounts each row of a tile stands for."""
    counted = np.ones(values.shape) if often is None else often
    return np.asarray(counted.sum(axis=-1), dtype=np.int64)


def _least_magnitudes(values: Floats, floor: float) -> tuple[Floats, Floats]:
    """Return each row's smallest gain and smallest loss of at least `floor`; inf where none.

    The bits of positive doubles order like the numbers. Subtracting those of the floor wraps
    everything else to the top of the range, so a plain minimum finds the smallest.
    """
    bits = values.view(np.uint64)
    found = []
    for start in np.array([floor, -floor]).view(np.uint64):
        least = (bits - start).min(axis=-1) + start
        magnitude = np.abs(least.view(np.float64))
        right_side = (least >> np.uint64(63)) == (start >> np.uint64(63))
        found.append(np.where(right_side & (magnitude >= floor), magnitude, np.inf))
    return found[0], found[1]
