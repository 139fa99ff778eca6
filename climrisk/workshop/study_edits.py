"""Editing a study's file with a trail: write down, carry out, confirm; undo and redo by person.

The file is the truth and the log its trail. The log says beforehand what is to happen, the file is
replaced in one step, then the log says that it happened; `recover` settles what a process left in
between. Undo and redo append inverse changes. They never take back what somebody else has changed
since: then nothing is written and the conflict is returned.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Protocol

from climrisk.domain.edit import Edit, Path, overlap, value_at, with_edits
from climrisk.domain.study import Study
from climrisk.workshop.store.changes import (
    Change,
    Intent,
    changes,
    intend,
    reconcile,
    settle,
    undo_stacks,
)
from climrisk.workshop.store.database import Store

__all__ = [
    "Applied",
    "Conflict",
    "EditableFile",
    "Stale",
    "carry_out",
    "edit",
    "recover",
    "redo",
    "undo",
]


class EditableFile(Protocol):
    """A YAML file of a study, as `io.study_file.StudyFile` offers it."""

    @property
    def name(self) -> str:
        """Name of the file."""

    @property
    def study(self) -> str:
        """Name of the study."""

    def locked(self) -> AbstractContextManager[None]:
        """Hold the study's folder against other writers."""

    def text(self) -> str:
        """Return the file as it stands."""

    def data(self, text: str) -> Any:
        """Return a text of the file as plain data."""

    def edited(self, text: str, edits: Sequence[Edit]) -> tuple[str, Study]:
        """Return the text with edits carried out, and the study that it then makes."""

    def write(self, before: str, after: str) -> str:
        """Write the file if it still stands as it was, else return the difference."""

    def difference(self, before: str) -> str:
        """Return the difference from `before` to the file as it stands."""


@dataclass(frozen=True)
class Applied:
    """A change that was carried out.

    Parameters
    ----------
    text : str
        The file as it stands now.
    study : Study
        The study that it makes: what `read_study` of the folder returns.
    batch : str
        Its batch in the log.
    """

    text: str
    study: Study
    batch: str


@dataclass(frozen=True)
class Stale:
    """The file changed since it was read; nothing was written.

    Parameters
    ----------
    difference : str
        Unified difference from what was read to what stands there.
    """

    difference: str


@dataclass(frozen=True)
class Conflict:
    """Somebody has changed the place since; nothing was written.

    Parameters
    ----------
    path : path
        The place.
    who, at : str
        Who changed it and when, in UTC; both empty where it was changed outside climrisk.
    found : Any
        What stands there now.
    """

    path: Path
    who: str
    at: str
    found: Any


def edit(
    store: Store,
    file: EditableFile,
    who: str,
    edits: Sequence[Edit],
    seen: str,
    reason: str = "",
    session: str | None = None,
) -> Applied | Stale:
    """Carry out edits that belong together.

    Parameters
    ----------
    store : Store
    file : EditableFile
        Where they belong.
    who : str
        Role or pseudonym, whose undo stack they go to.
    edits : sequence of Edit
        What becomes of which place.
    seen : str
        The text that the edits were made on.
    reason : str
    session : str or None

    Raises
    ------
    InvalidStudyError
        The study would have faults.
    """
    intent = Intent(file.study, file.name, who, "edit", (), reason, "", session)
    return carry_out(store, file, intent, edits, seen)


def carry_out(
    store: Store, file: EditableFile, intent: Intent, edits: Sequence[Edit], seen: str
) -> Applied | Stale:
    """Carry out edits; `intent` says how they come about, its places and hash are worked out.

    Raises
    ------
    InvalidStudyError
        The study would have faults.
    """
    with file.locked():
        _reconcile(store, file)
        if difference := file.difference(seen):
            return Stale(difference)
        return _written(store, file, intent, edits, seen)


def recover(store: Store, file: EditableFile) -> tuple[str, ...]:
    """Settle what a process left unsettled when it ended; return the batches carried out."""
    with file.locked():
        return _reconcile(store, file)


def undo(store: Store, file: EditableFile, who: str) -> Applied | Conflict | None:
    """Take back a person's last edits; None where there is nothing to take back."""
    return _step(store, file, who, is_undo=True)


def redo(store: Store, file: EditableFile, who: str) -> Applied | Conflict | None:
    """Carry out again what a person took back last; None where there is nothing."""
    return _step(store, file, who, is_undo=False)


def _step(
    store: Store, file: EditableFile, who: str, *, is_undo: bool
) -> Applied | Conflict | None:
    with file.locked():
        _reconcile(store, file)
        log = [one for one in changes(store, file.study) if one.file == file.name]
        done, undone = undo_stacks(log, who)
        stack = done if is_undo else undone
        if not stack:
            return None
        batch = stack[-1][::-1] if is_undo else stack[-1]
        text = file.text()
        data, edits = file.data(text), []
        for one in batch:
            expected, wanted = (one.new, one.old) if is_undo else (one.old, one.new)
            found = value_at(data, one.path)
            if _plain(found) != expected:
                return _conflict(log, one, who, found)
            edits.append(Edit(one.path, wanted))
            data = with_edits(data, edits[-1:])
        kind, lines = ("undo" if is_undo else "redo"), tuple(one.sequence for one in batch)
        intent = Intent(file.study, file.name, who, kind, (), "", "", None, reverses=lines)  # type: ignore[arg-type]  # one of the two
        return _written(store, file, intent, edits, text)


def _written(
    store: Store, file: EditableFile, intent: Intent, edits: Sequence[Edit], before: str
) -> Applied | Any:
    after, study = file.edited(before, edits)
    places = _places(file.data(before), edits)
    batch = intend(store, replace(intent, places=places, file_after=_hash(after)))
    try:
        difference = file.write(before, after)
    except BaseException:
        settle(store, batch, "abandoned")
        raise
    settle(store, batch, "abandoned" if difference else "applied")
    return Stale(difference) if difference else Applied(after, study, batch)


def _places(data: Any, edits: Sequence[Edit]) -> list[tuple[Path, Any, Any]]:
    """Return each place with its old and new value; a place that is made anew, from its top."""
    places = []
    for one in edits:
        path = one.path
        while len(path) > 1 and value_at(data, path[:-1]) is None:
            path = path[:-1]
        old = value_at(data, path)
        data = with_edits(data, [one])
        places.append((path, old, value_at(data, path)))
    return places


def _conflict(log: Sequence[Change], one: Change, who: str, found: Any) -> Conflict:
    later = [
        other
        for other in log
        if other.sequence > one.sequence and other.who != who and overlap(other.path, one.path)
    ]
    return Conflict(one.path, later[-1].who if later else "", later[-1].at if later else "", found)


def _reconcile(store: Store, file: EditableFile) -> tuple[str, ...]:
    return reconcile(store, file.study, file.name, _hash(file.text()))


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return plain data as the log keeps it: keys that are numbers become texts."""
    return json.loads(json.dumps(value))
