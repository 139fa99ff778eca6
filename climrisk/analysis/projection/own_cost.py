"""Own carbon cost: the price of the draw's own model times projected emissions, borne in part."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.projection.emissions import BlockEmissions
from climrisk.analysis.projection.plan import ProjectionPlan
from climrisk.domain.quantities import Quantity
from climrisk.engine.money import snap
from climrisk.engine.streams import per_draw, stream
from climrisk.engine.worlds import Worlds
from climrisk.ghg.carbon_cost import carbon_cost
from climrisk.portable.arrays import Draws

__all__ = ["OwnCarbonCost"]

Floats = NDArray[np.float64]
MILLION = 1e6


class OwnCarbonCost:
    """Own carbon cost of a study; see `engine.own_cost.OwnCost`.

    Coverage and pass-through are one value for the draw, each part by streams of its own. Scope 2
    counts by location. A measure that abates emissions lowers the cost.

    Parameters
    ----------
    plan : ProjectionPlan
        With at least one part of the cost in its settings.
    step : float
        Step of the money grid [million].
    """

    def __init__(self, plan: ProjectionPlan, step: float) -> None:
        self._sources = {
            name: frozenset(
                one.name
                for one in plan.sources
                if one.emits and set(one.scope.split("+")) <= set(cost.scopes)
            )
            for name, cost in sorted(plan.settings.carbon_cost.items())
        }
        every = frozenset[str]().union(*self._sources.values())
        self._plan = plan.narrowed(every) if every else plan
        self._step = step
        self._acting = cache(lambda name, control: self._plan.acting(control, self._sources[name]))

    def of(self, seed: int, world: Worlds) -> Callable[[str, str], Floats]:
        """Return what gives the effect, (year, draw) [million], by scenario and control."""
        block = BlockEmissions(self._plan, seed, world)
        parts = [
            _Part(self._plan, name, sources, partial(self._acting, name), seed, world)
            for name, sources in self._sources.items()
        ]

        def charge(scenario: str, control: str) -> Floats:
            cost = sum(part.cost(block, scenario, control) for part in parts)
            return snap(-np.asarray(cost) / MILLION, self._step)

        return charge


class _Part:
    """One part of the cost in consecutive draws."""

    def __init__(
        self,
        plan: ProjectionPlan,
        name: str,
        sources: frozenset[str],
        acting: Callable[[str], tuple[int, ...]],
        seed: int,
        world: Worlds,
    ) -> None:
        self._sources, self._acting, self._paths = sources, acting, world.climate.paths
        self._stated = stated = plan.settings.carbon_cost[name]
        priced = (np.array(plan.settings.years) >= stated.from_year)[:, np.newaxis]
        self._coverage = priced * _known(stated.coverage, seed, name, "coverage", world.draws)
        self._pass_through = _known(stated.pass_through, seed, name, "pass_through", world.draws)
        self._found_in = ""
        self._found: dict[tuple[int, ...], Floats] = {}

    def cost(self, block: BlockEmissions, scenario: str, control: str) -> Floats:
        """Return the cost by year and draw, 0 or more, in single units of money.

        It is the same under all controls whose measures leave the sources alike.
        """
        if self._found_in != scenario:
            self._found_in, self._found = scenario, {}
        acting = self._acting(control)
        if acting not in self._found:
            price = self._paths[scenario, self._stated.driver]
            emitted = block.located(scenario, control, self._sources)
            self._found[acting] = carbon_cost(emitted, price, self._coverage, self._pass_through)
        return self._found[acting]


def _known(stated: Quantity, seed: int, part: str, purpose: str, draws: Draws) -> Floats:
    return stated.ppf(per_draw(stream(seed, "carbon_cost", part, purpose), draws))
