"""Correlation matrices of dependence groups: built, checked and repaired.

Latent correlations: 2 sin(pi rho / 6) for Spearman's rho under a Gaussian copula (Pearson 1907;
Kruskal 1958), sin(pi tau / 2) for Kendall's tau under an elliptical copula (Lindskog, McNeil and
Schmock 2003).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.dependence import Group
from climrisk.portable.pieces import rounded

__all__ = ["LARGEST_REPAIR", "Tied", "nearest_correlation", "tied_groups"]

Floats = NDArray[np.float64]

LARGEST_REPAIR = 0.05
"""Largest change of an entry that a repair may make."""


@dataclass(frozen=True)
class Tied:
    """Items tied directly or through others.

    Parameters
    ----------
    items : tuple of str
        In id order.
    stated : float64 array (item, item)
        Latent correlations as stated; 0 for pairs that no group names.
    latent : float64 array (item, item)
        The nearest positive semidefinite correlation matrix.
    df : float or None
        Degrees of freedom of a t copula; None for a Gaussian one.
    persistence : float64 array (item,)
        Autocorrelation of each item's latent.
    """

    items: tuple[str, ...]
    stated: Floats
    latent: Floats
    df: float | None
    persistence: Floats

    @property
    def repair(self) -> float:
        """Largest change that the repair made to an entry."""
        return float(np.max(np.abs(self.latent - self.stated)))


def tied_groups(groups: Iterable[Group]) -> tuple[Tied, ...]:
    """Return the connected groups, by their first item's id.

    Raises
    ------
    ValueError
        If groups that share items differ in copula or persistence, or state a pair differently:
        with different persistence the stated correlation would not hold beyond the first year.
    """
    remaining = list(groups)
    found = []
    while remaining:
        connected = [remaining.pop(0)]
        names = set(connected[0].items)
        while touching := [one for one in remaining if names & set(one.items)]:
            connected += touching
            remaining = [one for one in remaining if one not in touching]
            names |= {item for one in touching for item in one.items}
        found.append(_tied(tuple(sorted(names)), connected))
    return tuple(sorted(found, key=lambda one: one.items))


def _tied(items: tuple[str, ...], groups: list[Group]) -> Tied:
    copulas = {(one.copula, one.df) for one in groups}
    if len(copulas) > 1:
        raise ValueError(f"{', '.join(items)}: groups that share items differ in copula or df")
    stated = np.eye(len(items))
    persistence: dict[str, float] = {}
    for group in groups:
        latent = _latent(group)
        for first in group.items:
            stays = group.persistence
            if stays is not None and persistence.setdefault(first, stays) != stays:
                raise ValueError(f"{first}: two groups state different persistence")
            for second in group.items:
                if first != second:
                    place = items.index(first), items.index(second)
                    if stated[place] not in (0.0, latent):
                        raise ValueError(f"{first} and {second}: stated twice, differently")
                    stated[place] = latent
    df = groups[0].df
    autocorrelation = np.array([persistence.get(name, 0.0) for name in items])
    if np.ptp(autocorrelation) > 0.0:
        raise ValueError(f"{', '.join(items)}: tied items with different persistence")
    return Tied(items, stated, nearest_correlation(stated), df, autocorrelation)


def _latent(group: Group) -> float:
    if group.kendall is not None:
        return _rounded(np.sin(np.pi * group.kendall / 2.0))
    return _rounded(2.0 * np.sin(np.pi * (group.rank or 0.0) / 6.0))


def _rounded(correlation: float) -> float:
    """Leave out the last bits, which depend on the machine."""
    return float(rounded(np.array(correlation)))


def nearest_correlation(matrix: Floats, steps: int = 200) -> Floats:
    """Return the nearest positive semidefinite correlation matrix; itself where it is one.

    Source: Higham (2002), Computing the nearest correlation matrix, IMA Journal of Numerical
    Analysis 22, alternating projections with Dykstra's correction.
    """
    if np.linalg.eigvalsh(matrix)[0] >= -1e-12:
        return matrix
    estimate, correction = matrix, np.zeros_like(matrix)
    for _ in range(steps):
        shifted = estimate - correction
        values, vectors = np.linalg.eigh(shifted)
        projected = (vectors * np.maximum(values, 0.0)) @ vectors.T
        correction = projected - shifted
        estimate = projected.copy()
        np.fill_diagonal(estimate, 1.0)
    return rounded((estimate + estimate.T) / 2.0)
