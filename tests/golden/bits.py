"""Hashes of what a small, rich study comes to: every law, both copulas, insurance, measures.

python -m tests.golden.bits            hashes as JSON, of the kernel and processor that is in use
python -m tests.golden.bits --keep     the same into bits.json, on purpose, with a changelog line
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from climrisk.analysis.workers import counted
from climrisk.domain.study import Study
from climrisk.engine.kernels import simulated_block
from climrisk.engine.plan import Plan, make_plan
from climrisk.metrics.tally import Tally
from tests.studies import (
    always,
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

FILE = Path(__file__).with_name("bits.json")
SEED, DRAWS, FEW = 20231122, 1100, 40
SPREAD = {"p5": 1.0, "p95": 9.0}
RATE = {"p5": 0.2, "p50": 0.6, "p95": 2.0}
COVER = {"covers": ["loss"], "deductible": 1.0, "limit": 6.0, "share": 0.8, "aggregate": "event"}


def heat(target: str, elasticity: float = 1.0) -> list[dict[str, Any]]:
    """Return a link from the driver `heat`."""
    return [{"driver": "heat", "acts_on": target, "form": "ratio", "elasticity": elasticity}]


def rich_study() -> Study:
    """Return the study that is hashed."""
    by_event = {"severity": "per_event", "frequency_basis": "events"}
    contagious = {"type": "annual", "law": "negative_binomial", "rate": RATE, "contagion": 1.5}
    plant = {"exposure": "plant", "channel": "asset_value"}
    items = {
        "A-1": annual_risk(poisson(RATE), SPREAD, links=heat("rate", 1.3), insurance=COVER),
        "A-2": annual_risk(poisson(2.0), SPREAD, links=heat("rate"), insurance=COVER, **by_event),
        "A-3": annual_risk(poisson(1.0), SPREAD, common_factor=0.4, **by_event),
        "B-1": annual_risk(bernoulli({"p5": 0.1, "p95": 0.5}), SPREAD, links=heat("probability")),
        "N-1": annual_risk(contagious, {"low": 1, "mode": 2, "high": 7}),
        "O-1": annual_risk(once((2024, 2026), 0.6, lasts=2, ramp=2), SPREAD),
        "O-2": annual_risk(once((2025, 2026), {"p5": 0.2, "p95": 0.7}), SPREAD),
        "P-1": make_item(poisson(0.8), {"loss": cost(share={"p5": 0.1, "p95": 0.6}, **plant)}),
        "P-2": make_item(
            always(),
            {"loss": cost(SPREAD, pass_through=0.3)},
            links=[{"driver": "heat", "acts_on": "loss", "form": "difference", "per_unit": SPREAD}],
        ),
    }
    planned = {"title": "A measure", "status": "planned", "start": 2025}
    share = {"share": {"p5": 0.1, "p95": 0.4}}
    reduces = [{"item": name, "acts_on": "severity", **share} for name in ("A-2", "O-1")]
    milder, hotter = (
        {name: {2023: 1.0, 2030: 1.0 + slope * n} for n, name in enumerate("KLM")}
        for slope in (0.1, 0.4)
    )
    tied = [
        {"items": ["A-1", "A-2", "B-1"], "copula": "gaussian", "rank": 0.4, "persistence": 0.5},
        {"items": ["A-3", "N-1"], "copula": "t", "df": 4, "kendall": 0.3},
        {"items": ["O-1", "O-2"], "copula": "gaussian", "rank": 0.5},
    ]
    severity = [{"items": ["A-1", "B-1"], "copula": "t", "df": 3, "kendall": 0.4}]
    return make_study(
        items,
        make_settings(
            4,
            scenarios=("mild", "hot"),
            exposures={"plant": {"value": {"value": 12.0}, "growth": {"p5": -0.1, "p95": 0.1}}},
            discount_rate={"value": 0.05},
        ),
        (
            make_scenario("mild", heat={"models": milder}),
            make_scenario("hot", heat={"models": hotter}),
        ),
        dependence={"occurrence": tied, "severity": severity},
        measures={"M-1": {**planned, "capex": 2.0, "reduces": reduces}},
    )


class Counts:
    """Hashes of totals by block, and tallies of them: what one thread counts."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        shape = (len(plan.scenarios) * len(plan.controls), len(plan.years))
        self.tally = Tally(shape, plan.step, plan.scale)
        self.totals: dict[int, np.ndarray] = {}

    def add(self, seed: int, draws: range, told: Callable[[int], None]) -> None:
        """Simulate draws, and keep and count total net of every run and year."""
        every = list(simulated_block(self._plan, seed, draws, len(draws)))
        net = np.stack([block.effects.amounts[:, -1].sum(axis=0) for block in every])
        self.totals[draws.start] = net
        self.tally.add(net)
        told(len(draws))

    def merge(self, other: Counts) -> None:
        """Add what another thread counted."""
        self.tally.merge(other.tally)
        self.totals |= other.totals

    def hashes(self) -> dict[str, str]:
        """Return the hashes."""
        ordered = [one for _, one in sorted(self.totals.items())]
        bins = self.tally.reading().effects
        return {
            "totals": sha256(np.concatenate(ordered, axis=-1)),
            "counts": sha256(bins.series, bins.lower, bins.upper, bins.count),
            "sums": sha256(self.tally.mean(), self.tally.sd()),
        }


def sha256(*parts: np.ndarray) -> str:
    """Return a hash of the bits of arrays."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()


def hashes(draws: int = DRAWS, size: int = 333, threads: int = 1) -> dict[str, str]:
    """Return the hashes of the first draws, simulated in blocks by several threads."""
    plan = make_plan(rich_study())
    ranges = [range(start, min(start + size, draws)) for start in range(0, draws, size)]
    return counted(lambda: Counts(plan), SEED, ranges, threads, lambda _: None).hashes()


def golden() -> dict[str, dict[str, str]]:
    """Return the hashes of a long run and of its beginning."""
    return {"long": hashes(), "short": hashes(FEW)}


if __name__ == "__main__":
    text = json.dumps(golden(), indent=2) + "\n"
    if "--keep" in sys.argv:
        FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
