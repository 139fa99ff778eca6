"""How fast a batch of LX runs goes with one and with two processes, and where the time is spent.

`python benchmarks/batches.py [RUNS [DRAWS]]`. The rate and the ratio depend on what else the
machine does, so its load is printed beside them; processor time hardly does.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from climrisk.batch import Batch, plan_batch, run_batch
from climrisk.io.batch_manifest import read_manifest

VARIED = {
    "scenarios.*.drivers.carbon_price": {"scale": {"low": 0.5, "high": 2.0}},
    "register.R-ACU-1.likelihood": {"scale": {"low": 0.5, "high": 2.0}},
    "discount_rate": {"low": 0.05, "high": 0.11},
}


def processor_seconds() -> tuple[float, float]:
    """Return processor time of this process, and of those that it waited for [s]."""
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF,
                                                        resource.RUSAGE_CHILDREN))  # fmt: skip
    return mine.ru_utime + mine.ru_stime, theirs.ru_utime + theirs.ru_stime


def main(runs: str = "40", draws: str = "1000") -> None:
    """Print a line for one and for two processes."""
    started = time.perf_counter()
    batch = Batch(
        study="lx-technology-2023",
        draws=int(draws),
        vary=VARIED,
        design="latin_hypercube",
        points=int(runs) - 1,
        scenarios=("net_zero_2050", "current_policies"),
    )
    plan = plan_batch(batch)
    print(f"planning {runs} runs: {time.perf_counter() - started:.1f} s")
    rates = []
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            before, began = processor_seconds(), time.perf_counter()
            run_batch(plan, Path(folder) / "out", workers=workers)
            seconds = time.perf_counter() - began
            spent = [b - a for a, b in zip(before, processor_seconds(), strict=True)]
            lines = read_manifest(Path(folder) / "out" / "manifest.jsonl")
        rates.append(60.0 * int(runs) / seconds)
        print(
            f"{workers} process{'es' if workers > 1 else ''}: {rates[-1]:.1f} runs a minute, "
            f"{seconds:.0f} s; processor time {spent[1] / int(runs):.3f} s a run in processes, "
            f"{spent[0] / int(runs):.3f} s in the one that writes; "
            f"fastest run {min(line['seconds'] for line in lines):.2f} s, "
            f"largest process {max(line['peak_memory_mb'] for line in lines):.0f} MB; "
            f"load {os.getloadavg()[0]:.1f}"
        )
    print(f"two against one: {rates[1] / rates[0]:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
