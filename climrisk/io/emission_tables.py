"""Rows of `emissions.csv`, `targets.csv` and `abatement.csv`, where the results hold them."""

from __future__ import annotations

from typing import Final

import pandas as pd
import xarray as xr

__all__ = ["EMISSION_COLUMNS", "emission_rows", "target_rows"]

PERCENTILES: Final = ("p5", "p50", "p95")
WHOLE: Final = ("base_year", "target_year", "year", "stated_decimals")
"""Columns of whole numbers, some of them empty."""
EMISSION_COLUMNS: Final[dict[str, list[str]]] = {
    "emissions.csv": [
        "scenario",
        "control",
        "year",
        "scope",
        "category",
        "site",
        "source",
        "factor_set",
        "basis",
        "statistic",
        "value",
        "standard_error",
        "unit",
        "notice",
    ],
    "targets.csv": [
        "target",
        "metric",
        "unit",
        "kind",
        "base_year",
        "base_value",
        "target_year",
        "limit",
        "stated_decimals",
        "scenario",
        "control",
        "year",
        "basis",
        "projected_p5",
        "projected_p50",
        "projected_p95",
        "probability_met_stated",
        "probability_met_unrounded",
        "status",
        "projected_p50_se",
        "probability_met_stated_se",
        "probability_met_unrounded_se",
        "first_missed",
        "first_missed_se",
        "needed_cut",
        "needed_cut_se",
        "notice",
    ],
    "abatement.csv": [
        "scenario",
        "measure",
        "method",
        "statistic",
        "value",
        "standard_error",
        "unit",
        "notice",
    ],
}


def emission_rows(results: xr.Dataset) -> dict[str, pd.DataFrame]:
    """Return the rows of `emissions.csv` and `abatement.csv` by file name, without notice.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it; files without anything to tell are left out.
    """
    found: dict[str, pd.DataFrame] = {}
    emissions = [*_stated(results), *_projected(results)]
    if emissions:
        found["emissions.csv"] = pd.concat(emissions, ignore_index=True).assign(unit="tCO2e")
    if "abatement" in results:
        found["abatement.csv"] = _abatement(results)
    return found


def target_rows(results: xr.Dataset) -> pd.DataFrame | None:
    """Return the rows of `targets.csv`, without notice; None without any target.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    """
    targets = [*_target_bases(results), *_targets(results), *_unmeasured(results)]
    if not targets:
        return None
    return pd.concat(targets, ignore_index=True).astype(dict.fromkeys(WHOLE, "Int64"))


def _stated(results: xr.Dataset) -> list[pd.DataFrame]:
    """Return the rows of past years; no scenario and no control."""
    if "stated_emission" not in results:
        return []
    frame = results["stated_emission"].to_dataframe().reset_index(drop=True)
    frame = frame.rename(columns=lambda name: name.removeprefix("stated_"))
    return [frame.rename(columns={"emission": "value"}).assign(statistic="value")]


def _projected(results: xr.Dataset) -> list[pd.DataFrame]:
    if "emission_mean" not in results:
        return []
    parts = [_long(results, "emission_mean", "emission_line", "mean")]
    for position, name in enumerate(PERCENTILES):
        at = results.isel(quantile=position, drop=True)
        parts.append(_long(at, "emission_percentile", "ranged_line", name))
    about = pd.DataFrame(
        {
            name: results[f"emission_{name}"].to_numpy()
            for name in ("label", "category", "site", "source", "factor_set")
        },
        index=pd.Index(results["emission_line"].to_numpy(), name="line"),
    )
    rows = pd.concat(parts, ignore_index=True)
    for key in ("scenario", "control"):
        rows[key] = pd.Categorical(rows[key], results[key].to_numpy().tolist())
    rows["line"] = pd.Categorical(rows["line"], about.index.tolist())
    rows = rows.sort_values(["scenario", "control", "year", "line"], kind="stable")
    told = rows.astype({"line": str}).join(about, on="line").rename(columns={"label": "scope"})
    return [told.assign(basis="projected").astype({"scenario": str, "control": str})]


def _long(results: xr.Dataset, variable: str, line: str, statistic: str) -> pd.DataFrame:
    frame = results[[variable, f"{variable}_se"]].to_dataframe(
        ("scenario", "control", "year", line)
    )
    names = {variable: "value", f"{variable}_se": "standard_error", line: "line"}
    kept = ["scenario", "control", "year", "line", "value", "standard_error"]
    return frame.reset_index().rename(columns=names)[kept].assign(statistic=statistic)


ABOUT: Final = {
    "metric": "target_metric",
    "unit": "target_unit",
    "kind": "target_kind",
    "base_year": "target_base_year",
    "base_value": "target_base",
    "target_year": "target_target_year",
    "stated_decimals": "target_decimals",
}
"""Columns of a target that stand in each of its rows, by name of the coordinate."""
FIGURES: Final = {
    "probability_met_stated": "target_met_stated",
    "probability_met_stated_se": "target_met_stated_se",
    "probability_met_unrounded": "target_met_unrounded",
    "probability_met_unrounded_se": "target_met_unrounded_se",
    "first_missed": "target_first_missed",
    "first_missed_se": "target_first_missed_se",
    "needed_cut": "target_needed_cut",
    "needed_cut_se": "target_needed_cut_se",
    "status": "target_status",
}


def _about(results: xr.Dataset) -> pd.DataFrame:
    """Return what is the same in each row of a target, by its id."""
    found = {column: results[name].to_numpy() for column, name in ABOUT.items()}
    index = pd.Index(results["target"].to_numpy(), name="target")
    return pd.DataFrame(found, index=index)


def _target_bases(results: xr.Dataset) -> list[pd.DataFrame]:
    """Return each target's base year: as stated, then recalculated; no scenario and no control."""
    if "target_met_stated" not in results:
        return []
    about = _about(results).reset_index()
    limit = results["target_limit_stated"].to_numpy()
    rows = about.assign(year=about["base_year"], status="base_year", limit=limit)
    stated = rows.assign(base_value=results["target_base_stated"].to_numpy(), basis="reported")
    return [stated.dropna(subset="base_value"), rows.assign(basis="recalculated")]


def _targets(results: xr.Dataset) -> list[pd.DataFrame]:
    if "target_met_stated" not in results:
        return []
    order = ("target", "scenario", "control", "year")
    own = {column: results[name] for column, name in FIGURES.items()}
    for position, name in enumerate(PERCENTILES):
        own[f"projected_{name}"] = results["target_percentile"].isel(quantile=position, drop=True)
    median = results["target_percentile_se"].isel(quantile=PERCENTILES.index("p50"), drop=True)
    chosen = xr.Dataset({**own, "projected_p50_se": median, "limit": results["target_limit"]})
    frame = chosen.drop_vars(ABOUT.values(), errors="ignore").to_dataframe(order).reset_index()
    rows = frame.join(_about(results), on="target")
    past = rows["year"] > rows["target_year"]
    return [rows.assign(basis=past.map({True: "assumption", False: "projected"}))]


def _unmeasured(results: xr.Dataset) -> list[pd.DataFrame]:
    """Return the targets without a figure, such as those in words: no status, never a good one."""
    if "unmeasured_reason" not in results:
        return []
    frame = results["unmeasured_reason"].to_dataframe().reset_index()
    named = frame.rename(columns=lambda name: name.removeprefix("unmeasured_"))
    return [named.assign(basis="reported", unit="", status="no_status")]


def _abatement(results: xr.Dataset) -> pd.DataFrame:
    order = ("scenario", "abating_measure", "scope_2", "abatement_statistic")
    frame = results[["abatement", "abatement_se"]].to_dataframe(order).reset_index()
    names = {
        "abating_measure": "measure",
        "scope_2": "method",
        "abatement_statistic": "statistic",
        "abatement": "value",
        "abatement_se": "standard_error",
        "abatement_unit": "unit",
    }
    return frame.rename(columns=names).dropna(subset="value").reset_index(drop=True)
