"""Assumptions: every stated figure with its basis, source and confidence."""

from __future__ import annotations

from typing import Final

import streamlit as st

from climrisk.domain.inputs import Input, study_inputs
from climrisk.ui.input_words import note_language, path_words
from climrisk.ui.parts import notice
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session, tell, words
from climrisk.ui.wording_table import show_table

__all__ = ["page"]

FILTERS: Final = ("assumption", "reference", "reported", "unstated", "unverified")
AT_ONCE: Final = 60
"""Rows that are shown first, and that are added on request."""
HEADS: Final = (
    "app.column.input", "app.column.value", "app.column.basis", "app.fact.confidence",
    "app.column.verified", "app.column.source",
)  # fmt: skip


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
    if kept:
        _table(kept, (*(wanted or ()), typed))


def _table(kept: list[Input], asked: tuple[str, ...]) -> None:
    """Show the first rows; more of them on request, until something else is asked for."""
    before, count = st.session_state.get("inputs_shown", (asked, AT_ONCE))
    count = count if before == asked else AT_ONCE
    st.session_state["inputs_shown"] = (asked, count)
    shown, left = kept[:count], len(kept) - count
    note_language(one.source for one in shown)
    show_table([say(head) for head in HEADS], map(_row, shown), name="assumptions")
    more = min(left, AT_ONCE)
    if more > 0 and st.button(say("app.show_more", count=more), width="stretch"):
        st.session_state["inputs_shown"] = (asked, count + AT_ONCE)
        st.rerun()


def _fits(one: Input, wanted: list[str], words: str) -> bool:
    marks = {one.basis or "unstated", "unverified" if one.verified is False else ""}
    said = f"{one.path} {path_words(one.path)} {one.value} {one.source or ''}".casefold()
    return (not wanted or bool(marks & set(wanted))) and words.casefold() in said


def _verified(one: Input) -> str:
    return "" if one.verified is None else say(f"app.verified.{'yes' if one.verified else 'no'}")


def _row(one: Input) -> tuple[str, ...]:
    area, owner = (*one.path.split("."), "")[:2]
    item = session().history.now.items.get(owner) if area == "register" else None
    confidence = None if item is None else item.confidence
    return (
        path_words(one.path),
        tell(str(one.value)),
        say(f"app.basis.{one.basis or 'unstated'}"),
        say(f"app.confidence.{confidence}") if confidence else "",
        _verified(one),
        one.source or "",
    )
