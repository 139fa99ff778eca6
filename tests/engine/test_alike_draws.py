"""What is the same in all draws is worked out once, and counts without a branch: the same bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from climrisk.domain.study import Study
from climrisk.engine.frequency import LARGEST_RATE, poisson
from climrisk.engine.fused import _counted, _counted_alike
from climrisk.engine.fused_alike import limits_of
from climrisk.engine.fused_block import fused_blocks
from climrisk.engine.plan import make_plan
from climrisk.engine.program import program
from climrisk.portable.arrays import exp
from tests.studies import BASE_YEAR, annual_risk, bernoulli, make_scenario, make_study
from tests.studies import poisson as by_rate

UNIFORMS = np.array([2.0**-54, 0.3, 0.5, 0.9, 0.97, 0.999, 1.0 - 2.0**-53])
RATES = [0.0, 1e-300, 1e-12, 0.05, 0.7, 1.0, 3.0, 20.0, 450.0, LARGEST_RATE]


def grid() -> tuple[np.ndarray, np.ndarray]:
    """Return latents and rates, some on the very edge between two counts."""
    rates = np.repeat(RATES, UNIFORMS.size + 3)
    none = exp(-np.array(RATES))
    edges = np.stack([none, none + none * RATES, np.nextafter(none, 1.0)], axis=1)
    latents = np.concatenate([np.tile(UNIFORMS, (len(RATES), 1)), edges], axis=1).ravel()
    return latents, rates


def test_counts_at_rates_that_differ_are_those_of_the_numpy_kernel() -> None:
    latents, rates = grid()
    counts = exp(-rates)
    _counted(latents, rates, counts)
    np.testing.assert_array_equal(counts, poisson(latents, rates))
    assert counts.max() > 400
    assert set(counts.tolist()) >= {0.0, 1.0, 2.0, 3.0, 4.0}


@pytest.mark.parametrize("rate", RATES)
def test_counts_at_one_rate_are_those_of_the_numpy_kernel(rate: float) -> None:
    latents, _ = grid()
    counts, places = np.full(latents.size, np.nan), np.zeros(latents.size, dtype=np.int32)
    begins = np.arange(latents.size, dtype=np.int32)
    for limits in limits_of(np.array([rate])), limits_of(np.array(RATES))[[RATES.index(rate)]]:
        _counted_alike(latents, limits[0], np.zeros(latents.size), counts)
        _counted_alike(latents, limits[0], begins, places)
        np.testing.assert_array_equal(counts, poisson(latents, np.full(latents.size, rate)))
        np.testing.assert_array_equal(places - begins, counts)


def test_rates_that_are_refused_disturb_no_limits() -> None:
    beside = limits_of(np.array([0.7, np.inf, np.nan, 1e300]))
    alone = limits_of(np.array([0.7]))
    np.testing.assert_array_equal(beside[0], alone[0])
    assert np.all(beside[1:] == np.inf)


def moved_by(heat: Any) -> Study:
    """Return a study of items that one driver moves; all else of the items is certain but one."""
    by_event = {"severity": "per_event", "frequency_basis": "events"}

    def link(target: str, elasticity: float) -> list[dict[str, object]]:
        form = {"form": "ratio", "elasticity": elasticity}
        return [{"driver": "heat", "acts_on": target, **form}]

    items = {
        "A-1": annual_risk(by_rate(1.5), 3.0, links=link("rate", 1.3)),
        "A-2": annual_risk(by_rate(0.8), {"p5": 1, "p95": 9}, links=link("rate", 1.0), **by_event),
        "A-3": annual_risk(bernoulli(0.3), 2.0, links=link("probability", 0.7)),
        "A-4": annual_risk(by_rate({"p5": 0.5, "p95": 2}), 2.0, links=link("severity", 1.0)),
    }
    return make_study(items, scenarios=(make_scenario("hot", heat=heat),))


def test_a_driver_that_is_the_same_in_every_draw_gives_the_bits_of_models_that_agree() -> None:
    path = {BASE_YEAR: 1.0, 2100: 2.0}
    alone, agreeing = (
        make_plan(moved_by(one)) for one in (path, {"models": {"one": path, "two": path}})
    )
    spread = [int(np.count_nonzero(program(one).alike.code[:, -1])) for one in (alone, agreeing)]
    assert spread[0] > spread[1]
    blocks = (fused_blocks(one, 5, range(300)) for one in (alone, agreeing))
    for one, other in zip(*blocks, strict=True):
        for what in ("amounts", "sums", "expected", "largest_event"):
            found, wanted = (getattr(block.effects, what) for block in (one, other))
            np.testing.assert_array_equal(found, wanted)
        assert one.effects.amounts.any()
