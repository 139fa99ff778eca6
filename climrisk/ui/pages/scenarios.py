"""Scenarios and targets, side by side."""

from __future__ import annotations

import streamlit as st
import xarray as xr

from climrisk.charts import (
    StudyLabels,
    chances_table,
    comparison_table,
    driver_names,
    drivers_table,
    has_targets,
    scenario_grid,
    target_paths,
    target_table,
    target_title,
)
from climrisk.charts.tables.drivers import driver_title
from climrisk.domain.scenario import Scenario
from climrisk.ui.outlook import outlook
from climrisk.ui.parts import HALF, choices, labels_of, notice, results, show
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session
from climrisk.ui.wording_table import show_table

__all__ = ["page"]

ACROSS = 3
"""Scenarios beside each other."""


def page() -> None:
    """Show drivers, financial range and chances of the targets in one view, then narratives."""
    here = session()
    st.title(say("app.page.scenarios"))
    notice()
    choices("horizon", "control")
    found, projected = results(), outlook()
    labels = labels_of(found)
    against = here.history.now.settings.reference_scenario
    where = {"horizon": here.horizon, "against": against, "control": here.control}
    st.subheader(say("app.side_by_side"))
    grid = scenario_grid(here.history.now, found, projected, labels, **where)
    show_table(
        ("", *grid.scenarios),
        [(row.head, *row.cells) for row in grid.rows],
        name="scenarios",
        even=True,
    )
    st.caption(plain(" ".join(grid.notes)))
    show(comparison_table(found, labels, **where), "compared")
    if has_targets(projected):
        _targets(projected, labels)
    _driver(labels)
    _narratives()


def _targets(projected: xr.Dataset, labels: StudyLabels) -> None:
    """Show one target: the chance of meeting it in every scenario, and its range in one."""
    here = session()
    study = here.history.now
    listed = projected["target"].to_numpy().tolist()
    chosen, world = st.columns(2)
    target = chosen.selectbox(
        say("app.choose.target"), listed, key="widget_target",
        format_func=lambda name: target_title(study, labels, name),
    )  # fmt: skip
    scenario = world.selectbox(
        say("app.choose.scenario"), study.settings.scenarios, key="widget_target_scenario",
        format_func=labels.scenario,
    )  # fmt: skip
    chances = chances_table(study, projected, labels, target=target, control=here.control)
    about = projected.sel(target=target)
    fan = target_table(
        target_paths(projected, control=here.control),
        labels,
        target=target,
        scenario=scenario,
        title=target_title(study, labels, target),
        unit=str(about["target_unit"].item()),
        target_year=int(about["target_target_year"]),
    )
    left, right = st.columns(2)
    with left:
        show(chances, "chances", HALF)
    with right:
        show(fan, "target_fan", HALF)


def _driver(labels: StudyLabels) -> None:
    study = session().history.now
    names = driver_names(study)
    if not names:
        return
    driver = st.selectbox(
        say("app.choose.driver"), names, key="widget_driver",
        format_func=lambda name: driver_title(study, labels, name),
    )  # fmt: skip
    show(drivers_table(study, labels, driver=driver), "driver")


def _narratives() -> None:
    study = session().history.now
    st.subheader(say("app.narratives"))
    listed = list(study.settings.scenarios)
    for start in range(0, len(listed), ACROSS):
        row = listed[start : start + ACROSS]
        for column, name in zip(st.columns(ACROSS), row, strict=False):
            with column.container(border=True):
                _told(study.scenarios[name])


def _told(scenario: Scenario) -> None:
    language = session().language
    st.subheader(plain(scenario.title.best(language)))
    warming = scenario.warming
    said = {
        "at_2050": f"{warming.at_2050.value:.1f}",
        "peak": f"{warming.peak.value:.1f}",
        "median_2100": f"{warming.median_2100.value:.1f}",
    }
    st.markdown(plain(say("app.warming", **said)))
    st.markdown(plain(scenario.narrative.best(language)))
    lines = [f"- {plain(one.best(language))}" for one in scenario.key_assumptions]
    st.markdown("\n".join(lines))
    if scenario.note is not None:
        st.caption(plain(scenario.note.best(language)))
    st.caption(plain("; ".join(scenario.sources)))
