"""Where a session's study stands on this computer, and how far the session has come."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from climrisk.workshop.phase import State
from climrisk.workshop.store.sessions import SessionView

__all__ = ["Stage", "folder_of", "stage_of"]

Stage = Literal["planned", "running", "finished"]

REGISTER: Final = "register.yaml"


def folder_of(view: SessionView, beside: Iterable[Path]) -> Path | None:
    """Return the folder of a session's study, None where this computer has none of that name.

    Parameters
    ----------
    view : SessionView
        The session.
    beside : iterable of Path
        Folders in which studies stand, looked through where the session's own folder is gone: a
        session that came from elsewhere in a file has none.
    """
    name = Path(view.study).name
    if not name or name != view.study:
        return None  # a name that leads elsewhere; a file of a session may state anything
    own = [] if view.folder is None else [Path(view.folder)]
    for folder in [*own, *(parent / name for parent in beside)]:
        if folder.name == name and (folder / REGISTER).is_file():
            return folder
    return None


def stage_of(view: SessionView) -> Stage:
    """Return how far a session has come."""
    states = set(view.states.values())
    if states == {State()}:
        return "planned"
    is_finished = all(state.phase == "committed" for state in states)
    return "finished" if is_finished else "running"
