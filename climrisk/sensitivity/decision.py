"""The decision for or against one measure: what it is worth in each draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.conditional import reason_without_conditional_mean
from climrisk.engine.expected_net import expected_net
from climrisk.engine.kernel import simulated
from climrisk.engine.measure_change import MeasureChange, measure_change
from climrisk.engine.occurrences import believed
from climrisk.engine.planned import with_measure
from climrisk.engine.worlds import Worlds
from climrisk.names import CURRENT
from climrisk.sensitivity.asked import Asked

__all__ = ["NetBenefit", "net_benefits"]

Floats = NDArray[np.float64]


CAPPED = "losses on an exposure reach all that it is worth"


@dataclass(frozen=True)
class NetBenefit:
    """Net present value of residual less current less cost of one measure on its own.

    Parameters
    ----------
    simulated : float64 array (draw,)
        In each draw as the run has it [million].
    expected : float64 array (draw,)
        The same with chance averaged out where there is a formula for it.
    chance_left : tuple of str
        Where chance is left in that, and why.
    """

    simulated: Floats
    expected: Floats
    chance_left: tuple[str, ...]

    @classmethod
    def joined(cls, blocks: Iterable[NetBenefit]) -> NetBenefit:
        """Return the benefit of consecutive blocks as one."""
        parts = tuple(blocks)
        return cls(
            np.concatenate([one.simulated for one in parts]),
            np.concatenate([one.expected for one in parts]),
            tuple(dict.fromkeys(reason for one in parts for reason in one.chance_left)),
        )

    @property
    def draws(self) -> Floats:
        """Whichever varies less by chance; caps take back by chance what an item does by chance."""
        return self.simulated if CAPPED in self.chance_left else self.expected


def net_benefits(asked: Asked, measures: Sequence[str], world: Worlds) -> list[NetBenefit]:
    """Return what each measure on top of current controls is worth in the draws of `world`.

    Parameters
    ----------
    asked : Asked
        Under current controls, for the net present value.
    measures : sequence of str
        Planned measures.
    world : Worlds
    """
    plan = asked.plan
    beliefs = tuple(believed(plan, item, world, asked.seed) for item in plan.items)
    current = simulated(plan, world, beliefs, asked.scenario, CURRENT)
    found = []
    for measure in measures:
        change = measure_change(plan, world, beliefs, current, asked.scenario, measure)
        rest = _carbon(asked, measure, world) - change.cost[-1]
        found.append(_benefit(asked, change, world, rest))
    return found


def _benefit(asked: Asked, found: MeasureChange, world: Worlds, rest: Floats) -> NetBenefit:
    """Return the sum of what a measure changes and of the rest: own carbon cost, less its cost."""
    items, changes = asked.plan.items, found.change[:, -1]
    expected, left = rest, []
    for entity, change in zip(found.entities, changes, strict=True):
        if entity >= len(items):
            expected = expected + change
            if np.any(change != 0.0):
                left.append(CAPPED)
        elif reason := reason_without_conditional_mean(items[entity]):
            expected = expected + change
            left.append(f"{items[entity].id}: {reason}")
        else:
            control = with_measure(found.measure)
            expected = expected + _expected_change(asked, entity, world, control)
    return NetBenefit(rest + changes.sum(axis=0), expected, tuple(left))


def _carbon(asked: Asked, measure: str, world: Worlds) -> Floats:
    """Return the change of own carbon cost by a measure on its sources, (draw,)."""
    plan = asked.plan
    if plan.own_cost is None or measure not in plan.abating:
        return np.zeros(len(world.draws))
    charge = plan.own_cost.of(asked.seed, world)
    yearly = charge(asked.scenario, with_measure(measure)) - charge(asked.scenario, CURRENT)
    return np.asarray(asked.worth(yearly[np.newaxis])[0])


def _expected_change(asked: Asked, number: int, world: Worlds, control: str) -> Floats:
    plan, item = asked.plan, asked.plan.items[number]
    after, before = (
        expected_net(plan, item, world, asked.scenario, name) for name in (control, CURRENT)
    )
    return np.asarray(asked.worth((after - before)[np.newaxis])[0])
