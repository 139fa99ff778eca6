"""Before a session runs: a folder of one's own, a plan, a rehearsal, or a session to go on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from climrisk.io.save import save_as
from climrisk.ui.safe import plain
from climrisk.ui.state import Session, move_to, say, session, words
from climrisk.ui.workshop import finding, planning, rehearsing
from climrisk.ui.workshop.desk_seat import register_file, sit_down
from climrisk.ui.workshop.rooms import attempt, done, rooms
from climrisk.workshop.calibration import seed_questions
from climrisk.workshop.portable import MAX_PACKED, import_session
from climrisk.workshop.store.sessions import create_session

__all__ = ["show"]


def show() -> None:
    """Offer the ways to a session."""
    ways: Final[dict[str, Callable[[], None]]] = {
        "new": _new,
        "open": finding.show,
        "import": _import,
    }
    names = words("room.start", ways)
    by_default = "open" if finding.has_own() else "new"  # who has to load the page anew goes on
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
    labels = (say("room.start.new_pin"), say("room.start.start"))
    pin = finding.pin_field("new_pin", *labels, disabled=here.bundled)
    if pin is None:
        return
    file, asked = register_file(), seeds if warm_up else ()
    made = attempt(
        lambda: create_session(rooms(), plan, file.study, pin, asked, here.folder.resolve())
    )
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


def _import() -> None:
    st.markdown(plain(say("room.start.import_about")))
    sent = st.file_uploader(
        say("room.start.file"), type=["zip"], max_upload_size=MAX_PACKED // 1_000_000
    )
    labels = (say("room.start.new_pin"), say("room.start.take_in"))
    pin = finding.pin_field("import_pin", *labels, disabled=sent is None)
    if pin is not None and sent is not None:
        content = sent.getvalue()
        made = attempt(lambda: import_session(rooms(), content, pin))
        if made is not None and done(lambda: sit_down(made.seat)):
            st.rerun()
