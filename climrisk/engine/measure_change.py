"""What one planned measure changes: current controls with it against current controls.

Only the items that it touches are simulated again, and the exposure caps; everything else is the
same to the last bit, as measures share all random numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.kernel import Simulated, booked_costs, booked_net, outcome
from climrisk.engine.money import snap
from climrisk.engine.occurrences import Believed
from climrisk.engine.plan import Plan
from climrisk.engine.planned import with_measure
from climrisk.engine.present_value import present_value
from climrisk.engine.worlds import Worlds

__all__ = ["MeasureChange", "by_span", "measure_change", "touched_items"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MeasureChange:
    """Change of net by one measure, on the money grid.

    Parameters
    ----------
    measure : str
        Id of the measure.
    entities : tuple of int
        Positions of the items that it touches, then of overlap, then of own carbon cost, if any.
    change : float64 array (entity, horizon and present value, draw)
        Effect with the measure minus effect without, before its cost [million].
    cost : float64 array (horizon and present value, draw)
        What the measure costs, at least 0 [million].
    """

    measure: str
    entities: tuple[int, ...]
    change: Floats
    cost: Floats


def touched_items(plan: Plan, measure: str) -> tuple[int, ...]:
    """Return the positions of the items that a measure acts on."""
    return tuple(
        number
        for number, item in enumerate(plan.items)
        if any(effect.measure == measure for effect in item.effects)
    )


@np.errstate(over="ignore", invalid="ignore")  # the tallies refuse what is not finite
def measure_change(
    plan: Plan,
    world: Worlds,
    beliefs: tuple[Believed, ...],
    current: Simulated,
    scenario: str,
    measure: str,
) -> MeasureChange:
    """Return what a measure changes in one scenario.

    Parameters
    ----------
    plan, world, beliefs
        As for `engine.kernel.simulate`.
    current : Simulated
        The same draws and scenario under control `current`.
    scenario, measure : str
        What is simulated.
    """
    control = with_measure(measure)
    touched, overlap = touched_items(plan, measure), plan.overlap_row
    losses, net = current.losses.copy(), []
    for number in touched:
        item = plan.items[number]
        hit = outcome(plan, item, beliefs[number], world, scenario, control).hit
        losses.add(number, zip(item.impacts, hit.effects, strict=True))
        net.append(booked_net(plan, item, hit))
    shape = current.effects.amounts.shape[2:]
    net.append(snap(losses.overlap(shape)[-1], plan.step))
    entities = (*touched, overlap)
    before = current.effects.amounts[list(entities), -1]
    spans = by_span(plan, np.stack(net)) - by_span(plan, before)
    cost = -booked_costs(plan, world, control)
    return MeasureChange(measure, entities, spans, by_span(plan, cost[np.newaxis])[0])


def by_span(plan: Plan, net: Floats) -> Floats:
    """Return sums by horizon and the present value, (entity, horizon and present value, draw)."""
    sums = [net[:, span].sum(axis=1) for span in plan.horizons.values()]
    return np.stack([*sums, present_value(plan, net)], axis=1)
