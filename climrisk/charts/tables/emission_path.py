"""Own emissions by year: the range of the total, and the mean of each source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import series_role
from climrisk.charts.table import Axis, Band, ChartTable, Line, Mark
from climrisk.charts.tables.assembly import assembled
from climrisk.charts.tables.drivers import DASHES, SYMBOLS
from climrisk.charts.tables.selection import QUANTILE_NAMES, chosen
from climrisk.i18n import significant
from climrisk.names import CURRENT

__all__ = ["METHODS", "emission_path_table", "stated_emission_rows"]

METHODS: Final = ("market", "location")
"""How scope 2 is counted."""
ALL: Final = "all"
FIGURES: Final = 3


def emission_path_table(
    outlook: xr.Dataset,
    labels: StudyLabels,
    *,
    scenario: str,
    control: str = CURRENT,
    method: str = "market",
) -> ChartTable:
    """Return own emissions of scopes 1 and 2 by year, in total and by source.

    Parameters
    ----------
    outlook : Dataset
        As `analysis.projection.project` returns it.
    labels : StudyLabels
    scenario, control : str
        Which world.
    method : {"market", "location"}
        How scope 2 is counted.

    Raises
    ------
    ValueError
        If an id is not in the results.
    """
    if method not in METHODS:
        raise ValueError(f"method: found {method!r}, allowed {', '.join(METHODS)}")
    where = {"scenario": scenario, "control": control}
    total = _total(outlook, where, method)
    empty = None if total is not None else labels.say("chart.emission_path.empty")
    data = pd.DataFrame() if total is None else _figures(outlook, where, method, total)
    said = {} if total is None else _said(total, labels, scenario, method)
    world = f"{labels.scenario(scenario)} · {labels.word('control', control)}"
    return assembled(
        labels,
        "emission_path",
        title=labels.say("chart.emission_path.title", **said) if said else empty or "",
        subtitle=f"{world} · {labels.say(f'chart.emission_path.{method}')} · tCO2e",
        alt=lambda: labels.say("chart.emission_path.alt", **said),
        x=Axis(labels.say("chart.axis.year"), years=True),
        y=Axis(labels.say("chart.emissions.axis")),
        marks=lambda: _marks(data, labels),
        data=data,
        unit="tCO2e",
        notes=labels.notes(labels.say("chart.emission_path.note")),
        empty=empty,
    )


def _total(outlook: xr.Dataset, where: dict[str, str], method: str) -> pd.DataFrame | None:
    """Return year, percentiles and mean of scopes 1 and 2; None where nothing is projected."""
    line = f"1+2 {method}-based/all/all/all"
    if "emission_percentile" not in outlook or line not in outlook["ranged_line"].to_numpy():
        return None
    percentiles = chosen(outlook, "emission_percentile", **where, ranged_line=line)
    return pd.DataFrame(
        {
            "source": ALL,
            "scope": "1+2",
            "year": outlook["year"].to_numpy(),
            **dict(zip(QUANTILE_NAMES, percentiles.T, strict=True)),
            "mean": chosen(outlook, "emission_mean", **where, emission_line=line),
            "mean_se": chosen(outlook, "emission_mean_se", **where, emission_line=line),
        }
    )


def _figures(
    outlook: xr.Dataset, where: dict[str, str], method: str, total: pd.DataFrame
) -> pd.DataFrame:
    """Return the total, then the mean of each source of scope 1 and of scope 2 as counted."""
    parts = [total]
    wanted = {"1": "1", f"2 {method}-based": "2"}
    lines = zip(
        *(
            outlook[name].to_numpy().tolist()
            for name in ("emission_line", "emission_label", "emission_source", "emission_site")
        ),
        strict=True,
    )
    for line, label, source, site in lines:
        if label not in wanted or source == ALL or site != ALL:
            continue
        parts.append(
            pd.DataFrame(
                {
                    "source": source,
                    "scope": wanted[label],
                    "year": outlook["year"].to_numpy(),
                    "mean": chosen(outlook, "emission_mean", **where, emission_line=line),
                    "mean_se": chosen(outlook, "emission_mean_se", **where, emission_line=line),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _said(
    total: pd.DataFrame, labels: StudyLabels, scenario: str, method: str
) -> dict[str, object]:
    first, last = total.iloc[0], total.iloc[-1]
    return {
        "scenario": labels.scenario(scenario),
        "method": labels.say(f"chart.emission_path.{method}"),
        "first": int(first["year"]),
        "last": int(last["year"]),
        "start": significant(float(first["mean"]), FIGURES),
        "end": significant(float(last["mean"]), FIGURES),
        "low": significant(float(last["p5"]), FIGURES),
        "high": significant(float(last["p95"]), FIGURES),
    }


def _marks(data: pd.DataFrame, labels: StudyLabels) -> Iterator[Mark]:
    total = data[data["source"] == ALL]
    year, low, middle, high = (
        total[name].to_numpy(dtype=np.float64) for name in ("year", *QUANTILE_NAMES)
    )
    yield Band(year, low, high, "total", labels.word("statistic", "range"))
    yield Line(year, middle, "total", labels.say("chart.emission_path.total"))
    dashes, symbols = cycle(DASHES[1:]), cycle(SYMBOLS)
    sources = data[data["source"] != ALL]
    for position, (source, rows) in enumerate(sources.groupby("source", sort=False), start=1):
        key = {"source": labels.word("source", str(source)), "scope": rows["scope"].iloc[0]}
        yield Line(
            rows["year"].to_numpy(dtype=np.float64),
            rows["mean"].to_numpy(dtype=np.float64),
            series_role(position),
            labels.say("chart.emission_path.source", **key),
            next(dashes),
            next(symbols),
        )


def stated_emission_rows(
    outlook: xr.Dataset, labels: StudyLabels, *, year: int, method: str = "market"
) -> pd.DataFrame:
    """Return what `emissions_table` draws: recalculated emissions of a past year by source.

    Parameters
    ----------
    outlook : Dataset
        As `analysis.projection.project` returns it.
    labels : StudyLabels
    year : int
    method : {"market", "location"}
        How scope 2 is counted.
    """
    columns = ("scope", "source", "site", "basis", "year")
    frame = pd.DataFrame({name: [] for name in (*columns, "value")})
    if "stated_emission" in outlook:
        told = {name: outlook[f"stated_{name}"].to_numpy() for name in columns}
        frame = pd.DataFrame({**told, "value": outlook["stated_emission"].to_numpy()})
    scopes = {"1": "1", f"2 {method}-based": "2", "3": "3"}
    kept = frame[
        frame["scope"].isin(scopes)
        & (frame["basis"] == "recalculated")
        & (frame["year"] == year)
        & (frame["source"] != ALL)
        & (frame["site"] == ALL)
    ]
    return pd.DataFrame(
        {
            "scope": kept["scope"].map(scopes),
            "source": [labels.word("source", str(one)) for one in kept["source"]],
            "value": kept["value"],
        }
    )
