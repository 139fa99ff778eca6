"""Before a session runs: a folder of one's own, a plan, a rehearsal, or a session to go on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from climrisk.io.save import save_as
from climrisk.ui.safe import plain
from climrisk.ui.state import Session, move_to, say, session, words
from climrisk.ui.workshop import planning, rehearsing
from climrisk.ui.workshop.desk_seat import register_file, sit_down
from climrisk.ui.workshop.rooms import attempt, done, rooms
from climrisk.workshop.calibration import seed_questions
from climrisk.workshop.portable import MAX_PACKED, import_session
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.access import enter_as_facilitator
from climrisk.workshop.store.sessions import SessionView, create_session, list_sessions

__all__ = ["show"]


def show() -> None:
    """Offer the ways to a session."""
    ways: Final[dict[str, Callable[[], None]]] = {
        "new": _new,
        "open": _open,
        "import": _import,
    }
    names = words("room.start", ways)
    by_default = "open" if _sessions() else "new"  # who has to load the page anew goes on
    chosen = st.segmented_control(
        say("room.start.what"), list(ways), default=by_default, format_func=names.__getitem__,
        key="starting", label_visibility="collapsed",
    )  # fmt: skip
    ways[chosen or by_default]()


def _new() -> None:
    here = session()
    if here.bundled:
        _own_folder(here)
    plan = planning.show()
    if plan is None:
        return
    rehearsing.offer(plan)
    st.subheader(say("room.start.new"))
    seeds = seed_questions(here.history.now)
    warm_up = st.checkbox(say("room.start.warm_up", count=len(seeds)), value=False,
                          disabled=not seeds, key="plan_warm_up")  # fmt: skip
    pin = _pin("new_pin", say("room.start.new_pin"), say("room.start.start"), here.bundled)
    if pin is None:
        return
    name = register_file().study
    made = attempt(
        lambda: create_session(rooms(), plan, name, pin, seeds if warm_up else ())
    )  # fmt: skip
    if made is not None and done(lambda: sit_down(made.seat)):
        st.rerun()


def _own_folder(here: Session) -> None:
    """Copy a study that came with climrisk, since commits are written into the study's folder."""
    with st.container(border=True):
        st.markdown(plain(say("room.start.bundled")))
        name = st.text_input(say("app.file.new_name"), "my-study", max_chars=80, key="own_folder")
        if not st.button(say("app.file.save_as"), type="primary"):
            return
        made = attempt(lambda: save_as(here.history.now, here.folder, Path.cwd(), name))
        if made is not None:
            move_to(made)
            st.rerun()


def _sessions() -> dict[str, SessionView]:
    study = register_file().study
    return {one.id: one for one in list_sessions(rooms()) if one.study == study}


def _open() -> None:
    found = _sessions()
    if not found:
        st.info(plain(say("room.start.no_session", study=register_file().study)))
        return
    chosen = st.selectbox(
        say("room.start.session"), list(found)[::-1], key="open_session",
        format_func=lambda one: f"{found[one].join_code} {found[one].plan.title}",
    )  # fmt: skip
    pin = _pin("open_pin", say("room.start.pin"), say("room.start.enter"))
    if pin is not None:
        _enter(lambda: enter_as_facilitator(rooms(), chosen, pin))


def _pin(key: str, label: str, button: str, disabled: bool = False) -> str | None:
    """Ask for a PIN; a form, so that what stands in the field is sent however it is left."""
    with st.form(f"form {key}", border=False):
        pin = st.text_input(label, type="password", key=key, max_chars=200)
        pressed = st.form_submit_button(button, type="primary", disabled=disabled)
    return pin if pressed else None


def _enter(way: Callable[[], Seat]) -> None:
    seat = attempt(way)
    if seat is not None and done(lambda: sit_down(seat)):
        st.rerun()


def _import() -> None:
    st.markdown(plain(say("room.start.import_about")))
    sent = st.file_uploader(
        say("room.start.file"), type=["zip"], max_upload_size=MAX_PACKED // 1_000_000
    )
    labels = (say("room.start.new_pin"), say("room.start.take_in"))
    pin = _pin("import_pin", *labels, disabled=sent is None)
    if pin is not None and sent is not None:
        content = sent.getvalue()
        _enter(lambda: import_session(rooms(), content, pin).seat)
