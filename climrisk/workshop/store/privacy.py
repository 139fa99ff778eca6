"""Destroying the key of names, and the trail of who took what out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from climrisk.workshop.seat import Seat, facilitator_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import keep_event, session_row
from climrisk.workshop.store.tables import (
    attempt,
    change,
    draft,
    estimate,
    event,
    name_key,
    note,
    participant,
    session,
)

__all__ = ["Anonymised", "Event", "anonymise", "events"]

_LEAST_NAME = 2


@dataclass(frozen=True)
class Anonymised:
    """What was destroyed, and what a person should still look at.

    Parameters
    ----------
    names : int
        Names that were destroyed.
    texts : int
        Reasons and notes in which one of the names stood; they are kept as part of the trail.
    """

    names: int
    texts: int


@dataclass(frozen=True)
class Event:
    """One line of a session's trail.

    Parameters
    ----------
    kind : str
        What happened, such as `revealed` or `names exported`.
    item : str or None
        Id of the item.
    detail, who, at : str
        More of it; pseudonym; when, in UTC.
    """

    kind: str
    item: str | None
    detail: str
    who: str
    at: str


def anonymise(store: Store, name: str) -> Anonymised:
    """Destroy a session's key of names, its codes and drafts; keep the trail under its numbers.

    Deleted rows are overwritten and the tables rewritten. Copies made before, such as backups and
    exports, are out of its reach.

    Parameters
    ----------
    store : Store
    name : str
        Id of the session.

    Raises
    ------
    WorkshopError
        There is no such session.
    """
    with store.writing() as connection:
        session_row(connection, name, lock=True)
        query = select(name_key.c.name).where(name_key.c.session == name)
        known = list(connection.execute(query).scalars())
        texts = _texts_with(connection, name, known)
        connection.execute(delete(name_key).where(name_key.c.session == name))
        connection.execute(delete(draft).where(draft.c.place.startswith(f"{name}/")))
        connection.execute(delete(attempt).where(attempt.c.scope.startswith(f"{name}:")))
        codes = update(participant).where(participant.c.session == name)
        connection.execute(codes.values(return_code=None))
        stated = update(session).where(session.c.id == name, session.c.anonymised.is_(None))
        connection.execute(stated.values(anonymised=store.stamp()))
        detail = f"{len(known)} names destroyed"
        keep_event(
            connection, Seat(name, "facilitator"), "anonymised", store.stamp(), detail=detail
        )
    store.forget_deleted("name_key", "draft", "attempt", "participant")
    return Anonymised(len(known), texts)


def events(store: Store, seat: Seat) -> tuple[Event, ...]:
    """Return a session's trail, the oldest line first.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    """
    facilitator_only(seat)
    query = select(event).where(event.c.session == seat.session).order_by(event.c.sequence)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(Event(row.kind, row.item, row.detail, row.who, row.at) for row in rows)


def _texts_with(connection: Connection, name: str, known: list[str]) -> int:
    """Count the texts of a session in which one of the names stands."""
    words = [re.escape(one.strip()) for one in known if len(one.strip()) >= _LEAST_NAME]
    if not words:
        return 0
    pattern = re.compile("|".join(words), re.IGNORECASE)
    columns = (estimate.c.content, note.c.words, change.c.reason)
    texts = (
        text
        for column in columns
        for text in connection.execute(
            select(column).where(column.table.c.session == name)
        ).scalars()
    )
    return sum(pattern.search(text) is not None for text in texts)
