"""The app: navigation, language and projector, and the page that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from climrisk.errors import ClimriskError
from climrisk.i18n.locales import language_of_locale
from climrisk.names import LANGUAGES, Language
from climrisk.ui import bar
from climrisk.ui.faults import told_as_sentences
from climrisk.ui.pages import (
    assumptions,
    briefing,
    door,
    emissions,
    financial,
    join,
    matrix,
    measures,
    overview,
    register,
    scenarios,
    wall,
    workshop,
)
from climrisk.ui.parts import look_ahead
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session, tell
from climrisk.ui.workshop.serving import arrival, is_operator

__all__ = ["PAGES", "main", "page_of", "pages_of_guests"]

ICON: Final = Path(__file__).with_name("icon.svg")
"""Served by the app itself; Streamlit would fetch any other icon from an outside host."""
PAGES: Final[dict[str, tuple[Callable[[], None], str]]] = {
    "overview": (overview.page, ":material/flag:"),
    "matrix": (matrix.page, ":material/scatter_plot:"),
    "financial": (financial.page, ":material/payments:"),
    "register": (register.page, ":material/edit_note:"),
    "scenarios": (scenarios.page, ":material/public:"),
    "measures": (measures.page, ":material/shield:"),
    "emissions": (emissions.page, ":material/factory:"),
    "workshop": (workshop.page, ":material/groups:"),
    "briefing": (briefing.page, ":material/article:"),
    "assumptions": (assumptions.page, ":material/fact_check:"),
}
"""Function and icon of each page of the study, by the path of its address."""
GUEST_PAGES: Final[dict[str, tuple[Callable[[], None], str]]] = {
    "join": (join.page, ":material/login:"),
    "wall": (wall.page, ":material/present_to_all:"),
    "facilitator": (door.page, ":material/key:"),
}
"""Pages that show nothing of the study's own."""


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="climrisk", layout="wide", page_icon=str(ICON))
    st.session_state.setdefault("language", _first_language())
    st.session_state.setdefault("projector", st.query_params.get("large") == "1")
    guests = pages_of_guests()
    if guests:
        _of_guests(guests)
        return
    try:
        session()
    except ClimriskError as error:
        st.error(plain(tell(str(error))))
        return
    pages = [
        st.Page(
            page_of(name), title=say(f"app.navigation.{name}"), icon=icon, url_path=name,
            default=name == "overview",
        )
        for name, (_, icon) in PAGES.items()
    ]  # fmt: skip
    chosen = st.navigation(pages, position="top")
    bar.show()
    chosen.run()
    look_ahead()


def pages_of_guests() -> tuple[str, ...]:
    """Return the pages of a browser session that may not see the study; empty if it may.

    Who came to join, or to show the wall, has that page alone, whatever the address says later.
    """
    came = arrival()
    if came:
        return (came,)
    return () if is_operator() else ("join", "facilitator")


def _of_guests(names: tuple[str, ...]) -> None:
    pages = [
        st.Page(
            page_of(name), title=say(f"room.page.{name}"), icon=GUEST_PAGES[name][1],
            url_path=name, default=name == names[0],
        )
        for name in names
    ]  # fmt: skip
    st.navigation(pages, position="top" if len(pages) > 1 else "hidden").run()


def page_of(name: str) -> Callable[[], None]:
    """Return what shows a page: its faults are sentences, never tracebacks."""
    page = {**PAGES, **GUEST_PAGES}[name][0]

    def shown() -> None:
        with told_as_sentences():
            page()

    shown.__name__ = name
    return shown


def _first_language() -> Language:
    """Return the language that the address asks for, or else the one of the browser."""
    asked = st.query_params.get("lang", "")
    named = [one for one in LANGUAGES if one == asked]
    return named[0] if named else language_of_locale(st.context.locale or "")
