"""The study's folder: what is not saved yet, saving, and the workbook out and back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import streamlit as st

from climrisk.errors import ClimriskError
from climrisk.io.save import save, save_as, stated_in, unsaved
from climrisk.io.scenarios import ScenarioShelf
from climrisk.io.workbook.difference import Change
from climrisk.io.workbook.places import checked_study
from climrisk.io.workbook.proposal import companions, own_scenarios
from climrisk.io.workbook.read import read_workbook
from climrisk.io.workbook.write import workbook_bytes
from climrisk.ui.faults import say_refusal
from climrisk.ui.safe import plain
from climrisk.ui.state import Session, move_to, say, session, tell
from climrisk.ui.workshop.rooms import attempt, rooms, written
from climrisk.workshop.saved import keep_saved
from climrisk.workshop.store.changes import changes as changes_of

__all__ = ["show"]

FOLDER: Final = "folder"
UNSAVED: Final = "unsaved"
Held = TypeVar("Held")


def show() -> None:
    """Show unsaved changes and what can be done about them."""
    here = session()
    st.markdown(plain(say("app.file.folder", folder=here.folder.name)))
    try:
        changes = _unsaved(here) if here.history.changed else ()
    except ClimriskError as error:
        say_refusal(error)
        changes = ()
    for change in changes:
        st.markdown(f"- {plain(str(change))}")
    if here.bundled:
        st.markdown(plain(say("app.file.bundled")))
    elif st.button(say("app.file.save"), disabled=not here.history.changed, type="primary"):
        _save(here)
    _save_as(here)
    _workbook(here)
    if not here.bundled:
        with st.expander(say("app.file.log"), key="log_part"):
            _log(here)


def _unsaved(here: Session) -> tuple[Change, ...]:
    """Return what is not saved: the folder is read when it changed, compared after each edit."""
    stamps = ((one, one.stat()) for one in sorted(here.folder.rglob("*")))
    state = [(one, of.st_mtime_ns, of.st_size) for one, of in stamps]
    stands = _held(FOLDER, state, lambda: stated_in(here.folder))
    key = here.history.revision, state
    return _held(UNSAVED, key, lambda: unsaved(here.history.now, here.folder, stands))


def _held(name: str, key: object, work_out: Callable[[], Held]) -> Held:
    """Return what was worked out for a key; anew where it was for another one."""
    known = st.session_state.get(name)
    if known is None or known[0] != key:
        known = st.session_state[name] = key, work_out()
    found: Held = known[1]
    return found


def _log(here: Session) -> None:
    """Show what was changed in the folder from pages and workshops, the latest first."""
    told = attempt(lambda: changes_of(rooms(), here.folder.name)) or ()
    rows = [
        {
            say("room.out.at"): written(one.at),
            say("room.out.who"): tell(one.who),
            say("room.out.place"): f"{one.file}: {'.'.join(map(str, one.path))}",
            say("room.out.old"): "" if one.old is None else str(one.old),
            say("room.out.new"): "" if one.new is None else str(one.new),
            say("room.commit.reason"): one.reason,
        }
        for one in told[::-1]
    ]
    if rows:
        st.dataframe(rows, hide_index=True)
    else:
        st.markdown(plain(say("app.file.no_log")))


def _save(here: Session) -> None:
    try:
        changes = save(here.history.now, here.history.opened, here.folder)
    except ClimriskError as error:
        say_refusal(error)
        return
    here.history.saved()
    stated = [(one.file, one.path, one.old, one.new) for one in changes]
    if attempt(lambda: keep_saved(rooms(), here.folder.name, stated)) is not None:
        st.rerun()


def _save_as(here: Session) -> None:
    name = st.text_input(say("app.file.new_name"), "my-study", max_chars=80, key="new_folder")
    if not st.button(say("app.file.save_as"), type="primary" if here.bundled else "secondary"):
        return
    try:
        made = save_as(here.history.now, here.folder, Path.cwd(), name)
        move_to(made)
    except ClimriskError as error:
        say_refusal(error)
        return
    st.rerun()


def _workbook(here: Session) -> None:
    st.subheader(say("app.file.workbook"))
    if st.button(say("app.file.make_workbook")):
        names = ScenarioShelf(here.folder).names
        content = workbook_bytes(here.history.now, names, own_scenarios(here.folder), here.language)
        st.download_button(
            say("app.file.download"), content, f"{here.history.now.name}.xlsx",
            icon=":material/download:",
        )  # fmt: skip
    sent = st.file_uploader(say("app.file.upload"), type=["xlsx"], max_upload_size=20)
    if sent is not None and st.button(say("app.file.read")):
        _read(here, sent.getvalue())


def _read(here: Session, book: bytes) -> None:
    """Take a workbook's study for the one that is edited; it is saved like any other edit."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "sent.xlsx"
        path.write_bytes(book)
        try:
            made = checked_study(
                read_workbook(path), here.history.now.name, companions(here.folder)
            )
        except ClimriskError as error:
            say_refusal(error)
            return
    here.history.edit(say("app.file.workbook"), made)
    st.rerun()
