"""The kernels at their limits: CORE and FULL, ratios in one run, best of three interleaved.

    python benchmarks/limits.py [DRAWS] [--memory]

CORE: 20 risks, 26 years, 4 scenarios, Poisson counts with rates by scenario (some 460 events a
draw), a lognormal severity for each event, Gaussian copula 0.3, persistence 0.5.
FULL: 30 items of every law, 26 years, 6 scenarios, models and percentiles, uncertain rates,
insurance, measures, two controls, dependence.
Simulation alone: nothing is counted, unless a row says so. Times are of the process, so that other
work on the machine disturbs them less; threads are compared by the clock. `--memory` adds the peak
memory of CORE at 100,000 and 4,000,000 draws, each in a process of its own that imports the engine
alone, which takes minutes. Prints a table in Markdown.
"""

from __future__ import annotations

import datetime
import platform
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from climrisk.domain.item import Item
from climrisk.domain.study import Study
from climrisk.engine.kernels import NUMPY_DRAWS, numpy_block, simulated_block, simulated_run
from climrisk.engine.plan import Plan, make_plan
from climrisk.metrics.tally import Tally
from climrisk.names import BASE_YEAR_SCENARIO

Rows = list[tuple[str, str, str]]
EDITED_DRAWS: Final = 20_000

BASE, YEARS = 2024, 26
END = BASE + YEARS
HEADLINE_BINS: Final = 256
REVENUE: Final = 500.0
"""Of the company of FULL [million]; the size of amounts that sums are quick for."""
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
        revenue=REVENUE,
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
    revenue: float = 0.0,
) -> Study:
    names = [one["id"] for one in scenarios]
    settings: dict[str, Any] = {
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
    if revenue:
        line = {"title": "sales", "value": {"value": revenue}, "margin": {"value": 0.3}}
        settings["revenue_lines"] = {"sales": line}
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


def threaded(plan: Plan, draws: int, threads: int) -> None:
    """Simulate with several threads at once."""
    shares = [range(n * draws // threads, (n + 1) * draws // threads) for n in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda share: deque(simulated_block(plan, 1, share), maxlen=0), shares))


def speed_of_threads(plan: Plan, draws: int) -> float:
    """Return how much faster two threads are than one, by the clock."""
    found = {1: np.inf, 2: np.inf}
    for _ in range(3):
        for threads in found:
            start = time.perf_counter()
            threaded(plan, draws, threads)
            found[threads] = min(found[threads], time.perf_counter() - start)
    return float(found[1] / found[2])


def extra_scenario(draws: int) -> float:
    """Return what each further scenario costs of what the first one does."""
    plans = [make_plan(core(several)) for several in (2, 4, 6)]
    for plan in plans:
        fused(plan, 64)
        assert plan.scenarios[0] == BASE_YEAR_SCENARIO
    times = best(draws, {str(len(one.scenarios)): partial(fused, one, draws) for one in plans})
    extra = (times["6"] - times["2"]) / 4
    return extra / (times["2"] - extra)


def counted_totals(plan: Plan, draws: int) -> tuple[np.ndarray, Tally]:
    """Return present values of total net of the last scenario, and their tally."""
    tally, values = Tally((1,), plan.step, plan.scale, HEADLINE_BINS), []
    for block in simulated_block(plan, 1, range(draws)):
        if block.scenario == plan.scenarios[-1]:
            values.append(block.effects.amounts[:, -1, -1].sum(axis=0))
            tally.add(values[-1][np.newaxis])
    return np.concatenate(values), tally


def histogram_error(plan: Plan, draws: int) -> float:
    """Return the largest relative error of quantiles from the histogram, against the sample."""
    levels = np.array([0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9])
    values, tally = counted_totals(plan, draws)
    exact = np.quantile(values, levels, method="inverted_cdf")
    return float(np.max(np.abs(tally.quantile(levels)[0] / exact - 1.0)))


def replay_share(plan: Plan, draws: int) -> float:
    """Return what simulating the worst hundredth again costs of the whole run."""
    values, _ = counted_totals(plan, draws)
    worst = np.argsort(values)[: draws // 100]

    def again() -> None:
        deque(simulated_run(plan, 1, worst, plan.scenarios[-1], plan.controls[0]), maxlen=0)

    again()
    found = best(draws, {"replay": again, "run": lambda: fused(plan, draws)})
    return found["replay"] / found["run"]


def seconds_of_an_edit(draws: int) -> tuple[float, float]:
    """Return what a run of FULL and an edit of one of its items take, results included [s]."""
    from climrisk.analysis.incremental import Incremental  # the rest measures the engine alone

    kept, study = Incremental(draws), full()

    def timed(one: Study) -> float:
        started = time.perf_counter()
        kept.of(one)
        return time.perf_counter() - started

    whole = timed(study)
    edits: list[float] = []
    for name in ("I-02", "I-03", "I-04", "I-07"):
        other = study.items[name].model_copy(update=_impact_of(2.0 + len(edits)))
        study = study.model_copy(update={"register_": {**study.register_, name: other}})
        edits.append(timed(study))
    return whole, min(edits)


def _impact_of(low: float) -> dict[str, Any]:
    item = Item.model_validate(
        _item({"type": "annual", "law": "poisson", "rate": 0.5}, {"p5": low, "p95": 9.0})
    )
    return {"impact": item.impact}


def rows_of_edits(draws: int) -> Rows:
    """Return the rows of edits."""
    whole, edit = seconds_of_an_edit(draws)
    return [
        (f"FULL, run of everything at {draws:,}, results included", f"{whole:.2f} s", ""),
        (f"FULL, edit of one item at {draws:,}, results included", f"{edit:.2f} s", "< 0.15 s"),
    ]


MEMORY = """
import importlib.util, resource, sys
spec = importlib.util.spec_from_file_location("limits", sys.argv[1])
limits = importlib.util.module_from_spec(spec)
spec.loader.exec_module(limits)
limits.fused(limits.make_plan(limits.core()), int(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def peak_memory(draws: int) -> float:
    """Return the peak memory of a process that simulates CORE [MB]."""
    command = [sys.executable, "-c", MEMORY, __file__, str(draws)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def rows_of_study(name: str, plan: Plan, draws: int) -> Rows:
    """Return the rows of one of the studies."""
    fused(plan, 64)  # compiled, and its program written
    runs: dict[str, Callable[[], None]] = {
        "fused": lambda: fused(plan, draws),
        "NumPy": lambda: reference(plan, draws),
    }
    if name == "CORE":
        runs["floor"] = lambda: floor(draws)
    found = best(draws, runs)
    rows = [(f"{name}, {key}", f"{value:.1f} us a draw", "") for key, value in found.items()]
    rows.append((f"{name}, NumPy / fused", f"{found['NumPy'] / found['fused']:.1f}", ">= 4"))
    if name == "CORE":
        rows.append(("CORE, fused / floor", f"{found['fused'] / found['floor']:.2f}", "<= 1.6"))
    return rows


def rows_of_core(plan: Plan, draws: int) -> Rows:
    """Return the rows of CORE alone."""
    bound = 1.0 / HEADLINE_BINS
    return [
        ("CORE, 2 threads / 1", f"{speed_of_threads(plan, 4 * draws):.2f}", ">= 1.5"),
        ("CORE, extra / first scenario", f"{extra_scenario(draws):.2f}", "<= 0.35"),
        ("CORE, replay of the worst 1 % / run", f"{replay_share(plan, draws):.2f}", "<= 0.25"),
        ("CORE, histogram / exact - 1", f"{histogram_error(plan, draws):.1e}", f"<= {bound:.1e}"),
    ]


def rows_of_memory() -> Rows:
    """Return the rows of memory."""
    few, many = peak_memory(100_000), peak_memory(4_000_000)
    return [
        ("CORE, peak memory at 100,000", f"{few:.0f} MB", "< 350 MB"),
        ("CORE, peak memory at 4,000,000 / 100,000", f"{many / few:.3f}", "<= 1.05"),
    ]


def processor() -> str:
    """Return what the processor calls itself."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else platform.machine()


def main(draws: int, *, with_memory: bool) -> None:
    """Print the table."""
    plans = {"CORE": make_plan(core()), "FULL": make_plan(full())}
    print(f"{datetime.date.today()}, {processor()}, {draws} draws\n")
    print("| what | found | wanted |\n|---|---|---|")
    steps: list[Callable[[], Rows]] = [
        *(
            lambda name=name, plan=plan: rows_of_study(name, plan, draws)
            for name, plan in plans.items()
        ),
        lambda: rows_of_core(plans["CORE"], draws),
        lambda: rows_of_edits(EDITED_DRAWS),
    ]
    for step in [*steps, *([rows_of_memory] if with_memory else [])]:
        for row in step():
            print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    stated = [one for one in sys.argv[1:] if one != "--memory"]
    main(int(stated[0]) if stated else 4096, with_memory="--memory" in sys.argv)
