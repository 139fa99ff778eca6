"""Write `lx.json` anew: only on purpose, with a line in the changelog saying what moved and why.

python tests/golden/update.py
"""

from __future__ import annotations

import json
from pathlib import Path

import xarray as xr

import climrisk

FILE = Path(__file__).with_name("lx.json")
DRAWS, SEED = 2000, 1


def figures() -> dict[str, float]:
    """Return the golden figures of the LX study by a readable key."""
    found = climrisk.analyse(climrisk.read_study("lx-technology-2023"), draws=DRAWS, seed=SEED)
    return {**_by_scenario(found), **_by_item(found), **_curve(found)}


def _by_scenario(found: xr.Dataset) -> dict[str, float]:
    net = found.sel(channel="net")
    total = {"subject": "total", "control": "current"}
    figures: dict[str, float] = {}
    for name in map(str, found["scenario"].to_numpy()):
        one = net.sel(scenario=name)
        figures |= {
            f"{name}/total long mean": one["mean"].sel(**total, horizon="long"),
            f"{name}/total long mean_change": one["mean_change"].sel(**total, horizon="long"),
            f"{name}/total medium p5": one["percentile"].sel(
                **total, horizon="medium", quantile=0.05
            ),
            f"{name}/risks long loss_tvar95": one["loss_tvar"].sel(
                subject="risks", control="residual", horizon="long", level=0.95
            ),
            f"{name}/total npv_mean": one["npv_mean"].sel(subject="total", control="residual"),
        }
    return {key: float(value) for key, value in figures.items()}


def _by_item(found: xr.Dataset) -> dict[str, float]:
    one = found.sel(scenario="net_zero_2050", control="current", horizon="medium")
    figures: dict[str, float] = {}
    for name in map(str, found["item"].to_numpy()):
        figures |= {
            f"{name} medium mean_se": one["mean_se"].sel(subject=name, channel="net"),
            f"{name} medium probability": one["probability"].sel(subject=name),
            f"{name} medium rank_tail": one["rank_tail"].sel(item=name),
        }
    return {key: float(value) for key, value in figures.items()}


def _curve(found: xr.Dataset) -> dict[str, float]:
    one = found["exceedance_loss"].sel(
        scenario="high_warming", control="current", curve="risks", curve_year=2030
    )
    return {
        f"high_warming/{basis} 2030 {period} years": float(
            one.sel(basis=basis, return_period=period)
        )
        for basis in ("AEP", "OEP")
        for period in (10, 100)
    }


if __name__ == "__main__":
    text = json.dumps(figures(), indent=2, ensure_ascii=False)
    FILE.write_text(text + "\n", encoding="utf-8")
