"""Waterfall: from the parts of the expected effect to their total, by category or by channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

import numpy as np
import pandas as pd
import xarray as xr

from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import Role
from climrisk.charts.table import Axis, Bars, ChartTable, Rule
from climrisk.charts.tables.assembly import assembled, level_axis
from climrisk.charts.tables.selection import Z95, chosen, has_items
from climrisk.i18n import significant
from climrisk.names import (
    CARBON_COST,
    CHANNELS,
    CURRENT,
    MEASURES,
    NET,
    OPPORTUNITY_CATEGORIES,
    OVERLAP,
    RISK_CATEGORIES,
    TOTAL,
)

__all__ = ["waterfall_table"]

By = Literal["category", "channel"]
NOT_IN_NET: Final = "not_in_net"
"""Margin kept on revenue and write-ups: what stands between the channels' sum and net."""
STEPS: Final = (*RISK_CATEGORIES, *OPPORTUNITY_CATEGORIES, CARBON_COST, OVERLAP, MEASURES)


def waterfall_table(
    results: xr.Dataset,
    labels: StudyLabels,
    *,
    scenario: str,
    horizon: str,
    by: By = "category",
    control: str = CURRENT,
) -> ChartTable:
    """Return the steps that add up to the expected effect on net, a year of the horizon.

    Parameters
    ----------
    results : Dataset
        As `analyse` returns it.
    labels : StudyLabels
    scenario, control, horizon : str
        Which world and years.
    by : {"category", "channel"}
        What the steps are. By channel, what revenue and asset value hold beyond profit before
        tax is a step of its own, so that the steps add up to net.

    Raises
    ------
    ValueError
        If an id is not in the results.
    """
    where = {"scenario": scenario, "control": control, "horizon": horizon}
    steps = (_by_category if by == "category" else _by_channel)(results, where)
    data = _stacked(steps)
    total = float(data["amount"].iloc[-1])
    said = {
        "total": labels.money(total),
        "horizon": labels.horizon(horizon),
        "scenario": labels.scenario(scenario),
    }
    empty = None if has_items(results) else labels.say("chart.empty")
    places = -np.arange(len(data), dtype=np.float64)
    words = tuple(_word(labels, step) for step in data["step"])
    return assembled(
        labels,
        f"waterfall_{by}",
        title=labels.say(f"chart.waterfall.{by}", **said),
        subtitle=labels.subtitle(
            labels.scenario(scenario),
            labels.horizon(horizon),
            labels.word("control", control),
            unit=labels.unit_a_year,
        ),
        alt=lambda: _alt(labels, data, words, said),
        x=Axis(labels.say("chart.axis.expected", unit=labels.unit_a_year)),
        y=level_axis(words),
        marks=lambda: (_bars(data, places), Rule("x", 0.0, role="neutral")),
        data=data,
        unit=labels.unit_a_year,
        notes=labels.notes(labels.say("chart.sign"), labels.say("chart.errors")),
        empty=empty,
    )


def _by_category(results: xr.Dataset, where: Mapping[str, str]) -> pd.DataFrame:
    present = results["subject"].to_numpy().tolist()
    steps = [name for name in (*STEPS, TOTAL) if name in present]
    return _rows(results, where, [(name, name, NET) for name in steps])


def _by_channel(results: xr.Dataset, where: Mapping[str, str]) -> pd.DataFrame:
    steps = [(name, TOTAL, name) for name in (*CHANNELS, NET)]
    frame = _rows(results, where, steps)
    gap = frame["amount"].iloc[-1] - frame["amount"].iloc[:-1].sum()
    between = pd.DataFrame([{"step": NOT_IN_NET, "amount": gap, "standard_error": np.nan}])
    parts = [frame.iloc[:-1], between, frame.iloc[-1:].assign(step=TOTAL)]
    return pd.concat(parts, ignore_index=True)


def _rows(
    results: xr.Dataset, where: Mapping[str, str], steps: list[tuple[str, str, str]]
) -> pd.DataFrame:
    years = float(results["horizon_years"].sel(horizon=where["horizon"]))
    rows = []
    for name, subject, channel in steps:
        at = {**where, "subject": subject, "channel": channel}
        mean, error = (float(chosen(results, key, **at)) / years for key in ("mean", "mean_se"))
        rows.append({"step": name, "amount": mean, "standard_error": error})
    return pd.DataFrame(rows).fillna({"amount": 0.0})  # a channel that nothing touches


def _stacked(steps: pd.DataFrame) -> pd.DataFrame:
    """Add where each step starts and ends; the last one starts from zero. Zero steps go."""
    kept = steps[(steps["amount"] != 0.0) | (steps["step"] == TOTAL)].reset_index(drop=True)
    end = kept["amount"].cumsum()
    end.iloc[-1] = kept["amount"].iloc[-1]
    start = end.shift(fill_value=0.0)
    start.iloc[-1] = 0.0
    return kept.assign(start=start, end=end)


def _bars(data: pd.DataFrame, places: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Bars:
    amounts = data["amount"].tolist()
    return Bars(
        place=places,
        start=data["start"].to_numpy(),
        end=data["end"].to_numpy(),
        roles=tuple(_roles(data["step"].tolist(), amounts)),
        label="",
        texts=tuple(significant(amount) for amount in amounts),
        error=Z95 * data["standard_error"].fillna(0.0).to_numpy(),
    )


def _roles(steps: list[str], amounts: list[float]) -> Iterator[Role]:
    for step, amount in zip(steps, amounts, strict=True):
        if step == TOTAL:
            yield "total"
        elif step in (OVERLAP, MEASURES, NOT_IN_NET):
            yield "neutral"
        else:
            yield "risk" if amount < 0 else "opportunity"


def _word(labels: StudyLabels, step: str) -> str:
    if step == NOT_IN_NET:
        return labels.say("chart.waterfall.not_in_net")
    return labels.word("channel", step) if step in CHANNELS else labels.subject(step)


def _alt(
    labels: StudyLabels, data: pd.DataFrame, words: tuple[str, ...], said: Mapping[str, object]
) -> str:
    parts = labels.say("chart.separator").join(
        labels.say("chart.pair", name=word, value=significant(amount))
        for word, amount in zip(words[:-1], data["amount"], strict=False)
    )
    return labels.say("chart.waterfall.alt", **said, parts=parts, unit=labels.unit_a_year)
