"""Matrix: every item by likelihood and impact; a click opens it."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from climrisk.charts import matrix_alt, matrix_figure, matrix_table
from climrisk.charts.matrix import MatrixChart
from climrisk.io.matrix_table import matrix_rows
from climrisk.ui import item_card
from climrisk.ui.parts import QUIET, choices, labels_of, look, notice, results, words_and_figures
from climrisk.ui.state import say, session

__all__ = ["page"]

SHOWN: Final = ("item", "label", "control", "likelihood", "low", "impact", "high")


def page() -> None:
    """Show the matrix and the item that was clicked or chosen."""
    here = session()
    st.title(say("app.page.matrix"))
    notice()
    choices("scenario", "horizon")
    found = results()
    labels = labels_of(found)
    chart = matrix_table(
        matrix_rows(found),
        labels.items,
        scenario=here.scenario,
        horizon=here.horizon,
        caption=labels.caption(here.scenario, here.horizon),
        appetite=labels.appetite,
        not_assessed=tuple(here.history.now.not_assessed),
    )
    event = st.plotly_chart(
        matrix_figure(chart, look()),
        theme=None,
        key="matrix",
        on_select="rerun",
        selection_mode="points",
        config=QUIET,
        alt=matrix_alt(chart),
    )
    words_and_figures(matrix_alt(chart), _figures(chart))
    _open(event)


def _figures(chart: MatrixChart) -> pd.DataFrame:
    return chart.points[list(SHOWN)]


def _open(event: Any) -> None:
    """Open the clicked item; the list does the same by keyboard."""
    items = item_card.names()
    clicked = clicked_item(event)
    if clicked in items and st.session_state.get("clicked") != clicked:
        st.session_state["widget_item"] = clicked
    st.session_state["clicked"] = clicked
    if not items:
        return
    chosen = st.selectbox(
        say("app.choose.item"), list(items), format_func=items.__getitem__, key="widget_item"
    )
    item_card.open_card(chosen)


def clicked_item(event: Any) -> str | None:
    """Return the item of the first selected point, None where nothing is selected."""
    points = event["selection"]["points"] if event else []
    for point in points:
        data = point.get("customdata")
        if data:
            return str(data[0] if isinstance(data, list) else data)
    return None
