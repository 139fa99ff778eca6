"""The numbers behind a small chart of one quantity."""

from __future__ import annotations

from typing import Final

import numpy as np

from climrisk.domain.quantities.base import FloatArray, Quantity
from climrisk.portable.arrays import normal_cdf

__all__ = ["curve"]

_FARTHEST_SCORE: Final = 3.0902323061678132  # 1 in 1,000 on either side
_MARKS: Final = (0.05, 0.5, 0.95)


def curve(quantity: Quantity, points: int = 201) -> dict[str, FloatArray]:
    """Return the distribution of a quantity, from its 1 in 1,000 to its 999 in 1,000 value.

    Parameters
    ----------
    quantity : Quantity
        What is drawn.
    points : int
        Points of the curve, evenly spaced in normal scores; 3 or more.

    Returns
    -------
    dict of str to ndarray
        `x`: values, in the unit of the field, never decreasing, (point,).
        `cdf`: chance of at most `x`, (point,).
        `density`: chance per unit of `x`, by central differences of the quantiles, (point,);
        nan where a single value has a probability of its own.
        `mark_level`, `mark_x`: the levels 0.05, 0.5 and 0.95 and the values there, (3,).

    Raises
    ------
    ValueError
        Fewer than 3 points.
    """
    if points < 3:
        raise ValueError(f"found {points} points, allowed 3 or more")
    cdf = normal_cdf(np.linspace(-_FARTHEST_SCORE, _FARTHEST_SCORE, points))
    x = quantity.ppf(cdf)
    marks = np.array(_MARKS)
    return {
        "x": x,
        "cdf": cdf,
        "density": _density(x, cdf),
        "mark_level": marks,
        "mark_x": quantity.ppf(marks),
    }


def _density(x: FloatArray, cdf: FloatArray) -> FloatArray:
    """Return rise over run across both neighbours, and across one at the ends."""
    before = np.maximum(np.arange(x.size) - 1, 0)
    after = np.minimum(np.arange(x.size) + 1, x.size - 1)
    rise, run = cdf[after] - cdf[before], x[after] - x[before]
    return np.where(run > 0.0, rise / np.where(run > 0.0, run, 1.0), np.nan)
