"""Items by size: the range of each one's effect on net, largest expected effect first."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, ChartTable, Rule
from climrisk.charts.tables.assembly import assembled, level_axis, ranges_of
from climrisk.charts.tables.selection import QUANTILE_NAMES, chosen, has_items
from climrisk.names import CURRENT, NET, Kind

__all__ = ["items_table"]

ROLES: dict[Kind, Role] = {"risk": "risk", "opportunity": "opportunity"}


def items_table(
    results: xr.Dataset,
    labels: StudyLabels,
    *,
    scenario: str,
    horizon: str,
    most: int = 3,
    control: str = CURRENT,
) -> ChartTable:
    """Return the `most` largest risks and opportunities by expected effect on net a year.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    labels : StudyLabels
    scenario, control, horizon : str
        Which world and years.
    most : int, default 3
        Items of each kind.

    Raises
    ------
    ValueError
        If an id is not in the results.
    """
    data = _figures(results, scenario, control, horizon, most)
    names = tuple(labels.item(item) for item in data["item"])
    spans = tuple(labels.money_range(*ends) for ends in zip(data["p5"], data["p95"], strict=True))
    empty = None if has_items(results) else labels.say("chart.empty")
    said = {
        "horizon": labels.horizon(horizon),
        "scenario": labels.scenario(scenario),
        "items": labels.say("chart.separator").join(
            labels.say("chart.pair", name=name, value=span)
            for name, span in zip(names, spans, strict=True)
        ),
    }
    ranges = ranges_of(data, (ROLES[kind] for kind in data["kind"]), spans)
    return assembled(
        labels,
        "items",
        title=labels.say("chart.items.title", **said),
        subtitle=labels.subtitle(
            labels.scenario(scenario),
            labels.horizon(horizon),
            labels.word("control", control),
            unit=labels.unit_a_year,
        ),
        alt=lambda: labels.say("chart.items.alt", **said),
        x=Axis(labels.say("chart.axis.effect", unit=labels.unit_a_year)),
        y=level_axis(names),
        marks=lambda: (ranges, Rule("x", 0.0, role="neutral")),
        data=data,
        unit=labels.unit_a_year,
        notes=labels.notes(labels.say("chart.range_key"), labels.say("chart.sign")),
        empty=empty,
    )


def _figures(
    results: xr.Dataset, scenario: str, control: str, horizon: str, most: int
) -> pd.DataFrame:
    years = float(results["horizon_years"].sel(horizon=horizon))
    world = {"scenario": scenario, "control": control, "horizon": horizon, "channel": NET}
    items = len(results["item"])  # the subjects begin with the items, in the same order
    percentiles = chosen(results, "percentile", **world)[:items] / years
    mean, error = (chosen(results, key, **world)[:items] / years for key in ("mean", "mean_se"))
    frame = pd.DataFrame(
        {
            "item": results["item"].to_numpy(),
            "kind": results["kind"].to_numpy(),
            **dict(zip(QUANTILE_NAMES, percentiles.T, strict=True)),
            "mean": mean,
            "mean_se": error,
        }
    )
    by_size = frame.assign(size=frame["mean"].abs()).sort_values("size", ascending=False)
    kinds = [by_size[by_size["kind"] == kind].head(most) for kind in ROLES]
    return pd.concat(kinds, ignore_index=True).drop(columns="size")
