"""The tables of a run: one tidy frame for each CSV file.

Users' own texts in them are ids, which begin with a letter, sources, the notice and the currency's
label. All but ids are kept on one line and, where they begin like a formula, get a leading
apostrophe: spreadsheets run cells that begin with `=`, `+`, `-` or `@`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.domain.advice import unverified_inputs
from climrisk.domain.study import Study
from climrisk.io.emission_tables import EMISSION_COLUMNS, emission_rows, target_rows
from climrisk.io.figure_rows import Figure, coded, constant, figure_rows
from climrisk.io.matrix_table import matrix_columns, matrix_rows
from climrisk.io.paired_tables import PAIRED_COLUMNS, paired_rows
from climrisk.names import ALL_YEARS, NET, RISKS

__all__ = ["Labels", "pictured_tables", "run_labels", "run_tables", "unverified_remark"]

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


def pictured_tables(results: xr.Dataset, labels: Labels) -> dict[str, pd.DataFrame]:
    """Return those of `run_tables` that the pictures of a run are drawn from.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    labels : Labels
    """
    matrix = _labelled(matrix_rows(results), labels, matrix_columns(results))
    targets = target_rows(results)
    if targets is None:
        return {"matrix.csv": matrix}
    told = _noticed(targets, labels, EMISSION_COLUMNS["targets.csv"])
    return {"matrix.csv": matrix, "targets.csv": told}


def run_tables(
    results: xr.Dataset, labels: Labels, pictured: Mapping[str, pd.DataFrame] | None = None
) -> dict[str, pd.DataFrame]:
    """Return the frames by file name.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    labels : Labels
    pictured : mapping of file name to DataFrame, optional
        As `pictured_tables` returns them, where they are there already.
    """
    return {
        "summary.csv": _labelled(_summary(results), labels, SUMMARY_COLUMNS),
        "annual.csv": _labelled(_annual(results), labels, ANNUAL_COLUMNS),
        "exceedance.csv": _labelled(_exceedance(results), labels, EXCEEDANCE_COLUMNS),
        **{
            name: _labelled(rows, labels, PAIRED_COLUMNS[name])
            for name, rows in paired_rows(results).items()
        },
        **{
            name: _noticed(rows, labels, EMISSION_COLUMNS[name])
            for name, rows in emission_rows(results).items()
        },
        **(pictured_tables(results, labels) if pictured is None else pictured),
    }


def _labelled(frame: pd.DataFrame, labels: Labels, columns: list[str]) -> pd.DataFrame:
    unit, notice = _as_text(labels.unit), constant(_as_text(labels.notice), len(frame))
    if "source" in frame:
        frame = frame.assign(source=frame["source"].map(_as_text))
    told = constant(unit, len(frame))
    if "unit" in frame:
        share = (frame["unit"] == "1").to_numpy()
        told = coded(share.astype(np.int8), [unit, "1"])
    return frame.assign(unit=told, notice=notice)[columns]


def _noticed(frame: pd.DataFrame, labels: Labels, columns: list[str]) -> pd.DataFrame:
    """Return a frame whose rows have units of their own."""
    if "metric" in frame:
        frame = frame.assign(metric=frame["metric"].map(_as_text))
    texts = frame.assign(unit=frame["unit"].map(_as_text), notice=_as_text(labels.notice))
    return texts.reindex(columns=columns)


def _as_text(text: str) -> str:
    """Return a user's text so that it is one line, and no formula, in a spreadsheet."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA_SIGNS) else line


def _long(value: xr.DataArray, error: xr.DataArray) -> pd.DataFrame:
    """Return a row for each value that is there, with its standard error."""
    frame = value.to_dataframe("value").reset_index()
    frame["standard_error"] = error.to_numpy().ravel()
    return frame.dropna(subset="value")


def _percentiles(variable: str, prefix: str = "") -> list[Figure]:
    return [
        Figure(f"{prefix}{name}", variable, {"quantile": position})
        for position, name in enumerate(PERCENTILES)
    ]


def _summary(results: xr.Dataset) -> pd.DataFrame:
    tails = [
        Figure(f"{name}{level * 100:.0f}", name, {"level": position})
        for position, level in enumerate(results["level"].to_numpy())
        for name in ("loss_var", "loss_tvar")
    ]
    figures = [
        *(Figure(name, name) for name in ("mean", "mean_change", "sd")),
        *_percentiles("percentile"),
        *tails,
        Figure("probability", "probability", unit="1"),
        Figure("breach_probability", "breach_probability", unit="1"),
        Figure("npv_mean", "npv_mean"),
        *_percentiles("npv_percentile", "npv_"),
    ]
    axes = _axes(results, "scenario", "control", "horizon", "subject", "channel")
    rows = figure_rows(results, axes, figures)
    spans = [*results["horizon_years"].to_numpy().tolist(), results.sizes["year"]]
    years = np.array(spans)[rows["horizon"].cat.codes.to_numpy()]
    every = constant("all", len(rows))
    told = rows.assign(years=years, model=every, line=every)
    if "model_mean" not in results:
        return told
    return pd.concat([told, _by_model(results)], ignore_index=True)


def _by_model(results: xr.Dataset) -> pd.DataFrame:
    """Return the mean of each model's draws; models without draws are left out."""
    rows = _long(results["model_mean"], results["model_mean_se"])
    spans = dict(
        zip(results["horizon"].to_numpy(), results["horizon_years"].to_numpy(), strict=True)
    )
    named = rows.rename(columns={"model_subject": "subject"})
    years = named["horizon"].map(spans).astype(np.int64)
    return named.assign(years=years, line="all", channel=NET, statistic="mean", unit="")


def _annual(results: xr.Dataset) -> pd.DataFrame:
    figures = [
        Figure("mean", "annual_mean"),
        *_percentiles("annual_percentile"),
        Figure("breach_probability", "annual_breach_probability", unit="1"),
    ]
    axes = _axes(results, "scenario", "control", "year", "subject", "channel")
    return figure_rows(results, axes, figures)


def _axes(results: xr.Dataset, *names: str) -> dict[str, list[Any]]:
    """Return the labels of the axes, in the order of the results; all years after the horizons."""
    axes = {name: results[name].to_numpy().tolist() for name in names}
    return axes | ({"horizon": [*axes["horizon"], ALL_YEARS]} if "horizon" in axes else {})


def _exceedance(results: xr.Dataset) -> pd.DataFrame:
    chances = _long(results["exceedance_loss"], results["exceedance_loss_se"])
    events = _long(results["exceedance_frequency_loss"], results["exceedance_frequency_loss_se"])
    both = pd.concat(
        [
            chances.assign(convention="probability"),
            events.assign(convention="frequency", curve=RISKS, basis="OEP"),
        ],
        ignore_index=True,
    )
    keys = ["scenario", "control", "curve", "curve_year", "basis"]
    place = {name: {one: n for n, one in enumerate(results[name].to_numpy())} for name in keys}
    ordered = both.sort_values(keys, kind="stable", key=lambda one: one.map(place[str(one.name)]))
    return ordered.rename(columns={"curve": "subject", "curve_year": "year", "value": "loss"})
