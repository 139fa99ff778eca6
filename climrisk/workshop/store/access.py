"""Who gets in: codes and PIN held against their hashes, and how often that may be tried.

Five wrong tries lock a code until fifteen minutes after the first of them. A try is counted before
the hash is worked out, so that many at once are counted as well.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select, update

from climrisk.errors import AccessRefusedError
from climrisk.workshop.codes import hashed, matches, normalised, split_return_code
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import insert_once, session_row
from climrisk.workshop.store.tables import attempt, participant, session

__all__ = ["MOST_FAILURES", "WINDOW", "enter_as_facilitator", "find_session", "resume"]

MOST_FAILURES: Final = 5
"""Wrong tries of one secret within the window."""
MOST_JOIN_FAILURES: Final = 50
"""Wrong join codes from one address; a whole room may share it."""
WINDOW: Final = timedelta(minutes=15)

_WRONG: Final = "wrong code"


def find_session(store: Store, join_code: str, client: str = "") -> str:
    """Return the id of the session that a join code opens.

    Parameters
    ----------
    store : Store
    join_code : str
        As it was typed; case, blanks and hyphens do not matter.
    client : str
        What tells one device from another, such as a network address.

    Raises
    ------
    AccessRefusedError
        The code is wrong, or too many wrong ones were tried from there.
    """
    scope = f"join:{client[:100]}"
    with store.writing() as connection:
        _refuse_locked(store, connection, scope, MOST_JOIN_FAILURES)
        query = select(session.c.id).where(session.c.join_code == normalised(join_code))
        found = connection.execute(query).scalar()
        if found is None:
            _count(connection, scope)
    if found is None:
        raise AccessRefusedError(_WRONG)
    return str(found)


def enter_as_facilitator(store: Store, name: str, pin: str) -> Seat:
    """Return the facilitator's seat.

    Parameters
    ----------
    store : Store
    name : str
        Id of the session.
    pin : str
        The facilitator's PIN.

    Raises
    ------
    AccessRefusedError
        The PIN is wrong, or locked after too many tries.
    WorkshopError
        There is no such session.
    """
    with store.reading() as connection:
        kept = str(session_row(connection, name).pin)
    _try(store, f"{name}:pin", pin, kept)
    return Seat(name, "facilitator")


def resume(store: Store, name: str, return_code: str) -> Seat:
    """Return a participant's seat to whoever has the personal code.

    Parameters
    ----------
    store : Store
    name : str
        Id of the session.
    return_code : str
        As it was typed.

    Raises
    ------
    AccessRefusedError
        The code is wrong, or locked after too many tries; nothing tells which part was wrong.
    """
    number, secret = split_return_code(return_code) or (0, "")
    with store.reading() as connection:
        where = (participant.c.session == name, participant.c.number == number)
        row = connection.execute(select(participant).where(*where)).first()
    kept = None if row is None else row.return_code
    # an unknown number costs a hash as well and is counted, so that numbers cannot be listed
    _try(store, f"{name}:return:{number}", secret, kept or hashed("nobody has this code"))
    if row is None or kept is None:
        raise AccessRefusedError(_WRONG)
    return Seat(name, "participant", number, row.group)


def _try(store: Store, scope: str, secret: str, kept: str) -> None:
    with store.writing() as connection:
        _refuse_locked(store, connection, scope, MOST_FAILURES)
        _count(connection, scope)
    if not matches(secret, kept):
        raise AccessRefusedError(_WRONG)
    with store.writing() as connection:
        connection.execute(delete(attempt).where(attempt.c.scope == scope))


def _refuse_locked(store: Store, connection: Connection, scope: str, most: int) -> None:
    """Hold the row of a scope until the transaction ends; refuse if it is locked."""
    fresh = {"failures": 0, "since": store.stamp()}
    insert_once(connection, attempt, {"scope": scope, **fresh}, ("scope",))
    where = attempt.c.scope == scope
    row = connection.execute(select(attempt).where(where).with_for_update()).one()
    until = datetime.fromisoformat(row.since) + WINDOW
    if store.now() >= until:
        connection.execute(update(attempt).where(where).values(**fresh))
    elif row.failures >= most:
        minutes = int((until - store.now()).total_seconds() // 60) + 1
        raise AccessRefusedError(f"too many wrong tries; try again in {minutes} minutes")


def _count(connection: Connection, scope: str) -> None:
    raised = update(attempt).where(attempt.c.scope == scope)
    connection.execute(raised.values(failures=attempt.c.failures + 1))
