"""Inputs that move net: the share of its variance that each explains."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, Bars, ChartTable
from climrisk.charts.tables.assembly import assembled, level_axis
from climrisk.charts.tables.selection import Z95, chosen
from climrisk.i18n import percent
from climrisk.names import CURRENT

__all__ = ["input_name", "inputs_table"]

MOST = 10


def inputs_table(
    results: xr.Dataset,
    labels: StudyLabels,
    *,
    scenario: str,
    horizon: str,
    control: str = CURRENT,
    most: int = MOST,
) -> ChartTable:
    """Return the `most` inputs that explain the largest shares of the variance of total net.

    Bars of inputs that rest on an assumption are hatched.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it, with its output `inputs`.
    labels : StudyLabels
    scenario, control : str
        Which world.
    horizon : str
        The last horizon, or `all` for the net present value.
    most : int, default 10

    Raises
    ------
    ValueError
        If an id is not in the results.
    """
    data = _figures(results, scenario, control, horizon, most)
    assumed = data["basis"].str.contains("assumption").to_numpy()
    names = tuple(input_name(labels, name) for name in data["input"])
    period = labels.horizon(horizon) if horizon in labels.years else labels.word("horizon", horizon)
    said = {
        "count": len(data),
        "assumed": int(assumed.sum()),
        "share": percent(min(float(data["share"].sum()), 1.0)),
        "scenario": labels.scenario(scenario),
        "horizon": period,
    }
    empty = labels.say("chart.inputs.empty") if data.empty else None
    return assembled(
        labels,
        "inputs",
        title=labels.say("chart.inputs.title", **said),
        subtitle=" · ".join((labels.scenario(scenario), period, labels.word("control", control))),
        alt=lambda: _alt(labels, data, names, said),
        x=Axis(labels.say("chart.inputs.axis")),
        y=level_axis(names),
        marks=lambda: (_bars(data, assumed.tolist()),),
        data=data,
        unit="%",
        notes=labels.notes(labels.say("chart.inputs.note"), labels.say("chart.errors")),
        empty=empty,
    )


def _bars(data: pd.DataFrame, assumed: list[bool]) -> Bars:
    roles: tuple[Role, ...] = tuple("at_risk" if one else "on_track" for one in assumed)
    return Bars(
        place=-np.arange(len(data), dtype=np.float64),
        start=np.zeros(len(data)),
        end=100.0 * data["share"].to_numpy(),
        roles=roles,
        label="",
        texts=tuple(percent(share) for share in data["share"]),
        hatched=tuple(assumed),
        error=100.0 * Z95 * data["standard_error"].fillna(0.0).to_numpy(),
    )


def _figures(
    results: xr.Dataset, scenario: str, control: str, horizon: str, most: int
) -> pd.DataFrame:
    at = {"scenario": scenario, "control": control, "input_horizon": horizon}
    frame = pd.DataFrame(
        {
            "input": results["input"].to_numpy(),
            "share": chosen(results, "input_share", **at),
            "standard_error": chosen(results, "input_share_se", **at),
            "basis": results["input_basis"].to_numpy(),
        }
    )
    known = frame[frame["share"] > 0.0].sort_values("share", ascending=False)
    return known.head(most).reset_index(drop=True)


def input_name(labels: StudyLabels, path: str) -> str:
    """Return what an input is: the title of what it belongs to, and which figure of it."""
    area, *rest = path.split(".")
    if area == "scenarios":
        return labels.word("input", path)
    if area == "settings":
        rest = rest[1:]
    title = {"register": labels.item, "measures": labels.measure}.get(area, labels.exposure)
    link, _, figure = path.rpartition(".")
    if link in labels.drivers:
        driver = labels.word("driver", labels.drivers[link])
        return f"{title(rest[0])} · {labels.say(f'link_figure.{figure}', driver=driver)}"
    return " · ".join((title(rest[0]), *(labels.word("figure", one) for one in rest[1:])))


def _alt(
    labels: StudyLabels, data: pd.DataFrame, names: tuple[str, ...], said: dict[str, object]
) -> str:
    parts = labels.say("chart.separator").join(
        labels.say("chart.pair", name=name, value=percent(share))
        for name, share in zip(names[:3], data["share"], strict=False)
    )
    return labels.say("chart.inputs.alt", **said, parts=parts)
