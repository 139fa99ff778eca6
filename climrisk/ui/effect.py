"""What the applied edits come to: ranges and matrix, drawn before they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
import xarray as xr

from climrisk.analysis.incremental import INTERACTIVE
from climrisk.charts import headline_table, study_labels
from climrisk.domain.study import Study
from climrisk.ui.matrix_picture import matrix_ahead, show_matrix
from climrisk.ui.parts import choices, expect, labels_of, picture_ahead, results, show
from climrisk.ui.state import say, session

__all__ = ["expect_effect", "show_effect"]


def show_effect() -> None:
    """Show at once what the applied edits come to, in every item and in total."""
    here = session()
    st.subheader(say("app.effect"))
    choices("scenario", "horizon")
    found = results(*INTERACTIVE)
    world = {"scenario": here.scenario, "control": here.control}
    show(headline_table(found, labels_of(found), **world), "register_headline")
    show_matrix("register_matrix")


def expect_effect(study: Study) -> None:
    """Simulate and draw the effect of an edit that is not applied yet."""
    expect(study, _drawn(study))


def _drawn(study: Study) -> Callable[[xr.Dataset], None]:
    """Return what draws the pictures as this session would show them, without the session."""
    here = session()
    language, world = here.language, {"scenario": here.scenario, "control": here.control}
    headline, matrix = picture_ahead(), matrix_ahead(study)

    def drawn(found: xr.Dataset) -> None:
        headline(headline_table(found, study_labels(study, found, language), **world))
        matrix(found)

    return drawn
