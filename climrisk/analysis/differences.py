"""Paired differences of total net: scenarios against each other, controls against current ones."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.variables import labelled, with_error
from climrisk.engine.plan import Plan
from climrisk.engine.variants import runs
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.moments import Moments
from climrisk.names import CURRENT, MONEY_UNIT

__all__ = ["Differences", "Pair", "pairs"]

Floats = NDArray[np.float64]
Run = tuple[str, str]
"""Scenario and control."""
VARIABLES = {
    **with_error(
        "difference_mean", ("pair", "horizon"), MONEY_UNIT, "mean paired difference of total net"
    ),
    **with_error(
        "difference_exceeds",
        ("pair", "horizon"),
        "1",
        "probability that total net is greater than in the other run, ties counted half",
    ),
}


class Pair(NamedTuple):
    """What is held against what, on the same draws."""

    run: Run
    against: Run


def pairs(plan: Plan) -> tuple[Pair, ...]:
    """Return every pair of scenarios under current controls, then controls against current ones.

    The scenario `base_year`, then the reference scenario, stands second wherever it is in a pair.
    """
    reference = plan.settings.reference_scenario
    later = [name for name in plan.scenarios[1:] if name != reference]
    ordered = [*later[::-1], *(name for name in plan.scenarios if name == reference)]
    ordered.append(plan.scenarios[0])
    scenarios = (Pair((one, CURRENT), (two, CURRENT)) for one, two in combinations(ordered, 2))
    controls = (
        Pair((scenario, control), (scenario, CURRENT))
        for scenario in plan.scenarios
        for control in plan.controls
        if control != CURRENT
    )
    return (*scenarios, *controls)


class Differences:
    """Tally of the differences of total net between runs, by horizon.

    Parameters
    ----------
    plan : Plan
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._pairs = pairs(plan)
        names = runs(plan)
        self._places = np.array(
            [[names.index(one) for one in pair] for pair in self._pairs], dtype=np.int64
        ).reshape(-1, 2)
        self._shape = (len(self._pairs), len(plan.horizons))
        self._moments = Moments(self._shape, plan.step, plan.scale)
        # pairs and horizons in which the first is greater, and in which they are equal
        self._counts = np.zeros((2, self._shape[0] * self._shape[1]), dtype=np.int64)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._moments.nbytes + self._counts.nbytes

    def add(self, totals: Floats) -> None:
        """Add a block of draws.

        Parameters
        ----------
        totals : float64 array (run, horizon and present value, draw)
            Net of `total`, runs as `engine.variants.runs` orders them.
        """
        counting, moments = compiled_counting(), self._moments
        if counting is None:
            self._add(totals)
            return
        parts = moments.compiled_parts()
        wrong = counting.add_differences(totals, self._places, *parts, self._counts)
        if wrong >= 0:
            self._add(totals)  # says why
        moments.count += totals.shape[-1]

    def _add(self, totals: Floats) -> None:
        gaps = totals[self._places[:, 0]] - totals[self._places[:, 1]]
        gaps = gaps[:, : self._shape[1]]
        self._moments.add(gaps)
        several = [(one.sum(axis=-1)).reshape(-1) for one in (gaps > 0.0, gaps == 0.0)]
        self._counts += several

    def merge(self, other: Differences) -> None:
        """Add the differences of other draws of the same plan."""
        self._moments.merge(other._moments)
        self._counts += other._counts

    def dataset(self) -> xr.Dataset:
        """Return means and probabilities with their errors, labelled."""
        draws = self._moments.count
        greater, equal = self._counts.reshape(2, *self._shape)
        exceeds = (greater + 0.5 * equal) / draws
        # the variance of 1, 1/2 and 0; binomial where no draw ties
        spread = (greater + 0.25 * equal) / draws - exceeds**2
        values = {
            "difference_mean": self._moments.mean(),
            "difference_mean_se": self._moments.standard_error(),
            "difference_exceeds": exceeds,
            "difference_exceeds_se": np.sqrt(np.maximum(spread, 0.0) / draws),
        }
        return labelled(values, VARIABLES, self._coordinates())

    def _coordinates(self) -> dict[str, object]:
        parts = {
            "pair_scenario": [run[0] for run, _ in self._pairs],
            "pair_control": [run[1] for run, _ in self._pairs],
            "pair_against_scenario": [against[0] for _, against in self._pairs],
            "pair_against_control": [against[1] for _, against in self._pairs],
        }
        coords: dict[str, object] = {name: ("pair", words) for name, words in parts.items()}
        return {**coords, "horizon": list(self._plan.horizons)}
