"""The fused kernel gives what the NumPy kernel gives, draw by draw, whatever the study."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from climrisk.domain.study import Study
from climrisk.engine.block import Block
from climrisk.engine.blocks import blocks
from climrisk.engine.fused_block import fused_blocks
from climrisk.engine.kernels import numpy_block
from climrisk.engine.plan import Plan, make_plan
from climrisk.errors import AmountOverflowError
from climrisk.io.study import read_study
from tests.strategies import studies
from tests.studies import (
    annual_risk,
    bernoulli,
    cost,
    make_item,
    make_scenario,
    make_settings,
    make_study,
    once,
    poisson,
)

SEED = 17
some = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def assert_alike(found: Any, exact: Any, step: float) -> None:
    """To 1e-9 of the amount, or to the next step of the money grid."""
    assert np.shape(found) == np.shape(exact)
    np.testing.assert_allclose(found, exact, rtol=1e-9, atol=1.001 * step, equal_nan=True)


def assert_same_block(plan: Plan, fused: Block, exact: Block) -> None:
    step = plan.step
    assert (fused.scenario, fused.control) == (exact.scenario, exact.control)
    assert fused.draws == exact.draws
    for name in ("amounts", "largest_event"):
        assert_alike(getattr(fused.effects, name), getattr(exact.effects, name), step)
    # expectations and changes are sums of rounded years
    assert_alike(fused.effects.expected, exact.effects.expected, len(plan.years) * step)
    assert len(fused.effects.events) == len(exact.effects.events) == len(plan.horizons)
    for one, other in zip(fused.effects.events, exact.effects.events, strict=True):
        ours, theirs = (np.lexsort((e.loss, e.draw)) for e in (one, other))
        assert np.array_equal(one.draw[ours], other.draw[theirs])
        assert np.array_equal(one.count[ours], other.count[theirs])
        assert_alike(one.loss[ours], other.loss[theirs], step)
    assert len(fused.measures) == len(exact.measures)
    for change, expected in zip(fused.measures, exact.measures, strict=True):
        assert (change.measure, change.entities) == (expected.measure, expected.entities)
        assert_alike(change.change, expected.change, 2 * len(plan.years) * step)
        assert_alike(change.cost, expected.cost, len(plan.years) * step)


def assert_kernels_agree(study: Study, draws: int = 50) -> None:
    plan = make_plan(study)
    fused = list(fused_blocks(plan, SEED, range(draws)))
    for one in fused:
        exact = [b for b in numpy_block(plan, SEED, one.draws) if b.scenario == one.scenario]
        assert_same_block(plan, one, next(b for b in exact if b.control == one.control))


@some
@given(studies())
def test_kernels_agree_on_any_study(study: Study) -> None:
    plan = make_plan(study)
    fused, exact = fused_blocks(plan, SEED, range(40)), numpy_block(plan, SEED, range(40))
    for one, other in zip(fused, exact, strict=True):
        assert_same_block(plan, one, other)


def test_kernels_agree_on_the_whole_lx_study() -> None:
    plan = make_plan(read_study("lx-technology-2023"))
    fused, exact = fused_blocks(plan, 1, range(64)), numpy_block(plan, 1, range(64))
    for one, other in zip(fused, exact, strict=True):
        assert_same_block(plan, one, other)
