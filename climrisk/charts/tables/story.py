"""One bad draw told: what each item did in the worst year of a horizon."""

from __future__ import annotations

import numpy as np
import pandas as pd

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, Bars, ChartTable, Rule
from climrisk.charts.tables.assembly import assembled, level_axis
from climrisk.i18n import significant
from climrisk.names import CURRENT

__all__ = ["story_table"]


def story_table(
    replayed: pd.DataFrame,
    labels: StudyLabels,
    *,
    scenario: str,
    horizon: str,
    draw: int,
    control: str = CURRENT,
) -> ChartTable:
    """Return the worst year of one draw, item by item.

    Parameters
    ----------
    replayed : DataFrame
        As `climrisk.analysis.replay.replay` returns it, years of one horizon only.
    labels : StudyLabels
    scenario, control, horizon : str
        Which world and years.
    draw : int
        Number of the draw.
    """
    total = replayed.groupby("year")["net"].sum()
    year = None if total.empty else total.index.to_numpy(dtype=np.int64)[total.argmin()]
    data = replayed[replayed["year"] == year].sort_values("net", ignore_index=True)
    names = tuple(labels.subject(name) for name in data["subject"])
    said = {
        "year": year,
        "draw": f"{draw:,}",
        "money": labels.money(float(data["net"].sum())),
        "scenario": labels.scenario(scenario),
        "parts": labels.say("chart.separator").join(
            labels.say("chart.pair", name=name, value=labels.money(net))
            for name, net in zip(names, data["net"], strict=True)
        ),
    }
    return assembled(
        labels,
        "story",
        title=labels.say("chart.story.title", **said),
        subtitle=labels.subtitle(
            labels.scenario(scenario), labels.horizon(horizon), labels.word("control", control)
        ),
        alt=lambda: labels.say("chart.story.alt", **said),
        x=Axis(labels.say("chart.axis.effect", unit=labels.unit)),
        y=level_axis(names),
        marks=lambda: (_bars(data), Rule("x", 0.0, role="neutral")),
        data=data,
        unit=labels.unit,
        notes=labels.notes(labels.say("chart.sign"), labels.say("chart.story.note", **said)),
        empty=labels.say("chart.empty") if data.empty else None,
    )


def _bars(data: pd.DataFrame) -> Bars:
    net = data["net"].to_numpy(dtype=np.float64)
    roles: tuple[Role, ...] = tuple("risk" if one < 0 else "opportunity" for one in net)
    return Bars(
        place=-np.arange(len(net), dtype=np.float64),
        start=np.zeros(len(net)),
        end=net,
        roles=roles,
        label="",
        texts=tuple(significant(one) for one in net.tolist()),
    )
