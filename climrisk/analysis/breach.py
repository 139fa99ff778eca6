"""How often a year's loss passes the appetite: in each year, and once or more in a horizon."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.plan import Plan
from climrisk.names import CURVES

__all__ = ["BreachCounts"]

Floats = NDArray[np.float64]


class BreachCounts:
    """Draws in which a year's loss on net is greater than the study's appetite.

    Parameters
    ----------
    plan : Plan
    """

    def __init__(self, plan: Plan) -> None:
        self._appetite = plan.settings.appetite.value
        self._draws = 0
        self._by_year = np.zeros((len(CURVES), len(plan.years)), dtype=np.int64)
        self._by_horizon = np.zeros((len(CURVES), len(plan.horizons)), dtype=np.int64)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._by_year.nbytes + self._by_horizon.nbytes

    def add(self, names: Sequence[str], net: Floats, worst: Floats) -> None:
        """Count a block of draws; subjects without a curve are left out.

        Parameters
        ----------
        names : sequence of str
            Subjects.
        net : float64 array (subject, year, draw)
            Their effects on net [million].
        worst : float64 array (subject, horizon, draw)
            Their largest loss in a year of the horizon [million].
        """
        self._draws += net.shape[-1]
        for row, name in enumerate(names):
            if name in CURVES:
                curve = CURVES.index(name)
                self._by_year[curve] += (-net[row] > self._appetite).sum(axis=-1)
                self._by_horizon[curve] += (worst[row] > self._appetite).sum(axis=-1)

    def merge(self, other: BreachCounts) -> None:
        """Add the counts of other draws."""
        self._draws += other._draws
        self._by_year += other._by_year
        self._by_horizon += other._by_horizon

    def take(self, name: str, other: BreachCounts) -> None:
        """Take over the counts of one subject from other counts of the same draws."""
        self._draws = other._draws
        if name in CURVES:
            curve = CURVES.index(name)
            self._by_year[curve] = other._by_year[curve]
            self._by_horizon[curve] = other._by_horizon[curve]

    def probabilities(self) -> dict[str, Floats]:
        """Return the shares of the draws, (curve, year or horizon), with their binomial errors."""
        found: dict[str, Floats] = {}
        for name, counts in (
            ("breach_probability", self._by_horizon),
            ("annual_breach_probability", self._by_year),
        ):
            share = counts / self._draws
            found[name] = share
            found[f"{name}_se"] = np.sqrt(share * (1.0 - share) / self._draws)
        return found
