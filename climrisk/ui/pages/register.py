"""Register: items, measures and dependence, edited, drawn and saved."""

from __future__ import annotations

from typing import Final
from zlib import crc32

import streamlit as st

from climrisk.errors import InvalidStudyError
from climrisk.io.register_entry import Section, entry_text, with_text, without_entry
from climrisk.ui import folder_panel, item_card
from climrisk.ui.effect import show_effect
from climrisk.ui.faults import say_refusal
from climrisk.ui.item_form import show_form
from climrisk.ui.parts import notice
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session

__all__ = ["page"]

TABS: Final = ("items", "measures", "dependence", "file")
LONGEST: Final = 20_000
HEIGHT: Final = 480


def page() -> None:
    """Show the register for editing."""
    st.title(say("app.page.register"))
    notice()
    items, measures, dependence, file = st.tabs(
        [say(f"app.tab.{name}") for name in TABS], key="register_tabs"
    )
    with items:
        _items()
    with measures:
        _measures()
    with dependence:
        st.markdown(plain(say("app.dependence_about")))
        _as_text("dependence", "")
    with file:
        folder_panel.show()


def _items() -> None:
    listed = item_card.names()
    if listed:
        chosen = st.selectbox(
            say("app.choose.item"),
            list(listed),
            format_func=listed.__getitem__,
            key="widget_edited",
        )
        show_form(chosen)
        with st.expander(say("app.as_text"), key="text_part"):
            _as_text("items", chosen)
            _remove("items", chosen)
    with st.expander(say("app.new_item"), key="new_item_part"):
        _new("items")
    show_effect()


def _measures() -> None:
    here = session()
    listed = list(here.history.now.measures)
    if listed:
        titles = {
            name: f"{name} {one.title.best(here.language)}"
            for name, one in here.history.now.measures.items()
        }
        chosen = st.selectbox(
            say("app.choose.measure"), listed, format_func=titles.__getitem__, key="widget_measure"
        )
        _as_text("measures", chosen)
        _remove("measures", chosen)
    with st.expander(say("app.new_measure"), key="new_measure_part"):
        _new("measures")


def _as_text(section: Section, name: str) -> None:
    """Offer everything that an entry may state, as the study's file states it."""
    before = entry_text(session().history.now, section, name)
    key = f"text {section} {name} {crc32(before.encode())}"  # what is typed outlives other edits
    text = st.text_area(
        say("app.as_text"), before, height=HEIGHT, max_chars=LONGEST, key=key,
        label_visibility="collapsed",
    )  # fmt: skip
    if st.button(say("app.apply"), key=f"{key} apply", disabled=text == before):
        _apply(section, name, text)


def _new(section: Section) -> None:
    name = st.text_input(say("app.new_id"), key=f"new {section} id", max_chars=64)
    start = {"items": "kind: risk\ncategory: acute\ntitle: \n", "measures": "title: \nstatus: \n"}
    text = st.text_area(
        say("app.as_text"), start.get(section, ""), height=160, max_chars=LONGEST,
        key=f"new {section} text",
    )  # fmt: skip
    if st.button(say("app.add"), key=f"new {section} add"):
        if name in getattr(session().history.now, section):
            st.error(plain(say("app.id_taken", id=name)))
        else:
            _apply(section, name, text)


def _apply(section: Section, name: str, text: str) -> None:
    history = session().history
    try:
        made = with_text(history.now, section, name, text)
    except InvalidStudyError as error:
        say_refusal(error)
        return
    history.edit(name or section, made)
    st.rerun()


def _remove(section: Section, name: str) -> None:
    history = session().history
    if not st.button(say("app.remove", name=name), key=f"remove {section} {name}"):
        return
    try:
        made = without_entry(history.now, section, name)
    except InvalidStudyError as error:
        say_refusal(error)
        return
    history.edit(say("app.remove", name=name), made)
    st.rerun()
