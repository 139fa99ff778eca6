"""Activity by year and draw: growth, drivers and the year's own variation, on plain arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["compounded", "relative_change", "responding"]

Floats = NDArray[np.float64]


def compounded(growth: Floats, years: int) -> Floats:
    """Return (1 + growth) ** t for t = 1 .. years, never below zero, (year, draw).

    Years are multiplied in their order, so that every system gets the same bits.

    Parameters
    ----------
    growth : float64 array (draw,)
        Change a year, as a fraction.
    years : int
        Number of years.
    """
    yearly = np.maximum(1.0 + growth, 0.0)
    found = np.empty((years, yearly.size))
    found[:1] = yearly
    for year in range(1, years):  # what np.cumprod does, which goes through the draws one by one
        np.multiply(found[year - 1], yearly, out=found[year])
    return found


def responding(path: Floats, base: Floats, elasticity: float) -> Floats:
    """Return (driver / base) ** elasticity, (year, draw).

    Parameters
    ----------
    path : float64 array (year, draw)
        The driver.
    base : float64 array (draw,)
        Its base-year value, above zero.
    elasticity : float
        Power of the ratio.
    """
    ratio = path / base
    return ratio if elasticity == 1.0 else np.asarray(ratio**elasticity)


def relative_change(path: Floats, base: Floats, per_unit: Floats) -> Floats:
    """Return 1 + per_unit * (driver - base), never below zero, (year, draw).

    Parameters
    ----------
    path : float64 array (year, draw)
        The driver.
    base : float64 array (draw,)
        Its base-year value.
    per_unit : float64 array (draw,) or (1,)
        Relative change for one unit of the driver.
    """
    return np.maximum(1.0 + per_unit * (path - base), 0.0)
