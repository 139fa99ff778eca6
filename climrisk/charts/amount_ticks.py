"""Round amounts on a logarithmic axis."""

from __future__ import annotations

import math

__all__ = ["amount_ticks"]


def amount_ticks(low: float, high: float, most: int = 7) -> tuple[float, ...]:
    """Return at most `most` round amounts between `low` and `high`.

    The finest of three grids that fits is taken: 1-2-5 in each decade, 1-3, or whole decades,
    of which every second, third, ... where there are many.

    Parameters
    ----------
    low, high : float
        Ends of the axis, 0 < low < high.
    most : int, default 7
        Ticks that there is room for.

    Returns
    -------
    tuple of float
        Amounts in ascending order.
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for steps in ((1, 2, 5), (1, 3), (1,)):
        ticks = _within(low, high, range(first, last + 1), steps)
        if len(ticks) <= most:
            return ticks
    stride = math.ceil((last - first + 1) / most)
    return _within(low, high, range(first, last + 1, stride), (1,))


def _within(low: float, high: float, decades: range, steps: tuple[int, ...]) -> tuple[float, ...]:
    grid = (float(f"{step}e{decade}") for decade in decades for step in steps)
    return tuple(amount for amount in grid if low <= amount <= high)
