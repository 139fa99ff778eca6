"""How a block of draws is read: checked, flattened to series, cut into tiles that fit the cache."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = [
    "Floats",
    "Integers",
    "SeriesOverflowError",
    "Tile",
    "extremes",
    "least_magnitudes",
    "require_power_of_two",
    "series_rows",
    "tiles",
]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

MAX_TILE_DRAWS: Final = 2**13
"""Sums of integers below 2^39 over so many draws stay below 2^53, so float64 adds them exactly."""
_TILE_VALUES: Final = 2**15
"""256 KiB: a tile and its working copies stay in the second-level cache."""
_MAX_TILE_SERIES: Final = 64
"""Bounds the counts of a tile, which are dense over the octaves that it spans."""


class SeriesOverflowError(OverflowError):
    """An amount is not finite, or too large to be added exactly.

    Parameters
    ----------
    series : int
        Flat index of the series (C order over the tally's shape).
    found : float
        The offending amount.
    allowed : str
        What may stand there.
    """

    def __init__(self, series: int, found: float, allowed: str) -> None:
        # All three are the arguments of the exception, so that it survives pickling.
        super().__init__(series, found, allowed)
        self.series = series
        self.found = found
        self.allowed = allowed

    def __str__(self) -> str:
        return f"series {self.series}: found {self.found:g}, allowed {self.allowed}"


class Tile(NamedTuple):
    """Some draws of some neighbouring series."""

    rows: slice
    """Which series, by flat index."""
    values: Floats
    """Amounts, (series, draw)."""


def series_rows(block: npt.ArrayLike, shape: tuple[int, ...]) -> Floats:
    """View a block as one row per series.

    Parameters
    ----------
    block : array_like
        Amounts, (*shape, draw).
    shape : tuple of int
        Dimensions of the series.

    Returns
    -------
    ndarray
        Amounts, (series, draw).

    Raises
    ------
    ValueError
        If the leading dimensions are not `shape`.
    """
    array = np.asarray(block, dtype=np.float64)
    if array.ndim != len(shape) + 1 or array.shape[:-1] != shape:
        raise ValueError(f"block: found shape {array.shape}, allowed {(*shape, 'draws')}")
    return array.reshape(math.prod(shape), array.shape[-1])


def tiles(rows: Floats) -> Iterator[Tile]:
    """Cut (series, draw) into tiles, series by series.

    Parameters
    ----------
    rows : ndarray
        Amounts, (series, draw).

    Yields
    ------
    Tile
        At most `MAX_TILE_DRAWS` draws of as many series as fit the cache.
    """
    series, draws = rows.shape
    if draws == 0:
        return
    width = min(draws, MAX_TILE_DRAWS)
    height = min(max(1, _TILE_VALUES // width), _MAX_TILE_SERIES)
    for top in range(0, series, height):
        for left in range(0, draws, width):
            bottom = min(top + height, series)
            yield Tile(slice(top, bottom), rows[top:bottom, left : left + width])


def extremes(tile: Tile, largest: float = math.inf) -> tuple[Floats, Floats]:
    """Find the lowest and highest amount of each series of a tile.

    Parameters
    ----------
    tile : Tile
        Amounts, (series, draw).
    largest : float, optional
        Magnitudes must stay below this.

    Returns
    -------
    lowest, highest : ndarray
        Amounts, (series,).

    Raises
    ------
    SeriesOverflowError
        If an amount is not a number, infinite, or not below `largest` in magnitude.
    """
    lowest, highest = tile.values.min(axis=-1), tile.values.max(axis=-1)
    # Written so that a comparison with NaN counts as wrong.
    wrong = ~((lowest > -largest) & (highest < largest))
    if wrong.any():
        row = int(np.argmax(wrong))
        found = float(lowest[row] if not lowest[row] > -largest else highest[row])
        allowed = f"magnitudes below {largest:g}" if largest < math.inf else "a finite amount"
        raise SeriesOverflowError(tile.rows.start + row, found, allowed)
    return lowest, highest


def least_magnitudes(values: Floats, floor: float) -> tuple[Floats, Floats]:
    """Find the gain and the loss of each series that are nearest to zero, but not below a floor.

    Parameters
    ----------
    values : ndarray
        Amounts, (series, draw).
    floor : float
        Smallest magnitude that counts.

    Returns
    -------
    gain, loss : ndarray
        Magnitudes, (series,); inf where there is none.

    Notes
    -----
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


def require_power_of_two(name: str, value: float) -> None:
    """Refuse a grid on which scaling would round.

    Parameters
    ----------
    name : str
        The argument's name.
    value : float
        Must be a positive power of two between 2^-200 and 2^200.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not (2.0**-200 <= value <= 2.0**200 and math.frexp(value)[0] == 0.5):
        raise ValueError(f"{name}: found {value!r}, allowed a power of two from 2^-200 to 2^200")
