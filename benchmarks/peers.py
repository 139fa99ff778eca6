"""climrisk beside other engines on two workloads that all of them can do.

Usage: python benchmarks/peers.py [--python PYTHON] [--trials N] [--rounds 3] [--out TABLE.md]

W0: 20 risks, each a PERT frequency times a PERT magnitude. pyfair multiplies the two; climrisk
does more, with Poisson counts whose rate is the uncertain frequency.
W1: 20 independent compound Poisson risks with lognormal severities, 11.1 events a year; the mean
and P99 of a year's total are held against the inverse of its characteristic function.

Each engine runs in a process of its own, the engines in turn, `--rounds` times; the best time and
the largest memory are told. Time is that of the task: imports and, for compiled code, a first run
on a few trials are not counted. Peers come from PYTHON, an interpreter that has them:

    uv venv peers && uv pip install --python peers/bin/python pyfair open-riskpy aggregate scipy
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

MANY = 20
RATES = [11.1 * (one + 1) / 210 for one in range(MANY)]
"""Events a year, from 0.05 to 1.06."""
MUS = [1.1 - 0.12 * one for one in range(MANY)]
SIGMAS = [1.4 - 0.04 * one for one in range(MANY)]
"""Rare events are large and uncertain, frequent ones small."""
FREQUENCY = {"low": 0.1, "mode": 0.5, "high": 2.0}
MAGNITUDES = [{"low": 0.1, "mode": 0.5 + 0.05 * one, "high": 4.0} for one in range(MANY)]
P99 = 0.99

Task = Callable[[int, int], tuple[float, float]]
"""From trials and seed to the mean and P99 of a year's total loss."""


def _of_climrisk(items: dict[str, Any]) -> Task:
    from climrisk import analyse
    from climrisk.names import NET, RISKS
    from climrisk.verify.studies import study_of

    study = study_of(items)

    def task(trials: int, seed: int) -> tuple[float, float]:
        found = analyse(study, draws=trials, seed=seed, outputs={"ranges"})
        total = found.sel(scenario="flat", control="current", subject=RISKS, channel=NET)
        loss = total.isel(horizon=0)
        return -float(loss["mean"]), float(loss["loss_var"].sel(level=P99))

    task(2_000, 0)
    return task


def climrisk_w0() -> Task:
    """Poisson counts with an uncertain rate, one magnitude a draw."""
    from climrisk.verify.studies import annual

    return _of_climrisk(
        {
            f"R-{one}": annual("poisson", FREQUENCY, magnitude, severity="per_draw")
            for one, magnitude in enumerate(MAGNITUDES)
        }
    )


def climrisk_w1() -> Task:
    """Poisson counts, each event drawn for itself."""
    from climrisk.verify.studies import annual

    return _of_climrisk(
        {
            f"R-{one}": annual(
                "poisson", RATES[one], {"family": "lognormal", "mu": MUS[one], "sigma": SIGMAS[one]}
            )
            for one in range(MANY)
        }
    )


def pyfair_w0() -> Task:
    """Frequency times magnitude."""
    import pyfair

    def task(trials: int, seed: int) -> tuple[float, float]:
        models = []
        for one, magnitude in enumerate(MAGNITUDES):
            model = pyfair.FairModel(f"R-{one}", n_simulations=trials, random_seed=seed + one)
            model.input_data("Loss Event Frequency", **FREQUENCY)
            model.input_data("Loss Magnitude", **magnitude)
            models.append(model)
        together = pyfair.FairMetaModel("all", models=models)
        together.calculate_all()
        total = together.export_results()["Risk"]
        return float(total.mean()), float(total.quantile(P99))

    return task


def numpy_w1() -> Task:
    """Do what one writes down first."""
    import numpy as np

    def task(trials: int, seed: int) -> tuple[float, float]:
        rng = np.random.Generator(np.random.SFC64(seed))
        total = np.zeros(trials)
        for rate, mu, sigma in zip(RATES, MUS, SIGMAS, strict=True):
            counts = rng.poisson(rate, trials)
            owner = np.repeat(np.arange(trials), counts)
            total += np.bincount(owner, rng.lognormal(mu, sigma, owner.size), trials)
        return float(total.mean()), float(np.quantile(total, P99))

    return task


def scipy_w1() -> Task:
    """Do the same with the laws of SciPy."""
    import numpy as np
    from scipy import stats

    def task(trials: int, seed: int) -> tuple[float, float]:
        rng = np.random.default_rng(seed)
        total = np.zeros(trials)
        for rate, mu, sigma in zip(RATES, MUS, SIGMAS, strict=True):
            counts = stats.poisson.rvs(rate, size=trials, random_state=rng)
            owner = np.repeat(np.arange(trials), counts)
            size = stats.lognorm.rvs(sigma, scale=math.exp(mu), size=owner.size, random_state=rng)
            total += np.bincount(owner, size, trials)
        return float(total.mean()), float(np.quantile(total, P99))

    return task


def riskpy_w1() -> Task:
    """Compound distributions."""
    import numpy as np
    from riskpy import mc

    def task(trials: int, seed: int) -> tuple[float, float]:
        rng = np.random.default_rng(seed)
        total = np.zeros(trials)
        for rate, mu, sigma in zip(RATES, MUS, SIGMAS, strict=True):
            total += mc.Compound(mc.Poisson(rate), mc.LogNormal(mu, sigma)).sample(trials, rng)
        return float(total.mean()), float(np.quantile(total, P99))

    return task


def aggregate_w1() -> Task:
    """No trials: the fast Fourier transform of the total."""
    from aggregate import build

    units = " ".join(
        f"agg R{one} {RATES[one]!r} claims "
        f"sev {math.exp(MUS[one])!r} * lognorm {SIGMAS[one]!r} poisson"
        for one in range(MANY)
    )

    def task(_trials: int, _seed: int) -> tuple[float, float]:
        portfolio = build(f"port W1 {units}", update=False)
        portfolio.update(log2=16, bs=1 / 64, add_exa=False)
        return float(portfolio.est_m), float(portfolio.q(P99))

    return task


class Engine(NamedTuple):
    """An engine on a workload."""

    workload: str
    name: str
    package: str
    make: Callable[[], Task]
    is_ours: bool = False


ENGINES = (
    Engine("W0", "climrisk", "climrisk", climrisk_w0, True),
    Engine("W0", "pyfair", "pyfair", pyfair_w0),
    Engine("W1", "climrisk", "climrisk", climrisk_w1, True),
    Engine("W1", "naive NumPy", "numpy", numpy_w1),
    Engine("W1", "scipy.stats", "scipy", scipy_w1),
    Engine("W1", "open-riskpy Compound", "open-riskpy", riskpy_w1),
    Engine("W1", "aggregate FFT 2^16", "aggregate", aggregate_w1),
)


class Found(NamedTuple):
    """What one process found."""

    seconds: float
    peak_mb: float
    mean: float
    p99: float
    version: str


def oracle(points: int = 2**18, step: float = 1 / 64) -> tuple[float, float]:
    """Return the mean of W1 in closed form and its P99 by FFT.

    Severities are put on a grid by rounding; the characteristic function of the total is
    exp(sum of rate * (that of the severity - 1)) (Panjer and Willmot 1992, section 6.3).
    """
    import numpy as np
    from scipy.special import ndtr

    edges = (np.arange(points) + 0.5) * step
    exponent = np.zeros(points // 2 + 1, dtype=complex)
    for rate, mu, sigma in zip(RATES, MUS, SIGMAS, strict=True):
        below = ndtr((np.log(edges) - mu) / sigma)
        exponent += rate * (np.fft.rfft(np.diff(below, prepend=0.0)) - 1.0)
    distribution = np.cumsum(np.fft.irfft(np.exp(exponent), points))
    at = int(np.searchsorted(distribution, P99))
    low, high = distribution[at - 1], distribution[at]
    p99 = step * (at - 0.5 + (P99 - low) / (high - low))
    mean = sum(r * math.exp(m + s * s / 2) for r, m, s in zip(RATES, MUS, SIGMAS, strict=True))
    return mean, float(p99)


def run_one(number: int, trials: int, seed: int) -> None:
    """Run one engine in this process and print what it found, as JSON."""
    from importlib.metadata import version

    engine = ENGINES[number]
    task = engine.make()
    started = time.perf_counter()
    mean, p99 = task(trials, seed)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (1e6 if sys.platform == "darwin" else 1024)
    print(json.dumps(Found(seconds, peak_mb, mean, p99, version(engine.package))))


def measured(python: str, trials: int, rounds: int) -> dict[Engine, list[Found]]:
    """Run every engine in turn, `rounds` times; absent ones are named and left out."""
    found: dict[Engine, list[Found]] = {}
    absent: set[int] = set()
    for seed in range(1, rounds + 1):
        for number, engine in enumerate(ENGINES):
            if number in absent:
                continue
            interpreter = sys.executable if engine.is_ours else python
            words = [interpreter, __file__, "--run", str(number), "--seed", str(seed)]
            done = subprocess.run(
                [*words, "--trials", str(trials)], capture_output=True, text=True, check=False
            )
            if done.returncode:
                absent.add(number)
                reason = (done.stderr.strip().splitlines() or ["no word"])[-1]
                print(f"{engine.workload} {engine.name}: left out: {reason}", file=sys.stderr)
                continue
            found.setdefault(engine, []).append(Found(*json.loads(done.stdout.splitlines()[-1])))
    return found


def table(found: dict[Engine, list[Found]], trials: int) -> str:
    """Return the results as Markdown."""
    mean, p99 = oracle()
    ours = {one.workload: min(runs).seconds for one, runs in found.items() if one.is_ours}
    lines = [
        f"{trials:,} trials, best of {max(map(len, found.values()))} interleaved runs, "
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {platform.system()}, Python "
        f"{platform.python_version()}. W1 exactly: mean {mean:.6f}, P99 {p99:.4f}.",
        "",
        "| workload | engine | task s | times climrisk | peak MB | mean error | P99 error |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for one, runs in found.items():
        best = min(runs)
        gaps = ["own model", "own model"]
        if one.workload == "W1":
            gaps = [f"{best.mean / mean - 1:+.3%}", f"{best.p99 / p99 - 1:+.3%}"]
        times = f"{best.seconds / ours[one.workload]:.1f}" if one.workload in ours else ""
        peak = max(run.peak_mb for run in runs)
        cells = [one.workload, f"{one.name} {best.version}", f"{best.seconds:.2f}", times]
        lines.append(f"| {' | '.join([*cells, f'{peak:.0f}', *gaps])} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("--trials", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="file for the table")
    parser.add_argument("--run", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run is not None:
        run_one(given.run, given.trials, given.seed)
        return
    text = table(measured(given.python, given.trials, given.rounds), given.trials)
    print(text, end="")
    if given.out is not None:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
