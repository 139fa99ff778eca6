"""Participants: numbers for everything, names in a key of their own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from climrisk.domain.elicitation.typed_text import MAX_NAME
from climrisk.errors import WorkshopError
from climrisk.workshop.codes import hashed, new_return_code, split_return_code
from climrisk.workshop.seat import Seat, facilitator_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import (
    checked_text,
    checked_token,
    keep_event,
    plan_of,
    session_row,
)
from climrisk.workshop.store.tables import name_key, participant

__all__ = ["Joined", "add_on_paper", "join", "names", "renew_return_code"]


@dataclass(frozen=True)
class Joined:
    """A participant who just came in.

    Parameters
    ----------
    seat : Seat
        The participant's.
    return_code : str
        Shown once, to this person alone; the store keeps its hash.
    """

    seat: Seat
    return_code: str


def join(store: Store, session: str, name: str, group: str, token: str) -> Joined:
    """Let somebody in.

    Parameters
    ----------
    store : Store
    session : str
        Id of the session, as `find_session` returned it.
    name : str
        Kept in the key of names alone; may be empty.
    group : str
        One of the plan's groups; empty where the plan has none.
    token : str
        The page's own mark of this submission: a second one with it is the same person, whose
        return code is then a new one.

    Raises
    ------
    WorkshopError
        The group is unknown, the name too long, or the session anonymised.
    """
    return _join(store, session, name, group, token, on_paper=False)


def add_on_paper(store: Store, seat: Seat, name: str, group: str, token: str) -> Seat:
    """Return the seat of somebody who answers on paper, for the facilitator to fill in.

    Parameters
    ----------
    store : Store
    seat : Seat
        The facilitator's.
    name, group, token : str
        See `join`.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        See `join`.
    """
    facilitator_only(seat)
    return _join(store, seat.session, name, group, token, on_paper=True).seat


def renew_return_code(store: Store, seat: Seat, number: int) -> str:
    """Return a new return code for a participant who lost the old one, which is void from now.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        There is no such participant.
    """
    facilitator_only(seat)
    code, kept = _fresh_code(number)
    with store.writing() as connection:
        _set_code(connection, seat.session, number, kept)
        keep_event(connection, seat, "code renewed", store.stamp(), detail=f"participant {number}")
    return code


def names(store: Store, seat: Seat) -> dict[int, str]:
    """Return the key of names, by number; the trail says that it was taken out.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    """
    facilitator_only(seat)
    with store.writing() as connection:
        keep_event(connection, seat, "names exported", store.stamp())
        query = select(name_key).where(name_key.c.session == seat.session)
        rows = connection.execute(query.order_by(name_key.c.number)).all()
    return {row.number: row.name for row in rows}


def _join(
    store: Store, session: str, name: str, group: str, token: str, *, on_paper: bool
) -> Joined:
    checked_token(token)
    checked_text(name, "name", MAX_NAME)
    with store.writing() as connection:
        row = session_row(connection, session, lock=True)
        if row.anonymised is not None:
            raise WorkshopError("the session is anonymised; nobody joins any more")
        groups = plan_of(row).groups
        if group not in (groups or ("",)):
            raise WorkshopError(f"group {group[:60]!r}; allowed: {', '.join(groups) or 'none'}")
        number = _number(connection, session, token)
        if number is None:
            number = _add(connection, store, session, name, group, token, on_paper)
    # the hash takes 50 ms; nobody else waits for it
    code, kept = _fresh_code(number)
    if not on_paper:
        with store.writing() as connection:
            _set_code(connection, session, number, kept)
    return Joined(Seat(session, "participant", number, group), code)


def _number(connection: Connection, session: str, token: str) -> int | None:
    where = (participant.c.session == session, participant.c.token == token)
    return connection.execute(select(participant.c.number).where(*where)).scalar()


def _add(
    connection: Connection,
    store: Store,
    session: str,
    name: str,
    group: str,
    token: str,
    on_paper: bool,
) -> int:
    last = select(func.max(participant.c.number)).where(participant.c.session == session)
    number = (connection.execute(last).scalar() or 0) + 1
    values = {"group": group, "on_paper": on_paper, "token": token, "joined": store.stamp()}
    one = {"session": session, "number": number}
    connection.execute(insert(participant).values(**one, **values))
    if name.strip():
        connection.execute(insert(name_key).values(**one, name=name))
    return number


def _fresh_code(number: int) -> tuple[str, str]:
    code = new_return_code(number)
    _, secret = split_return_code(code) or (0, "")
    return code, hashed(secret)


def _set_code(connection: Connection, session: str, number: int, kept: str) -> None:
    where = (participant.c.session == session, participant.c.number == number)
    changed = connection.execute(update(participant).where(*where).values(return_code=kept))
    if changed.rowcount == 0:
        raise WorkshopError(f"no participant {number}")
