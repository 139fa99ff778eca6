"""Sums that do not depend on the order of adding: fixed-point integers in several limbs."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import (
    Floats,
    SeriesOverflowError,
    Tile,
    extremes,
    require_power_of_two,
    series_rows,
    tiles,
)
from climrisk.metrics.counting import compiled_counting

__all__ = ["ExactSum"]

_LIMB_BITS: Final = 40
_LIMBS: Final = 5
_LIMB_MASK: Final = 2**_LIMB_BITS - 1
_TOP_LIMIT: Final = 2**61


class ExactSum:
    """Sum of many series over draws, exact and free of order.

    A total is an integer number of steps, held as five limbs of 40 bits of which the top one
    carries the sign. A value is split on the same limbs, so each partial sum over a tile is a
    sum of integers below 2^53 and float64 adds it without rounding. Amounts off the grid are
    rounded to the nearest step, ties to even, one by one, which keeps the order out of it too.

    Parameters
    ----------
    shape : tuple of int
        Dimensions of the series.
    step : float
        The grid: a power of two, in the unit of the values.

    Attributes
    ----------
    limbs : int64 array (limb, series)
        The totals, for compiled code to add to.

    Raises
    ------
    ValueError
        If `step` is not a power of two.
    """

    def __init__(self, shape: tuple[int, ...], step: float) -> None:
        require_power_of_two("step", step)
        self.shape = shape
        self.step = step
        self._units = [math.ldexp(step, _LIMB_BITS * limb) for limb in range(_LIMBS)]
        self.limbs = np.zeros((_LIMBS, math.prod(shape)), dtype=np.int64)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self.limbs.nbytes

    def add(self, block: npt.ArrayLike) -> None:
        """Add a block of draws.

        Parameters
        ----------
        block : array_like
            Amounts, (*shape, draw).

        Raises
        ------
        SeriesOverflowError
            If an amount is not finite or beyond 2^199 steps; the sum is then of no further use.
        """
        rows, counting = series_rows(block, self.shape), compiled_counting()
        if counting is None:
            for tile in tiles(rows):
                self.add_tile(tile)
            return
        wrong = counting.add_sums(np.ascontiguousarray(rows), self.step, self.limbs)
        if wrong >= 0:
            self.add_tile(Tile(slice(wrong, wrong + 1), rows[wrong : wrong + 1]))  # says why

    def add_tile(self, tile: Tile) -> None:
        """Add a tile of flattened series; see `add`.

        Parameters
        ----------
        tile : Tile
            Amounts, (series, draw).
        """
        lowest, highest = extremes(tile, largest=math.ldexp(self._units[-1], _LIMB_BITS - 1))
        largest = max(-float(lowest.min()), float(highest.max()))
        rest = tile.values
        for limb in range(_LIMBS - 1, 0, -1):
            unit = self._units[limb]
            if largest > unit / 2:  # otherwise every part is zero
                part = self._add_limb(limb, tile.rows, rest)
                part *= unit
                rest = rest - part
        self._add_limb(0, tile.rows, rest)
        self._carry(tile.rows)

    def merge(self, other: ExactSum) -> None:
        """Add the total of other draws of the same series.

        Parameters
        ----------
        other : ExactSum
            Same shape and step.

        Raises
        ------
        ValueError
            If shape or step differ.
        """
        if (other.shape, other.step) != (self.shape, self.step):
            raise ValueError(
                f"merge: found shape {other.shape} and step {other.step:g}, "
                f"allowed {self.shape} and {self.step:g}"
            )
        self.limbs += other.limbs
        self._carry(slice(0, self.limbs.shape[1]))

    def steps(self) -> list[int]:
        """Return the exact totals.

        Returns
        -------
        list of int
            One total per series in flat order, in steps.
        """
        # 40 bits are 5 bytes: limbs in a row are the bytes of one long integer
        limbs = np.ascontiguousarray(self.limbs.T.astype("<i8")).view(np.uint8)
        limbs = limbs.reshape(-1, _LIMBS, 8)
        whole = _LIMB_BITS // 8
        lower = limbs[:, :-1, :whole].reshape(len(limbs), (_LIMBS - 1) * whole)
        digits = np.concatenate([lower, limbs[:, -1]], axis=1)
        width, raw = digits.shape[1], digits.tobytes()
        return [
            int.from_bytes(raw[start : start + width], "little", signed=True)
            for start in range(0, len(raw), width)
        ]

    def total(self) -> Floats:
        """Return the totals as floating-point numbers.

        Returns
        -------
        ndarray
            Totals correctly rounded, `shape`, in the unit of the values.
        """
        rounded = np.array([float(total) for total in self.steps()], dtype=np.float64)
        return (rounded * self.step).reshape(self.shape)

    def _add_limb(self, limb: int, rows: slice, values: Floats) -> Floats:
        """Round to whole units of a limb, add them, and return them, (series, draw)."""
        part = values * (1.0 / self._units[limb])
        np.rint(part, out=part)
        self.limbs[limb, rows] += part.sum(axis=-1).astype(np.int64)
        return part

    def _carry(self, rows: slice) -> None:
        # All limbs but the top one end in [0, 2^40): one total has one representation.
        for limb in range(_LIMBS - 1):
            self.limbs[limb + 1, rows] += self.limbs[limb, rows] >> _LIMB_BITS
            self.limbs[limb, rows] &= _LIMB_MASK
        excess = np.abs(self.limbs[-1, rows]) >= _TOP_LIMIT
        if excess.any():
            series = rows.start + int(np.argmax(excess))
            found = float(self.limbs[-1, series]) * self._units[-1]
            allowed = f"totals below {_TOP_LIMIT * self._units[-1]:g}"
            raise SeriesOverflowError(series, found, allowed)
