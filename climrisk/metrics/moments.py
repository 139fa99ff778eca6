"""Mean, variance and the standard error of the mean, from exact sums."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import (
    Floats,
    Integers,
    Tile,
    require_power_of_two,
    series_rows,
    tiles,
)
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.exact_sum import ExactSum

__all__ = ["SQUARE_RESOLUTION", "Moments", "centred_squares", "square_step"]

_SQUARE_GRID: Final = 2.0**-84
"""Grid of the squares in units of scale^2: deviations down to scale * 2^-42 are seen."""
SQUARE_RESOLUTION: Final = 2**52
"""Squares are rounded to 53 bits; a variance of this fraction of the mean square is noise."""


def square_step(scale: float) -> float:
    """Return the grid on which squares are summed.

    Parameters
    ----------
    scale : float
        A power of two near the largest amount expected.

    Returns
    -------
    float
        A power of two, in the squared unit of the values.

    Raises
    ------
    ValueError
        If `scale` is not a power of two.
    """
    require_power_of_two("scale", scale)
    return scale * scale * _SQUARE_GRID


def centred_squares(count: int, total: int, squares: int, step: float, grid: float) -> float:
    """Return the sum of squared deviations from the mean: sum x^2 - (sum x)^2 / n.

    Parameters
    ----------
    count : int
        Number of values n, at least 1.
    total : int
        Sum of x, in steps.
    squares : int
        Sum of x^2, in units of `grid`.
    step, grid : float
        Powers of two.

    Returns
    -------
    float
        Not negative; zero where it is below what squares of 53 bits can show.
    """
    unit = min(step * step, grid)
    of_squares = count * squares * int(grid / unit)
    deviation = of_squares - total * total * int(step * step / unit)
    if deviation <= of_squares // SQUARE_RESOLUTION + count * count * int(grid / unit):
        return 0.0
    return deviation / count * unit


class Moments:
    """First two moments of many series, exact in the sums and free of order.

    Parameters
    ----------
    shape : tuple of int
        Dimensions of the series.
    step : float
        Grid of the values, a power of two.
    scale : float
        A power of two near the largest amount expected; sets the grid of the squares.

    Raises
    ------
    ValueError
        If `step` or `scale` is not a power of two.
    """

    def __init__(self, shape: tuple[int, ...], step: float, scale: float) -> None:
        self.shape = shape
        self.count = 0
        self._sum = ExactSum(shape, step)
        self._squares = ExactSum(shape, square_step(scale))

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._sum.nbytes + self._squares.nbytes

    def add(self, block: npt.ArrayLike) -> None:
        """Add a block of draws.

        Parameters
        ----------
        block : array_like
            Amounts, (*shape, draw).

        Raises
        ------
        SeriesOverflowError
            If an amount is not finite or too large to be added exactly.
        """
        rows = series_rows(block, self.shape)
        self.add_rows(np.ascontiguousarray(rows), np.arange(len(rows)))

    def add_rows(self, rows: Floats, of: Integers) -> None:
        """Add a block of draws that stands among others.

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
        counting = compiled_counting()
        if counting is None:
            self._add_tiles(rows[of], 0)
        else:
            wrong = counting.add_moments(rows, of, *self.compiled_parts())
            self.refuse(rows[of[wrong : wrong + 1]], wrong)
        self.count += rows.shape[1]

    def add_part(self, first: int, block: Floats) -> None:
        """Add a block of draws of some of the series; `count` is left to the caller.

        Parameters
        ----------
        first : int
            The first of them on the first dimension.
        block : ndarray
            Amounts, (series, ..., draw).

        Raises
        ------
        SeriesOverflowError
            As `add`.
        """
        rows = block.reshape(-1, block.shape[-1])
        self._add_tiles(rows, first * math.prod(self.shape[1:]))

    def add_changes(self, rows: Floats, of: Integers, base: Integers) -> None:
        """Add what amounts are beyond others of the same draws.

        Parameters
        ----------
        rows : ndarray
            Amounts, (row, draw); contiguous.
        of, base : ndarray
            Row of each series in flat order, and the row that is taken off it, (series,).

        Raises
        ------
        SeriesOverflowError
            As `add`.
        """
        counting = compiled_counting()
        if counting is None:
            self._add_tiles(rows[of] - rows[base], 0)
        else:
            wrong = counting.add_changes(rows, of, base, *self.compiled_parts())
            self.refuse(rows[of[wrong : wrong + 1]] - rows[base[wrong : wrong + 1]], wrong)
        self.count += rows.shape[1]

    def compiled_parts(self) -> tuple[float, float, Integers, Integers]:
        """Return what compiled code adds with: step, root of the squares' grid, and both sums."""
        root = math.sqrt(self._squares.step)
        return self._sum.step, root, self._sum.limbs, self._squares.limbs

    def refuse(self, row: Floats, wrong: int) -> None:
        """Raise the error of a series whose amounts compiled code could not add; none below 0.

        Parameters
        ----------
        row : ndarray
            Its amounts, (1, draw).
        wrong : int
            Number of the series.

        Raises
        ------
        SeriesOverflowError
            Unless `wrong` is below 0.
        """
        if wrong >= 0:
            self._add_tiles(row, wrong)

    def _add_tiles(self, rows: Floats, first: int) -> None:
        for tile in tiles(rows):
            own = slice(tile.rows.start + first, tile.rows.stop + first)
            self._sum.add_tile(Tile(own, tile.values))
            self._squares.add_tile(Tile(own, tile.values * tile.values))

    def merge(self, other: Moments) -> None:
        """Add the moments of other draws of the same series.

        Parameters
        ----------
        other : Moments
            Same shape, step and scale.

        Raises
        ------
        ValueError
            If they differ.
        """
        self._sum.merge(other._sum)
        self._squares.merge(other._squares)
        self.count += other.count

    def mean(self) -> Floats:
        """Return the means.

        Returns
        -------
        ndarray
            `shape`, in the unit of the values; NaN without draws.
        """
        return self._sum.total() / self.count if self.count else np.full(self.shape, np.nan)

    def variance(self) -> Floats:
        """Return the unbiased variances.

        Returns
        -------
        ndarray
            `shape`, in the squared unit of the values; NaN with fewer than two draws, zero
            where the deviation is below 1.5e-8 of the root mean square.
        """
        if self.count < 2:
            return np.full(self.shape, np.nan)
        step, grid = self._sum.step, self._squares.step
        pairs = zip(self._sum.steps(), self._squares.steps(), strict=True)
        deviations = [
            centred_squares(self.count, total, squares, step, grid) for total, squares in pairs
        ]
        return np.array(deviations).reshape(self.shape) / (self.count - 1)

    def standard_error(self) -> Floats:
        """Return the standard errors of the means.

        Returns
        -------
        ndarray
            `shape`, in the unit of the values; NaN with fewer than two draws.
        """
        return np.sqrt(self.variance() / max(self.count, 1))

    def standard_deviation(self) -> Floats:
        """Return the standard deviations.

        Returns
        -------
        ndarray
            `shape`, in the unit of the values; NaN with fewer than two draws.
        """
        return np.sqrt(self.variance())
