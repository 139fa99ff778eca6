"""Scenarios and targets, side by side."""

from __future__ import annotations

import streamlit as st

from climrisk.charts import comparison_table, driver_names, drivers_table
from climrisk.domain.scenario import Scenario
from climrisk.ui.parts import choices, labels_of, notice, results, show
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session

__all__ = ["page"]

ACROSS = 3
"""Scenarios beside each other."""


def page() -> None:
    """Show narrative, drivers and financial range of every scenario in one view."""
    here = session()
    study = here.history.now
    st.title(say("app.page.scenarios"))
    notice()
    choices("horizon", "control")
    found = results()
    labels = labels_of(found)
    show(
        comparison_table(
            found, labels, horizon=here.horizon, against=study.settings.reference_scenario,
            control=here.control,
        ),
        "compared",
    )  # fmt: skip
    names = driver_names(study)
    if names:
        driver = st.selectbox(
            say("app.choose.driver"), names,
            format_func=lambda name: labels.word("driver", name).replace("_", " "),
            key="widget_driver",
        )  # fmt: skip
        show(drivers_table(study, labels, driver=driver), "driver")
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
