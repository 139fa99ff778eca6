"""Emissions by source, coloured and hatched by scope."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from climrisk.charts.caption import printable
from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, Bars, ChartTable, Mark
from climrisk.charts.tables.assembly import assembled, level_axis
from climrisk.i18n import fixed, percent

__all__ = ["emissions_table"]

ROLES: Final[dict[str, Role]] = {"1": "series_2", "2": "series_1", "3": "series_3"}
HATCHED: Final = {"1": False, "2": True, "3": False}
NEEDED: Final = ("scope", "source", "value")


def emissions_table(
    emissions: pd.DataFrame, labels: StudyLabels, *, year: int, basis: str = ""
) -> ChartTable:
    """Return the emissions of one year by source, largest first within each scope.

    Parameters
    ----------
    emissions : DataFrame
        Columns `scope` (1, 2 or 3), `source` (in the reader's words) and `value` [tCO2e], gross.
    labels : StudyLabels
    year : int
    basis : str, default ""
        Which factors, and for Scope 2 whether location or market.

    Raises
    ------
    ValueError
        If a column is missing, a scope is none of 1, 2, 3, or an amount is negative: avoided
        emissions are never netted.
    """
    data = _rows(emissions)
    total = float(data["value"].sum())
    by_scope = data.groupby("scope", sort=True)["value"].sum()
    scopes = labels.say("chart.separator").join(
        labels.say("chart.emissions.scope", scope=scope, value=fixed(amount, 1))
        for scope, amount in by_scope.items()
    )
    said = {"year": year, "total": fixed(total, 1), "scopes": scopes}
    empty = labels.say("chart.emissions.empty") if data.empty else None
    places = -np.arange(len(data), dtype=np.float64)
    return assembled(
        labels,
        "emissions",
        title=labels.say("chart.emissions.title", **said),
        subtitle=" · ".join(filter(None, (str(year), "tCO2e", printable(basis)))),
        alt=lambda: labels.say("chart.emissions.alt", **said),
        x=Axis(labels.say("chart.emissions.axis")),
        y=level_axis(map(printable, data["source"])),
        marks=lambda: _bars(data, places, labels, total),
        data=data,
        unit="tCO2e",
        notes=(labels.say("chart.emissions.note"),),
        empty=empty,
    )


def _rows(emissions: pd.DataFrame) -> pd.DataFrame:
    absent = [name for name in NEEDED if name not in emissions.columns]
    if absent:
        raise ValueError(
            f"emissions: found no column {', '.join(absent)}; allowed: {', '.join(NEEDED)}"
        )
    data = emissions[list(NEEDED)].assign(scope=emissions["scope"].astype(str))
    strange = sorted(set(data["scope"]) - set(ROLES))
    if strange:
        raise ValueError(f"scope: found {strange[0]!r}, allowed 1, 2, 3")
    if (data["value"] < 0).any():
        raise ValueError("emissions: found an amount below 0; allowed: gross emissions, 0 or more")
    return data.sort_values(["scope", "value"], ascending=[True, False], ignore_index=True)


def _bars(
    data: pd.DataFrame,
    places: np.ndarray[tuple[int], np.dtype[np.float64]],
    labels: StudyLabels,
    total: float,
) -> list[Mark]:
    bars: list[Mark] = []
    for scope, rows in data.groupby("scope", sort=True):
        value = rows["value"].to_numpy(dtype=np.float64)
        role = ROLES[str(scope)]
        bars.append(
            Bars(
                places[rows.index.to_numpy()],
                np.zeros(len(rows)),
                value,
                (role,) * len(rows),
                labels.say("chart.emissions.key", scope=scope),
                tuple(f"{fixed(one, 1)} ({percent(one / total)})" for one in value),
                (HATCHED[str(scope)],) * len(rows),
            )
        )
    return bars
