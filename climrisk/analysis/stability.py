"""Whether the ranking would hold if what is uncertain today were known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.conditional import reason_without_conditional_mean
from climrisk.engine.plan import Plan
from climrisk.metrics.ranking import RankCounts

__all__ = ["RankStability", "reasons_without_stability"]

Floats = NDArray[np.float64]
SIDES = (-1, 1)


class RankStability:
    """Ranks of the items' expected effects given each draw's knowledge, risks apart.

    Parameters
    ----------
    plan : Plan
    """

    def __init__(self, plan: Plan) -> None:
        self._shape = (len(plan.items), len(plan.horizons))
        known = {one.id for one in plan.items} - reasons_without_stability(plan).keys()
        self._groups = [
            rows
            for side in SIDES
            if (rows := [n for n, one in enumerate(plan.items) if one.side == side])
            and plan.items[rows[0]].id in known
        ]
        self._counts = [RankCounts(len(rows), len(plan.horizons)) for rows in self._groups]

    def add(self, expected: Floats) -> None:
        """Rank a block of expected effects given knowledge, (item, horizon, draw)."""
        for rows, counts in zip(self._groups, self._counts, strict=True):
            counts.add(expected[rows])

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return sum(one.nbytes for one in self._counts)

    def merge(self, other: RankStability) -> None:
        """Add the ranks of other draws of the same run."""
        for mine, theirs in zip(self._counts, other._counts, strict=True):
            mine.merge(theirs)

    def shares(self, reported: Floats) -> dict[str, Floats]:
        """Return how often draws rank as reported, (item, horizon), with standard errors.

        NaN for the items of a kind in which one has no closed form.
        """
        share, error = np.full(self._shape, np.nan), np.full(self._shape, np.nan)
        for rows, counts in zip(self._groups, self._counts, strict=True):
            share[rows], error[rows] = counts.share(reported[rows])
        return {"rank_stability": share, "rank_stability_se": error}


def reasons_without_stability(plan: Plan) -> dict[str, str]:
    """Return why the ranks of a kind have no stability, by item id; all items of that kind.

    A rank among items is known only where the expected effect of each of them is.
    """
    reasons: dict[str, str] = {}
    for side in SIDES:
        rivals = [one for one in plan.items if one.side == side]
        known = {one.id: reason_without_conditional_mean(one) for one in rivals}
        first = next((f"{name}: {why}" for name, why in known.items() if why), "")
        if first:
            reasons |= dict.fromkeys(known, first)
    return reasons
