"""Cost and benefit of each planned measure, with their ranges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, ChartTable, Ranges, Rule
from climrisk.charts.tables.assembly import assembled, level_axis
from climrisk.charts.tables.selection import QUANTILE_NAMES, chosen
from climrisk.i18n import significant
from climrisk.names import ALL_YEARS

__all__ = ["measures_table"]

SHOWN: tuple[tuple[str, Role], ...] = (("benefit", "opportunity"), ("cost", "risk"))
APART = 0.36
"""Distance between the two ranges of a measure, as a share of the distance of measures."""


def measures_table(
    results: xr.Dataset, labels: StudyLabels, *, scenario: str, horizon: str = ALL_YEARS
) -> ChartTable:
    """Return benefit and cost of each planned measure, largest net benefit first.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it, with its output `measures`.
    labels : StudyLabels
    scenario : str
    horizon : str, default "all"
        A horizon, undiscounted, or `all` for present values over all years.

    Raises
    ------
    ValueError
        If an id is not in the results.
    """
    data = _figures(results, scenario, horizon)
    several = data.drop_duplicates("measure")["measure"].tolist()
    period = labels.horizon(horizon) if horizon in labels.years else labels.word("horizon", horizon)
    names = tuple(labels.measure(name) for name in several)
    said = {
        "scenario": labels.scenario(scenario),
        "horizon": period,
        "worthwhile": int((data.loc[data["statistic"] == "net_benefit", "mean"] > 0).sum()),
        "count": len(several),
    }
    empty = None if several else labels.say("chart.measures.empty")
    worth = labels.say(
        "chart.measures.discounted" if horizon == ALL_YEARS else "chart.measures.sum"
    )
    return assembled(
        labels,
        "measures",
        title=labels.say("chart.measures.title", **said),
        subtitle=labels.subtitle(labels.scenario(scenario), period, worth),
        alt=lambda: _alt(labels, data, names, said),
        x=Axis(labels.say("chart.measures.axis", unit=labels.unit)),
        y=level_axis(names),
        marks=lambda: (*_ranges(data, labels), Rule("x", 0.0, role="neutral")),
        data=data,
        unit=labels.unit,
        notes=labels.notes(labels.say("chart.measures.note")),
        empty=empty,
    )


def _figures(results: xr.Dataset, scenario: str, horizon: str) -> pd.DataFrame:
    columns = ["measure", "statistic", *QUANTILE_NAMES, "mean", "mean_se"]
    if "measure_mean" not in results or not results.sizes["measure"]:
        return pd.DataFrame(columns=columns)
    at = {"scenario": scenario, "measure_horizon": horizon}
    mean, error = chosen(results, "measure_mean", **at), chosen(results, "measure_mean_se", **at)
    percentile = chosen(results, "measure_percentile", **at)
    statistics = results["measure_statistic"].to_numpy().tolist()
    order = np.argsort(-mean[:, statistics.index("net_benefit")], kind="stable")
    names = results["measure"].to_numpy()
    rows = [
        (names[row], statistic, *percentile[row, place], mean[row, place], error[row, place])
        for row in order
        for place, statistic in enumerate(statistics)
    ]
    return pd.DataFrame(rows, columns=columns)


def _ranges(data: pd.DataFrame, labels: StudyLabels) -> tuple[Ranges, ...]:
    ratios = data.loc[data["statistic"] == "ratio", "mean"].tolist()
    found = []
    for rank, (statistic, role) in enumerate(SHOWN):
        rows = data[data["statistic"] == statistic]
        texts = tuple("" for _ in ratios)
        if statistic == "benefit":
            texts = tuple(_ratio(labels, ratio) for ratio in ratios)
        places = APART * (0.5 - rank) - np.arange(len(rows), dtype=np.float64)
        low, middle, high = (rows[name].to_numpy(dtype=np.float64) for name in QUANTILE_NAMES)
        mean = rows["mean"].to_numpy(dtype=np.float64)
        label = labels.say(f"chart.measures.{statistic}")
        roles = (role,) * len(rows)
        found.append(Ranges(places, low, middle, high, mean, roles, label, texts))
    return tuple(found)


def _ratio(labels: StudyLabels, ratio: float) -> str:
    if np.isnan(ratio):
        return labels.say("chart.measures.no_cost")
    return labels.say("chart.measures.ratio", ratio=significant(ratio))


def _alt(
    labels: StudyLabels, data: pd.DataFrame, names: tuple[str, ...], said: dict[str, object]
) -> str:
    net = data.loc[data["statistic"] == "net_benefit", "mean"]
    parts = labels.say("chart.separator").join(
        labels.say("chart.pair", name=name, value=labels.money(amount))
        for name, amount in zip(names, net, strict=True)
    )
    return labels.say("chart.measures.alt", **said, parts=parts)
