"""The money grid: amounts are multiples of a power of two, so that every sum of them is exact.

Sums over items, years and draws then do not depend on their order, and the parts of a total add
up to it bit for bit.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.settings import Settings

__all__ = ["SCALE_TO_STEP", "money_scale", "snap"]

SCALE_TO_STEP = 2.0**-41
"""Grid step over the study's size: for revenue of 1,793 million, a step of 0.001 of one unit."""


def money_scale(settings: Settings) -> float:
    """Return the power of two at or above the study's revenue and largest exposure [million].

    It depends on the settings alone, so that editing an item never moves the grid.
    """
    revenue = sum(line.value.value for line in settings.revenue_lines.values())
    sizes = [revenue, *(one.value.value for one in settings.exposures.values()), 1.0]
    mantissa, exponent = math.frexp(max(sizes))
    return math.ldexp(1.0, exponent - (mantissa == 0.5))


def snap(amounts: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Return the amounts rounded to multiples of `step`, halves to even, of the same shape."""
    steps = np.multiply(amounts, 1.0 / step)
    np.rint(steps, out=steps)
    steps *= step
    steps += 0.0  # turns -0.0 into 0.0
    return steps
