"""The NumPy kernel: effects of every item, overlap and measures, for a block of draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.caps import Losses
from climrisk.engine.money import snap
from climrisk.engine.occurrences import Believed, occurrences
from climrisk.engine.plan import Plan
from climrisk.engine.planned_items import PlannedItem
from climrisk.engine.severity import Struck, net_part, struck
from climrisk.engine.worlds import Worlds
from climrisk.names import CHANNELS

__all__ = ["Effects", "simulate"]

Floats = NDArray[np.float64]
OPERATING_COST = CHANNELS.index("operating_cost")


@dataclass(frozen=True)
class Effects:
    """Effects in one scenario under one control, on the money grid.

    Parameters
    ----------
    amounts : float64 array (entity, channel and net, year, draw)
        Entities are the plan's items, then overlap, then measures [million].
    largest_event : float64 array (year, draw)
        Largest loss on net from one event of the annual risks [million].
    """

    amounts: Floats
    largest_event: Floats


@np.errstate(over="ignore", invalid="ignore")  # the tallies refuse what is not finite
def simulate(
    plan: Plan,
    world: Worlds,
    beliefs: tuple[Believed, ...],
    scenario: str,
    control: str,
) -> Effects:
    """Return the effects of the draws of `world`.

    Parameters
    ----------
    plan : Plan
    world : Worlds
        Worlds of consecutive draws.
    beliefs : tuple of Believed
        One for each item of the plan.
    scenario, control : str
        What is simulated.
    """
    shape = (len(plan.years), len(world.draws))
    amounts = np.zeros((len(plan.items) + 2, len(CHANNELS) + 1, *shape))
    largest = np.zeros(shape)
    losses = Losses(world.sizes)
    for number, (item, belief) in enumerate(zip(plan.items, beliefs, strict=True)):
        happened = occurrences(plan, item, belief, world, scenario, control)
        hit = struck(plan, item, belief, world, happened, scenario, control)
        _book(plan, item, hit, amounts[number], losses)
        if item.kind == "risk" and item.occurrence.type == "annual":
            np.maximum(largest, hit.largest_event, out=largest)
    amounts[-2] = snap(losses.overlap(shape), plan.step)
    if control == "residual":
        _book_costs(plan, world, amounts[-1])
        amounts[-1] = snap(amounts[-1], plan.step)
    return Effects(amounts, snap(largest, plan.step))


def _book(plan: Plan, item: PlannedItem, hit: Struck, amounts: Floats, losses: Losses) -> None:
    for impact, effect in zip(item.impacts, hit.effects, strict=True):
        amounts[impact.channel] += effect
        amounts[-1] += net_part(impact, effect)
        losses.add(impact, effect)
    for touched in {len(CHANNELS), *(impact.channel for impact in item.impacts)}:
        amounts[touched] = snap(amounts[touched], plan.step)


def _book_costs(plan: Plan, world: Worlds, amounts: Floats) -> None:
    """Capex is charged in full in its year: no depreciation is modelled."""
    for cost in plan.costs:
        quantile = world.knowledge[cost.measure, "cost"]
        if cost.capex is not None:
            amounts[OPERATING_COST, cost.first] -= cost.capex.ppf(quantile)
        if cost.opex is not None:
            amounts[OPERATING_COST, cost.first :] -= cost.opex.ppf(quantile)
    amounts[-1] = amounts[OPERATING_COST]
