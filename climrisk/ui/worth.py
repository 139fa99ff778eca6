"""What matters most, on a page: worked out when asked for, as it simulates many times over."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from climrisk.charts import StudyLabels, information_table, tornado_table
from climrisk.domain.study import Study
from climrisk.io.run_folder import input_hash
from climrisk.sensitivity import tornado, value_of_information
from climrisk.sensitivity.measure_information import FEWEST_DRAWS
from climrisk.ui.parts import show
from climrisk.ui.state import say, session

__all__ = ["show_worth"]

HELD = "worth"
"""What was worked out last, in a session's state."""


@dataclass(frozen=True)
class _Answer:
    """Tables of one study, scenario and number of draws."""

    of: tuple[str, str, int]
    moved: pd.DataFrame
    worth: pd.DataFrame


def show_worth(labels: StudyLabels) -> None:
    """Offer the tornado, and what each input is worth knowing before a measure is decided on."""
    here = session()
    study = here.history.now
    planned = [name for name, one in sorted(study.measures.items()) if one.status == "planned"]
    if not planned or not study.assessed:
        return
    st.header(say("app.worth.title"))
    st.caption(say("app.worth.about"))
    measure = st.selectbox(
        say("app.worth.measure"), planned, format_func=labels.measure, key="widget_worth"
    )
    wanted = (input_hash(study), here.scenario, here.draws)
    held: _Answer | None = st.session_state.get(HELD)
    if held is None or held.of != wanted:
        if not st.button(say("app.worth.work_out", draws=f"{here.draws:,}"), key="worth_button"):
            return
        held = _worked_out(study, wanted)
        st.session_state[HELD] = held
    worth = held.worth[held.worth["measure"] == measure]
    show(information_table(worth, labels), "worth")
    show(tornado_table(held.moved, labels), "tornado")


def _worked_out(study: Study, wanted: tuple[str, str, int]) -> _Answer:
    _, scenario, draws = wanted
    bar = st.progress(0.0, say("app.simulating", draws=f"{draws:,}"))

    def told(first: float, part: float, done: int, total: int) -> None:
        bar.progress(first + part * done / total, say("app.simulating", draws=f"{draws:,}"))

    moved = tornado(
        study, scenario, draws=draws, progress=lambda done, total: told(0.0, 0.8, done, total)
    )
    worth = value_of_information(
        study,
        scenario,
        draws=max(draws, FEWEST_DRAWS),
        progress=lambda done, total: told(0.8, 0.2, done, total),
    )
    bar.empty()
    return _Answer(wanted, moved, worth)
