"""Blocks of draws, scenario by scenario and control by control."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from climrisk.engine.kernel import Effects, simulate
from climrisk.engine.occurrences import believed
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import worlds

__all__ = ["BLOCK_SIZE", "Block", "blocks"]

BLOCK_SIZE: Final = 4096
"""Draws a block; the results do not depend on it."""


@dataclass(frozen=True)
class Block:
    """Effects of consecutive draws in one scenario under one control."""

    scenario: str
    control: str
    draws: range
    effects: Effects


def blocks(plan: Plan, seed: int, draws: range, size: int = BLOCK_SIZE) -> Iterator[Block]:
    """Yield every scenario and control of each block of draws, `base_year` first.

    Parameters
    ----------
    plan : Plan
    seed : int
    draws : range
        Consecutive draw numbers.
    size : int
        Draws a block.
    """
    for start in range(draws.start, draws.stop, size):
        part = range(start, min(start + size, draws.stop))
        world = worlds(plan, seed, part)
        beliefs = tuple(believed(plan, item, world, seed) for item in plan.items)
        for scenario in plan.scenarios:
            for control in plan.controls:
                effects = simulate(plan, world, beliefs, scenario, control)
                yield Block(scenario, control, part, effects)
