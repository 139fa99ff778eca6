"""A batch from its file: what the carbon price does to the present value of net.

Run it with `python examples/batch_sweep.py FOLDER [DRAWS]`; FOLDER must not exist.
"""

from __future__ import annotations

import sys
from pathlib import Path

from climrisk.batch import open_batch, plan_batch, read_batch, run_batch

SWEEP = Path(__file__).parent / "lx-sweep.yaml"
SHOWN = ["run", "scenario", "npv_mean", "npv_difference", "npv_difference_se"]


def main(folder: str, draws: str = "20000") -> None:
    """Run the sweep and print what it found."""
    stated = read_batch(SWEEP).batch
    run_batch(plan_batch(stated.model_copy(update={"draws": int(draws)})), folder)
    found = open_batch(folder)
    print(found.headline()[SHOWN].to_string(index=False))
    net = found.dataset()["summary"].sel(subject="total", channel="net", control="current")
    print(net.sel(statistic="mean", horizon="long").to_pandas().round(1))


if __name__ == "__main__":
    main(*sys.argv[1:])
