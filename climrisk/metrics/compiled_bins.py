"""Histograms unpacked in compiled code: the same bins as the NumPy code beside it, in one pass."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from climrisk.metrics.blocks import Floats, Integers
from climrisk.portable.compiling import compiled

__all__ = ["unpack"]

_OCTAVES: Final = 80


def _as_float(typing_context: Any, value: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), generate


_float: Any = intrinsic(_as_float)
"""The float64 that an int64 holds the bits of."""


@compiled
def unpack(
    page_of: Any,
    pages: Any,
    zeros: Integers,
    extremes: Floats,
    shift: int,
    floor_key: int,
    series: Integers,
    lower: Floats,
    upper: Floats,
    count: Integers,
    before: Integers,
    totals: Integers,
) -> int:
    """Write the bins that hold anything, ascending within each series, zeros among them.

    Parameters
    ----------
    page_of : int32 array (series, column)
        Page by octave, -1 where there is none; losses from column 79 down, gains from 80 up.
    pages : uint32 or int64 array (page, bin)
        Counts.
    zeros : int64 array (series,)
        Counts of zero; left out where 0.
    extremes : float64 array (4, series)
        Lowest, highest, least gain and least loss.
    shift : int
        Bits of a float64 below those that name its bin.
    floor_key : int
        Upper bits of the floor: the bin of the least gain.
    series, lower, upper, count, before : arrays (bin,)
        Written as `Distribution` names them; long enough for all bins.
    totals : int64 array (series,)
        Written likewise.

    Returns
    -------
    int
        How many bins were written.
    """
    place = 0
    bins = pages.shape[1]
    for row in range(len(zeros)):
        lowest, highest = extremes[0, row], extremes[1, row]
        gain, loss = extremes[2, row], extremes[3, row]
        total = np.int64(0)
        for column in range(2 * _OCTAVES):
            if column == _OCTAVES and zeros[row] > 0:
                series[place], count[place], before[place] = row, zeros[row], total
                lower[place] = upper[place] = 0.0
                total += zeros[row]
                place += 1
            page = page_of[row, column]
            if page < 0:
                continue
            first = np.int64(column - _OCTAVES) * bins
            for slot in range(bins):
                found = np.int64(pages[page, slot])
                if found == 0:
                    continue
                position = first + slot
                if position < 0:  # losses are mirrored: -1, -2, ... away from zero
                    key = ~position + floor_key
                    low = -_float((key + 1) << shift)
                    high = -max(_float(key << shift), loss)
                else:
                    key = position + floor_key
                    low = max(_float(key << shift), gain)
                    high = _float((key + 1) << shift)
                lower[place], upper[place] = max(low, lowest), min(high, highest)
                series[place], count[place], before[place] = row, found, total
                total += found
                place += 1
        totals[row] = total
    return place
