"""Measures: what each costs and brings."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from climrisk.charts import StudyLabels, inputs_table, measures_table
from climrisk.domain.measure import Measure
from climrisk.names import ALL_YEARS
from climrisk.ui.input_words import note_language
from climrisk.ui.parts import choices, labels_of, notice, results, show
from climrisk.ui.state import say, session, word
from climrisk.ui.wording_table import show_table
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
    if here.history.now.measures:
        _stated(here.history.now.measures, labels)
    show_worth(labels)


def _stated(measures: Mapping[str, Measure], labels: StudyLabels) -> None:
    """Show every measure as stated: status, owner, start, what it acts on, and its source."""
    heads = ("app.column.measure", "app.column.status", "app.fact.owner", "app.column.start",
             "app.column.acts_on", "app.column.source")  # fmt: skip
    rows = [
        (
            labels.measure(name),
            say(f"app.status.{one.status}"),
            word("owner", one.owner or ""),
            "" if one.start is None else str(one.start),
            ", ".join(
                dict.fromkeys(
                    effect.item or labels.word("source", effect.source or "")
                    for effect in (*one.reduces, *one.raises)
                )
            ),
            one.source or "",
        )
        for name, one in measures.items()
    ]
    show_table([say(head) for head in heads], rows, name="measures")
    note_language(one.source for one in measures.values())
