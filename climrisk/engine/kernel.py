"""The NumPy kernel: effects of every item, overlap and measures, for a block of draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.caps import Losses
from climrisk.engine.conditional import expected_occurrence, reason_without_conditional_mean
from climrisk.engine.effects import DenseEffects, EventLosses
from climrisk.engine.money import snap
from climrisk.engine.occurrences import Believed, happening, intensity
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem, net_part
from climrisk.engine.severity import Struck, struck
from climrisk.engine.worlds import Worlds
from climrisk.names import CHANNELS

__all__ = [
    "OPERATING_COST",
    "Outcome",
    "Simulated",
    "booked_costs",
    "booked_net",
    "outcome",
    "simulate",
    "simulated",
]

Floats = NDArray[np.float64]
OPERATING_COST = CHANNELS.index("operating_cost")


@dataclass(frozen=True)
class Simulated:
    """Effects together with the losses that exposure caps were held against."""

    effects: DenseEffects
    losses: Losses


@dataclass(frozen=True)
class Outcome:
    """What one item does in one scenario under one control.

    Parameters
    ----------
    likely : float64 array (year, draw)
        As `engine.occurrences.intensity` returns it.
    hit : Struck
        Effects of what happened.
    """

    likely: Floats
    hit: Struck


def outcome(
    plan: Plan, item: PlannedItem, belief: Believed, world: Worlds, scenario: str, control: str
) -> Outcome:
    """Return what an item does in the draws of `world`."""
    likely = intensity(plan, item, belief, world, scenario, control)
    happened = happening(plan, item, belief, likely)
    return Outcome(likely, struck(plan, item, belief, world, happened, scenario, control))


def simulate(
    plan: Plan,
    world: Worlds,
    beliefs: tuple[Believed, ...],
    scenario: str,
    control: str,
) -> DenseEffects:
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
    return simulated(plan, world, beliefs, scenario, control).effects


@np.errstate(over="ignore", invalid="ignore")  # the tallies refuse what is not finite
def simulated(
    plan: Plan, world: Worlds, beliefs: tuple[Believed, ...], scenario: str, control: str
) -> Simulated:
    """Return what `simulate` does, together with the losses on exposures."""
    shape = (len(plan.years), len(world.draws))
    amounts = np.zeros((plan.entities, len(CHANNELS) + 1, *shape))
    largest = np.zeros(shape)
    expected = np.empty((len(plan.items), len(plan.horizons), shape[1]))
    losses, events = Losses(world.sizes), []
    for number, (item, belief) in enumerate(zip(plan.items, beliefs, strict=True)):
        found = outcome(plan, item, belief, world, scenario, control)
        _book(plan, item, found.hit, amounts[number])
        losses.add(number, zip(item.impacts, found.hit.effects, strict=True))
        expected[number] = _expected(plan, item, belief, found)
        if found.hit.events:
            np.maximum(largest, found.hit.largest_event, out=largest)
            events.append(found.hit.events)
    amounts[plan.overlap_row] = snap(losses.overlap(shape), plan.step)
    amounts[plan.measures_row, OPERATING_COST] = booked_costs(plan, world, control)
    amounts[plan.measures_row, -1] = amounts[plan.measures_row, OPERATING_COST]
    effects = DenseEffects(amounts, snap(largest, plan.step), expected, _pooled(plan, events))
    return Simulated(effects, losses)


def _pooled(plan: Plan, events: list[tuple[EventLosses, ...]]) -> tuple[EventLosses, ...]:
    """Return the occurrences of all items together, by horizon."""
    nothing = EventLosses(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))
    by_horizon = [[nothing, *(of_item[n] for of_item in events)] for n in range(len(plan.horizons))]
    return tuple(
        EventLosses(
            np.concatenate([one.draw for one in parts]),
            snap(np.concatenate([one.loss for one in parts]), plan.step),
            np.concatenate([one.count for one in parts]),
        )
        for parts in by_horizon
    )


def _expected(plan: Plan, item: PlannedItem, belief: Believed, found: Outcome) -> Floats:
    """Return the expected net effect given knowledge, (horizon, draw) [million]."""
    if reason_without_conditional_mean(item):
        return np.full((len(plan.horizons), found.likely.shape[1]), np.nan)
    often = expected_occurrence(plan, item, belief, found.likely)
    yearly = snap(often * found.hit.expected_single, plan.step)
    return np.stack([yearly[span].sum(axis=0) for span in plan.horizons.values()])


def _book(plan: Plan, item: PlannedItem, hit: Struck, amounts: Floats) -> None:
    for impact, effect in zip(item.impacts, hit.effects, strict=True):
        amounts[impact.channel] += effect
    for touched in {impact.channel for impact in item.impacts}:
        amounts[touched] = snap(amounts[touched], plan.step)
    amounts[-1] = booked_net(plan, item, hit)


def booked_net(plan: Plan, item: PlannedItem, hit: Struck) -> Floats:
    """Return the effect of an item on net, (year, draw), on the money grid [million]."""
    parts = (net_part(one, effect) for one, effect in zip(item.impacts, hit.effects, strict=True))
    return snap(sum(parts, np.zeros(hit.expected_single.shape)), plan.step)


def booked_costs(plan: Plan, world: Worlds, control: str) -> Floats:
    """Return what measures cost under a control, (year, draw), at most 0 [million].

    Capex is charged in full in its year: no depreciation is modelled.
    """
    costs = np.zeros((len(plan.years), len(world.draws)))
    for cost in plan.costs:
        if control not in cost.controls:
            continue
        quantile = world.knowledge[cost.measure, "cost"]
        if cost.capex is not None:
            costs[cost.first] -= cost.capex.ppf(quantile)
        if cost.opex is not None:
            costs[cost.first :] -= cost.opex.ppf(quantile)
    return snap(costs, plan.step)
