"""Wall time and peak memory of `climrisk run lx-technology-2023`, whole process, warm.

Usage: python benchmarks/lx_run.py [DRAWS ...]      (1, 10,000 and 100,000 by default)

A first run, not counted, leaves compiled code behind, as any first run does. The best of three is
told, with pictures and without; memory is that of the run without, for pictures are drawn in a
process of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
# bytecode must be kept between runs, as it is for everybody who does not ask otherwise
ENVIRONMENT = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measure(draws: int, picture: bool) -> tuple[float, float]:
    """Return wall time [s] and peak memory [MB] of one run."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        command = [
            sys.executable,
            "-c",
            "from climrisk.cli.main import main; main()",
            "run",
            "lx-technology-2023",
            "--draws",
            str(draws),
            "--seed",
            "1",
            "--quiet",
            "--picture" if picture else "--no-picture",
            "--out",
            str(out),
        ]
        started = time.perf_counter()
        subprocess.run(command, check=True, env=ENVIRONMENT)
        wall = time.perf_counter() - started
        record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return wall, record["peak_memory_mb"]


def main() -> None:
    """Print a line for each number of draws."""
    measure(1, True)
    print(f"{'draws':>10} {'wall s':>8} {'no picture':>10} {'us/draw':>8} {'peak MB':>8}")
    for draws in [int(one) for one in sys.argv[1:]] or [1, 10_000, 100_000]:
        with_picture = min(measure(draws, True)[0] for _ in range(ROUNDS))
        wall, memory = min(measure(draws, False) for _ in range(ROUNDS))
        print(
            f"{draws:>10,} {with_picture:>8.2f} {wall:>10.2f} {wall / draws * 1e6:>8.0f} "
            f"{memory:>8.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
