"""Monte Carlo means against exact ones: the run's own test of itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.climate_nodes import climate_nodes
from climrisk.engine.expectation import Undiminished, expected_effects, undiminished
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem
from climrisk.names import MEASURED

__all__ = ["exact_means", "reasons_without_exact_mean"]

Floats = NDArray[np.float64]


def exact_means(
    plan: Plan, values: Mapping[str, Floats], coords: Mapping[str, object]
) -> dict[str, Floats]:
    """Return exact means and z of every item, (scenario, control, item, channel, horizon).

    NaN where an item has no exact mean or does not touch the channel, and z also where nothing
    occurred in any draw. Where the standard error is zero, z is zero if both agree within the
    rounding to the money grid.
    """
    expected = _Expected(plan)
    spans = list(plan.horizons.values())
    shape = (len(plan.scenarios), len(plan.controls), len(plan.items), len(MEASURED), len(spans))
    exact = np.full(shape, np.nan)
    for s, scenario in enumerate(plan.scenarios):
        for c, control in enumerate(plan.controls):
            for i, item in enumerate(plan.items):
                found = expected.of(item, scenario, control)
                if not isinstance(found, str):
                    exact[s, c, i] = np.stack([found[:, k].sum(axis=1) for k in spans], axis=1)
    simulated = values["mean"][:, :, : len(plan.items)]
    error = values["mean_se"][:, :, : len(plan.items)]
    exact = np.where(np.isnan(simulated), np.nan, exact)
    years = np.array([span.stop - span.start for span in spans])
    rounding = 1e-9 * np.abs(exact) + plan.step * years
    z = _z(simulated - exact, error, rounding)
    return {
        "exact_mean": exact,
        "exact_z": np.where((simulated == 0.0) & (exact != 0.0), np.nan, z),
    }


class _Expected:
    """Exact means of items, each part worked out once for all scenarios and controls alike."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._nodes = climate_nodes(plan)
        self._before: dict[tuple[str, str], Undiminished] = {}

    def of(self, item: PlannedItem, scenario: str, control: str) -> Floats | str:
        """Return the exact effects, or why there are none; see `expected_effects`."""
        key = (item.id, scenario if item.links else "")

        def before() -> Undiminished:
            if key not in self._before:
                self._before[key] = undiminished(self._plan, item, self._nodes, scenario)
            return self._before[key]

        return expected_effects(self._plan, item, control, before)


def _z(gap: Floats, error: Floats, rounding: Floats) -> Floats:
    certain = np.where(np.abs(gap) <= rounding, 0.0, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(error > rounding, gap / error, certain)
    return np.where(np.isnan(gap), np.nan, z)


def reasons_without_exact_mean(plan: Plan) -> dict[str, str]:
    """Return why an item has no exact mean under some control, by item id."""
    expected = _Expected(plan)
    reasons: dict[str, str] = {}
    for item in plan.items:
        for scenario in plan.scenarios:
            for control in plan.controls:
                found = expected.of(item, scenario, control)
                if isinstance(found, str):
                    reasons[item.id] = found
    return reasons
