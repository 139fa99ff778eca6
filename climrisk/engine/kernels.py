"""Which kernel simulates: the one place where it is chosen."""

from __future__ import annotations

from collections.abc import Iterator

from climrisk.engine.block import Block
from climrisk.engine.kernel import simulated
from climrisk.engine.measure_change import measure_change
from climrisk.engine.occurrences import believed
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import worlds
from climrisk.names import CURRENT

__all__ = ["simulated_block"]


def simulated_block(plan: Plan, seed: int, draws: range) -> Iterator[Block]:
    """Yield every scenario and control of consecutive draws, `base_year` first.

    A pure function of its arguments: any number of threads may call it at once.

    Parameters
    ----------
    plan : Plan
    seed : int
    draws : range
        Consecutive draw numbers.
    """
    world = worlds(plan, seed, draws)
    beliefs = tuple(believed(plan, item, world, seed) for item in plan.items)
    for scenario in plan.scenarios:
        for control in plan.controls:
            found = simulated(plan, world, beliefs, scenario, control)
            alone = plan.measures if control == CURRENT else ()
            changes = tuple(
                measure_change(plan, world, beliefs, found, scenario, measure) for measure in alone
            )
            yield Block(scenario, control, draws, found.effects, world, changes)
