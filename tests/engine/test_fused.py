"""The fused kernel gives what the NumPy kernel gives, draw by draw, whatever the study."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import climrisk
from climrisk.domain.study import Study
from climrisk.engine.block import Block
from climrisk.engine.blocks import blocks
from climrisk.engine.fused_block import fused_blocks
from climrisk.engine.kernels import numpy_block
from climrisk.engine.plan import Plan, make_plan
from climrisk.errors import AmountOverflowError
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
    max_examples=40,
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


def assert_kernels_agree(study: Study, draws: int = 50) -> list[Block]:
    """Return the fused kernel's blocks."""
    plan = make_plan(study)
    fused = list(fused_blocks(plan, SEED, range(draws), draws))
    for one, other in zip(fused, numpy_block(plan, SEED, range(draws)), strict=True):
        assert_same_block(plan, one, other)
    return fused


@some
@given(studies())
def test_kernels_agree_on_any_study(study: Study) -> None:
    assert_kernels_agree(study, 40)


def test_kernels_agree_on_the_whole_lx_study() -> None:
    assert_kernels_agree(climrisk.read_study("lx-technology-2023"), 64)


SPREAD = {"p5": 1.0, "p95": 9.0}
SHARE = {"p5": 0.2, "p95": 0.7}
EXPOSED = {"exposure": "plant", "channel": "asset_value"}


def insured(**policy: Any) -> dict[str, Any]:
    return {"covers": ["loss"], "deductible": 1.0, "share": 0.8, "aggregate": "event", **policy}


ITEMS = {
    "zero rate": annual_risk(poisson(0.0), SPREAD),
    "tiny rate": annual_risk(poisson(1e-12), SPREAD, severity="per_event"),
    "certain": annual_risk(bernoulli(1.0), SPREAD),
    "impossible": annual_risk(bernoulli(0.0), SPREAD),
    "always one size": annual_risk(poisson(2.0), 3.0, severity="per_event"),
    "many events": annual_risk(poisson(80.0), SPREAD, severity="per_event"),
    "very many": annual_risk(poisson(450.0), SPREAD),
    "contagion": annual_risk(
        {"type": "annual", "law": "negative_binomial", "rate": SPREAD, "contagion": 2.0}, SPREAD
    ),
    "common factor": annual_risk(poisson(4.0), SPREAD, severity="per_event", common_factor=0.6),
    "passed on": make_item(
        poisson(1.0), {"loss": cost(SPREAD, pass_through={"p5": 0.1, "p95": 0.6})}
    ),
    "passed on by event": make_item(
        poisson(2.0),
        {"loss": cost(SPREAD, pass_through=0.3), "other": cost(SPREAD)},
        severity="per_event",
        insurance=insured(limit=4.0),
    ),
    "limited year": annual_risk(
        poisson(3.0), SPREAD, severity="per_event", insurance=insured(limit=6.0, annual_limit=9.0)
    ),
    "limited year of equals": annual_risk(
        poisson(3.0), SPREAD, insurance=insured(annual_limit=9.0)
    ),
    "annual sum": annual_risk(
        poisson(3.0), SPREAD, severity="per_event", insurance=insured(aggregate="annual")
    ),
    "insured once": annual_risk(once((2024, 2026), 0.7, ramp=3), SPREAD, insurance=insured()),
    "short once": annual_risk(once((2025, 2026), SHARE, lasts=2, ramp=2), SPREAD),
    "signed": make_item(
        poisson(1.0),
        {"loss": cost({"p5": -4.0, "p95": 9.0}, **EXPOSED, direction="signed")},
    ),
    "signed by event": make_item(
        poisson(2.0),
        {"loss": cost({"p5": -4.0, "p95": 9.0}, **EXPOSED, direction="signed")},
        severity="per_event",
    ),
    "shares by event, of two scales": make_item(
        poisson(2.0),
        {"loss": cost(share=SHARE, **EXPOSED), "other": cost(SPREAD)},
        severity="per_event",
    ),
    "a table beside a normal law by event": make_item(
        poisson(2.0),
        {"loss": cost(SPREAD), "other": cost({"low": 1.0, "mode": 2.0, "high": 7.0})},
        severity="per_event",
    ),
    "beyond the exposure": make_item(
        poisson(3.0),
        {
            "loss": cost(share=0.7, **EXPOSED),
            "more": cost(share={"p5": 0.2, "p95": 0.6}, exposure="plant"),
        },
    ),
    "pooled": annual_risk(
        bernoulli(0.5),
        {"pool": [{"who": "A", **SPREAD}, {"who": "B", "p5": 3.0, "p95": 30.0}], "weights": [2, 1]},
    ),
}


@pytest.mark.parametrize("name", ITEMS)
def test_kernels_agree_on_one_item(name: str) -> None:
    exposures = {
        "plant": {"value": {"value": 12.0}, "growth": {"low": -0.3, "mode": 0, "high": 0.2}}
    }
    assert_kernels_agree(make_study({"A": ITEMS[name]}, make_settings(4, exposures=exposures)), 300)


def tied() -> Study:
    """Return items that occur together in every draw: a singular correlation."""
    items = {name: annual_risk(bernoulli(0.3), SPREAD) for name in "ABC"}
    groups = [{"items": ["A", "B", "C"], "copula": "gaussian", "rank": 1.0, "persistence": 0.5}]
    severity = [{"items": ["A", "B"], "copula": "t", "df": 4, "kendall": 0.4}]
    dependence = {"occurrence": groups, "severity": severity}
    return make_study(items, make_settings(5), dependence=dependence)


def test_kernels_agree_on_a_singular_correlation() -> None:
    amounts = assert_kernels_agree(tied(), 200)[0].effects.amounts
    happened = amounts[:3, -1] < 0.0
    assert happened.any()
    assert np.array_equal(happened[0], happened[1])
    assert np.array_equal(happened[1], happened[2])


def test_measures_on_anything_agree() -> None:
    """Measures that start one after the other, on rates and severities, existing and planned."""
    items = {
        "A": annual_risk(poisson(2.0), SPREAD, severity="per_event"),
        "B": annual_risk(once((2024, 2027), 0.6), SPREAD),
    }

    def measure(status: str, start: int, *acts: tuple[str, str]) -> dict[str, Any]:
        reduces = [{"item": i, "acts_on": a, "share": {"p5": 0.1, "p95": 0.5}} for i, a in acts]
        return {
            "title": "A measure",
            "status": status,
            "reduces": reduces,
            **({"start": start, "capex": 2.0, "opex": {"p5": 0.1, "p95": 1.0}} if start else {}),
        }

    measures = {
        "M-1": measure("planned", 2025, ("A", "rate"), ("B", "severity")),
        "M-2": measure("planned", 2026, ("A", "loss"), ("B", "probability")),
        "M-3": measure("existing", 0, ("A", "rate"), ("B", "loss")),
    }
    study = make_study(items, make_settings(5), measures=measures)
    controls = {one.control for one in assert_kernels_agree(study, 200)}
    assert controls == {"inherent", "current", "residual"}


def test_a_rate_beyond_what_can_be_simulated_is_refused() -> None:
    link = {"driver": "price", "acts_on": "rate", "form": "ratio", "elasticity": 3.0}
    for severity in ("per_draw", "per_event"):
        item = annual_risk(poisson(300.0), 1.0, links=[link], severity=severity)
        scenario = make_scenario("flat", price={2020: 1.0, 2030: 4.0})
        plan = make_plan(make_study({"A": item}, make_settings(4), (scenario,)))
        with pytest.raises(AmountOverflowError, match=r"A: the rate reaches .* in flat, allowed"):
            list(fused_blocks(plan, SEED, range(10)))


# ------------------------------------------------------------------ the same bits, however run


def fingerprint(plan: Plan, draws: int, size: int | None = None) -> str:
    """Return a hash of everything that blocks come to, draws put together."""
    parts: dict[tuple[str, str, str], list[np.ndarray]] = {}
    for block in blocks(plan, SEED, range(draws), size):
        for name in ("amounts", "largest_event", "expected"):
            key = (block.scenario, block.control, name)
            parts.setdefault(key, []).append(getattr(block.effects, name))
        for one in block.measures:
            key = (block.scenario, block.control, one.measure)
            parts.setdefault(key, []).append(one.change)
    digest = hashlib.sha256()
    for _, arrays in sorted(parts.items()):
        digest.update(np.ascontiguousarray(np.concatenate(arrays, axis=-1)).tobytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def whole() -> Plan:
    """Return two scenarios of the LX study, with every measure."""
    study = climrisk.read_study("lx-technology-2023")
    return make_plan(study, ("high_warming",))


@pytest.fixture(scope="module")
def bits(whole: Plan) -> str:
    return fingerprint(whole, 70)


@pytest.mark.parametrize("size", [1, 33, 64, 1024])
def test_block_sizes_give_the_same_bits(whole: Plan, bits: str, size: int) -> None:
    assert fingerprint(whole, 70, size) == bits


def test_a_short_run_is_the_beginning_of_a_long_one(whole: Plan) -> None:
    short = [one.effects.amounts for one in fused_blocks(whole, SEED, range(30))]
    long = [one.effects.amounts for one in fused_blocks(whole, SEED, range(200), 200)]
    for one, other in zip(short, long, strict=True):
        assert np.array_equal(one, other[..., :30])


def test_ten_threads_at_once_give_the_same_bits(whole: Plan, bits: str) -> None:
    with ThreadPoolExecutor(10) as threads:
        found = list(threads.map(lambda _: fingerprint(whole, 70), range(10)))
    assert found == [bits] * 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_fork_after_use_simulates(whole: Plan, bits: str) -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, fingerprint(whole, 70).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        assert told.read() == bits
    assert os.waitpid(child, 0)[1] == 0
