"""Every session of the database: found again without naming its study, opened with its PIN."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from climrisk.i18n.dates import written_day
from climrisk.ui.safe import plain
from climrisk.ui.state import language, move_to, say, session
from climrisk.ui.wording_table import show_table
from climrisk.ui.workshop.desk_seat import register_file, sit_down
from climrisk.ui.workshop.rooms import attempt, done, rooms, study_folder
from climrisk.workshop.store.access import enter_as_facilitator
from climrisk.workshop.store.sessions import SessionView, list_sessions
from climrisk.workshop.where import stage_of

__all__ = ["has_own", "pin_field", "show"]

MOST: Final = 12
"""Sessions in the table; the field below it has all of them."""


def has_own() -> bool:
    """Return whether the study that is open has sessions."""
    study = register_file().study
    return any(one.study == study for one in list_sessions(rooms()))


def show() -> None:
    """List the sessions, those of the study that is open first, and ask for the PIN of one."""
    study = register_file().study
    latest = sorted(list_sessions(rooms()), key=lambda one: one.created, reverse=True)
    found = {one.id: one for one in sorted(latest, key=lambda one: one.study != study)}
    if not found:
        st.info(plain(say("room.start.no_session")))
        return
    show_table(_heads(), [_row(one) for one in list(found.values())[:MOST]], name="sessions")
    chosen = st.selectbox(
        say("room.start.session"), list(found), key="open_session",
        format_func=lambda one: f"{found[one].join_code} {found[one].plan.title}",
    )  # fmt: skip
    pin = pin_field("open_pin", say("room.start.pin"), say("room.start.enter"))
    if pin is not None:
        _enter(found[chosen], pin)


def pin_field(key: str, label: str, button: str, disabled: bool = False) -> str | None:
    """Ask for a PIN; a form, so that what stands in the field is sent however it is left."""
    with st.form(f"form {key}", border=False):
        pin = st.text_input(label, type="password", key=key, max_chars=200)
        pressed = st.form_submit_button(button, type="primary", disabled=disabled)
    return pin if pressed else None


def _heads() -> list[str]:
    parts = ("code.code", "plan.title", "start.study", "start.made", "start.stage")
    return [say(f"room.{part}") for part in parts]


def _row(view: SessionView) -> list[str]:
    made = written_day(view.created.date(), language())
    total = len(view.states)
    settled = sum(one.phase == "committed" for one in view.states.values())
    stage = say(f"room.stage.{stage_of(view)}", done=settled, total=total)
    return [view.join_code, view.plan.title, view.study, made, stage]


def _enter(view: SessionView, pin: str) -> None:
    """Open a session where the PIN is right, and its study where another one is open."""
    seat = attempt(partial(enter_as_facilitator, rooms(), view.id, pin))
    if seat is None:
        return
    here = session()
    folder = study_folder(view, here.folder.parent)
    if folder is None:
        st.error(plain(say("room.start.nowhere", study=view.study)))
        return
    if folder.resolve() != here.folder.resolve():
        if here.history.changed:
            st.error(plain(say("room.start.unsaved")))
            return
        if not done(partial(move_to, folder)):
            return
    if done(partial(sit_down, seat)):
        st.rerun()
