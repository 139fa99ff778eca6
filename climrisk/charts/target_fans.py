"""Targets across scenarios as a chart table: what is drawn, before anybody draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from climrisk.charts.caption import printable
from climrisk.ghg.rounding import prints_alike
from climrisk.i18n import translate
from climrisk.i18n.numerals import percent
from climrisk.names import BASE_YEAR_SCENARIO, CURRENT, Language

__all__ = ["MARKS", "FanChart", "FanWords", "TargetFan", "target_fans"]

LAST_YEAR: Final = 2030
KEYS: Final = ("fan", "median", "limit", "prints", "base", "assumed")
MARKS: Final = {"on_track": "✓", "at_risk": "▲", "off_track": "✗"}


@dataclass(frozen=True)
class TargetFan:
    """One panel: a target in a scenario.

    Parameters
    ----------
    target, scenario, unit : str
    years : DataFrame
        Columns `year, p5, p50, p95, limit, prints, assumed`, in the target's unit: `prints` is up
        to where a figure prints as the limit; assumed past the target year.
    base_year, target_year : int
    base : float
        Unrounded figure of the base year.
    verdict, detail : str
        Chance of meeting the target as stated, and unrounded, in the target year.
    status : str
        Where the median of the target year stands; empty past the simulated years.
    """

    target: str
    scenario: str
    unit: str
    years: pd.DataFrame
    base_year: int
    target_year: int
    base: float
    verdict: str
    detail: str
    status: str


@dataclass(frozen=True)
class FanWords:
    """Every text of the picture, in one language."""

    title: str
    subtitle: str
    rows: Mapping[str, str]
    units: Mapping[str, str]
    columns: Mapping[str, str]
    keys: Mapping[str, str]
    note: str
    notice: str | None
    language: Language


@dataclass(frozen=True)
class FanChart:
    """All panels, row by row, with their words."""

    panels: tuple[TargetFan, ...]
    words: FanWords


def target_fans(
    rows: pd.DataFrame,
    titles: Mapping[str, str],
    scenario_titles: Mapping[str, str],
    *,
    draws: int,
    seed: int,
    notice: str | None = None,
    language: Language = "en",
    last_year: int = LAST_YEAR,
) -> FanChart:
    """Return what the picture of the targets shows, under current controls.

    Parameters
    ----------
    rows : DataFrame
        Content of `targets.csv`.
    titles, scenario_titles : mapping of id to str
        Titles of the targets and of the scenarios, in `language`.
    draws, seed : int
        Of the run.
    notice : str, optional
        Printed inside the picture.
    language : {"en", "zh-Hant", "zh-Hans"}
    last_year : int
        Last year that is drawn, or the last one simulated.
    """
    wanted = (rows["control"] == CURRENT) & (rows["scenario"] != BASE_YEAR_SCENARIO)
    told = rows[wanted & (rows["year"] <= last_year)]
    panels = tuple(
        _panel(str(target), str(scenario), part, language)
        for (target, scenario), part in told.groupby(["target", "scenario"], sort=False)
    )
    base_year = panels[0].base_year if panels else 0
    words = _words(panels, titles, scenario_titles, language, draws, seed, base_year, notice)
    return FanChart(panels, words)


def _panel(target: str, scenario: str, part: pd.DataFrame, language: Language) -> TargetFan:
    first = part.iloc[0]
    columns = {f"projected_{name}": name for name in ("p5", "p50", "p95")}
    years = part.rename(columns=columns)[["year", "p5", "p50", "p95", "limit"]]
    decimals = first["stated_decimals"]
    years["prints"] = [
        limit if pd.isna(decimals) else prints_alike(float(limit), int(decimals))[1]
        for limit in years["limit"]
    ]
    due = part[part["year"] == first["target_year"]]
    verdict, detail, status = "", "", ""
    if len(due):
        one = due.iloc[0]
        status = str(one["status"])
        share = percent(float(one["probability_met_stated"]))
        verdict = translate(
            "targets.verdict", language, year=int(one["year"]), mark=MARKS[status], share=share
        )
        unrounded = percent(float(one["probability_met_unrounded"]))
        detail = translate("targets.unrounded", language, share=unrounded)
    return TargetFan(
        target=target,
        scenario=scenario,
        unit=str(first["unit"]),
        years=years.assign(assumed=years["year"] > first["target_year"]).reset_index(drop=True),
        base_year=int(first["base_year"]),
        target_year=int(first["target_year"]),
        base=float(first["base_value"]),
        verdict=verdict,
        detail=detail,
        status=status,
    )


def _words(
    panels: Sequence[TargetFan],
    titles: Mapping[str, str],
    scenario_titles: Mapping[str, str],
    language: Language,
    draws: int,
    seed: int,
    base_year: int,
    notice: str | None,
) -> FanWords:
    def say(key: str, **values: object) -> str:
        return translate(f"targets.{key}", language, **values)

    last = max((int(one.years["year"].max()) for one in panels), default=base_year)
    goals = sorted({one.target_year for one in panels})
    return FanWords(
        title=say("title"),
        subtitle=say("subtitle", year=base_year, last=last),
        rows={one.target: printable(titles.get(one.target, one.target)) for one in panels},
        units={one.target: printable(one.unit) for one in panels},
        columns={one.scenario: printable(scenario_titles[one.scenario]) for one in panels},
        keys={
            name: say(f"key.{name}")
            for name in ("fan", "median", "limit", "prints", "base", "assumed")
        },
        note=say("note", years=", ".join(map(str, goals)), draws=f"{draws:,}", seed=seed),
        notice=None if notice is None else printable(notice),
        language=language,
    )
