"""What several parts of the store do with rows: lock, insert once, look up, keep an event."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from climrisk.domain.elicitation.typed_text import text_fault
from climrisk.errors import WorkshopError
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.tables import event, item_state, session

__all__ = [
    "MAX_TOKEN",
    "checked_text",
    "checked_token",
    "insert_once",
    "keep_event",
    "new_id",
    "plan_of",
    "session_row",
    "state_row",
]

MAX_TOKEN: Final = 64


def new_id() -> str:
    """Return an id that nobody can guess; 96 random bits."""
    return secrets.token_hex(12)


def checked_text(words: str, field: str, most: int) -> str:
    """Return a text word for word.

    Raises
    ------
    WorkshopError
        It is too long, or no database can hold it.
    """
    found, allowed = text_fault(words, most)
    if found:
        raise WorkshopError(f"{field}: {found}; {allowed}")
    return words


def checked_token(token: str) -> str:
    """Return the token with which a page marks one submission.

    Raises
    ------
    WorkshopError
        It is empty or longer than 64 characters.
    """
    if not 0 < len(token) <= MAX_TOKEN:
        raise WorkshopError(f"a token of {len(token)} characters; allowed: 1 to {MAX_TOKEN}")
    return checked_text(token, "token", MAX_TOKEN)


def session_row(connection: Connection, name: str, *, lock: bool = False) -> Row[Any]:
    """Return a session's row.

    Parameters
    ----------
    connection : Connection
    name : str
        Id of the session.
    lock : bool
        Whether others wait until this transaction ends.

    Raises
    ------
    WorkshopError
        There is no such session.
    """
    query = select(session).where(session.c.id == name)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise WorkshopError("no such session")
    return row


def state_row(connection: Connection, name: str, item: str, *, lock: str = "") -> Row[Any]:
    """Return where an item stands.

    Parameters
    ----------
    connection : Connection
    name : str
        Id of the session.
    item : str
        Id of the item.
    lock : {"", "share", "alone"}
        Whether the row may not change, or may not even be shared, until this transaction ends.

    Raises
    ------
    WorkshopError
        The item is not part of the session.
    """
    query = select(item_state).where(item_state.c.session == name, item_state.c.item == item)
    if lock:
        query = query.with_for_update(read=lock == "share")
    row = connection.execute(query).first()
    if row is None:
        raise WorkshopError(f"{item[:60]!r} is not part of this session")
    return row


def plan_of(row: Row[Any]) -> SessionPlan:
    """Return the plan of a session's row."""
    return _parsed(row.plan)


@lru_cache(maxsize=64)
def _parsed(plan: str) -> SessionPlan:
    """Read a plan once: it is frozen, and every poll and answer asks for it."""
    return SessionPlan.model_validate_json(plan)


def insert_once(
    connection: Connection, table: Table, values: dict[str, Any], unique: Sequence[str]
) -> bool:
    """Insert a row unless one with the same unique columns is there; say whether it was new."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = make(table).values(**values).on_conflict_do_nothing(index_elements=list(unique))
    return connection.execute(statement.returning(*table.primary_key.columns)).first() is not None


def keep_event(
    connection: Connection,
    seat: Seat,
    kind: str,
    at: str,
    item: str | None = None,
    detail: str = "",
) -> None:
    """Append one line to the session's trail."""
    values = {
        "session": seat.session,
        "kind": kind,
        "item": item,
        "detail": detail,
        "who": seat.who,
        "at": at,
    }
    connection.execute(insert(event).values(**values))
