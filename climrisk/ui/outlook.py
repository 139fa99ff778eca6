"""Emissions and targets in the simulated worlds; kept apart, since no item moves them."""

from __future__ import annotations

import streamlit as st
import xarray as xr

from climrisk.analysis.incremental import INTERACTIVE
from climrisk.analysis.projection import project
from climrisk.domain.study import Study
from climrisk.io.run_folder import input_hash
from climrisk.ui.parts import results
from climrisk.ui.state import say, session

__all__ = ["outlook"]

KEPT = 12
HELD = "emission_mean"
"""Variable by which results are known to hold the projection."""


def outlook() -> xr.Dataset:
    """Return the projection of the study as it stands; an edit of an item leaves it as it is.

    Results of a final run hold it already.
    """
    here, found = session(), results(*INTERACTIVE)
    if HELD in found:
        return found
    study = here.history.now
    moved_by = study.model_copy(update={"register_": {}, "dependence": type(study.dependence)()})
    with st.spinner(say("app.simulating", draws=f"{here.draws:,}")):
        return _projected(input_hash(moved_by), here.draws, study)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _projected(inputs: str, draws: int, _study: Study) -> xr.Dataset:
    return project(_study, draws=draws)
