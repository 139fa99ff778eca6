"""Tornado: how far mean net moves where one input lies at either end."""

from __future__ import annotations

import numpy as np
import pandas as pd

from climrisk.charts.caption import printable
from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, Bars, ChartTable, Rule
from climrisk.charts.tables.assembly import assembled, level_axis
from climrisk.charts.tables.inputs import input_name
from climrisk.charts.tables.selection import Z95

__all__ = ["tornado_table"]

MOST = 10
ENDS = ("low", "high")
PERCENTILES = ("p5", "p95")


def tornado_table(frame: pd.DataFrame, labels: StudyLabels, *, most: int = MOST) -> ChartTable:
    """Return the `most` inputs that move mean net furthest, with the change at each end.

    Bars of the low end are hatched.

    Parameters
    ----------
    frame : DataFrame
        Rows of one scenario, as `sensitivity.tornado` returns them.
    labels : StudyLabels
    most : int, default 10
    """
    data = frame[frame["swing"] != 0.0].head(most).reset_index(drop=True)
    names = tuple(input_name(labels, path) for path in data["input"])
    said = _said(frame, labels)
    if names:
        said |= {"first": names[0], "swing": labels.money(abs(float(data["swing"][0])))}
    empty = None if names else labels.say("chart.inputs.empty")
    title = labels.say("chart.tornado.title", **said) if names else labels.say("chart.tornado.name")
    return assembled(
        labels,
        "tornado",
        title=title,
        subtitle=labels.subtitle(said["scenario"], said["horizon"], said["control"]),
        alt=lambda: _alt(labels, data, names, said),
        x=Axis(labels.say("chart.tornado.axis", unit=labels.unit)),
        y=level_axis(names),
        marks=lambda: (*(_bars(data, labels, end) for end in ENDS), Rule("x", 0.0, role="neutral")),
        data=data,
        unit=labels.unit,
        notes=labels.notes(
            labels.say("chart.tornado.note", **said),
            _models(data, labels),
            labels.say("chart.sign"),
            labels.say("chart.errors"),
        ),
        empty=empty,
    )


def _said(frame: pd.DataFrame, labels: StudyLabels) -> dict[str, str]:
    first = frame.iloc[0]
    horizon = str(first["horizon"])
    period = labels.horizon(horizon) if horizon in labels.years else labels.word("horizon", horizon)
    return {
        "scenario": labels.scenario(str(first["scenario"])),
        "horizon": period,
        "control": labels.word("control", str(first["control"])),
        "base": labels.money(float(first["base"])),
    }


def _bars(data: pd.DataFrame, labels: StudyLabels, end: str) -> Bars:
    change = data[end].to_numpy(dtype=np.float64)
    roles: tuple[Role, ...] = tuple("risk" if one < 0.0 else "opportunity" for one in change)
    return Bars(
        place=-np.arange(len(data), dtype=np.float64),
        start=np.zeros(len(data)),
        end=change,
        roles=roles,
        label=labels.say(f"chart.tornado.{end}"),
        hatched=(end == "low",) * len(data),
        error=Z95 * data[f"{end}_se"].fillna(0.0).to_numpy(dtype=np.float64),
    )


def _models(data: pd.DataFrame, labels: StudyLabels) -> str:
    """Return which climate models stand at the ends of their bar; nothing where none is drawn."""
    rows = data[~data["low_at"].isin(PERCENTILES)]
    if rows.empty:
        return ""
    low, high = (printable(str(rows.iloc[0][f"{end}_at"])) for end in ENDS)
    return labels.say("chart.tornado.models", low=low, high=high)


def _alt(
    labels: StudyLabels, data: pd.DataFrame, names: tuple[str, ...], said: dict[str, str]
) -> str:
    parts = labels.say("chart.separator").join(
        labels.say("chart.tornado.part", name=name, low=labels.money(low), high=labels.money(high))
        for name, low, high in zip(names[:3], data["low"], data["high"], strict=False)
    )
    return labels.say("chart.tornado.alt", **said, parts=parts)
