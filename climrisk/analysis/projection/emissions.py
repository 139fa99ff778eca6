"""Emissions of a block of draws in any scenario under any control, in the worlds of the items."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.projection.beliefs import Beliefs, beliefs
from climrisk.analysis.projection.plan import ProjectionPlan
from climrisk.domain.projection import ACTIVITY, FACTOR
from climrisk.engine.worlds import Climate, Worlds
from climrisk.ghg.abatement import Abatement, abated
from climrisk.ghg.activity import relative_change, responding
from climrisk.ghg.base_sources import BaseSource
from climrisk.ghg.projection import Projected, located, projected

__all__ = ["BlockEmissions"]

Floats = NDArray[np.float64]
MARKET_FACTOR = "market_factor"


@dataclass
class _BeforeMeasures:
    """What the sources come to in one scenario without measures."""

    scenario: str
    sources: tuple[BaseSource, ...]
    activity: Mapping[str, Floats]
    factors: Mapping[str, Floats | float]
    found: dict[str, Floats] = field(default_factory=dict)
    untouched: dict[str, tuple[Floats, Floats]] = field(default_factory=dict)
    totals: dict[frozenset[str], Floats] = field(default_factory=dict)

    def emitting(self, names: Collection[str]) -> Iterator[BaseSource]:
        """Yield those of the sources that are named."""
        return (one for one in self.sources if one.name in names)

    def located(self, source: BaseSource, step: float) -> Floats:
        """Return the location-based emissions of a source, (year, draw) [tCO2e]."""
        if source.name not in self.found:
            of = self.activity[source.name], self.factors[source.name]
            self.found[source.name] = located(source, *of, step)
        return self.found[source.name]

    def total(self, names: frozenset[str], step: float) -> Floats:
        """Return those of several sources together."""
        if names not in self.totals:
            shape = next(iter(self.activity.values())).shape
            every = (self.located(one, step) for one in self.emitting(names))
            self.totals[names] = sum(every, np.zeros(shape))
        return self.totals[names]


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
        self._last: _BeforeMeasures | None = None

    def under(self, scenario: str, control: str) -> Projected:
        """Return activity and emissions by source in a scenario under a control."""
        before = self._before_measures(scenario)
        return projected(
            self._plan.sources,
            before.activity,
            before.factors,
            self._abatements(control, ACTIVITY),
            self._abatements(control, MARKET_FACTOR),
            self._plan.step,
            before.untouched,
        )

    def located(self, scenario: str, control: str, sources: frozenset[str]) -> Floats:
        """Return location-based emissions of some sources together, (year, draw) [tCO2e].

        The sum of what `under` gives for them; sources that no measure touches are added up once.
        """
        before, effects = self._before_measures(scenario), self._abatements(control, ACTIVITY)
        touched = {one.source for one in effects} | {one.replaced_by for one in effects}
        left = abated(before.activity, effects)
        total = before.total(sources, self._plan.step)
        for source in before.emitting(sources & touched):
            # emissions are multiples of one step, so that sums and differences are exact
            now = located(source, left[source.name], before.factors[source.name], self._plan.step)
            total = total + (now - before.located(source, self._plan.step))
        return total

    def _before_measures(self, scenario: str) -> _BeforeMeasures:
        """Return activity and factors of a scenario; those of the last one are kept."""
        if self._last is None or self._last.scenario != scenario:
            known = self._beliefs
            self._last = _BeforeMeasures(
                scenario,
                self._plan.sources,
                {
                    name: before * self._driven(scenario, name, ACTIVITY)
                    for name, before in known.activity.items()
                },
                {
                    name: multiple * self._driven(scenario, name, FACTOR)
                    for name, multiple in known.factor.items()
                },
            )
        return self._last

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
