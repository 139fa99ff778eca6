"""Fan of a target's metric by year, with its limit and the chance of meeting it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from climrisk.charts.caption import printable
from climrisk.charts.labels import StudyLabels
from climrisk.charts.table import Axis, Band, ChartTable, Line, Mark, Rule
from climrisk.charts.tables.assembly import assembled
from climrisk.charts.tables.selection import QUANTILE_NAMES
from climrisk.i18n import percent, significant

__all__ = ["target_table"]

NEEDED = ("target", "scenario", "year", *QUANTILE_NAMES, "limit", "probability")


def target_table(
    projected: pd.DataFrame,
    labels: StudyLabels,
    *,
    target: str,
    scenario: str,
    title: str,
    unit: str,
    target_year: int,
) -> ChartTable:
    """Return the projected metric of one target in one scenario.

    Parameters
    ----------
    projected : DataFrame
        Columns `target, scenario, year, p5, p50, p95, limit, probability`: the metric in the
        target's unit, and the chance of meeting the limit in that year.
    labels : StudyLabels
    target, scenario : str
        Which rows.
    title, unit : str
        The target in the reader's words, and the unit of its metric.
    target_year : int

    Raises
    ------
    ValueError
        If a column is missing or there is no row for the target and scenario.
    """
    data = _rows(projected, target, scenario)
    at = data[data["year"] == target_year]
    row = at.iloc[0] if len(at) else data.iloc[-1]
    said = {
        "title": printable(title),
        "scenario": labels.scenario(scenario),
        "year": int(row["year"]),
        "limit": significant(row["limit"], 3),
        "unit": printable(unit),
        "low": significant(row["p5"], 3),
        "high": significant(row["p95"], 3),
        "share": percent(row["probability"]),
    }
    return assembled(
        labels,
        "target",
        title=labels.say("chart.target.title", **said),
        subtitle=" · ".join((printable(title), labels.scenario(scenario), printable(unit))),
        alt=lambda: labels.say("chart.target.alt", **said),
        x=Axis(labels.say("chart.axis.year"), years=True),
        y=Axis(printable(unit)),
        marks=lambda: _marks(data, labels, said, target_year),
        data=data,
        unit=unit,
        notes=labels.notes(),
    )


def _rows(projected: pd.DataFrame, target: str, scenario: str) -> pd.DataFrame:
    absent = [name for name in NEEDED if name not in projected.columns]
    if absent:
        raise ValueError(
            f"targets: found no column {', '.join(absent)}; allowed: {', '.join(NEEDED)}"
        )
    chosen = (projected["target"] == target) & (projected["scenario"] == scenario)
    rows = projected.loc[chosen, list(NEEDED)].sort_values("year", ignore_index=True)
    if rows.empty:
        raise ValueError(f"targets: found no row of target {target!r} in scenario {scenario!r}")
    return rows


def _marks(
    data: pd.DataFrame, labels: StudyLabels, said: dict[str, object], target_year: int
) -> Iterator[Mark]:
    year, low, middle, high = (
        data[name].to_numpy(dtype=np.float64) for name in ("year", *QUANTILE_NAMES)
    )
    yield Band(year, low, high, "total", labels.word("statistic", "range"))
    yield Line(year, middle, "total", labels.word("statistic", "p50"))
    yield Rule("y", float(data["limit"].iloc[-1]), labels.say("chart.target.limit", **said))
    yield Rule("x", float(target_year), str(target_year), "neutral")
