"""Value of information: what knowing an input is worth before a measure is decided on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, Bars, ChartTable
from climrisk.charts.tables.assembly import assembled, level_axis
from climrisk.charts.tables.inputs import input_name
from climrisk.charts.tables.selection import Z95
from climrisk.i18n import percent

__all__ = ["information_table"]

MOST = 10
EVERYTHING = "all"
SURE = 3.0
"""Standard errors above nothing from which an input is drawn."""


def information_table(frame: pd.DataFrame, labels: StudyLabels, *, most: int = MOST) -> ChartTable:
    """Return the `most` inputs whose knowledge is worth most before one decision.

    Inputs whose value is within three standard errors of nothing are left out; they are counted.

    Parameters
    ----------
    frame : DataFrame
        Rows of one scenario and measure, as `sensitivity.value_of_information` returns them.
    labels : StudyLabels
    most : int, default 10
    """
    single = frame[frame["input"] != EVERYTHING]
    worth = single[single["value"] > SURE * single["value_se"]].sort_values(
        "value", ascending=False
    )
    data = worth.head(most).reset_index(drop=True)
    names = tuple(input_name(labels, path) for path in data["input"])
    said = _said(frame, labels) | {"without": str(len(single) - len(worth))}
    key = "title" if names else "nothing"
    if names:
        said |= {"first": names[0], "value": labels.money(float(data["value"][0]))}
    decision = labels.say(f"chart.information.{frame.iloc[0]['decision']}", **said)
    return assembled(
        labels,
        "information",
        title=labels.say(f"chart.information.{key}", **said),
        subtitle=labels.subtitle(said["scenario"], decision),
        alt=lambda: _alt(labels, data, names, said),
        x=Axis(labels.say("chart.information.axis", unit=labels.unit)),
        y=level_axis(names),
        marks=lambda: (_bars(data, labels),),
        data=data,
        unit=labels.unit,
        notes=labels.notes(
            labels.say("chart.information.note", **said),
            _everything(frame, labels),
            labels.say("chart.errors"),
        ),
        empty=None if names else labels.say("chart.information.empty", **said),
    )


def _said(frame: pd.DataFrame, labels: StudyLabels) -> dict[str, str]:
    first = frame.iloc[0]
    return {
        "scenario": labels.scenario(str(first["scenario"])),
        "measure": labels.measure(str(first["measure"])),
        "benefit": labels.money(float(first["net_benefit"])),
    }


def _bars(data: pd.DataFrame, labels: StudyLabels) -> Bars:
    count = len(data)
    role: Role = "measure"
    return Bars(
        place=-np.arange(count, dtype=np.float64),
        start=np.zeros(count),
        end=data["value"].to_numpy(dtype=np.float64),
        roles=(role,) * count,
        label="",
        texts=tuple(
            labels.say("chart.information.otherwise", share=percent(share))
            for share in data["decides_otherwise"]
        ),
        error=Z95 * data["value_se"].to_numpy(dtype=np.float64),
    )


def _everything(frame: pd.DataFrame, labels: StudyLabels) -> str:
    value = float(frame.loc[frame["input"] == EVERYTHING, "value"].iloc[0])
    if np.isnan(value):
        return labels.say("chart.information.chance")
    return labels.say("chart.information.everything", value=labels.money(value))


def _alt(
    labels: StudyLabels, data: pd.DataFrame, names: tuple[str, ...], said: dict[str, str]
) -> str:
    parts = labels.say("chart.separator").join(
        labels.say("chart.pair", name=name, value=labels.money(value))
        for name, value in zip(names[:3], data["value"], strict=False)
    )
    return labels.say("chart.information.alt", **said, parts=parts)
