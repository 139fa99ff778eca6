"""The matrix as a picture of a page: the study as it stands, in the chosen scenario and horizon."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import pandas as pd
import streamlit as st
import xarray as xr

from climrisk.analysis.incremental import INTERACTIVE
from climrisk.charts import Look, matrix_alt, matrix_figure, matrix_table, study_labels
from climrisk.domain.study import Study
from climrisk.io.matrix_table import matrix_rows
from climrisk.names import Language
from climrisk.ui.parts import QUIET, hash_of, look, pictures, results, words_and_figures
from climrisk.ui.state import session

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["matrix_ahead", "show_matrix"]

SHOWN: Final = ("item", "label", "control", "likelihood", "low", "impact", "high")


class _Asked(NamedTuple):
    """What a matrix is to show, and how."""

    scenario: str
    horizon: str
    language: Language
    look: Look


class _Matrix(NamedTuple):
    """A matrix that was drawn: with its words, and the figures behind it."""

    figure: Figure
    alt: str
    points: pd.DataFrame


def show_matrix(key: str, on_select: Literal["rerun", "ignore"] = "ignore") -> Any:
    """Show the matrix with its words and figures; return what was clicked where it may be."""
    drawn = matrix_ahead(session().history.now)(results(*INTERACTIVE))
    event = st.plotly_chart(
        drawn.figure,
        theme=None,
        key=key,
        on_select=on_select,
        selection_mode="points",
        config=QUIET,
        alt=drawn.alt,
    )
    words_and_figures(drawn.alt, drawn.points, key)
    return event


def matrix_ahead(study: Study) -> Callable[[xr.Dataset], _Matrix]:
    """Return what draws a study's matrix as this session shows it, once, outside it as well."""
    here, held, inputs = session(), pictures(), hash_of(study)
    asked = _Asked(here.scenario, here.horizon, here.language, look())

    def drawn(found: xr.Dataset) -> _Matrix:
        key = inputs, found.attrs["draws"], asked
        return held.of(key, lambda: _drawn(study, found, asked))

    return drawn


def _drawn(study: Study, found: xr.Dataset, asked: _Asked) -> _Matrix:
    labels = study_labels(study, found, asked.language)
    chart = matrix_table(
        matrix_rows(found),
        labels.items,
        scenario=asked.scenario,
        horizon=asked.horizon,
        caption=labels.caption(asked.scenario, asked.horizon),
        appetite=labels.appetite,
        not_assessed=tuple(study.not_assessed),
    )
    figure = matrix_figure(chart, asked.look)
    return _Matrix(figure, matrix_alt(chart), chart.points[list(SHOWN)])
