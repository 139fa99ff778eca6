"""Blocks of draws, scenario by scenario and control by control."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from climrisk.engine.block import Block
from climrisk.engine.kernels import simulated_block
from climrisk.engine.plan import Plan

__all__ = ["BLOCK_SIZE", "Block", "blocks"]

BLOCK_SIZE: Final = 4096
"""Draws a block; the results do not depend on it."""


def blocks(plan: Plan, seed: int, draws: range, size: int | None = None) -> Iterator[Block]:
    """Yield every scenario and control of each block of draws, `base_year` first.

    Parameters
    ----------
    plan : Plan
    seed : int
    draws : range
        Consecutive draw numbers.
    size : int, optional
        Draws a block; by default as many as suit the kernel.
    """
    yield from simulated_block(plan, seed, draws, size)
