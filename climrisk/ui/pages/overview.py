"""Overview: the answer first."""

from __future__ import annotations

import streamlit as st

from climrisk.analysis.incremental import INTERACTIVE
from climrisk.charts import StudyLabels, headline_table, items_table, target_rows
from climrisk.ui import final
from climrisk.ui.outlook import outlook
from climrisk.ui.parts import choices, labels_of, notice, results, show
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session
from climrisk.ui.wording_table import show_table

__all__ = ["page"]


def page() -> None:
    """Show net ranges, the top three each way, what is not assessed, and the targets."""
    here = session()
    st.title(say("app.page.overview"))
    notice()
    choices("scenario", "horizon", "control")
    found = results(*INTERACTIVE)
    labels = labels_of(found)
    scenario, control = here.scenario, here.control
    show(headline_table(found, labels, scenario=scenario, control=control), "headline")
    largest = items_table(found, labels, scenario=scenario, control=control, horizon=here.horizon)
    show(largest, "items")
    _targets(labels)
    final.show()


def _targets(labels: StudyLabels) -> None:
    here = session()
    st.subheader(say("app.targets"))
    world = {"scenario": here.scenario, "control": here.control}
    rows = target_rows(here.history.now, outlook(), labels, **world)
    if not rows:
        st.markdown(plain(say("app.no_targets")))
        return
    heads = ("target", "target_year", "limit", "range", "met", "met_unrounded")
    show_table([say(f"app.column.{name}") for name in heads], rows, name="targets")
    st.caption(plain(" ".join(labels.notes(say("app.outlook.note")))))
