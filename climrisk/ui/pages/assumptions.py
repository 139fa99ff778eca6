"""Assumptions: every stated figure with its basis, source and confidence."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from climrisk.domain.inputs import Input, study_inputs
from climrisk.ui.parts import notice
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session, tell, words

__all__ = ["page"]

FILTERS = ("assumption", "reference", "reported", "unstated", "unverified")


def page() -> None:
    """Show every input; choose by basis, by what is unverified, or by words."""
    st.title(say("app.page.assumptions"))
    notice()
    inputs = study_inputs(session().history.now)
    wanted = st.pills(
        say("app.choose.basis"), FILTERS, selection_mode="multi",
        format_func=words("app.basis", FILTERS).__getitem__, key="widget_basis",
    )  # fmt: skip
    typed = st.text_input(say("app.choose.words"), key="widget_words", max_chars=200)
    kept = [one for one in inputs if _fits(one, list(wanted or ()), typed)]
    st.markdown(plain(say("app.inputs_shown", shown=len(kept), total=len(inputs))))
    st.dataframe(
        pd.DataFrame([_row(one) for one in kept]),
        hide_index=True,
        height=640,
        column_config={
            say("app.column.input"): st.column_config.TextColumn(width=300),
            say("app.column.value"): st.column_config.TextColumn(width=300),
        },
    )


def _fits(one: Input, wanted: list[str], words: str) -> bool:
    marks = {one.basis or "unstated", "unverified" if one.verified is False else ""}
    said = f"{one.path} {one.value} {one.source or ''}".casefold()
    return (not wanted or bool(marks & set(wanted))) and words.casefold() in said


def _verified(one: Input) -> str:
    return "" if one.verified is None else say(f"app.verified.{'yes' if one.verified else 'no'}")


def _row(one: Input) -> dict[str, object]:
    area, owner = (*one.path.split("."), "")[:2]
    item = session().history.now.items.get(owner) if area == "register" else None
    confidence = None if item is None else item.confidence
    return {
        say("app.column.input"): one.path,
        say("app.column.value"): tell(str(one.value)),
        say("app.column.basis"): say(f"app.basis.{one.basis or 'unstated'}"),
        say("app.fact.confidence"): say(f"app.confidence.{confidence}") if confidence else "",
        say("app.column.verified"): _verified(one),
        say("app.column.source"): one.source,
    }
