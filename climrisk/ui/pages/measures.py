"""Measures: what each costs and brings."""

from __future__ import annotations

import streamlit as st

from climrisk.charts import inputs_table, measures_table
from climrisk.names import ALL_YEARS
from climrisk.ui.parts import choices, labels_of, notice, results, show
from climrisk.ui.state import say, session, word
from climrisk.ui.worth import show_worth

__all__ = ["page"]


def page() -> None:
    """Show cost and benefit of every planned measure, and the inputs that move net most."""
    here = session()
    st.title(say("app.page.measures"))
    notice()
    choices("scenario")
    found = results("measures", "inputs")
    labels = labels_of(found)
    show(measures_table(found, labels, scenario=here.scenario), "measures")
    show(inputs_table(found, labels, scenario=here.scenario, horizon=ALL_YEARS), "inputs")
    rows = [
        {
            say("app.column.measure"): f"{name} {one.title.best(here.language)}",
            say("app.column.status"): say(f"app.status.{one.status}"),
            say("app.fact.owner"): word("owner", one.owner or ""),
            say("app.column.start"): one.start,
            say("app.column.acts_on"): ", ".join(
                dict.fromkeys(
                    effect.item or effect.source or "" for effect in (*one.reduces, *one.raises)
                )
            ),
            say("app.column.source"): one.source,
        }
        for name, one in here.history.now.measures.items()
    ]
    if rows:
        st.dataframe(rows, hide_index=True)
    show_worth(labels)
