"""Overview: the answer first."""

from __future__ import annotations

import streamlit as st

from climrisk.charts import headline_table, items_table
from climrisk.ui import final
from climrisk.ui.parts import choices, labels_of, notice, results, show
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session

__all__ = ["page"]


def page() -> None:
    """Show net ranges, the top three each way, what is not assessed, and the targets."""
    here = session()
    st.title(say("app.page.overview"))
    notice()
    choices("scenario", "horizon", "control")
    found = results()
    labels = labels_of(found)
    scenario, control = here.scenario, here.control
    show(headline_table(found, labels, scenario=scenario, control=control), "headline")
    largest = items_table(found, labels, scenario=scenario, control=control, horizon=here.horizon)
    show(largest, "items")
    _targets()
    final.show()


def _targets() -> None:
    here = session()
    st.subheader(say("app.targets"))
    rows = [
        {
            say("app.column.target"): one.title.best(here.language),
            say("app.column.limit"): one.limit,
            say("app.column.unit"): one.unit,
            say("app.column.target_year"): one.target_year,
            say("app.column.base_value"): None if one.base_value is None else one.base_value.value,
            say("app.column.source"): one.source,
        }
        for one in here.history.now.targets.values()
    ]
    if rows:
        st.dataframe(rows, hide_index=True)
    else:
        st.markdown(plain(say("app.no_targets")))
