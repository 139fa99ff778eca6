"""Pathways on arrays of years; nothing is extrapolated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["absolute_contraction", "between", "rises", "sector_convergence"]

Floats = NDArray[np.float64]


def between(points: Mapping[int, float], years: Sequence[int]) -> Floats:
    """Return values linear between given years, and not a number outside them.

    Parameters
    ----------
    points : mapping of year to float
        One year or more.
    years : sequence of int
        Years asked for, shape (year,).
    """
    known = sorted(points)
    values = [points[year] for year in known]
    asked = np.asarray(years, dtype=np.float64)
    return np.interp(asked, known, values, left=np.nan, right=np.nan)


def absolute_contraction(base: float, rate: float, base_year: int, years: Sequence[int]) -> Floats:
    """Return a path that falls by the same share of the base every year, to 0 at the lowest.

    E(t) = E_0 (1 - r (t - t_0)). Source: SBTi absolute contraction, as in public code.

    Parameters
    ----------
    base : float
        Figure of the base year.
    rate : float
        Share of the base taken off every year.
    base_year : int
    years : sequence of int
        Years asked for, shape (year,); not a number before the base year.
    """
    passed = np.asarray(years, dtype=np.float64) - base_year
    path = np.maximum(base * (1.0 - rate * passed), 0.0)
    return np.where(passed < 0, np.nan, path)


def sector_convergence(
    base: float,
    sector: Mapping[int, float],
    years: Sequence[int],
    activity_share: ArrayLike = 1.0,
) -> Floats:
    """Return an intensity that meets the sector's in the last year of its path.

    CI(y) = d p(y) m(y) + SI_T with d = CI_b - SI_T and p(y) = (SI_y - SI_T) / (SI_b - SI_T).
    Source: sectoral decarbonisation approach, form of r2dii.analysis (case G1). A company below
    the sector's last value gets a path that rises: see `rises`.

    Parameters
    ----------
    base : float
        The company's intensity in the first year of the sector's path.
    sector : mapping of year to float
        The sector's intensity; the first and the last year differ.
    years : sequence of int
        Years asked for, shape (year,).
    activity_share : array_like
        Company's share of the sector's activity in the first year over that of each year, m(y).

    Raises
    ------
    ValueError
        If the sector's intensity is the same in its first and last year.
    """
    first, last = sector[min(sector)], sector[max(sector)]
    if first == last:
        raise ValueError("the sector's intensity does not change; allowed: a path that moves")
    left = (between(sector, years) - last) / (first - last)
    return np.asarray((base - last) * left * np.asarray(activity_share, np.float64) + last)


def rises(path: ArrayLike, base: float) -> bool:
    """Return whether a path allows more than the base in any year."""
    values = np.asarray(path, dtype=np.float64)
    return bool(np.nanmax(values, initial=-np.inf) > base * (1.0 + 1e-12))
