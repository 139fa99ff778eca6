"""Which kernel simulates: the one place where it is chosen.

The fused kernel, compiled, unless `CLIMRISK_KERNEL=numpy` is set or numba is absent. Both simulate
the same worlds with the same random numbers, and give the same effects to the money grid's step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from climrisk.engine.block import Block
from climrisk.engine.kernel import simulated
from climrisk.engine.measure_change import measure_change
from climrisk.engine.occurrences import believed
from climrisk.engine.own_cost import with_own_cost
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import worlds
from climrisk.names import CURRENT
from climrisk.portable.arrays import Draws
from climrisk.portable.compiling import is_available

__all__ = [
    "FUSED",
    "NUMPY",
    "draws_together",
    "kernel_name",
    "numpy_block",
    "simulated_block",
    "simulated_run",
]

FUSED: Final = "fused"
NUMPY: Final = "numpy"
NUMPY_DRAWS: Final = 4096
"""Draws a block of the NumPy kernel, by default."""


def kernel_name() -> str:
    """Return the name of the kernel that simulates: `fused` or `numpy`."""
    return FUSED if is_available() else NUMPY


def draws_together(plan: Plan) -> int:
    """Return how many draws of a plan suit a block of the kernel that simulates."""
    if kernel_name() == NUMPY:
        return NUMPY_DRAWS
    from climrisk.engine.fused_block import suitable_draws  # numba is loaded where it is used

    return suitable_draws(plan)


def simulated_block(
    plan: Plan, seed: int, draws: Draws, size: int | None = None
) -> Iterator[Block]:
    """Yield every scenario and control of draws, `base_year` first.

    A pure function of its arguments: any number of threads may call it at once. Many draws come in
    several blocks, one after the other, each with all its scenarios and controls. A draw is the
    same to the last bit whichever others it stands among.

    Parameters
    ----------
    plan : Plan
    seed : int
    draws : range or int64 array (draw,)
        Draw numbers, in any order; one that is asked for twice comes twice.
    size : int, optional
        Draws a block; by default as many as suit the kernel. The results do not depend on it.

    Raises
    ------
    AmountOverflowError
        Where a rate is beyond what can be simulated.
    ValueError
        Where a draw has no random numbers: below 0, or 2**32 and above.
    """
    found = _blocks(plan, seed, draws, size)
    yield from found if plan.own_cost is None else with_own_cost(plan, seed, found)


def _blocks(plan: Plan, seed: int, draws: Draws, size: int | None) -> Iterator[Block]:
    if kernel_name() == FUSED:
        from climrisk.engine.fused_block import fused_blocks  # numba is loaded where it is used

        yield from fused_blocks(plan, seed, draws, size)
        return
    width = size or NUMPY_DRAWS
    for start in range(0, len(draws), width):
        yield from numpy_block(plan, seed, draws[start : start + width])


def simulated_run(
    plan: Plan, seed: int, draws: Draws, scenario: str, control: str
) -> Iterator[Block]:
    """Yield one scenario under one control alone, with the bits that it has among all runs.

    Parameters
    ----------
    plan : Plan
    seed : int
    draws : range or int64 array (draw,)
        Draw numbers, in any order; one that is asked for twice comes twice.
    scenario, control : str
        Of the plan's.
    """
    yield from simulated_block(_alone(plan, scenario, control), seed, draws)


@lru_cache(maxsize=8)  # the same plan again, so that its program is written once
def _alone(plan: Plan, scenario: str, control: str) -> Plan:
    return replace(plan, scenarios=(scenario,), controls=(control,), measures=())


def numpy_block(plan: Plan, seed: int, draws: Draws) -> Iterator[Block]:
    """Yield what `simulated_block` does, by the NumPy kernel: the reference."""
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
