"""All rows of one session, out of a database and into another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Table, func, insert, select

from climrisk.errors import WorkshopError
from climrisk.workshop.codes import new_join_code
from climrisk.workshop.seat import Seat, facilitator_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import keep_event, session_row
from climrisk.workshop.store.tables import (
    change,
    estimate,
    event,
    item_state,
    name_key,
    note,
    outcome,
    participant,
    seed_answer,
    session,
    vote,
)

__all__ = ["TABLES", "Rows", "session_rows", "store_session"]

Rows = dict[str, list[dict[str, Any]]]
"""Rows by table, each as plain data by column."""

TABLES: Final[tuple[Table, ...]] = (
    item_state,
    participant,
    name_key,
    estimate,
    vote,
    seed_answer,
    note,
    change,
    event,
)
"""Tables with a column `session` that travel, in the order in which they are stored."""

_NEVER: Final = frozenset({"pin", "folder"})
"""A PIN of six digits would not stand long against whoever has the file; a folder is one
computer's."""


def session_rows(store: Store, seat: Seat, *, with_names: bool, with_unrevealed: bool) -> Rows:
    """Return all rows of a session.

    Parameters
    ----------
    store : Store
    seat : Seat
        The facilitator's.
    with_names : bool
        Whether the key of names goes along.
    with_unrevealed : bool
        Whether estimates of a round that is not revealed may go along.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        A private round is open, and `with_unrevealed` is False.
    """
    facilitator_only(seat)
    with store.writing() as connection:
        one = session_row(connection, seat.session)
        _refuse_unrevealed(connection, seat.session, with_unrevealed)
        detail = ", ".join(
            words
            for words, is_in in (("names", with_names), ("unrevealed answers", with_unrevealed))
            if is_in
        )
        keep_event(connection, seat, "exported", store.stamp(), detail=detail)
        rows: Rows = {"session": [_without(dict(one._mapping), _NEVER)]}
        for table in TABLES:
            where = table.c.session == seat.session
            query = select(table).where(where).order_by(*table.primary_key.columns)
            found = connection.execute(query).mappings()
            rows[table.name] = [dict(row) for row in found]
        batches = {row["batch"] for row in rows["change"]}
        settled = connection.execute(select(outcome).where(outcome.c.batch.in_(batches)))
        rows["outcome"] = [dict(row) for row in settled.mappings()]
    if not with_names:
        rows["name_key"] = []
    return rows


def store_session(store: Store, rows: Mapping[str, Sequence[Mapping[str, Any]]], pin: str) -> str:
    """Store the checked rows of a session and return its join code.

    Parameters
    ----------
    store : Store
    rows : mapping
        As `session_rows` returned them.
    pin : str
        Hash of the new PIN.

    Raises
    ------
    WorkshopError
        The session, or a change of it, is in this database already.
    """
    (stated,) = rows["session"]
    name = stated["id"]
    with store.writing() as connection:
        if connection.execute(select(session.c.id).where(session.c.id == name)).first():
            raise WorkshopError("this session is in the database already")
        batches = {row["batch"] for row in rows["outcome"]}
        if connection.execute(select(outcome).where(outcome.c.batch.in_(batches))).first():
            raise WorkshopError("changes of this session are in the database already")
        taken = select(session.c.id).where(session.c.join_code == stated["join_code"])
        is_taken = connection.execute(taken).first() is not None
        code = new_join_code() if is_taken else str(stated["join_code"])
        connection.execute(insert(session).values({**stated, "join_code": code, "pin": pin}))
        sequences: dict[int, int] = {}
        for table in TABLES:
            for row in rows[table.name]:
                values = _without(row, frozenset({"sequence"}))
                if table is change and row["reverses"] is not None:
                    values["reverses"] = sequences.get(row["reverses"])
                connection.execute(insert(table).values(values))
                if table is change:
                    last = connection.execute(select(func.max(change.c.sequence))).scalar_one()
                    sequences[row["sequence"]] = last
        for row in rows["outcome"]:
            connection.execute(insert(outcome).values(dict(row)))
        keep_event(connection, Seat(name, "facilitator"), "imported", store.stamp())
    return code


def _refuse_unrevealed(connection: Any, name: str, with_unrevealed: bool) -> None:
    where = (item_state.c.session == name, item_state.c.phase == "private")
    open_items = connection.execute(select(item_state.c.item).where(*where)).scalars().all()
    if open_items and not with_unrevealed:
        raise WorkshopError(
            f"{', '.join(open_items)}: a private round is open; reveal it first, or ask for "
            "unrevealed answers, which the trail will tell"
        )


def _without(row: Mapping[str, Any], columns: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in columns}
