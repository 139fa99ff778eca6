"""The matrix as a picture of a page: the study as it stands, in the chosen scenario and horizon."""

from __future__ import annotations

from typing import Any, Final, Literal

import streamlit as st

from climrisk.analysis.incremental import INTERACTIVE
from climrisk.charts import MatrixChart, matrix_alt, matrix_figure, matrix_table
from climrisk.io.matrix_table import matrix_rows
from climrisk.ui.parts import QUIET, labels_of, look, results, words_and_figures
from climrisk.ui.state import session

__all__ = ["show_matrix"]

SHOWN: Final = ("item", "label", "control", "likelihood", "low", "impact", "high")


def show_matrix(key: str, on_select: Literal["rerun", "ignore"] = "ignore") -> Any:
    """Show the matrix with its words and figures; return what was clicked where it may be."""
    chart = _chart()
    event = st.plotly_chart(
        matrix_figure(chart, look()),
        theme=None,
        key=key,
        on_select=on_select,
        selection_mode="points",
        config=QUIET,
        alt=matrix_alt(chart),
    )
    words_and_figures(matrix_alt(chart), chart.points[list(SHOWN)], key)
    return event


def _chart() -> MatrixChart:
    here, found = session(), results(*INTERACTIVE)
    labels = labels_of(found)
    return matrix_table(
        matrix_rows(found),
        labels.items,
        scenario=here.scenario,
        horizon=here.horizon,
        caption=labels.caption(here.scenario, here.horizon),
        appetite=labels.appetite,
        not_assessed=tuple(here.history.now.not_assessed),
    )
