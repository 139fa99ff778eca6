"""Numbers as readers meet them: two significant figures, grouped thousands, plain percentages."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

__all__ = ["fixed", "percent", "significant"]

SIMULATED_FIGURES = 2
"""Significant figures of a simulated amount; more would be false precision."""


def significant(number: float, figures: int = SIMULATED_FIGURES) -> str:
    """Return `number` to some significant figures, in full: 12345 is 12,000 and 3.0 is 3.

    Halves go away from zero, as a reader rounds the printed number.

    Raises
    ------
    ValueError
        If the number is not finite.
    """
    rounded = Context(prec=figures, rounding=ROUND_HALF_UP).plus(_exact(number))
    text = f"{rounded:,f}"
    return _unsigned_zero(text.rstrip("0").rstrip(".") if "." in text else text)


def fixed(number: float, decimals: int) -> str:
    """Return `number` with a fixed count of decimals and grouped thousands.

    Raises
    ------
    ValueError
        If the number is not finite.
    """
    step = Decimal(1).scaleb(-decimals)
    wide = Context(prec=400, rounding=ROUND_HALF_UP)
    return _unsigned_zero(f"{_exact(number).quantize(step, context=wide):,f}")


def percent(share: float) -> str:
    """Return a share from 0 to 1 as a whole percentage.

    Only 0 is printed as 0% and only 1 as 100%; what lies within half a percent of them is printed
    as <1% and >99%.

    Raises
    ------
    ValueError
        If the share is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share: found {share}, allowed 0 to 1")
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{fixed(100 * share, 0)}%"


def _exact(number: float) -> Decimal:
    if not math.isfinite(number):
        raise ValueError(f"number: found {number}, allowed a finite number")
    return Decimal(repr(float(number)))


def _unsigned_zero(text: str) -> str:
    return text.removeprefix("-") if not text.strip("-0.,") else text
