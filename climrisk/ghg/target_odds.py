"""Whether a simulated metric meets a target, and what would have to be cut, on plain arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["first_missed", "needed_cut"]

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Integers = NDArray[np.int64]


def first_missed(met: Truths) -> Integers:
    """Return the position of the first year that misses, or the number of years, (draw,).

    Parameters
    ----------
    met : bool array (year, draw)
        Whether each year meets the target.
    """
    first = np.where(met.all(axis=0), met.shape[0], np.argmin(met, axis=0))
    return np.asarray(first, dtype=np.int64)


def needed_cut(quantile: Floats, error: Floats, limit: Floats) -> tuple[Floats, Floats]:
    """Return the part of the metric to cut so that a quantile meets the limit, and its error.

    With Q the metric's p-quantile, a cut of c meets the limit with probability p where
    (1 - c) Q = limit. Nothing need be cut where Q is within the limit.

    Parameters
    ----------
    quantile, error : float64 array
        The p-quantile of the metric and its standard error, of any shape.
    limit : float64 array
        Upper limits that broadcast with it, in the same unit.

    Returns
    -------
    tuple of float64 array
        Cut, 0 to 1, and its standard error by the delta method, limit * error / Q^2.
    """
    over = quantile > limit
    safe = np.where(over, quantile, 1.0)
    cut = np.where(over, 1.0 - limit / safe, 0.0)
    return cut, np.where(over, limit * error / safe**2, 0.0)
