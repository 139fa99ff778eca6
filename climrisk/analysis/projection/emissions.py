"""Emissions of a block of draws in any scenario under any control, in the worlds of the items."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.projection.beliefs import Beliefs, beliefs
from climrisk.analysis.projection.plan import ProjectionPlan
from climrisk.domain.projection import ACTIVITY, FACTOR
from climrisk.engine.worlds import Climate, Worlds
from climrisk.ghg.abatement import Abatement
from climrisk.ghg.activity import relative_change, responding
from climrisk.ghg.projection import Projected, projected

__all__ = ["BlockEmissions"]

Floats = NDArray[np.float64]
MARKET_FACTOR = "market_factor"


class BlockEmissions:
    """Emissions of the draws of one block of worlds.

    Parameters
    ----------
    plan : ProjectionPlan
    seed : int
        Seed of the run.
    world : Worlds
        Their models, percentiles and drivers; the same that the items see.
    """

    def __init__(self, plan: ProjectionPlan, seed: int, world: Worlds) -> None:
        self._plan = plan
        self._climate: Climate = world.climate
        self._beliefs: Beliefs = beliefs(plan, seed, world.draws)

    def under(self, scenario: str, control: str) -> Projected:
        """Return activity and emissions by source in a scenario under a control."""
        known = self._beliefs
        activity = {
            name: before * self._driven(scenario, name, ACTIVITY)
            for name, before in known.activity.items()
        }
        factors = {
            name: multiple * self._driven(scenario, name, FACTOR)
            for name, multiple in known.factor.items()
        }
        return projected(
            self._plan.sources,
            activity,
            factors,
            self._abatements(control, ACTIVITY),
            self._abatements(control, MARKET_FACTOR),
            self._plan.step,
        )

    def _driven(self, scenario: str, source: str, acts_on: str) -> Floats | float:
        """Return what the drivers do to activity or factor, (year, draw), or 1.0 without any."""
        factor: Floats | float = 1.0
        for place, link in enumerate(self._plan.stated[source].links):
            if link.acts_on != acts_on:
                continue
            path, base = self._climate.paths[scenario, link.driver], self._climate.base[link.driver]
            if link.elasticity is not None:
                factor = factor * responding(path, base, link.elasticity)
            else:
                factor = factor * relative_change(path, base, self._beliefs.per_unit[source, place])
        return factor

    def _abatements(self, control: str, acts_on: str) -> tuple[Abatement, ...]:
        return tuple(
            found
            for planned, found in self._beliefs.abatements
            if control in planned.controls and planned.effect.acts_on == acts_on
        )
