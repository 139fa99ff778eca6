"""Rows of `differences.csv`, `inputs.csv` and `measures.csv`, where the results hold them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

__all__ = ["PAIRED_COLUMNS", "paired_rows"]

FIRST_INPUTS: Final = 10
"""Inputs told of each scenario, control and horizon."""
PERCENTILES: Final = ("p5", "p50", "p95")
PAIRED_COLUMNS: Final[dict[str, list[str]]] = {
    "differences.csv": [
        "scenario",
        "control",
        "against_scenario",
        "against_control",
        "horizon",
        "years",
        "statistic",
        "value",
        "standard_error",
        "unit",
        "notice",
    ],
    "inputs.csv": [
        "scenario",
        "control",
        "horizon",
        "rank",
        "input",
        "share",
        "standard_error",
        "basis",
        "source",
        "unit",
        "notice",
    ],
    "measures.csv": [
        "scenario",
        "measure",
        "horizon",
        "years",
        "statistic",
        "mean",
        "p5",
        "p50",
        "p95",
        "standard_error",
        "unit",
        "remark",
        "notice",
    ],
}


def paired_rows(results: xr.Dataset) -> dict[str, pd.DataFrame]:
    """Return the rows by file name, without notice; `unit` is `1` where it is not money.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it; files whose output was left out are left out.
    """
    found: dict[str, pd.DataFrame] = {}
    if "difference_mean" in results:
        found["differences.csv"] = _differences(results)
    if "input_share" in results:
        found["inputs.csv"] = _inputs(results)
    if "measure_mean" in results:
        found["measures.csv"] = _measures(results)
    return found


def _differences(results: xr.Dataset) -> pd.DataFrame:
    parts = []
    for variable, statistic, unit in (
        ("difference_mean", "mean", ""),
        ("difference_exceeds", "probability_exceeds", "1"),
    ):
        frame = results[[variable, f"{variable}_se"]].to_dataframe(("pair", "horizon"))
        frame = frame.rename(columns={variable: "value", f"{variable}_se": "standard_error"})
        parts.append(frame.reset_index().assign(statistic=statistic, unit=unit))
    rows = pd.concat(parts).rename(columns=lambda name: name.removeprefix("pair_"))
    rows = rows.rename(columns={"horizon_years": "years"})
    place = {name: number for number, name in enumerate(results["horizon"].to_numpy())}
    order = rows.assign(horizon=rows["horizon"].map(place))
    return rows.iloc[np.lexsort((order["horizon"], order["pair"]))].reset_index(drop=True)


def _inputs(results: xr.Dataset) -> pd.DataFrame:
    keys = ["scenario", "control", "input_horizon"]
    frame = results[["input_share", "input_share_se"]].to_dataframe((*keys, "input"))
    frame = frame.dropna(subset="input_share").reset_index()
    # the largest first; inputs that explain alike stay in their order
    by_share = frame.sort_values("input_share", ascending=False, kind="stable")
    frame["rank"] = by_share.groupby(keys, sort=False).cumcount() + 1
    first = frame[frame["rank"] <= FIRST_INPUTS].reset_index(names="place")
    first["group"] = first.groupby(keys, sort=False).ngroup()
    first = first.sort_values(["group", "rank"]).reset_index(drop=True)
    names = {
        "input_horizon": "horizon",
        "input_share": "share",
        "input_share_se": "standard_error",
        "input_basis": "basis",
        "input_source": "source",
    }
    return first.rename(columns=names).assign(unit="1")


def _measures(results: xr.Dataset) -> pd.DataFrame:
    order = ("scenario", "measure", "measure_horizon", "measure_statistic")
    chosen = results[["measure_mean", "measure_mean_se", "measure_remark"]]
    ranges = {
        name: results["measure_percentile"].isel(quantile=position, drop=True)
        for position, name in enumerate(PERCENTILES)
    }
    names = {
        "measure_horizon": "horizon",
        "measure_years": "years",
        "measure_statistic": "statistic",
        "measure_mean": "mean",
        "measure_mean_se": "standard_error",
        "measure_remark": "remark",
    }
    frame = chosen.assign(ranges).to_dataframe(order).reset_index().rename(columns=names)
    return frame.assign(unit=np.where(frame["statistic"] == "ratio", "1", ""))
