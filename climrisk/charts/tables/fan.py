"""Fan by year: P5 to P95, median and mean of risks, opportunities or their total."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, Band, ChartTable, Line, Mark, Rule
from climrisk.charts.tables.assembly import assembled
from climrisk.charts.tables.selection import QUANTILE_NAMES, chosen, has_items
from climrisk.names import CURRENT, NET, OPPORTUNITIES, RISKS, TOTAL

__all__ = ["fan_table"]

ROLES: dict[str, Role] = {RISKS: "risk", OPPORTUNITIES: "opportunity", TOTAL: "total"}


def fan_table(
    results: xr.Dataset,
    labels: StudyLabels,
    *,
    scenario: str,
    subject: str = TOTAL,
    control: str = CURRENT,
) -> ChartTable:
    """Return the yearly effect on net of one headline subject.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    labels : StudyLabels
    scenario, control : str
        Which world.
    subject : {"total", "risks", "opportunities"}

    Raises
    ------
    ValueError
        If an id is not in the results.
    """
    data = _figures(results, scenario, control, subject)
    first, last = data.iloc[0], data.iloc[-1]
    said = {
        "subject": labels.subject(subject),
        "scenario": labels.scenario(scenario),
        "first": int(first["year"]),
        "last": int(last["year"]),
        "first_range": labels.money_range(first["p5"], first["p95"]),
        "last_range": labels.money_range(last["p5"], last["p95"]),
    }
    empty = None if has_items(results) else labels.say("chart.empty")
    return assembled(
        labels,
        "fan",
        title=labels.say("chart.fan.title", **said),
        subtitle=labels.subtitle(
            labels.scenario(scenario), labels.word("control", control), unit=labels.unit_a_year
        ),
        alt=lambda: labels.say("chart.fan.alt", **said, mean=labels.money(last["mean"])),
        x=Axis(labels.say("chart.axis.year"), years=True),
        y=Axis(labels.say("chart.axis.effect", unit=labels.unit_a_year)),
        marks=lambda: _marks(data, labels, subject),
        data=data,
        unit=labels.unit_a_year,
        notes=labels.notes(labels.say("chart.sign"), labels.say("chart.fan.note")),
        empty=empty,
    )


def _figures(results: xr.Dataset, scenario: str, control: str, subject: str) -> pd.DataFrame:
    where = {"scenario": scenario, "control": control}
    percentiles = chosen(results, "annual_percentile", **where, headline=subject)
    of_net = {"subject": subject, "channel": NET}
    columns = dict(zip(QUANTILE_NAMES, percentiles.T, strict=True))
    return pd.DataFrame(
        {
            "year": results["year"].to_numpy(),
            **columns,
            "mean": chosen(results, "annual_mean", **where, **of_net),
            "mean_se": chosen(results, "annual_mean_se", **where, **of_net),
        }
    )


def _marks(data: pd.DataFrame, labels: StudyLabels, subject: str) -> Iterator[Mark]:
    year = data["year"].to_numpy(dtype=np.float64)
    low, middle, high, mean = (data[name].to_numpy() for name in (*QUANTILE_NAMES, "mean"))
    role = ROLES[subject]
    yield Band(year, low, high, role, labels.word("statistic", "range"))
    yield Line(year, middle, role, labels.word("statistic", "p50"))
    yield Line(year, mean, "neutral", labels.word("statistic", "mean"), "dash")
    yield Rule("y", 0.0, role="neutral")
    if subject != OPPORTUNITIES:
        text = labels.say("matrix.appetite", money=labels.money(labels.appetite))
        yield Rule("y", -labels.appetite, text)
    for first, _ in sorted(labels.years.values())[1:]:
        yield Rule("x", first - 0.5, role="neutral")
