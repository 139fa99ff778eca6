"""Any list of draws can be simulated alone: each draw has the bits that it has in the whole run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from climrisk.engine.block import Block
from climrisk.engine.fused_block import fused_blocks
from climrisk.engine.kernels import numpy_block, simulated_run
from climrisk.engine.plan import Plan, make_plan
from climrisk.portable.arrays import Draws, uniform_grid
from tests.golden.bits import SEED, rich_study

DRAWS = 700  # more than one block of the fused kernel
LISTED = np.array([699, 3, 0, 511, 512, 513, 64, 63, 3, 300, 699])
Simulate = Callable[[Plan, int, Draws], Iterator[Block]]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(rich_study())


def in_small_blocks(plan: Plan, seed: int, draws: Draws) -> Iterator[Block]:
    return fused_blocks(plan, seed, draws, 4)


def per_draw(found: Iterator[Block]) -> dict[tuple[str, str, str], np.ndarray]:
    """Return everything that a draw comes to in each run, draws last."""
    parts: dict[tuple[str, str, str], list[np.ndarray]] = {}
    for block in found:
        effects = block.effects
        told = {
            "amounts": effects.amounts,
            "largest": effects.largest_event,
            "expected": effects.expected,
            "events": event_sums(block),
            **{f"change {one.measure}": one.change for one in block.measures},
            **{f"cost {one.measure}": one.cost for one in block.measures},
            "number": np.asarray(block.draws),
        }
        for name, value in told.items():
            parts.setdefault((block.scenario, block.control, name), []).append(np.array(value))
    return {key: np.concatenate(values, axis=-1) for key, values in parts.items()}


def event_sums(block: Block) -> np.ndarray:
    """Return sums of single events by horizon: of losses and of losses times their number."""
    return np.stack(
        [
            np.bincount(one.draw, weight, len(block.draws))
            for one in block.effects.events
            for weight in (one.loss, one.count, one.loss * one.count)
        ]
    )


@pytest.mark.parametrize("kernel", [fused_blocks, in_small_blocks, numpy_block])
def test_listed_draws_have_the_bits_of_the_whole_run(plan: Plan, kernel: Simulate) -> None:
    whole = numpy_block if kernel is numpy_block else fused_blocks
    every, listed = (
        per_draw(x) for x in (whole(plan, SEED, range(DRAWS)), kernel(plan, SEED, LISTED))
    )
    assert every.keys() == listed.keys()
    assert len(every) > 20
    for key, value in every.items():
        np.testing.assert_array_equal(listed[key], value[..., LISTED], err_msg=str(key))


def test_one_run_of_listed_draws_is_that_of_all_runs(plan: Plan) -> None:
    scenario, control = plan.scenarios[-1], plan.controls[0]
    alone = per_draw(simulated_run(plan, SEED, LISTED, scenario, control))
    whole = per_draw(fused_blocks(plan, SEED, range(DRAWS)))
    for name in ("amounts", "largest", "expected", "events"):
        key = (scenario, control, name)
        np.testing.assert_array_equal(alone[key], whole[key][..., LISTED], err_msg=name)


@pytest.mark.parametrize("draws", [np.array([-1, 4]), np.array([5, 1 << 32]), range(-1, 4)])
def test_draws_without_random_numbers_are_refused(draws: Draws) -> None:
    with pytest.raises(ValueError, match="allowed from 0 to 4294967295"):
        uniform_grid(draws, np.zeros(1, dtype=np.int64), 1, 1)


def test_no_draws_are_no_blocks(plan: Plan) -> None:
    assert not list(fused_blocks(plan, SEED, np.array([], dtype=np.int64)))
