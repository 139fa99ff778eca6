"""Figures as they were printed: rounding half up, and what prints alike."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["COARSE_STEP", "at_most_as_stated", "half_up", "prints_alike", "step_share"]

COARSE_STEP: Final = 0.05
"""Share of a limit that one step of its last decimal may be before readers are warned."""


def half_up(value: float, decimals: int) -> float:
    """Return a number rounded to some decimals, halves away from zero, as a reader rounds it."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))


def prints_alike(stated: float, decimals: int) -> tuple[float, float]:
    """Return the lowest figure that prints as `stated`, and the first above that does not.

    Parameters
    ----------
    stated : float
        0 or more, with at most `decimals` decimals.
    decimals : int
        Decimals as stated.
    """
    half = Decimal(1).scaleb(-decimals) / 2
    exact = Decimal(repr(float(stated)))
    return float(max(exact - half, Decimal(0))), float(exact + half)


def at_most_as_stated(values: ArrayLike, limit: float, decimals: int | None) -> NDArray[np.bool_]:
    """Return which figures, rounded half up to the decimals of a limit, do not pass it.

    Parameters
    ----------
    values : array_like
        Figures of any shape, 0 or more, unrounded.
    limit : float
        As stated.
    decimals : int or None
        Decimals of the limit; None compares the figures themselves.
    """
    found = np.asarray(values, dtype=np.float64)
    if decimals is None:
        return np.asarray(found <= limit)
    return np.asarray(found < prints_alike(half_up(limit, decimals), decimals)[1])


def step_share(limit: float, decimals: int) -> float:
    """Return one step of the last decimal as a share of the limit; infinite for a limit of 0."""
    return float(10.0**-decimals / abs(limit)) if limit else float("inf")
