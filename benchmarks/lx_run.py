"""Wall time and peak memory of `climrisk run lx-technology-2023`, whole process.

Usage: python benchmarks/lx_run.py [DRAWS ...]      (10,000 and 100,000 by default)
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measure(draws: int) -> tuple[float, float]:
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
            "--no-picture",
            "--out",
            str(out),
        ]
        started = time.perf_counter()
        subprocess.run(command, check=True)
        wall = time.perf_counter() - started
        record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return wall, record["peak_memory_mb"]


def main() -> None:
    """Print a line for each number of draws."""
    print(f"{'draws':>10} {'wall s':>8} {'us/draw':>8} {'peak MB':>8}")
    for draws in [int(one) for one in sys.argv[1:]] or [10_000, 100_000]:
        wall, memory = measure(draws)
        print(f"{draws:>10,} {wall:>8.1f} {wall / draws * 1e6:>8.0f} {memory:>8.0f}", flush=True)


if __name__ == "__main__":
    main()
