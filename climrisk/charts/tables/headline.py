"""The answer first: the range of total net in each horizon, and the chance of breach."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels
from climrisk.charts.table import Axis, ChartTable, Rule
from climrisk.charts.tables.assembly import assembled, level_axis, ranges_of
from climrisk.charts.tables.selection import QUANTILE_NAMES, chosen, has_items
from climrisk.i18n import percent
from climrisk.names import CURRENT, NET, TOTAL

__all__ = ["headline_table"]


def headline_table(
    results: xr.Dataset, labels: StudyLabels, *, scenario: str, control: str = CURRENT
) -> ChartTable:
    """Return the range of total net a year in each horizon.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    labels : StudyLabels
    scenario, control : str
        Which world.

    Raises
    ------
    ValueError
        If an id is not in the results.
    """
    data = _figures(results, scenario, control)
    names = tuple(labels.horizon(name) for name in data["horizon"])
    texts = tuple(_text(labels, row) for _, row in data.iterrows())
    last = data.iloc[-1]
    said = {
        "scenario": labels.scenario(scenario),
        "horizon": names[-1],
        "range": labels.money_range(last["p5"], last["p95"]),
        "mean": labels.money(last["mean"]),
        "ranges": labels.say("chart.separator").join(
            labels.say("chart.pair", name=name, value=text)
            for name, text in zip(names, texts, strict=True)
        ),
    }
    return assembled(
        labels,
        "headline",
        title=labels.say("chart.headline.title", **said),
        subtitle=labels.subtitle(
            labels.scenario(scenario), labels.word("control", control), unit=labels.unit_a_year
        ),
        alt=lambda: labels.say("chart.headline.alt", **said),
        x=Axis(labels.say("chart.axis.effect", unit=labels.unit_a_year)),
        y=level_axis(names),
        marks=lambda: (
            ranges_of(data, ["total"] * len(data), texts),
            Rule("x", 0.0, role="neutral"),
        ),
        data=data,
        unit=labels.unit_a_year,
        notes=labels.notes(labels.say("chart.range_key"), labels.say("chart.sign")),
        empty=None if has_items(results) else labels.say("chart.empty"),
    )


def _figures(results: xr.Dataset, scenario: str, control: str) -> pd.DataFrame:
    world = {"scenario": scenario, "control": control}
    total = {**world, "subject": TOTAL, "channel": NET}
    years = results["horizon_years"].to_numpy().astype(np.float64)
    percentiles = chosen(results, "percentile", **total) / years[:, np.newaxis]
    mean, error = (chosen(results, key, **total) / years for key in ("mean", "mean_se"))
    return pd.DataFrame(
        {
            "horizon": results["horizon"].to_numpy(),
            **dict(zip(QUANTILE_NAMES, percentiles.T, strict=True)),
            "mean": mean,
            "mean_se": error,
            "breach": chosen(results, "breach_probability", **world, curve=TOTAL),
            "breach_se": chosen(results, "breach_probability_se", **world, curve=TOTAL),
        }
    )


def _text(labels: StudyLabels, row: pd.Series[Any]) -> str:
    return labels.say(
        "chart.headline.text",
        range=labels.money_range(row["p5"], row["p95"]),
        breach=percent(row["breach"]),
    )
