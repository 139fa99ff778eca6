"""Own carbon cost among the effects of a run: an entity behind items, overlap and measures.

What it comes to is worked out above the engine, from the worlds that the items are in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.block import Block
from climrisk.engine.effects import Effects, EventLosses
from climrisk.engine.kernel import OPERATING_COST
from climrisk.engine.measure_change import MeasureChange, by_span
from climrisk.engine.plan import Plan
from climrisk.engine.planned import with_measure
from climrisk.engine.worlds import Worlds

__all__ = ["Charged", "ChargedEffects", "OwnCost", "with_own_cost"]

Floats = NDArray[np.float64]
Charge = Callable[[str, str], Floats]
"""Scenario and control to the effect, (year, draw), at most 0, on the money grid [million]."""


class OwnCost(Protocol):
    """Works out own carbon cost."""

    def of(self, seed: int, world: Worlds) -> Charge:
        """Return what gives the effect in the worlds of consecutive draws."""


@dataclass(frozen=True, eq=False)
class ChargedEffects:
    """Effects with own carbon cost as their last entity; see `Effects`.

    Parameters
    ----------
    found : Effects
        Of the entities before it.
    cost : float64 array (year, draw)
        Effect on operating cost and net [million].
    """

    found: Effects
    cost: Floats

    @cached_property
    def amounts(self) -> Floats:
        """As in `Effects`, put together when asked for."""
        row = np.zeros((1, *self.found.amounts.shape[1:]))
        row[0, OPERATING_COST] = row[0, -1] = self.cost
        return np.concatenate([self.found.amounts, row])

    @property
    def net(self) -> Floats:
        """As in `Effects`."""
        return np.concatenate([self.found.net, self.cost[np.newaxis]])

    @property
    def largest_event(self) -> Floats:
        """As in `Effects`."""
        return self.found.largest_event

    @property
    def expected(self) -> Floats:
        """As in `Effects`."""
        return self.found.expected

    @property
    def events(self) -> tuple[EventLosses, ...]:
        """As in `Effects`."""
        return self.found.events


@dataclass(frozen=True)
class Charged:
    """Effects with own carbon cost as their last entity.

    Parameters
    ----------
    plan : Plan
    charge : callable
        Of the worlds of consecutive draws.
    """

    plan: Plan
    charge: Charge

    @classmethod
    def of(cls, plan: Plan, seed: int, world: Worlds) -> Charged:
        """Return what charges the worlds of consecutive draws."""
        assert plan.own_cost is not None
        return cls(plan, plan.own_cost.of(seed, world))

    def effects(self, found: Effects, scenario: str, control: str) -> ChargedEffects:
        """Return effects with the cost of a scenario under a control."""
        return ChargedEffects(found, self.charge(scenario, control))

    def measures(self, found: Block, current: Floats) -> tuple[MeasureChange, ...]:
        """Return what each measure changes, with its change of the cost as the last entity.

        Parameters
        ----------
        found : Block
            Without own carbon cost.
        current : float64 array (year, draw)
            Effect of own carbon cost in it [million].
        """
        return tuple(self._measure(one, found.scenario, current) for one in found.measures)

    def _measure(self, one: MeasureChange, scenario: str, current: Floats) -> MeasureChange:
        if one.measure in self.plan.abating:
            change = self.charge(scenario, with_measure(one.measure)) - current
            spans = by_span(self.plan, change[np.newaxis])
        else:
            spans = np.zeros((1, *one.change.shape[1:]))
        entities = (*one.entities, self.plan.carbon_row)
        return replace(one, entities=entities, change=np.concatenate([one.change, spans]))


def with_own_cost(plan: Plan, seed: int, blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield blocks with own carbon cost as their last entity.

    Parameters
    ----------
    plan : Plan
        With an own cost.
    seed : int
    blocks : iterator of Block
        Runs of the same draws one after the other.
    """
    worlds: Worlds | None = None
    for block in blocks:
        if block.world is not worlds:
            worlds, charged = block.world, Charged.of(plan, seed, block.world)
        effects = charged.effects(block.effects, block.scenario, block.control)
        measures = charged.measures(block, effects.cost)
        yield replace(block, effects=effects, measures=measures)
