"""Drivers by scenario: what the simulation takes each series to be, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climrisk.charts.caption import printable
from climrisk.charts.labels import StudyLabels
from climrisk.charts.roles import series_role
from climrisk.charts.table import Axis, ChartTable, Dash, Line, Mark, Symbol
from climrisk.charts.tables.assembly import assembled
from climrisk.domain.study import Study
from climrisk.engine.drivers import Picks
from climrisk.engine.plan import Plan, make_plan
from climrisk.i18n import significant
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = [
    "DASHES",
    "SYMBOLS",
    "driver_names",
    "driver_paths",
    "driver_title",
    "driver_unit",
    "drivers_table",
]

Floats = NDArray[np.float64]
DASHES: Final[tuple[Dash, ...]] = (
    "solid", "dash", "dot", "dashdot", "longdash", "longdashdot",
)  # fmt: skip
SYMBOLS: Final[tuple[Symbol, ...]] = (
    "circle", "square", "diamond", "triangle-up", "cross", "x", "triangle-down", "star",
)  # fmt: skip
LEVELS: Final = (0.1, 0.5, 0.9)
"""Percentiles shown of a series that is stated in percentiles."""


def driver_names(study: Study) -> tuple[str, ...]:
    """Return the drivers and responses that the study's links use, sorted."""
    return tuple(sorted({link.driver for item in study.items.values() for link in item.links}))


def drivers_table(study: Study, labels: StudyLabels, *, driver: str) -> ChartTable:
    """Return one driver in every scenario, as the links see it.

    The line is the median model or percentile; the figures also hold the lowest and highest
    model, or the percentiles 10 and 90.

    Parameters
    ----------
    study : Study
    labels : StudyLabels
    driver : str
        Driver or response that a link uses.

    Raises
    ------
    ValueError
        If no link uses the driver.
    """
    names = driver_names(study)
    if driver not in names:
        raise ValueError(f"driver: found {driver!r}, allowed {', '.join(names)}")
    plan = make_plan(study, study.settings.scenarios)
    shown = [name for name in plan.scenarios if name != BASE_YEAR_SCENARIO]
    data = pd.concat([_figures(plan, driver, name) for name in shown], ignore_index=True)
    unit = driver_unit(study, labels, driver, shown[0])
    title = driver_title(study, labels, driver)
    ends = data[data["year"] == data["year"].max()].set_index("scenario")["middle"]
    said = {
        "driver": title,
        "unit": unit,
        "year": int(data["year"].max()),
        "values": labels.say("chart.separator").join(
            labels.say("chart.pair", name=labels.scenario(name), value=significant(ends[name], 3))
            for name in shown
        ),
    }
    return assembled(
        labels,
        "drivers",
        title=labels.say("chart.drivers.title", **said),
        subtitle=labels.say("chart.drivers.subtitle", unit=unit),
        alt=lambda: labels.say("chart.drivers.alt", **said),
        x=Axis(labels.say("chart.axis.year"), years=True),
        y=Axis(f"{title} ({unit})"),
        marks=lambda: _lines(data, shown, labels),
        data=data,
        unit=unit,
        notes=(labels.say("chart.drivers.note"), *labels.remarks),
    )


def _figures(plan: Plan, driver: str, scenario: str) -> pd.DataFrame:
    paths = driver_paths(plan, driver, scenario)
    return pd.DataFrame(
        {
            "scenario": scenario,
            "year": plan.years,
            "low": paths.min(axis=1),
            "middle": np.median(paths, axis=1),
            "high": paths.max(axis=1),
        }
    )


def driver_paths(plan: Plan, driver: str, scenario: str) -> Floats:
    """Return (year, variant): one variant a model, or the percentiles of `LEVELS`.

    Parameters
    ----------
    plan : Plan
        Its years and drivers.
    driver : str
        Driver or response.
    scenario : str
    """
    if driver in plan.responses:
        response = plan.responses[driver]
        return response.of(driver_paths(plan, response.parent, scenario))
    planned = plan.drivers[driver]
    models = max(len(plan.models), 1)
    if planned.base.scores is None and planned.own[scenario].scores is None:
        picks = Picks(np.arange(models), np.zeros(models))
    else:
        from scipy.special import ndtri  # late: SciPy takes longer to load than a page to draw

        picks = Picks(np.zeros(len(LEVELS), dtype=np.int64), ndtri(np.array(LEVELS)))
    return planned.path_at(scenario, picks)


def driver_title(study: Study, labels: StudyLabels, driver: str) -> str:
    """Return the name of a driver or response in the reader's language."""
    if driver in study.responses:
        return printable(study.responses[driver].title.best(labels.language))
    word = labels.word("driver", driver)
    return word.replace("_", " ") if word == driver else word


def driver_unit(study: Study, labels: StudyLabels, driver: str, scenario: str) -> str:
    """Return the unit of a driver or response, in the reader's language where it is known."""
    if driver in study.settings.conversions:
        stated = study.settings.conversions[driver].to_unit
    elif driver in study.responses:
        stated = study.responses[driver].unit
    else:
        stated = study.scenarios[scenario].drivers[driver].unit
    return labels.word("driver_unit", stated)


def _lines(data: pd.DataFrame, shown: list[str], labels: StudyLabels) -> Iterator[Mark]:
    dashes, symbols = cycle(DASHES), cycle(SYMBOLS)
    for position, name in enumerate(shown, start=1):
        rows = data[data["scenario"] == name]
        yield Line(
            rows["year"].to_numpy(dtype=np.float64),
            rows["middle"].to_numpy(),
            series_role(position),
            labels.scenario(name),
            next(dashes),
            next(symbols),
        )
