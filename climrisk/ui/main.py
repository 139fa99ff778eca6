"""The app: navigation, language and projector, and the page that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from climrisk.errors import ClimriskError
from climrisk.names import LANGUAGES
from climrisk.ui import bar
from climrisk.ui.pages import (
    assumptions,
    emissions,
    financial,
    matrix,
    measures,
    overview,
    register,
    scenarios,
)
from climrisk.ui.state import say, session

__all__ = ["PAGES", "main", "page_of"]

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
    "assumptions": (assumptions.page, ":material/fact_check:"),
}
"""Function and icon of each page, by the path of its address."""


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="climrisk", layout="wide", page_icon=str(ICON))
    st.session_state.setdefault("language", _first_language())
    try:
        session()
    except ClimriskError as error:
        st.error(str(error))
        return
    pages = [
        st.Page(
            page_of(name), title=say(f"app.page.{name}"), icon=icon, url_path=name,
            default=name == "overview",
        )
        for name, (_, icon) in PAGES.items()
    ]  # fmt: skip
    chosen = st.navigation(pages, position="top")
    bar.show()
    chosen.run()


def page_of(name: str) -> Callable[[], None]:
    """Return what shows a page: its faults are sentences, never tracebacks."""
    page = PAGES[name][0]

    def shown() -> None:
        try:
            page()
        except ClimriskError as error:
            st.error(str(error))

    shown.__name__ = name
    return shown


def _first_language() -> str:
    asked = st.query_params.get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]
