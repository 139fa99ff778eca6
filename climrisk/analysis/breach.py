"""How often a year's loss passes the appetite: in each year, and once or more in a horizon."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.plan import Plan
from climrisk.metrics.proportion import proportion_error

__all__ = ["BreachCounts"]

Floats = NDArray[np.float64]


class BreachCounts:
    """Draws in which a year's loss on net is greater than the study's appetite.

    Parameters
    ----------
    plan : Plan
    headlines : int
        How many subjects are counted.
    """

    def __init__(self, plan: Plan, headlines: int) -> None:
        self._appetite = plan.settings.appetite.value
        self._draws = 0
        self._by_year = np.zeros((headlines, len(plan.years)), dtype=np.int64)
        self._by_horizon = np.zeros((headlines, len(plan.horizons)), dtype=np.int64)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._by_year.nbytes + self._by_horizon.nbytes

    def add(self, net: Floats, spans: Sequence[slice]) -> None:
        """Count a block of draws.

        Parameters
        ----------
        net : float64 array (headline, year, draw)
            Effects on net [million].
        spans : sequence of slice
            Years of each horizon.
        """
        beyond = net < -self._appetite
        self._draws += net.shape[-1]
        self._by_year += beyond.sum(axis=-1)
        for number, span in enumerate(spans):
            self._by_horizon[:, number] += beyond[:, span].any(axis=1).sum(axis=-1)

    def merge(self, other: BreachCounts) -> None:
        """Add the counts of other draws."""
        self._draws += other._draws
        self._by_year += other._by_year
        self._by_horizon += other._by_horizon

    def shares(self) -> dict[str, Floats]:
        """Return the shares of the draws with their binomial errors, (subject, year or horizon)."""
        found: dict[str, Floats] = {}
        for name, counts in (
            ("breach_probability", self._by_horizon),
            ("annual_breach_probability", self._by_year),
        ):
            share = counts / self._draws
            found[name] = share
            found[f"{name}_se"] = proportion_error(share, self._draws)
        return found
