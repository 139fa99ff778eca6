"""Scenarios side by side: the range of total net in each, and which is worse how surely."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import series_role
from climrisk.charts.table import Axis, ChartTable, Rule
from climrisk.charts.tables.assembly import assembled, level_axis, ranges_of
from climrisk.charts.tables.selection import QUANTILE_NAMES, chosen, has_items, refuse_unknown
from climrisk.i18n import percent
from climrisk.names import CURRENT, NET, TOTAL

__all__ = ["comparison_table", "worse_than"]


def comparison_table(
    results: xr.Dataset,
    labels: StudyLabels,
    *,
    horizon: str,
    against: str,
    control: str = CURRENT,
) -> ChartTable:
    """Return the range of total net a year in each scenario, worst mean first.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it, with its output `differences`.
    labels : StudyLabels
    horizon, control : str
        Which years and controls.
    against : str
        Scenario that each is held against: how likely it is to be worse than this one. Known
        under current controls only.

    Raises
    ------
    ValueError
        If an id is not in the results.
    """
    data = _figures(results, horizon, control, against)
    names = tuple(labels.scenario(name) for name in data["scenario"])
    worst = data.iloc[0]
    said = {
        "horizon": labels.horizon(horizon),
        "worst": names[0],
        "range": labels.money_range(worst["p5"], worst["p95"]),
        "against": labels.scenario(against),
    }
    empty = None if has_items(results) else labels.say("chart.empty")
    roles = (series_role(_position(results, name)) for name in data["scenario"])
    ranges = ranges_of(data, roles, (_text(labels, row, against) for _, row in data.iterrows()))
    return assembled(
        labels,
        "comparison",
        title=labels.say("chart.comparison.title", **said),
        subtitle=labels.subtitle(
            labels.horizon(horizon), labels.word("control", control), unit=labels.unit_a_year
        ),
        alt=lambda: _alt(labels, data, names, said),
        x=Axis(labels.say("chart.axis.effect", unit=labels.unit_a_year)),
        y=level_axis(names),
        marks=lambda: (ranges, Rule("x", 0.0, role="neutral")),
        data=data,
        unit=labels.unit_a_year,
        notes=labels.notes(
            labels.say("chart.range_key"),
            labels.say("chart.sign"),
            labels.say("chart.comparison.note", **said),
        ),
        empty=empty,
    )


def worse_than(results: xr.Dataset, horizon: str) -> pd.DataFrame:
    """Return the probability that the row's scenario has a lower total net than the column's.

    On the same draws under current controls, ties counted half; the diagonal is empty.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it, with its output `differences`.
    horizon : str
    """
    exceeds = chosen(results, "difference_exceeds", horizon=horizon)
    names = results["scenario"].to_numpy().tolist()
    table = pd.DataFrame(np.nan, index=names, columns=names)
    ends = ("pair_scenario", "pair_control", "pair_against_scenario", "pair_against_control")
    pairs = zip(*(results[name].to_numpy().tolist() for name in ends), exceeds, strict=True)
    for one, control, other, other_control, chance in pairs:
        if control == other_control == CURRENT and one != other:
            table.loc[one, other] = 1.0 - chance
            table.loc[other, one] = chance
    return table


def _figures(results: xr.Dataset, horizon: str, control: str, against: str) -> pd.DataFrame:
    refuse_unknown(results, "scenario", against)
    years = float(results["horizon_years"].sel(horizon=horizon))
    at = {"control": control, "subject": TOTAL, "channel": NET, "horizon": horizon}
    percentiles = chosen(results, "percentile", **at) / years
    columns = dict(zip(QUANTILE_NAMES, percentiles.T, strict=True))
    mean, error = (chosen(results, key, **at) / years for key in ("mean", "mean_se"))
    frame = pd.DataFrame(
        {"scenario": results["scenario"].to_numpy(), **columns, "mean": mean, "mean_se": error}
    )
    frame["worse"] = np.nan
    if control == CURRENT and "difference_exceeds" in results:
        frame["worse"] = worse_than(results, horizon)[against].to_numpy()
    return frame.sort_values("mean", ignore_index=True)


def _position(results: xr.Dataset, scenario: str) -> int:
    """Return the place of a scenario in the study, so that it keeps its colour everywhere."""
    return int(results["scenario"].to_numpy().tolist().index(scenario))


def _text(labels: StudyLabels, row: pd.Series[float], against: str) -> str:
    span = labels.money_range(row["p5"], row["p95"])
    if np.isnan(row["worse"]):
        return span
    return labels.say(
        "chart.comparison.worse",
        range=span,
        share=percent(row["worse"]),
        against=labels.scenario(against),
    )


def _alt(
    labels: StudyLabels, data: pd.DataFrame, names: tuple[str, ...], said: dict[str, str]
) -> str:
    ranges = labels.say("chart.separator").join(
        labels.say("chart.pair", name=name, value=labels.money_range(low, high))
        for name, low, high in zip(names, data["p5"], data["p95"], strict=True)
    )
    return labels.say("chart.comparison.alt", **said, ranges=ranges)
