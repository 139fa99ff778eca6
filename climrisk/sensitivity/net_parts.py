"""Net by entity, year and draw, of which only what an altered input touches is simulated again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.caps import Losses
from climrisk.engine.kernel import booked_costs, booked_net, outcome
from climrisk.engine.money import snap
from climrisk.engine.occurrences import believed
from climrisk.engine.worlds import Worlds
from climrisk.sensitivity.asked import Asked

__all__ = ["NetParts", "altered_parts", "simulated_parts"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class NetParts:
    """What one block of draws comes to.

    Parameters
    ----------
    net : float64 array (entity, year, draw)
        Net of every entity, on the money grid [million].
    effects : tuple of tuple of float64 array (year, draw)
        Effects of each item's impacts, which exposure caps are held against.
    """

    net: Floats
    effects: tuple[tuple[Floats, ...], ...]


def simulated_parts(asked: Asked, world: Worlds) -> NetParts:
    """Return net of every entity in the draws of `world`, bit for bit as the run has it."""
    plan = asked.plan
    entities = plan.entities + (plan.own_cost is not None)
    empty = np.zeros((entities, len(plan.years), len(world.draws)))
    nothing = NetParts(empty, ((),) * len(plan.items))
    return altered_parts(asked, world, nothing, range(len(plan.items)), priced=True)


@np.errstate(over="ignore", invalid="ignore")  # sums refuse what is not finite
def altered_parts(
    asked: Asked, world: Worlds, before: NetParts, touched: Collection[int], *, priced: bool
) -> NetParts:
    """Return net in altered worlds of the same draws, with the same chance.

    Parameters
    ----------
    asked : Asked
    world : Worlds
        The altered worlds.
    before : NetParts
        Of the draws as they were.
    touched : collection of int
        Positions of the items that what was altered acts on.
    priced : bool
        Whether own carbon cost may have changed: it follows the climate and the economy.
    """
    plan, scenario, control = asked.plan, asked.scenario, asked.control
    net, effects, losses = before.net.copy(), list(before.effects), Losses(world.sizes)
    for number, item in enumerate(plan.items):
        if number in touched:
            belief = believed(plan, item, world, asked.seed)
            hit = outcome(plan, item, belief, world, scenario, control).hit
            net[number], effects[number] = booked_net(plan, item, hit), hit.effects
        losses.add(number, zip(item.impacts, effects[number], strict=True))
    net[plan.overlap_row] = snap(losses.overlap(net.shape[1:])[-1], plan.step)
    net[plan.measures_row] = booked_costs(plan, world, control)
    if priced and plan.own_cost is not None:
        net[plan.carbon_row] = plan.own_cost.of(asked.seed, world)(scenario, control)
    return NetParts(net, tuple(effects))
