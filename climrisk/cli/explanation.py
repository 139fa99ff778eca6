"""The sentences of `climrisk explain`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from climrisk.analysis.definitions import DEFINITIONS
from climrisk.analysis.multipliers import driver_multipliers
from climrisk.analysis.planning import planned_run
from climrisk.analysis.replay import nearest_draw, replay, tail_allocation
from climrisk.cli.emission_explanation import (
    EMISSION_FILES,
    emission_explanation,
    input_words,
)
from climrisk.cli.plain_cells import error_line
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import subjects
from climrisk.i18n.numerals import significant
from climrisk.io.run_figures import Figure
from climrisk.io.stated_figure import StatedFigure
from climrisk.names import BASE_YEAR_SCENARIO, CARBON_COST, MEASURES, OVERLAP, TOTAL

__all__ = ["explanation", "stated_explanation"]

PLACES = (
    "scenario",
    "control",
    "against_scenario",
    "against_control",
    "horizon",
    "year",
    "subject",
    "item",
    "measure",
    "input",
    "channel",
)
TAILS = {
    "loss_tvar95": 0.95,
    "loss_tvar99": 0.99,
    "loss_var95": 0.95,
    "loss_var99": 0.99,
    "p5": 0.95,
}


def explanation(
    study: Study, record: dict[str, Any], figure: Figure, draw: int | None
) -> Iterator[str]:
    """Yield the explanation of a figure, line by line.

    Parameters
    ----------
    study : Study
        The run's input.
    record : dict
        Content of `run.json`.
    figure : Figure
    draw : int or None
        Draw whose story is told; the one nearest to the figure where None.
    """
    if figure.file in EMISSION_FILES:
        yield from emission_explanation(study, record, figure)
        return
    chosen = tuple(name for name in record["scenarios"] if name != BASE_YEAR_SCENARIO)
    plan = planned_run(study, chosen)
    yield from _what(study, figure)
    years = _years(plan, figure)
    members = _members(plan, figure)
    yield from _parts(plan, record, figure, years, members)
    if figure.row.get("measure"):
        yield from _inputs(record, f"measures.{figure.row['measure']}.")
    if figure.row.get("subject") == CARBON_COST:
        yield from _inputs(record, "settings.carbon_cost.")
    for item in members:
        yield from _item(study, record, plan, item, years)
    yield from _story(plan, record, figure, years, draw)


def stated_explanation(figure: StatedFigure) -> Iterator[str]:
    """Yield the explanation of a figure that the study states, line by line."""
    yield f"{figure.path} = {figure.value}"
    yield "  stated by the study; no Monte Carlo error"
    yield f"  basis: {figure.basis or 'not stated'}"
    yield f"  source: {figure.source or 'not stated'}"
    if figure.verified is False:
        yield "  not verified against its source"


def _what(study: Study, figure: Figure) -> Iterator[str]:
    row = figure.row
    place = ", ".join(f"{name} {row[name]}" for name in PLACES if row.get(name))
    yield f"{figure.statistic} = {figure.value} {figure.unit}".rstrip()
    yield f"  of: {place}"
    meaning = DEFINITIONS.get(figure.statistic, "no definition")
    yield f"  means: {meaning}"
    yield error_line(row.get("standard_error") or row.get(f"{figure.column}_se"))
    if row.get("notice"):
        yield f"  {row['notice']}"
    left_out = ", ".join(study.not_assessed)
    yield f"  not assessed and left out: {left_out or 'nothing'}"


def _years(plan: Plan, figure: Figure) -> slice:
    if figure.row.get("year"):
        place = plan.years.index(int(figure.row["year"]))
        return slice(place, place + 1)
    horizon = figure.row.get("horizon", "all")
    return plan.horizons.get(horizon, slice(0, len(plan.years)))


def _members(plan: Plan, figure: Figure) -> list[str]:
    """Return the items that the figure's subject sums."""
    row = figure.row
    if row.get("measure"):
        touching = [(one.id, {effect.measure for effect in one.effects}) for one in plan.items]
        return [item for item, measures in touching if row["measure"] in measures]
    if row.get("input"):
        return [item.id for item in plan.items if f".{item.id}." in row["input"]]
    name = row.get("item") or row.get("subject", TOTAL)
    told = {one.name: one for one in subjects(plan)}
    count = len(plan.items)
    return [plan.items[place].id for place in told[name].members if place < count]


def _parts(
    plan: Plan, record: dict[str, Any], figure: Figure, years: slice, members: list[str]
) -> Iterator[str]:
    row = figure.row
    if row.get("subject") != TOTAL or figure.statistic not in TAILS:
        yield f"  sums: {', '.join(members) or row.get('subject', '')}"
        return
    split = tail_allocation(
        plan,
        record["seed"],
        record["draws"],
        row["scenario"],
        row["control"],
        years,
        TAILS[figure.statistic],
    )
    yield (
        f"  the mean loss of the worst {1 - TAILS[figure.statistic]:.0%}, "
        f"{significant(split['loss'].sum())}, is made of:"
    )
    for part in split.itertuples():
        yield f"    {part.subject}: {significant(float(str(part.loss)))} ({part.share:.0%})"


def _item(
    study: Study, record: dict[str, Any], plan: Plan, item: str, years: slice
) -> Iterator[str]:
    yield f"{item} {study.items[item].title.best()}"
    yield from _inputs(record, f"register.{item}.")
    table = driver_multipliers(plan, item, years)
    for (driver, acts_on, form), links in table.groupby(["driver", "acts_on", "form"], sort=False):
        yield f"  {driver} on {acts_on} ({form}), base {significant(links['base'].iloc[0])}:"
        yield "    " + ", ".join(_moved(link) for link in links.itertuples())


def _inputs(record: dict[str, Any], prefix: str) -> Iterator[str]:
    for one in record["inputs"]:
        if one["path"].startswith(prefix):
            yield f"  {one['path'].removeprefix(prefix)}: {input_words(one)}"


def _moved(link: Any) -> str:
    if pd.isna(link.multiplier):
        return f"{link.scenario} {significant(link.driver_mean)}"
    return f"{link.scenario} x{link.multiplier:.2f}"


def _story(
    plan: Plan, record: dict[str, Any], figure: Figure, years: slice, draw: int | None
) -> Iterator[str]:
    row = figure.row
    scenario, control = row["scenario"], row.get("control", "current")
    if draw is None:
        if row.get("subject") != TOTAL or figure.statistic not in ("p5", "p50", "p95"):
            return
        draw, _ = nearest_draw(
            plan, record["seed"], record["draws"], scenario, control, years, float(figure.value)
        )
    told = replay(plan, record["seed"], draw, scenario, control)
    first, last = plan.years[years.start], plan.years[years.stop - 1]
    told = told[told["year"].between(first, last)]
    yield f"story of draw {draw:,} in {scenario}, {control}, {first}-{last}:"
    for year, rows in told.groupby("year"):
        parts = [_struck(one) for one in rows.itertuples()]
        yield f"  {year}: net {significant(rows['net'].sum())}: {'; '.join(parts)}"


def _struck(one: Any) -> str:
    if one.subject in (OVERLAP, MEASURES, CARBON_COST):
        return f"{one.subject} {significant(one.net)}"
    return f"{one.subject} (x{one.happened:g}) {significant(one.net)}"
