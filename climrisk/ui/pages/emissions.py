"""Emissions: the activity data that the study states."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from climrisk.ui.parts import notice
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session

__all__ = ["page"]


def page() -> None:
    """Show the inventory as stated, with its sources."""
    st.title(say("app.page.emissions"))
    notice()
    rows = [
        one.model_dump(mode="json", exclude_none=True) for one in session().history.now.inventory
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True)
    else:
        st.markdown(plain(say("chart.emissions.empty")))
