"""Exceedance curve: how likely a year's loss is to pass each amount, and the appetite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, ChartTable, Dash, Line, Mark, Rule, Symbol
from climrisk.charts.tables.assembly import assembled
from climrisk.charts.tables.selection import Z95, chosen, has_items
from climrisk.i18n import percent, significant
from climrisk.names import CURRENT, RETURN_PERIODS, RISKS, TOTAL

__all__ = ["exceedance_table"]

CURVES: Final[tuple[tuple[str, str, Role, Dash, Symbol], ...]] = (
    (RISKS, "AEP", "risk", "solid", "circle"),
    (RISKS, "OEP", "risk", "dash", "square"),
    (TOTAL, "AEP", "total", "dashdot", "diamond"),
)


def exceedance_table(
    results: xr.Dataset,
    labels: StudyLabels,
    *,
    scenario: str,
    year: int,
    control: str = CURRENT,
) -> ChartTable:
    """Return the exceedance curves of one year, with the probability of passing the appetite.

    A point at return period T is the loss that the year passes with probability 1/T: AEP of the
    year's whole loss, OEP of its largest single event.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    labels : StudyLabels
    scenario, control : str
        Which world.
    year : int
        One of the results' `curve_year`.

    Raises
    ------
    ValueError
        If an id or year is not in the results.
    """
    data = _figures(results, scenario, control, year)
    breach = {name: _breach(results, scenario, control, year, name) for name in (RISKS, TOTAL)}
    said = {
        "year": year,
        "scenario": labels.scenario(scenario),
        "appetite": labels.money(labels.appetite),
        "risks": percent(breach[RISKS]),
        "total": percent(breach[TOTAL]),
    }
    empty = None if has_items(results) else labels.say("chart.empty")
    return assembled(
        labels,
        "exceedance",
        title=labels.say("chart.exceedance.title", **said),
        subtitle=labels.subtitle(
            labels.scenario(scenario), str(year), labels.word("control", control)
        ),
        alt=lambda: _alt(labels, data, said),
        x=Axis(labels.say("chart.exceedance.loss", unit=labels.unit)),
        y=_probabilities(labels, year),
        marks=lambda: _marks(data, labels, said),
        data=data,
        unit=labels.unit,
        notes=labels.notes(labels.say("chart.exceedance.note")),
        empty=empty,
    )


def _figures(results: xr.Dataset, scenario: str, control: str, year: int) -> pd.DataFrame:
    where: dict[str, str | int] = {
        "scenario": scenario,
        "control": control,
        "curve_year": year,
    }
    periods = results["return_period"].to_numpy()
    parts = [
        pd.DataFrame(
            {
                "curve": curve,
                "basis": basis,
                "return_period": periods,
                "probability": 1.0 / periods,
                "loss": chosen(results, "exceedance_loss", **where, curve=curve, basis=basis),
                "loss_se": chosen(results, "exceedance_loss_se", **where, curve=curve, basis=basis),
            }
        )
        for curve, basis, *_ in CURVES
    ]
    return pd.concat(parts, ignore_index=True).dropna(subset="loss", ignore_index=True)


def _breach(results: xr.Dataset, scenario: str, control: str, year: int, curve: str) -> float:
    where: dict[str, str | int] = {"scenario": scenario, "control": control, "curve": curve}
    return float(chosen(results, "annual_breach_probability", **where, year=year))


def _probabilities(labels: StudyLabels, year: int) -> Axis:
    ticks = tuple(1.0 / period for period in RETURN_PERIODS if period != 250)
    texts = tuple(
        labels.say("chart.exceedance.tick", share=significant(100 * tick), period=round(1 / tick))
        for tick in ticks
    )
    title = labels.say("chart.exceedance.probability", year=year)
    return Axis(title, logarithmic=True, ticks=ticks, tick_texts=texts, limits=(0.0035, 0.7))


def _marks(data: pd.DataFrame, labels: StudyLabels, said: dict[str, object]) -> Iterator[Mark]:
    for curve, basis, role, dash, symbol in CURVES:
        rows = data[(data["curve"] == curve) & (data["basis"] == basis)]
        if rows.empty:
            continue
        loss, chance = rows["loss"].to_numpy(), rows["probability"].to_numpy()
        error = Z95 * rows["loss_se"].fillna(0.0).to_numpy(dtype=np.float64)
        label = labels.say(f"chart.exceedance.{basis.lower()}", subject=labels.subject(curve))
        yield Line(loss, chance, role, label, dash, symbol, error, "x")
    yield Rule("x", labels.appetite, labels.say("chart.exceedance.breach", **said))


def _alt(labels: StudyLabels, data: pd.DataFrame, said: dict[str, object]) -> str:
    rows = data[(data["curve"] == RISKS) & (data["basis"] == "AEP")].set_index("return_period")
    losses = labels.say("chart.separator").join(
        labels.say("chart.exceedance.point", period=period, loss=labels.money(rows["loss"][period]))
        for period in (10, 100)
        if period in rows.index
    )
    return labels.say("chart.exceedance.alt", **said, losses=losses)
