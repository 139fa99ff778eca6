"""Errors of figures that no formula gives: the figure again without each group of draws."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from climrisk.metrics.explained import GROUPS

__all__ = ["with_jackknife_error"]

Floats = NDArray[np.float64]


def with_jackknife_error(
    figure: Callable[[NDArray[np.bool_]], Floats], draws: int
) -> tuple[Floats, Floats]:
    """Return a figure and its standard error.

    Parameters
    ----------
    figure : callable
        Of a mask of the draws that count, (draw,).
    draws : int
        Number of draws; groups of them are dealt out by number.

    Returns
    -------
    figure, standard_error : float64 arrays of one shape
        The error is NaN with fewer than two draws in each group, or where a group left out takes
        all the spread with it.

    References
    ----------
    .. [1] B. Efron and C. Stein, The jackknife estimate of variance, Annals of Statistics 9(3),
       586-596, 1981.
    """
    group = np.arange(draws) % GROUPS
    whole = figure(np.ones(draws, dtype=np.bool_))
    if draws < 2 * GROUPS:
        return whole, np.full_like(whole, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):  # a few draws may carry all the spread
        left_out = np.stack([figure(group != one) for one in range(GROUPS)])
    spread = ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
    return whole, np.sqrt(spread * (GROUPS - 1) / GROUPS)
