"""The tables of a run: one tidy frame for each CSV file.

Users' own texts in them are ids, which begin with a letter, sources, the notice and the currency's
label. All but ids are kept on one line and, where they begin like a formula, get a leading
apostrophe: spreadsheets run cells that begin with `=`, `+`, `-` or `@`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.domain.advice import unverified_inputs
from climrisk.domain.study import Study
from climrisk.io.matrix_table import matrix_columns, matrix_rows
from climrisk.io.paired_tables import PAIRED_COLUMNS, paired_rows
from climrisk.names import ALL_YEARS, NET, RISKS

__all__ = ["Labels", "run_labels", "run_tables", "unverified_remark"]

PERCENTILES = ("p5", "p50", "p95")
FORMULA_SIGNS = ("=", "+", "-", "@")
SUMMARY_COLUMNS = [
    "scenario",
    "model",
    "control",
    "horizon",
    "years",
    "subject",
    "line",
    "channel",
    "statistic",
    "value",
    "standard_error",
    "unit",
    "notice",
]
ANNUAL_COLUMNS = [
    "scenario",
    "control",
    "year",
    "subject",
    "channel",
    "statistic",
    "value",
    "standard_error",
    "unit",
    "notice",
]
EXCEEDANCE_COLUMNS = [
    "scenario",
    "control",
    "year",
    "subject",
    "basis",
    "convention",
    "return_period",
    "loss",
    "standard_error",
    "unit",
    "notice",
]


@dataclass(frozen=True)
class Labels:
    """What every table and picture says of itself.

    Parameters
    ----------
    unit : str
        Unit of amounts, with the price year.
    notice : str
        The study's notice and the unverified inputs in use; may be empty.
    """

    unit: str
    notice: str


def run_labels(study: Study, scenarios: tuple[str, ...]) -> Labels:
    """Return the labels of a run of `scenarios`."""
    money = study.settings.money
    stated = study.settings.notice
    parts = ["" if stated is None else stated.best(), unverified_remark(study, scenarios)]
    unit = f"{money.label} million, {money.price_year} prices"
    return Labels(unit, " ".join(filter(None, parts)))


def unverified_remark(study: Study, scenarios: tuple[str, ...]) -> str:
    """Return a sentence naming the unverified inputs in use, or nothing."""
    unchecked = [line.split(":")[0] for line in unverified_inputs(study, scenarios)]
    return f"Unverified inputs in use: {', '.join(unchecked)}." if unchecked else ""


def run_tables(results: xr.Dataset, labels: Labels) -> dict[str, pd.DataFrame]:
    """Return the frames by file name.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    labels : Labels
    """
    return {
        "summary.csv": _labelled(_summary(results), labels, SUMMARY_COLUMNS),
        "annual.csv": _labelled(_annual(results), labels, ANNUAL_COLUMNS),
        "matrix.csv": _labelled(matrix_rows(results), labels, matrix_columns(results)),
        "exceedance.csv": _labelled(_exceedance(results), labels, EXCEEDANCE_COLUMNS),
        **{
            name: _labelled(rows, labels, PAIRED_COLUMNS[name])
            for name, rows in paired_rows(results).items()
        },
    }


def _labelled(frame: pd.DataFrame, labels: Labels, columns: list[str]) -> pd.DataFrame:
    stated = frame["unit"] if "unit" in frame else pd.Series("", index=frame.index)
    unit = stated.where(stated == "1", _as_text(labels.unit))
    if "source" in frame:
        frame = frame.assign(source=frame["source"].map(_as_text))
    return frame.assign(unit=unit, notice=_as_text(labels.notice))[columns]


def _as_text(text: str) -> str:
    """Return a user's text so that it is one line, and no formula, in a spreadsheet."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA_SIGNS) else line


def _long(
    value: xr.DataArray, error: xr.DataArray | None, statistic: str, unit: str = ""
) -> pd.DataFrame:
    """Return a row for each value that is there, with its standard error."""
    frame = value.to_dataframe("value").reset_index()
    frame["standard_error"] = np.nan if error is None else error.to_numpy().ravel()
    return frame.dropna(subset="value").assign(statistic=statistic, unit=unit)


def _sum_parts(results: xr.Dataset) -> Iterator[pd.DataFrame]:
    for name in ("mean", "mean_change", "sd"):
        yield _long(results[name], results[f"{name}_se"], name)
    for position, name in enumerate(PERCENTILES):
        at = {"quantile": position}
        yield _long(results["percentile"].isel(at), results["percentile_se"].isel(at), name)
    for position, level in enumerate(results["level"].to_numpy()):
        at = {"level": position}
        for name in ("loss_var", "loss_tvar"):
            yield _long(
                results[name].isel(at), results[f"{name}_se"].isel(at), f"{name}{level * 100:.0f}"
            )
    yield _long(results["probability"], results["probability_se"], "probability", "1").assign(
        channel=NET
    )
    yield _breaches(results, "breach_probability")


def _breaches(results: xr.Dataset, name: str) -> pd.DataFrame:
    rows = _long(results[name], results[f"{name}_se"], "breach_probability", "1")
    return rows.rename(columns={"curve": "subject"}).assign(channel=NET)


def _value_parts(results: xr.Dataset) -> Iterator[pd.DataFrame]:
    yield _long(results["npv_mean"], results["npv_mean_se"], "npv_mean")
    for position, name in enumerate(PERCENTILES):
        at = {"quantile": position}
        yield _long(
            results["npv_percentile"].isel(at), results["npv_percentile_se"].isel(at), f"npv_{name}"
        )


def _summary(results: xr.Dataset) -> pd.DataFrame:
    sums = pd.concat(list(_sum_parts(results)), ignore_index=True)
    spans = results["horizon_years"].to_series()
    sums["years"] = sums["horizon"].map(spans)
    values = pd.concat(list(_value_parts(results)), ignore_index=True)
    values = values.assign(horizon=ALL_YEARS, years=results.sizes["year"], channel=NET)
    return _ordered(pd.concat([sums, values], ignore_index=True), results).assign(
        model="all", line="all"
    )


def _annual(results: xr.Dataset) -> pd.DataFrame:
    parts = [_long(results["annual_mean"], results["annual_mean_se"], "mean")]
    for position, name in enumerate(PERCENTILES):
        at = {"quantile": position}
        part = _long(
            results["annual_percentile"].isel(at), results["annual_percentile_se"].isel(at), name
        )
        parts.append(part.rename(columns={"headline": "subject"}).assign(channel=NET))
    parts.append(_breaches(results, "annual_breach_probability"))
    return _ordered(pd.concat(parts, ignore_index=True), results)


def _ordered(
    frame: pd.DataFrame,
    results: xr.Dataset,
    keys: tuple[str, ...] = ("scenario", "control", "year", "horizon", "subject", "channel"),
) -> pd.DataFrame:
    """Sort rows by those of the keys that they have, in the order of the results."""
    there = [name for name in keys if name in frame]
    ranked = frame.copy()
    for name in there:
        known = [*results[name].to_numpy().tolist(), ALL_YEARS]
        ranked[name] = frame[name].map({value: place for place, value in enumerate(known)})
    return frame.loc[ranked.sort_values(there, kind="stable").index].reset_index(drop=True)


def _exceedance(results: xr.Dataset) -> pd.DataFrame:
    chances = _long(results["exceedance_loss"], results["exceedance_loss_se"], "")
    events = _long(
        results["exceedance_frequency_loss"], results["exceedance_frequency_loss_se"], ""
    )
    both = pd.concat(
        [
            chances.assign(convention="probability"),
            events.assign(convention="frequency", curve=RISKS, basis="OEP"),
        ],
        ignore_index=True,
    )
    ordered = _ordered(both, results, ("scenario", "control", "curve", "curve_year", "basis"))
    return ordered.rename(columns={"curve": "subject", "curve_year": "year", "value": "loss"})
