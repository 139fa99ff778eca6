"""Blocks of draws, scenario by scenario and control by control."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from climrisk.engine.kernel import Effects, simulated
from climrisk.engine.measure_change import MeasureChange, measure_change
from climrisk.engine.occurrences import believed
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import Worlds, worlds
from climrisk.names import CURRENT

__all__ = ["BLOCK_SIZE", "Block", "blocks"]

BLOCK_SIZE: Final = 4096
"""Draws a block; the results do not depend on it."""


@dataclass(frozen=True)
class Block:
    """Effects of consecutive draws in one scenario under one control.

    Parameters
    ----------
    scenario, control : str
        What was simulated.
    draws : range
        Numbers of the draws.
    effects : Effects
        What the kernel found.
    world : Worlds
        What the draws believe; the same in every scenario and control.
    measures : tuple of MeasureChange
        What each planned measure changes; under control `current` only.
    """

    scenario: str
    control: str
    draws: range
    effects: Effects
    world: Worlds
    measures: tuple[MeasureChange, ...]


def blocks(plan: Plan, seed: int, draws: range, size: int = BLOCK_SIZE) -> Iterator[Block]:
    """Yield every scenario and control of each block of draws, `base_year` first.

    While the caller counts one block, the next is simulated in a thread of its own.

    Parameters
    ----------
    plan : Plan
    seed : int
    draws : range
        Consecutive draw numbers.
    size : int
        Draws a block.
    """
    simulated = _simulated(plan, seed, draws, size)
    with ThreadPoolExecutor(max_workers=1) as ahead:
        coming = ahead.submit(next, simulated, None)
        while (block := coming.result()) is not None:
            coming = ahead.submit(next, simulated, None)
            yield block


def _simulated(plan: Plan, seed: int, draws: range, size: int) -> Iterator[Block]:
    for start in range(draws.start, draws.stop, size):
        part = range(start, min(start + size, draws.stop))
        world = worlds(plan, seed, part)
        beliefs = tuple(believed(plan, item, world, seed) for item in plan.items)
        for scenario in plan.scenarios:
            for control in plan.controls:
                found = simulated(plan, world, beliefs, scenario, control)
                alone = plan.measures if control == CURRENT else ()
                changes = tuple(
                    measure_change(plan, world, beliefs, found, scenario, measure)
                    for measure in alone
                )
                yield Block(scenario, control, part, found.effects, world, changes)
