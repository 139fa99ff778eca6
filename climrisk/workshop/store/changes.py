"""The change log: every change of a study's files, appended and never rewritten.

A change is written down as intended, then carried out in the file, then its outcome is written
down. Where the process ends in between, the next one asks the file: its hash tells whether the
change had been carried out. Only changes with the outcome `applied` count.

Edits made together share a batch, which is undone as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, insert, select, update

from climrisk.domain.edit import Path
from climrisk.domain.elicitation.typed_text import MAX_TEXT
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import checked_text, keep_event, new_id
from climrisk.workshop.store.tables import change, item_state, outcome

__all__ = ["Change", "Intent", "changes", "intend", "reconcile", "settle", "undo_stacks"]

ChangeKind = Literal["edit", "commit", "undo", "redo"]

STACK: Final = 200
"""Batches that one person can undo, the latest ones."""


@dataclass(frozen=True)
class Change:
    """One line of the change log.

    Parameters
    ----------
    sequence : int
        Its place in the log.
    session : str or None
        The session that it belongs to.
    kind : {"edit", "commit", "undo", "redo"}
        How it came about.
    file : str
        File of the study.
    path : path
        The place in it.
    old, new : Any
        Plain data before and after; None where there is none.
    who : str
        Role or pseudonym.
    at : str
        When, in UTC.
    reason : str
    round, voices : int or None
        Of a commit: the round, and how many people are in the value.
    batch : str
        What was changed together.
    reverses : int or None
        The line that this one takes back.
    """

    sequence: int
    session: str | None
    kind: ChangeKind
    file: str
    path: Path
    old: Any
    new: Any
    who: str
    at: str
    reason: str
    round: int | None
    voices: int | None
    batch: str
    reverses: int | None


@dataclass(frozen=True)
class Intent:
    """What is about to be changed in one file.

    Parameters
    ----------
    study, file : str
        Name of the study, and file in its folder.
    who : str
        Role or pseudonym.
    kind : {"edit", "commit", "undo", "redo"}
        How it comes about.
    places : sequence of (path, Any, Any)
        Each place with what stands there and what it becomes.
    reason : str
    file_after : str
        Hash of the file once it is changed.
    session : str or None
    round, voices : int or None
        Of a commit.
    reverses : sequence of int
        Line of the log that each place takes back; empty where none does.
    """

    study: str
    file: str
    who: str
    kind: ChangeKind
    places: Sequence[tuple[Path, Any, Any]]
    reason: str
    file_after: str
    session: str | None = None
    round: int | None = None
    voices: int | None = None
    reverses: Sequence[int] = ()


def intend(store: Store, intent: Intent) -> str:
    """Write down what is about to be changed and return its batch.

    Raises
    ------
    WorkshopError
        The reason is too long.
    """
    batch = new_id()
    shared = {
        "study": intent.study,
        "session": intent.session,
        "kind": intent.kind,
        "file": intent.file,
        "who": intent.who,
        "reason": checked_text(intent.reason, "reason", MAX_TEXT),
        "round": intent.round,
        "voices": intent.voices,
        "batch": batch,
        "file_after": intent.file_after,
        "at": store.stamp(),
    }
    with store.writing() as connection:
        for number, (path, old, new) in enumerate(intent.places):
            of_place = {"path": json.dumps(path), "old": json.dumps(old), "new": json.dumps(new)}
            back = intent.reverses[number] if intent.reverses else None
            connection.execute(insert(change).values(**shared, **of_place, reverses=back))
    return batch


def settle(store: Store, batch: str, result: Literal["applied", "abandoned"]) -> None:
    """Write down how an intended change ended."""
    with store.writing() as connection:
        _settle(store, connection, batch, result)


def _settle(
    store: Store, connection: Connection, batch: str, result: Literal["applied", "abandoned"]
) -> None:
    """Write down how an intended change ended; a commit takes its item along."""
    connection.execute(insert(outcome).values(batch=batch, result=result, at=store.stamp()))
    where = (change.c.batch == batch, change.c.kind == "commit")
    line = connection.execute(select(change).where(*where)).first()
    if line is None or line.session is None or result == "abandoned":
        return
    seat, item = Seat(line.session, "facilitator"), json.loads(line.path)[1]
    of_item = (item_state.c.session == line.session, item_state.c.item == item)
    connection.execute(update(item_state).where(*of_item).values(phase="committed"))
    detail = f"round {line.round}, {line.voices} voices"
    keep_event(connection, seat, "committed", store.stamp(), item, detail)


def reconcile(store: Store, study: str, file: str, file_hash: str) -> tuple[str, ...]:
    """Settle changes of one file that a process left unsettled when it ended.

    Parameters
    ----------
    store : Store
    study, file : str
        Name of the study, and file in its folder.
    file_hash : str
        Hash of the file as it stands.

    Returns
    -------
    tuple of str
        Batches that turned out to have been carried out.
    """
    unsettled = (
        select(change.c.batch, change.c.file_after)
        .where(change.c.study == study, change.c.file == file)
        .where(change.c.batch.not_in(select(outcome.c.batch)))
        .distinct()
    )
    carried_out = []
    with store.writing() as connection:
        for batch, after in connection.execute(unsettled).all():
            is_done = after == file_hash
            _settle(store, connection, batch, "applied" if is_done else "abandoned")
            carried_out += [batch] if is_done else []
    return tuple(carried_out)


def changes(store: Store, study: str, session: str | None = None) -> tuple[Change, ...]:
    """Return the log of what was carried out, the oldest first.

    Parameters
    ----------
    store : Store
    study : str
        Name of the study.
    session : str or None
        Only what belongs to one session.
    """
    query = (
        select(change)
        .join(outcome, outcome.c.batch == change.c.batch)
        .where(change.c.study == study, outcome.c.result == "applied")
    )
    if session is not None:
        query = query.where(change.c.session == session)
    with store.reading() as connection:
        return tuple(map(_line, connection.execute(query.order_by(change.c.sequence))))


def undo_stacks(
    log: Iterable[Change], who: str
) -> tuple[list[tuple[Change, ...]], list[tuple[Change, ...]]]:
    """Return what one person can undo and redo, the next one last.

    Parameters
    ----------
    log : iterable of Change
        The whole log, the oldest first.
    who : str
        The person; commits are undone by reopening, not from here.
    """
    done: list[tuple[Change, ...]] = []
    undone: list[tuple[Change, ...]] = []
    for batch in _batches(one for one in log if one.who == who and one.kind != "commit"):
        if batch[0].kind == "undo" and done:
            undone.append(done.pop())
        elif batch[0].kind == "redo" and undone:
            undone.pop()
            done.append(batch)
        elif batch[0].kind == "edit":
            done.append(batch)
            undone.clear()
    return done[-STACK:], undone[-STACK:]


def _batches(log: Iterable[Change]) -> list[tuple[Change, ...]]:
    found: dict[str, list[Change]] = {}
    for one in log:
        found.setdefault(one.batch, []).append(one)
    return [tuple(batch) for batch in found.values()]


def _line(row: Row[Any]) -> Change:
    kept = row._mapping
    plain = {name: kept[name] for name in _PLAIN}
    old, new = json.loads(row.old), json.loads(row.new)
    return Change(path=tuple(json.loads(row.path)), old=old, new=new, **plain)


_PLAIN: Final = (
    "sequence",
    "session",
    "kind",
    "file",
    "who",
    "at",
    "reason",
    "round",
    "voices",
    "batch",
    "reverses",
)
