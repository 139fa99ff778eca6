"""Blocks of draws, scenario by scenario and control by control."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from climrisk.engine.block import Block
from climrisk.engine.kernels import simulated_block
from climrisk.engine.plan import Plan

__all__ = ["BLOCK_SIZE", "Block", "blocks"]

BLOCK_SIZE: Final = 4096
"""Draws a block; the results do not depend on it."""


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
        yield from simulated_block(plan, seed, range(start, min(start + size, draws.stop)))
