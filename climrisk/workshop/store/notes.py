"""Discussion notes and the parking lot; drafts of whatever somebody is typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import delete, func, select

from climrisk.domain.elicitation.typed_text import MAX_TEXT
from climrisk.errors import WorkshopError
from climrisk.workshop.seat import Seat, facilitator_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import (
    checked_text,
    checked_token,
    insert_once,
    new_id,
    plan_of,
    session_row,
)
from climrisk.workshop.store.tables import draft, note

__all__ = [
    "Note",
    "drop_draft",
    "load_draft",
    "notes",
    "save_draft",
    "write_note",
]

NoteKind = Literal["note", "parking"]
NoteStatus = Literal["open", "done", "removed"]

MAX_DRAFT: Final = 200_000


@dataclass(frozen=True)
class Note:
    """A note as it stands; earlier versions stay in the trail.

    Parameters
    ----------
    id : str
        Its id, under which it is edited.
    kind : {"note", "parking"}
        Said about an item, or parked for later.
    item : str or None
        Id of the item.
    words : str
        Word for word as typed; whoever shows it escapes it.
    status : {"open", "done", "removed"}
        Where it stands.
    who, at : str
        Pseudonym, and when, in UTC.
    """

    id: str
    kind: NoteKind
    item: str | None
    words: str
    status: NoteStatus
    who: str
    at: str


def write_note(
    store: Store,
    seat: Seat,
    words: str,
    token: str,
    *,
    kind: NoteKind = "note",
    item: str | None = None,
    status: NoteStatus = "open",
    replaces: str | None = None,
) -> str:
    """Append a note, or a new version of one, and return its id.

    Raises
    ------
    AccessRefusedError
        A note, or the version of another's parking-lot entry, by anyone but the facilitator.
    WorkshopError
        The text is too long, or there is no such note or item.
    """
    checked_token(token)
    checked_text(words, "note", MAX_TEXT)
    if kind == "note" or replaces is not None:
        facilitator_only(seat)
    values = {
        "session": seat.session,
        "note": replaces or new_id(),
        "kind": kind,
        "item": item,
        "words": words,
        "status": status,
        "who": seat.who,
        "token": token,
        "at": store.stamp(),
    }
    where = (note.c.session == seat.session, note.c.token == token)
    with store.writing() as connection:
        plan = plan_of(session_row(connection, seat.session))
        if item is not None and plan.question(item) is None:
            raise WorkshopError(f"{item[:60]!r} is not part of this session")
        if replaces is not None:
            old = (note.c.session == seat.session, note.c.note == replaces)
            if connection.execute(select(note.c.sequence).where(*old)).first() is None:
                raise WorkshopError("no such note")
        insert_once(connection, note, values, ("session", "token"))
        return str(connection.execute(select(note.c.note).where(*where)).scalar_one())


def notes(store: Store, session: str) -> tuple[Note, ...]:
    """Return notes and parking lot as they stand, without what was removed, the oldest first."""
    last = select(func.max(note.c.sequence)).where(note.c.session == session).group_by(note.c.note)
    query = select(note).where(note.c.sequence.in_(last), note.c.status != "removed")
    with store.reading() as connection:
        rows = connection.execute(query.order_by(note.c.sequence)).all()
    return tuple(
        Note(row.note, row.kind, row.item, row.words, row.status, row.who, row.at) for row in rows
    )


def save_draft(store: Store, seat: Seat, place: str, content: str) -> None:
    """Keep what somebody is typing, for that person alone.

    Parameters
    ----------
    store : Store
    seat : Seat
        Whose it is.
    place : str
        Which field or page.
    content : str
        What stands there.

    Raises
    ------
    WorkshopError
        It is too long.
    """
    checked_text(content, "draft", MAX_DRAFT)
    key = {"place": f"{seat.session}/{checked_text(place, 'place', 100)}", "who": seat.who}
    where = (draft.c.place == key["place"], draft.c.who == key["who"])
    with store.writing() as connection:
        connection.execute(delete(draft).where(*where))
        insert_once(
            connection, draft, {**key, "content": content, "at": store.stamp()}, ("place", "who")
        )


def load_draft(store: Store, seat: Seat, place: str) -> str | None:
    """Return what the person at this seat was typing, None where there is nothing."""
    where = (draft.c.place == f"{seat.session}/{place}", draft.c.who == seat.who)
    with store.reading() as connection:
        return connection.execute(select(draft.c.content).where(*where)).scalar()


def drop_draft(store: Store, seat: Seat, place: str) -> None:
    """Forget a draft that was submitted."""
    where = (draft.c.place == f"{seat.session}/{place}", draft.c.who == seat.who)
    with store.writing() as connection:
        connection.execute(delete(draft).where(*where))
