"""Time and memory of counting beside simulating, by one thread, for LX or another study.

Usage: python benchmarks/counting.py [STUDY] [DRAWS ...]      (LX; 4,096 and 65,536 by default)

Processor time, the best of three, so that other work on the machine disturbs little.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import climrisk
from climrisk.analysis.outputs import MATRIX, OUTPUTS
from climrisk.analysis.planning import planned_run
from climrisk.analysis.tallies import Tallies
from climrisk.engine.kernels import kernel_name, simulated_block
from climrisk.engine.plan import Plan

SEED, REPEATS, WARM = 1, 3, 1024


def best(work: Callable[[], object]) -> float:
    """Return the shortest processor time of a piece of work [s]."""
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def counted(plan: Plan, outputs: frozenset[str], draws: int) -> Tallies:
    """Return tallies of so many draws."""
    tallies = Tallies(plan, outputs)
    for start in range(0, draws, 4096):
        tallies.add(SEED, range(start, min(start + 4096, draws)), lambda several: None)
    return tallies


def main() -> None:
    """Print a line for each number of draws."""
    name = next((one for one in sys.argv[1:] if not one.isdecimal()), "lx-technology-2023")
    plan = planned_run(climrisk.read_study(name))
    counted(plan, OUTPUTS, WARM)
    print(f"{name}, {kernel_name()} kernel, one thread, microseconds of processor time a draw")
    print(f"{'draws':>10} {'simulate':>9} {'+ matrix':>9} {'+ all':>9} {'tallies MB':>11}")
    for draws in [int(one) for one in sys.argv[1:] if one.isdecimal()] or [4_096, 65_536]:
        alone = best(lambda n=draws: [None for _ in simulated_block(plan, SEED, range(n))])
        matrix = best(lambda n=draws: counted(plan, frozenset({MATRIX}), n))
        everything = best(lambda n=draws: counted(plan, OUTPUTS, n))
        held = counted(plan, OUTPUTS, draws).nbytes / 1e6
        times = "".join(f"{1e6 * one / draws:>10.1f}" for one in (alone, matrix, everything))
        print(f"{draws:>10,}{times}{held:>12.1f}", flush=True)


if __name__ == "__main__":
    main()
