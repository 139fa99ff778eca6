"""Carbon budgets: what a path adds up to, and by how much emissions pass it."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["Rule", "cumulative", "overshoot"]

Rule = Literal["trapezoid", "stepwise"]
"""`trapezoid` joins the years by straight lines; `stepwise` counts each year after the first."""


def cumulative(years: ArrayLike, values: ArrayLike, rule: Rule = "trapezoid") -> float:
    """Return what yearly figures add up to from the first year to the last.

    Parameters
    ----------
    years : array_like
        Rising years, shape (year,).
    values : array_like
        Figures a year [tCO2e a year], shape (year,). With `stepwise`, the figure of each year
        holds for the whole time since the year before.
    rule : {'trapezoid', 'stepwise'}

    Returns
    -------
    float
        Sum [tCO2e].
    """
    when, what = np.asarray(years, dtype=np.float64), np.asarray(values, dtype=np.float64)
    if rule == "trapezoid":
        return float(np.trapezoid(what, when))
    return float(np.sum(what[1:] * np.diff(when)))


def overshoot(
    years: ArrayLike, emissions: ArrayLike, path: ArrayLike, rule: Rule = "trapezoid"
) -> float:
    """Return emissions over the years less the budget of a path [tCO2e]; negative is headroom."""
    return cumulative(years, emissions, rule) - cumulative(years, path, rule)
