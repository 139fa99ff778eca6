"""Anticipated financial effects as one tidy table: every item, category and total."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from climrisk.charts.caption import printable
from climrisk.names import ALL_YEARS, NET
from climrisk.report.effect_rows import CAPITAL, CODES, STATEMENTS
from climrisk.report.run_data import RunData

__all__ = ["EFFECT_COLUMNS", "effect_frame"]

STATISTICS: Final = ("mean", "p5", "p50", "p95")
ROW: Final = ["scenario", "control", "horizon", "years", "subject", "channel"]
EFFECT_COLUMNS: Final = [
    "scenario",
    "control",
    "horizon",
    "first_year",
    "last_year",
    "years",
    "code",
    "channel",
    "subject",
    "lines",
    *(name for one in STATISTICS for name in (one, f"{one}_standard_error")),
    "unit",
    "status",
    "reason",
    "notice",
]
YEARS: Final = ("first_year", "last_year", "years")
FORMULA_SIGNS: Final = ("=", "+", "-", "@")


def effect_frame(run: RunData) -> pd.DataFrame:
    """Return the effects of a run by line of the statements.

    Returns
    -------
    DataFrame
        A row for each scenario, state of controls, horizon, subject and channel: undiscounted
        sums over the horizon with their Monte Carlo standard errors; then a row for each item
        without a number, with status and reason, and one for capital and financing. Texts that
        a spreadsheet would run as formulas begin with an apostrophe. Where nothing is assessed
        there are no totals, for a zero would look like a finding.
    """
    table = run.table("summary.csv")
    if not run.study.assessed:
        return _finished(_without_number(run), table)
    counted = (table["model"] == "all") & (table["line"] == "all")
    wanted = table["statistic"].isin(STATISTICS) & (table["horizon"] != ALL_YEARS)
    wide = table[counted & wanted].pivot(
        index=[*ROW, "unit", "notice"], columns="statistic", values=["value", "standard_error"]
    )
    frame = wide.index.to_frame(index=False)
    for name in STATISTICS:
        frame[name] = wide["value"][name].to_numpy()
        frame[f"{name}_standard_error"] = wide["standard_error"][name].to_numpy()
    stated = run.study.settings.horizons
    frame["first_year"] = [stated[name].years[0] for name in frame["horizon"]]
    frame["last_year"] = [stated[name].years[1] for name in frame["horizon"]]
    frame["code"] = [_code(name) for name in frame["channel"]]
    frame["lines"] = [
        _lines(run, subject, channel)
        for subject, channel in zip(frame["subject"], frame["channel"], strict=True)
    ]
    frame["status"] = "quantified"
    return _finished(pd.concat([frame, _without_number(run)], ignore_index=True), table)


def _finished(frame: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    whole = frame.assign(notice=table["notice"].iloc[0]).reindex(columns=EFFECT_COLUMNS)
    return whole.astype(dict.fromkeys(YEARS, "Int64"))


def _code(channel: str) -> str:
    return next(code for code, name in STATEMENTS if name == channel)


def _lines(run: RunData, subject: str, channel: str) -> str:
    """Return the lines of the accounts of an item in one channel."""
    item = run.study.items.get(subject)
    if item is None:
        return ""
    named = (one.line for one in item.impact.values() if channel in (one.channel, NET))
    return _as_text("; ".join(dict.fromkeys(named)))


def _without_number(run: RunData) -> pd.DataFrame:
    rows = [{"code": CAPITAL, "status": "not_simulated"}]
    for name, item in run.study.not_assessed.items():
        stated = item.quantification
        codes = dict.fromkeys(CODES[one.channel] for one in item.impact.values())
        rows.append(
            {
                "subject": name,
                "code": " ".join(codes),
                "lines": _as_text("; ".join(one.line for one in item.impact.values())),
                "status": "not_assessed" if stated is None else stated.status,
                "reason": _as_text("" if stated is None else stated.reason or ""),
            }
        )
    return pd.DataFrame(rows).astype(object).where(lambda cells: cells.notna(), np.nan)


def _as_text(text: str) -> str:
    line = printable(text)
    return f"'{line}" if line.startswith(FORMULA_SIGNS) else line
