"""Mirrored log-linear histograms of many series, in pages of one octave.

A bin is the top bits of the IEEE double: sign, exponent and the first bits of the mantissa, so
that every bin is at most 2^-m wide relative to its amounts, with 2^m bins to an octave.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import repeat
from typing import Final

import numpy as np
import numpy.typing as npt

from climrisk.metrics.bins import Counts
from climrisk.metrics.blocks import (
    Floats,
    Integers,
    Tile,
    extremes,
    least_magnitudes,
    require_power_of_two,
    series_rows,
    tiles,
)
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.distribution import Distribution
from climrisk.metrics.pages import OCTAVES, Pages
from climrisk.metrics.reading import Reading

__all__ = ["Histogram"]

_MANTISSA_BITS: Final = 52
_MAGNITUDE: Final = np.int64(2**63 - 1)
_SIGN_SHIFT: Final = np.int64(63)
_LOWEST, _HIGHEST, _GAIN, _LOSS = range(4)


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
        self._pages = Pages(series, bins_per_octave)
        # lowest, highest, and the gain and the loss nearest to zero
        self._extremes = np.full((4, series), np.inf)
        self._extremes[_HIGHEST] = -np.inf

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._pages.nbytes + self._zeros.nbytes + self._extremes.nbytes

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
        self._add(np.ascontiguousarray(rows), np.arange(len(rows)), counted)

    def add_rows(self, rows: Floats, of: Integers) -> None:
        """Count a block of draws that stands among others.

        Parameters
        ----------
        rows : ndarray
            Amounts, (row, draw); contiguous.
        of : ndarray
            Row of each series in flat order, (series,).

        Raises
        ------
        SeriesOverflowError
            As `add`.
        """
        self._add(rows, of, None)

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
        self._pages.merge(other._pages)
        self._zeros += other._zeros
        self._note_extremes(slice(0, len(self._zeros)), other._extremes)

    def reading(self) -> Reading:
        """Return the counts unpacked, for several statistics at once; nothing of it is kept."""
        return Reading(self.shape, self.distribution(slice(0, len(self._zeros))))

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
        zeros = self._zeros[rows]
        return Counts(
            self._pages.of[rows],
            self._pages.counts,
            zeros if with_zeros else np.zeros_like(zeros),
            self._extremes[:, rows],
            self._page_bits,
            self._floor_key,
        ).distribution()

    def count_with(
        self, count: Callable[..., tuple[int, int, int]], series: int, draws: int, *what: object
    ) -> int:
        """Count by a compiled function, with more pages whenever it runs out of them.

        Parameters
        ----------
        count : callable
            Such as `compiled.count_rows`.
        series, draws : int
            How many series there are, and how many counts each of them may add.
        *what
            The function's first arguments.

        Returns
        -------
        int
            -1, or the first series with an amount that cannot be counted.
        """
        pages, place, needed = self._pages, 0, 0
        pages.expect(draws)
        while place < series:
            pages.hold(needed)
            place, pages.used, needed = count(
                *what,
                place,
                pages.of,
                pages.counts,
                pages.used,
                self._zeros,
                self._extremes,
                self.floor,
            )
            if needed < 0:
                return place
        return -1

    def _add(self, rows: Floats, of: Integers, often: Floats | None) -> None:
        if rows.shape[1] == 0 or len(of) == 0:
            return
        counting = compiled_counting()
        if counting is None:
            own = rows[of]
            self._pages.expect(int(_sizes(own, often).max()))
            self._add_tiles(own, often)
            return
        weights, most = np.empty((len(of), 0), dtype=np.int64), rows.shape[1]
        if often is not None:
            weights = often.astype(np.int64)
            most = int(weights.sum(axis=-1).max())
        wrong = self.count_with(counting.count_rows, len(of), most, rows, of, weights)
        if wrong >= 0:
            own = rows[of[wrong : wrong + 1]]
            self._add_tile(Tile(slice(wrong, wrong + 1), own), None)  # says why

    def _add_tiles(self, rows: Floats, often: Floats | None) -> None:
        parts = repeat(None) if often is None else (one.values for one in tiles(often))
        for tile, weights in zip(tiles(rows), parts, strict=False):  # without weights: no end
            self._add_tile(tile, weights)

    def _add_tile(self, tile: Tile, often: Floats | None) -> None:
        ceiling = math.ldexp(self.floor, OCTAVES)
        lowest, highest = extremes(tile, largest=ceiling)
        bits = tile.values.view(np.int64)
        gain, loss = least_magnitudes(tile.values, self.floor)
        self._note_extremes(tile.rows, np.stack([lowest, highest, gain, loss]))
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
        self._pages.add(series + rows.start, above_floor + OCTAVES, counts[series, local])

    def _note_extremes(self, rows: slice, found: Floats) -> None:
        known = self._extremes[:, rows]
        highest = np.maximum(known[_HIGHEST], found[_HIGHEST])
        np.minimum(known, found, out=known)
        known[_HIGHEST] = highest


def _sizes(values: Floats, often: Floats | None) -> Integers:
    """Return how many amounts each row of a tile stands for."""
    counted = np.ones(values.shape) if often is None else often
    return np.asarray(counted.sum(axis=-1), dtype=np.int64)
