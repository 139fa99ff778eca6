"""How often a year's loss passes the appetite: in each year, and once or more in a horizon."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject
from climrisk.names import CURVES

__all__ = ["BreachCounts"]

Floats = NDArray[np.float64]


class BreachCounts:
    """Draws in which a year's loss on net is greater than the study's appetite.

    Parameters
    ----------
    plan : Plan
    subjects : sequence of Subject
        What results are told of; `risks` and `total` are counted.
    """

    def __init__(self, plan: Plan, subjects: Sequence[Subject]) -> None:
        self._appetite = plan.settings.appetite.value
        self._spans = tuple(plan.horizons.values())
        names = [one.name for one in subjects]
        self._rows = [names.index(name) for name in CURVES]
        self._draws = 0
        self._by_year = np.zeros((len(CURVES), len(plan.years)), dtype=np.int64)
        self._by_horizon = np.zeros((len(CURVES), len(self._spans)), dtype=np.int64)

    def add(self, net: Floats) -> None:
        """Count a block of net effects, (subject, year, draw)."""
        beyond = -net[self._rows] > self._appetite
        self._draws += net.shape[-1]
        self._by_year += beyond.sum(axis=-1)
        for number, span in enumerate(self._spans):
            self._by_horizon[:, number] += beyond[:, span].any(axis=1).sum(axis=-1)

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
