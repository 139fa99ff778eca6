"""The facilitator's place in this browser session, and the register as it was last seen."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from climrisk.domain.study import Study
from climrisk.io.study import read_study
from climrisk.io.study_file import StudyFile
from climrisk.ui.history import History
from climrisk.ui.state import session
from climrisk.ui.workshop.rooms import go_with, rooms
from climrisk.workshop.seat import Seat
from climrisk.workshop.study_edits import recover

__all__ = ["leave", "register_file", "reread", "seated_at", "seen_text", "sit_down", "take_over"]

KEY = "desk"


@dataclass
class _Place:
    seat: Seat
    seen: str


def seated_at() -> Seat | None:
    """Return the facilitator's seat, None where nobody has entered a PIN."""
    place = st.session_state.get(KEY)
    return None if place is None else place.seat


def sit_down(seat: Seat) -> None:
    """Take the facilitator's place; the folder is read anew where nothing is unsaved.

    A commit that a process left unsettled when it ended is settled first.
    """
    recover(rooms(), register_file())
    if not session().history.changed:
        reread()
    st.session_state[KEY] = _Place(seat, register_file().text())
    go_with(session().folder)


def leave() -> None:
    """Give the place up in this browser."""
    st.session_state.pop(KEY, None)


def register_file() -> StudyFile:
    """Return the register in the study's folder."""
    return StudyFile(session().folder)


def seen_text() -> str:
    """Return the register's text that goes with what the pages show."""
    place = st.session_state[KEY]
    text = register_file().text()
    if read_study(session().folder) == session().history.opened:
        place.seen = text
    return str(place.seen)


def reread() -> None:
    """Show what the folder states now."""
    here = session()
    take_over(read_study(here.folder), register_file().text())


def take_over(study: Study, text: str) -> None:
    """Show a study that the folder states, and remember the register's text."""
    here = session()
    if study != here.history.opened:
        here.history = History(study, study, here.history.revision + 1)
    if KEY in st.session_state:
        st.session_state[KEY].seen = text
