"""Chances of meeting a target: by year in each scenario, and in words for one scenario."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.charts.caption import printable
from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import series_role
from climrisk.charts.table import Axis, ChartTable, Line, Mark, Rule
from climrisk.charts.tables.assembly import assembled
from climrisk.charts.tables.drivers import DASHES, SYMBOLS
from climrisk.charts.tables.selection import QUANTILE_NAMES, chosen, refuse_unknown
from climrisk.charts.target_fans import MARKS
from climrisk.domain.study import Study
from climrisk.i18n import percent, significant
from climrisk.names import BASE_YEAR_SCENARIO, CURRENT

__all__ = [
    "chance_words",
    "chances_table",
    "has_targets",
    "target_paths",
    "target_rows",
    "target_title",
]

NOTHING: Final = "–"


def has_targets(outlook: xr.Dataset) -> bool:
    """Return whether any target is measured and projected."""
    return "target_met_stated" in outlook


def target_title(study: Study, labels: StudyLabels, target: str) -> str:
    """Return id and title of a target."""
    return f"{printable(target)} {printable(study.targets[target].title.best(labels.language))}"


def target_paths(outlook: xr.Dataset, *, control: str = CURRENT) -> pd.DataFrame:
    """Return what `target_table` draws: columns target, scenario, year, p5 to p95, limit, chance.

    Parameters
    ----------
    outlook : Dataset
        As `analysis.projection.project` returns it.
    control : str
    """
    refuse_unknown(outlook, "control", control)
    at = outlook.sel(control=control)
    columns = {
        name: at["target_percentile"].isel(quantile=place, drop=True)
        for place, name in enumerate(QUANTILE_NAMES)
    }
    found = xr.Dataset(
        {**columns, "probability": at["target_met_stated"], "limit": at["target_limit"]}
    )
    return found.to_dataframe(("target", "scenario", "year"))[
        [*QUANTILE_NAMES, "limit", "probability"]
    ].reset_index()


def chance_words(
    outlook: xr.Dataset, labels: StudyLabels, target: str, scenario: str, control: str, year: int
) -> str:
    """Return where the median stands and the chance of meeting a limit as stated, with its error.

    A dash where the year lies past the simulated ones.
    """
    if year not in outlook["year"].to_numpy():
        return NOTHING
    at = outlook.sel(target=target, scenario=scenario, control=control, year=year)
    return labels.say(
        "chart.chances.cell",
        mark=MARKS[str(at["target_status"].item())],
        share=percent(float(at["target_met_stated"])),
        error=significant(100.0 * float(at["target_met_stated_se"]), 1),
    )


def target_rows(
    study: Study, outlook: xr.Dataset, labels: StudyLabels, *, scenario: str, control: str
) -> list[tuple[str, ...]]:
    """Return for each target its words: title, due year, limit, P5-P95, chances.

    Those that are stated in words alone have dashes.

    Parameters
    ----------
    study : Study
    outlook : Dataset
        As `analysis.projection.project` returns it.
    labels : StudyLabels
    scenario, control : str
        Which world.
    """
    measured = outlook["target"].to_numpy().tolist() if has_targets(outlook) else []
    rows: list[tuple[str, ...]] = []
    for target, stated in study.targets.items():
        due = "" if stated.target_year is None else str(stated.target_year)
        told: tuple[str, ...] = (NOTHING,) * 4
        if target in measured:
            told = _measured(outlook, labels, target, scenario, control)
        rows.append((target_title(study, labels, target), due, *told))
    return rows


def _measured(
    outlook: xr.Dataset, labels: StudyLabels, target: str, scenario: str, control: str
) -> tuple[str, ...]:
    year = int(outlook["target_target_year"].sel(target=target))
    limit = float(outlook["target_limit_stated"].sel(target=target))
    unit = printable(str(outlook["target_unit"].sel(target=target).item()))
    stated = NOTHING if np.isnan(limit) else f"{significant(limit, 4)} {unit}"
    if year not in outlook["year"].to_numpy():
        return (stated, *(NOTHING,) * 3)
    at = outlook.sel(target=target, scenario=scenario, control=control, year=year)
    low, _, high = (significant(float(one), 4) for one in at["target_percentile"].to_numpy())
    return (
        stated,
        f"{low}–{high}",
        chance_words(outlook, labels, target, scenario, control, year),
        percent(float(at["target_met_unrounded"])),
    )


def chances_table(
    study: Study, outlook: xr.Dataset, labels: StudyLabels, *, target: str, control: str = CURRENT
) -> ChartTable:
    """Return the chance of keeping to a target's limit by year, a line for each scenario.

    Parameters
    ----------
    study : Study
    outlook : Dataset
        As `analysis.projection.project` returns it.
    labels : StudyLabels
    target, control : str

    Raises
    ------
    ValueError
        If the target has no figure.
    """
    refuse_unknown(outlook, "target", target)
    shown = [n for n in outlook["scenario"].to_numpy().tolist() if n != BASE_YEAR_SCENARIO]
    data = pd.concat([_figures(outlook, target, name, control) for name in shown])
    due = int(outlook["target_target_year"].sel(target=target))
    told = min(due, int(data["year"].max()))
    at = data[data["year"] == told]
    said = {
        "target": target_title(study, labels, target),
        "year": told,
        "low": percent(float(at["met"].min())),
        "high": percent(float(at["met"].max())),
        "values": labels.say("chart.separator").join(
            labels.say(
                "chart.pair", name=labels.scenario(row["scenario"]), value=percent(row["met"])
            )
            for _, row in at.iterrows()
        ),
    }
    return assembled(
        labels,
        "chances",
        title=labels.say("chart.chances.title", **said),
        subtitle=f"{said['target']} · {labels.word('control', control)}",
        alt=lambda: labels.say("chart.chances.alt", **said),
        x=Axis(labels.say("chart.axis.year"), years=True),
        y=Axis(labels.say("chart.chances.axis"), limits=(0.0, 100.0)),
        marks=lambda: _lines(data, shown, labels, due),
        data=data,
        unit="1",
        notes=labels.notes(labels.say("chart.chances.note", year=due)),
    )


def _figures(outlook: xr.Dataset, target: str, scenario: str, control: str) -> pd.DataFrame:
    at = {"target": target, "scenario": scenario, "control": control}
    return pd.DataFrame(
        {
            "scenario": scenario,
            "year": outlook["year"].to_numpy(),
            "met": chosen(outlook, "target_met_stated", **at),
            "met_se": chosen(outlook, "target_met_stated_se", **at),
            "met_unrounded": chosen(outlook, "target_met_unrounded", **at),
        }
    )


def _lines(data: pd.DataFrame, shown: list[str], labels: StudyLabels, due: int) -> Iterator[Mark]:
    dashes, symbols = cycle(DASHES), cycle(SYMBOLS)
    for position, name in enumerate(shown, start=1):
        rows = data[data["scenario"] == name]
        yield Line(
            rows["year"].to_numpy(dtype=np.float64),
            100.0 * rows["met"].to_numpy(),
            series_role(position),
            labels.scenario(name),
            next(dashes),
            next(symbols),
        )
    yield Rule("x", float(due), str(due), "neutral")
