"""Financial impact: by year, in the tail, by part, by scenario, and one bad year told."""

from __future__ import annotations

import streamlit as st
import xarray as xr

from climrisk.charts import (
    StudyLabels,
    comparison_table,
    exceedance_table,
    fan_table,
    waterfall_table,
    worse_than,
)
from climrisk.i18n import percent
from climrisk.names import HEADLINES
from climrisk.ui import bad_year
from climrisk.ui.parts import choices, labels_of, notice, results, show
from climrisk.ui.state import say, session, words
from climrisk.ui.wording_table import show_table

__all__ = ["page"]


def page() -> None:
    """Show what climate risks and opportunities come to in money."""
    st.title(say("app.page.financial"))
    notice()
    choices("scenario", "horizon", "control")
    found = results()
    labels = labels_of(found)
    names = ("years", "tail", "parts", "compared", "story")
    years, tail, parts, compared, story = st.tabs(
        [say(f"app.tab.{name}") for name in names], key="financial_tabs"
    )
    with years:
        _fan(found, labels)
    with tail:
        _tail(found, labels)
    with parts:
        _parts(found, labels)
    with compared:
        _compared(found, labels)
    with story:
        bad_year.show()


def _fan(found: xr.Dataset, labels: StudyLabels) -> None:
    here = session()
    subject = st.segmented_control(
        say("app.choose.subject"), HEADLINES, default=HEADLINES[-1],
        format_func=words("subject", HEADLINES).__getitem__, key="widget_subject",
    )  # fmt: skip
    world = {"scenario": here.scenario, "control": here.control}
    show(fan_table(found, labels, subject=subject or HEADLINES[-1], **world), "fan")


def _tail(found: xr.Dataset, labels: StudyLabels) -> None:
    here = session()
    years = found["curve_year"].to_numpy().tolist()
    year = st.segmented_control(
        say("app.choose.year"), years, default=years[-1], key="widget_curve_year"
    )
    world = {"scenario": here.scenario, "control": here.control}
    show(exceedance_table(found, labels, year=year or years[-1], **world), "exceedance")


def _parts(found: xr.Dataset, labels: StudyLabels) -> None:
    here = session()
    where = {"scenario": here.scenario, "control": here.control, "horizon": here.horizon}
    show(waterfall_table(found, labels, by="category", **where), "by_category")
    show(waterfall_table(found, labels, by="channel", **where), "by_channel")


def _compared(found: xr.Dataset, labels: StudyLabels) -> None:
    here = session()
    listed = found["scenario"].to_numpy().tolist()
    reference = here.history.now.settings.reference_scenario
    against = st.selectbox(
        say("app.choose.against"), listed,
        index=listed.index(reference) if reference in listed else 0,
        format_func=labels.scenario, key="widget_against",
    )  # fmt: skip
    chart = comparison_table(
        found, labels, horizon=here.horizon, against=against, control=here.control
    )
    show(chart, "comparison")
    st.subheader(say("app.worse_than"))
    table = worse_than(found, here.horizon).rename(index=labels.scenario, columns=labels.scenario)
    rows = [
        (str(row), *("–" if share != share else percent(share) for share in shares))  # NaN: itself
        for row, shares in zip(table.index, table.to_numpy().tolist(), strict=True)
    ]
    show_table(["", *map(str, table.columns)], rows, name="worse", even=True)
