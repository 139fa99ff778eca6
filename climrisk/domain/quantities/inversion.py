"""Inverses of functions that never decrease, by bisection down to neighbouring float64."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.quantities.base import FloatArray

__all__ = ["bisected"]


def bisected(
    reached: Callable[[FloatArray], NDArray[np.bool_]], low: FloatArray, high: FloatArray
) -> FloatArray:
    """Return the smallest values at which a condition holds.

    Parameters
    ----------
    reached : callable
        Whether the condition holds at each of an array of values; once it holds, it does at
        every larger value.
    low, high : ndarray
        Values between which the answers lie, finite, of one shape.

    Returns
    -------
    ndarray
        The smallest float64 that reaches it, `low` or `high` where all or none do.
    """
    high = np.where(reached(low), low, high)
    while True:
        middle = _between(low, high)
        if not ((low < middle) & (middle < high)).any():
            return high
        is_there = reached(middle)
        low, high = np.where(is_there, low, middle), np.where(is_there, middle, high)


def _between(low: FloatArray, high: FloatArray) -> FloatArray:
    """Return 0 between signs, else the middle, by ratio where the magnitudes differ much."""
    is_below_zero = high <= 0.0
    small = np.maximum(np.where(is_below_zero, -high, low), np.finfo(float).tiny)
    large = np.where(is_below_zero, -low, high)
    by_ratio = np.sqrt(small) * np.sqrt(np.maximum(large, small))
    signed = np.where(is_below_zero, -by_ratio, by_ratio)
    middle = np.where(large > 4.0 * small, signed, low + 0.5 * (high - low))
    return np.where((low < 0.0) & (high > 0.0), 0.0, middle)
