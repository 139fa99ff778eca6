"""Ordinal scores, likelihood band times impact band: the familiar summary, and its flaw.

Bands throw size away, so scores cannot be compared with money: a rare loss of 900 may score 5
where one of 5.5 that is nearly certain scores 10. Off by default; ranks come from expected value
and tail.

References
----------
.. [1] L. A. Cox, What's wrong with risk matrices?, Risk Analysis 28(2), 497-512, 2008.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats

__all__ = ["OrdinalScores", "bands", "ordinal_scores"]


class OrdinalScores(NamedTuple):
    """Bands and scores of the same shape; NaN where there is no likelihood or impact."""

    likelihood: Floats
    impact: Floats
    score: Floats


def bands(values: npt.ArrayLike, edges: Sequence[float]) -> Floats:
    """Return the band of each value, from 1; a value on an edge belongs above it.

    Parameters
    ----------
    values : array_like
        In the unit of the edges.
    edges : sequence of float
        Increasing; n edges make n + 1 bands.

    Returns
    -------
    ndarray
        Of the shape of the values; NaN for NaN.

    Raises
    ------
    ValueError
        If the edges do not increase.
    """
    limits = np.asarray(edges, dtype=np.float64)
    if limits.ndim != 1 or limits.size == 0 or not (np.diff(limits) > 0).all():
        raise ValueError(f"edges: found {limits.tolist()}, allowed increasing numbers")
    array = np.asarray(values, dtype=np.float64)
    found = 1.0 + np.searchsorted(limits, array, side="right")
    return np.where(np.isnan(array), np.nan, found)


def ordinal_scores(
    likelihood: npt.ArrayLike,
    impact: npt.ArrayLike,
    likelihood_edges: Sequence[float],
    impact_edges: Sequence[float],
) -> OrdinalScores:
    """Return likelihood band times impact band.

    Parameters
    ----------
    likelihood : array_like
        Probabilities.
    impact : array_like
        Effects of either sign, of the shape of the likelihoods; their magnitude counts.
    likelihood_edges, impact_edges : sequence of float
        Edges of the bands, increasing.
    """
    of_likelihood = bands(likelihood, likelihood_edges)
    of_impact = bands(np.abs(np.asarray(impact, dtype=np.float64)), impact_edges)
    return OrdinalScores(of_likelihood, of_impact, of_likelihood * of_impact)
