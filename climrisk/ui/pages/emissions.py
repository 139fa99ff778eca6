"""Emissions: projected by scope and source, the base year, and the activity data as stated."""

from __future__ import annotations

import streamlit as st

from climrisk.analysis.incremental import INTERACTIVE
from climrisk.charts import emission_path_table, emissions_table, stated_emission_rows
from climrisk.charts.tables.emission_path import METHODS
from climrisk.ui.input_words import note_language
from climrisk.ui.outlook import outlook
from climrisk.ui.parts import choices, labels_of, notice, results, show
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session, words
from climrisk.ui.wording_table import show_table

__all__ = ["page"]


def page() -> None:
    """Show the projection, the base year by source, and the inventory with its sources."""
    here = session()
    st.title(say("app.page.emissions"))
    notice()
    choices("scenario", "control")
    method = (
        st.segmented_control(
            say("app.method"), METHODS, default=METHODS[0], key="widget_method",
            format_func=words("chart.emission_path", METHODS).__getitem__,
        )
        or METHODS[0]
    )  # fmt: skip
    labels, projected = labels_of(results(*INTERACTIVE)), outlook()
    world = {"scenario": here.scenario, "control": here.control}
    show(emission_path_table(projected, labels, method=method, **world), "emission_path")
    year = here.history.now.settings.base_year
    rows = stated_emission_rows(projected, labels, year=year, method=method)
    basis = say(f"chart.emission_path.{method}")
    show(emissions_table(rows, labels, year=year, basis=basis), "emissions")
    st.subheader(say("app.inventory"))
    _inventory()


def _inventory() -> None:
    """Show the activity data as stated, with its sources."""
    here = session()
    labels = labels_of(results(*INTERACTIVE))
    stated = here.history.now.inventory
    rows = [
        (
            labels.word("source", one.source_id),
            labels.word("source", one.site),
            str(one.year),
            f"{one.quantity:,.12g} {labels.word('app.counted', one.unit)}",
            say(f"app.basis.{one.basis or 'unstated'}"),
            one.source or "",
            one.note or "",
        )
        for one in stated
    ]
    if not rows:
        st.markdown(plain(say("chart.emissions.empty")))
        return
    columns = ("input", "site", "year", "value", "basis", "source", "note")
    heads = [say("app.choose.year" if one == "year" else f"app.column.{one}") for one in columns]
    show_table(heads, rows, name="inventory")
    note_language(text for one in stated for text in (one.source, one.note))
