"""Scenarios side by side in words: money, targets and drivers, a column for each scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from climrisk.charts.caption import printable
from climrisk.charts.labels import StudyLabels
from climrisk.charts.tables.comparison import worse_than
from climrisk.charts.tables.drivers import driver_names, driver_paths, driver_title, driver_unit
from climrisk.charts.tables.selection import chosen
from climrisk.charts.tables.target_chances import chance_words, has_targets, target_title
from climrisk.domain.study import Study
from climrisk.engine.plan import make_plan
from climrisk.i18n import fixed, number_range, percent, significant
from climrisk.names import CURRENT, NET, TOTAL

__all__ = ["GridRow", "ScenarioGrid", "scenario_grid"]

OWN_EMISSIONS: Final = "1+2 market-based/all/all/all"
NOTHING: Final = "–"
Cell = Callable[[str], str]


@dataclass(frozen=True)
class GridRow:
    """One row: what is compared, and its words in each scenario.

    A row without cells heads the rows below it.
    """

    head: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScenarioGrid:
    """All scenarios in one view.

    Attributes
    ----------
    scenarios : tuple of str
        Titles, one for each column.
    rows : tuple of GridRow
    notes : tuple of str
        How to read it and how it was run.
    """

    scenarios: tuple[str, ...]
    rows: tuple[GridRow, ...]
    notes: tuple[str, ...]


def scenario_grid(
    study: Study,
    results: xr.Dataset,
    outlook: xr.Dataset,
    labels: StudyLabels,
    *,
    horizon: str,
    against: str,
    control: str = CURRENT,
) -> ScenarioGrid:
    """Return range of total net, chances of the targets and drivers, scenario by scenario.

    Parameters
    ----------
    study : Study
    results : Dataset
        As `analyse` returns it, with its output `differences`.
    outlook : Dataset
        As `analysis.projection.project` returns it; may be empty.
    labels : StudyLabels
    horizon, control : str
        Which years and controls; drivers and emissions are those of the horizon's last year.
    against : str
        Scenario that each is held against, under current controls.
    """
    names = [name for name in results["scenario"].to_numpy().tolist() if name in study.scenarios]
    year = labels.years[horizon][1]
    rows = [
        *_money(results, labels, horizon, control, against),
        *_targets(study, outlook, labels, year, control),
        *_conditions(study, labels, year),
        *_emissions(outlook, labels, year, control),
    ]
    return ScenarioGrid(
        scenarios=tuple(labels.scenario(name) for name in names),
        rows=tuple(
            GridRow(head, tuple(cell(name) for name in names) if cell else ())
            for head, cell in rows
        ),
        notes=labels.notes(labels.say("grid.note"), *_unmeasured(outlook, labels)),
    )


def _conditions(study: Study, labels: StudyLabels, year: int) -> Iterator[tuple[str, Cell | None]]:
    """Yield warming and every driver that a link uses, in one year."""
    yield labels.say("grid.conditions", year=year), None

    def warming(name: str) -> str:
        told = study.scenarios[name].warming
        return " · ".join(
            fixed(one.value, 1) for one in (told.at_2050, told.peak, told.median_2100)
        )

    yield labels.say("grid.warming"), warming
    plan = make_plan(study, study.settings.scenarios)
    place = plan.years.index(year)
    for driver in driver_names(study):
        unit = driver_unit(study, labels, driver, study.settings.scenarios[0])

        def level(name: str, driver: str = driver) -> str:
            return significant(float(np.median(driver_paths(plan, driver, name)[place])), 3)

        yield f"{driver_title(study, labels, driver)} ({unit})", level


def _money(
    results: xr.Dataset, labels: StudyLabels, horizon: str, control: str, against: str
) -> Iterator[tuple[str, Cell | None]]:
    yield labels.say("grid.money", horizon=labels.horizon(horizon)), None
    years = float(results["horizon_years"].sel(horizon=horizon))
    at = {"control": control, "horizon": horizon}
    net = {**at, "subject": TOTAL, "channel": NET}

    def span(name: str) -> str:
        low, _, high = chosen(results, "percentile", scenario=name, **net) / years
        return number_range(low, high, labels.language)

    def mean(name: str) -> str:
        return significant(float(chosen(results, "mean", scenario=name, **net)) / years)

    def breach(name: str) -> str:
        return percent(
            float(chosen(results, "breach_probability", scenario=name, curve=TOTAL, **at))
        )

    yield labels.say("grid.range", unit=labels.unit_a_year), span
    yield labels.say("grid.mean", unit=labels.unit_a_year), mean
    yield labels.say("grid.breach", money=labels.money(labels.appetite)), breach
    if control == CURRENT:
        worse = worse_than(results, horizon)[against]
        yield (
            labels.say("grid.worse", against=labels.scenario(against)),
            lambda name: NOTHING if name == against else percent(float(worse[name])),
        )


def _emissions(
    outlook: xr.Dataset, labels: StudyLabels, year: int, control: str
) -> Iterator[tuple[str, Cell | None]]:
    if "emission_percentile" not in outlook:
        return

    def span(name: str) -> str:
        low, _, high = chosen(
            outlook, "emission_percentile", scenario=name, control=control, year=year,
            ranged_line=OWN_EMISSIONS,
        )  # fmt: skip
        return f"{significant(low, 3)}–{significant(high, 3)}"

    if OWN_EMISSIONS in outlook["ranged_line"].to_numpy():
        yield labels.say("grid.emissions", year=year), span


def _targets(
    study: Study, outlook: xr.Dataset, labels: StudyLabels, year: int, control: str
) -> Iterator[tuple[str, Cell | None]]:
    """Yield the chance of meeting each target, and of keeping to its limit in a later year."""
    if not has_targets(outlook):
        return
    yield labels.say("grid.targets"), None
    for target in outlook["target"].to_numpy().tolist():
        due = int(outlook["target_target_year"].sel(target=target))
        title = target_title(study, labels, target)
        for then in dict.fromkeys((due, max(due, year))):
            key = "grid.met" if then == due else "grid.kept"

            def chance(name: str, target: str = target, then: int = then) -> str:
                return chance_words(outlook, labels, target, name, control, then)

            yield labels.say(key, target=title, year=then), chance


def _unmeasured(outlook: xr.Dataset, labels: StudyLabels) -> Iterator[str]:
    if "unmeasured_target" in outlook:
        named = map(printable, outlook["unmeasured_target"].to_numpy().tolist())
        yield labels.say("grid.unmeasured", targets=labels.say("chart.separator").join(named))
