"""The kernels at their limits: CORE and FULL, ratios in one run, best of three interleaved.

    python benchmarks/limits.py [DRAWS]

CORE: 20 risks, 26 years, 4 scenarios, Poisson counts with rates by scenario (some 460 events a
draw), a lognormal severity for each event, Gaussian copula 0.3, persistence 0.5.
FULL: 30 items of every law, 26 years, 6 scenarios, models and percentiles, uncertain rates,
insurance, measures, two controls, dependence.
Simulation alone: nothing is counted. Times are of the process, so that other work on the machine
disturbs them less.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from climrisk.domain.study import Study
from climrisk.engine.kernels import NUMPY_DRAWS, numpy_block, simulated_block
from climrisk.engine.plan import Plan, make_plan
from climrisk.names import BASE_YEAR_SCENARIO

BASE, YEARS = 2024, 26
END = BASE + YEARS
FLOOR_NORMALS, FLOOR_EXPONENTIALS = 982, 462
"""Random numbers of one CORE draw in engine.md's floor of the generator."""


def core(scenarios: int = 4) -> Study:
    """Return the CORE study; scenario `base_year` is the first of its scenarios."""
    return _study(
        {f"R-{n:02}": _core_item(n) for n in range(20)},
        [_scenario(n, path={BASE - 1: 1.0, END: 1.0 + 0.2 * n}) for n in range(1, scenarios)],
        measures={},
        items_tied=[f"R-{n:02}" for n in range(20)],
    )


def full() -> Study:
    """Return the FULL study."""
    names = [f"I-{n:02}" for n in range(30)]
    models = [
        {m: {BASE - 1: 1.0, END: 1.0 + 0.1 * (n + k)} for k, m in enumerate("ABC")}
        for n in range(1, 6)
    ]
    measures = {
        f"M-{k}": {
            "title": "A measure",
            "status": "planned",
            "start": BASE + 2 + k,
            "capex": {"p5": 1, "p95": 3},
            "reduces": [
                {"item": names[6 * k + j], "acts_on": "severity", "share": {"p5": 0.1, "p95": 0.4}}
                for j in range(4)
            ],
        }
        for k in range(3)
    }
    return _study(
        {name: _full_item(n) for n, name in enumerate(names)},
        [_scenario(n, models=one) for n, one in enumerate(models, start=1)],
        measures=measures,
        items_tied=[name for n, name in enumerate(names) if n % 5 in (0, 1)],
    )


def _item(occurrence: dict[str, Any], amount: Any, **more: Any) -> dict[str, Any]:
    impact = {"channel": "operating_cost", "line": "loss", "direction": "adverse", "amount": amount}
    return {
        "kind": "risk",
        "category": "acute",
        "title": "A risk",
        "frame": {
            "period": (BASE + 1, BASE + 3),
            "given": "existing_controls",
            "plan_contains": "nothing",
        },
        "occurrence": occurrence,
        "impact": {"loss": impact},
        **more,
    }


def _link(target: str) -> list[dict[str, Any]]:
    return [{"driver": "heat", "acts_on": target, "form": "ratio", "elasticity": 1.0}]


def _core_item(n: int) -> dict[str, Any]:
    return _item(
        {"type": "annual", "law": "poisson", "rate": 0.05 * 1.178**n},
        {"family": "lognormal", "mu": 0.0, "sigma": 0.8},
        links=_link("rate"),
        severity="per_event",
        frequency_basis="events a year",
    )


def _full_item(n: int) -> dict[str, Any]:
    rate, amount = {"p5": 0.2, "p50": 0.5, "p95": 1.5}, {"p5": 0.5, "p50": 2.0, "p95": 9.0}
    cover = {"covers": ["loss"], "deductible": 1.0, "limit": 20.0, "share": 0.8}
    events = {"severity": "per_event", "frequency_basis": "events a year"}
    window = (BASE + 1, BASE + 3)
    kinds: list[dict[str, Any]] = [
        _item({"type": "annual", "law": "poisson", "rate": rate}, amount, links=_link("rate")),
        _item(
            {"type": "annual", "law": "poisson", "rate": rate},
            amount,
            links=_link("rate"),
            insurance={**cover, "aggregate": "event"},
            **events,
        ),
        _item(
            {"type": "annual", "law": "bernoulli", "probability": {"p5": 0.1, "p95": 0.4}},
            {"low": 0.5, "mode": 2.0, "high": 9.0},
            links=_link("probability"),
        ),
        _item(
            {
                "type": "once",
                "window": window,
                "probability": {"p5": 0.2, "p95": 0.6},
                "lasts": 10,
                "ramp": 3,
            },
            amount,
            links=_link("probability"),
        ),
        _item({"type": "ongoing"}, amount, links=_link("severity")),
    ]
    return kinds[n % 5]


def _scenario(number: int, **heat: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "id": f"s{number}",
        "title": f"s{number}",
        "narrative": "A benchmark.",
        "key_assumptions": ["None."],
        "warming": {key: {"value": 2.0} for key in ("at_2050", "peak", "median_2100")},
        "vintage": "2024",
        "price_base": "none",
        "sources": ["made for a benchmark"],
        "basis": "assumption",
        "drivers": {"heat": {"unit": "1", **heat}},
    }


def _study(
    items: dict[str, Any],
    scenarios: list[dict[str, Any]],
    measures: dict[str, Any],
    items_tied: list[str],
) -> Study:
    names = [one["id"] for one in scenarios]
    settings = {
        "schema": 1,
        "title": "A benchmark",
        "company": {"name": "A company"},
        "money": {"currency": "CNY", "label": "RMB", "price_year": BASE},
        "base_year": BASE,
        "end_year": END,
        "discount_rate": {"value": 0.05},
        "horizons": {"whole": {"years": (BASE + 1, END), "planning": "all of it"}},
        "reference_scenario": names[0],
        "scenarios": names,
        "material_effect": {"value": 1.0},
        "appetite": {"value": 10.0},
    }
    tie = {"items": items_tied, "copula": "gaussian", "rank": 0.287, "persistence": 0.5}
    return Study.model_validate(
        {
            "name": "benchmark",
            "settings": settings,
            "register": items,
            "scenarios": {one["id"]: one for one in scenarios},
            "measures": measures,
            "dependence": {"occurrence": [tie]},
        }
    )


def best(draws: int, runs: dict[str, Callable[[], None]], rounds: int = 3) -> dict[str, float]:
    """Return the best time of each, interleaved [microseconds a draw of processor time]."""
    found = dict.fromkeys(runs, np.inf)
    for _ in range(rounds):
        for name, one in runs.items():
            start = time.process_time()
            one()
            found[name] = min(found[name], (time.process_time() - start) / draws * 1e6)
    return found


def fused(plan: Plan, draws: int) -> None:
    """Simulate with the kernel that is the default."""
    for _ in simulated_block(plan, 1, range(draws)):
        pass


def reference(plan: Plan, draws: int) -> None:
    """Simulate with the NumPy kernel."""
    for start in range(0, draws, NUMPY_DRAWS):
        for _ in numpy_block(plan, 1, range(start, min(start + NUMPY_DRAWS, draws))):
            pass


def floor(draws: int) -> None:
    """Draw as many random numbers as CORE needs, and nothing else."""
    generator = np.random.Generator(np.random.SFC64(1))
    normals, exponentials = np.empty(FLOOR_NORMALS), np.empty(FLOOR_EXPONENTIALS)
    for _ in range(draws):
        generator.standard_normal(out=normals)
        generator.standard_exponential(out=exponentials)


def main(draws: int) -> None:
    """Print the table."""
    for name, study in (("CORE", core()), ("FULL", full())):
        plan = make_plan(study)
        fused(plan, 64)  # compiled, and its program written
        runs: dict[str, Callable[[], None]] = {
            "fused": lambda plan=plan: fused(plan, draws),
            "NumPy": lambda plan=plan: reference(plan, draws),
        }
        if name == "CORE":
            runs["floor"] = lambda: floor(draws)
        found = best(draws, runs)
        print(name, ", ".join(f"{key} {value:.1f} us/draw" for key, value in found.items()))
        print(f"  NumPy / fused {found['NumPy'] / found['fused']:.1f}")
        if name == "CORE":
            print(f"  fused / floor {found['fused'] / found['floor']:.1f}")
    plans = [make_plan(core(several)) for several in (2, 4, 6)]
    for plan in plans:
        fused(plan, 64)
        assert plan.scenarios[0] == BASE_YEAR_SCENARIO
    times = best(
        draws,
        {str(len(one.scenarios)): lambda one=one: fused(one, draws) for one in plans},
    )
    extra = (times["6"] - times["2"]) / 4
    first = times["2"] - extra
    print(f"extra / first scenario {extra / first:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4096)
