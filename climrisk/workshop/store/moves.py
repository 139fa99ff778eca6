"""Items moved on by the facilitator, one at a time or several at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, update

from climrisk.errors import WorkshopError
from climrisk.workshop.phase import Phase, State, moved
from climrisk.workshop.seat import Seat, facilitator_only
from climrisk.workshop.store.answers import standing
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import keep_event, state_row
from climrisk.workshop.store.tables import item_state

__all__ = ["move_item", "move_items"]


def move_item(store: Store, seat: Seat, item: str, phase: Phase) -> State:
    """Move an item on; see `phase.MOVES`.

    Parameters
    ----------
    store : Store
    seat : Seat
        The facilitator's.
    item : str
        Id of the item.
    phase : str
        Where it is to go; `committed` only as part of a commit.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        There is no such way, or too few answers for a reveal.
    """
    return move_items(store, seat, [item], phase)[item]


def move_items(store: Store, seat: Seat, items: Sequence[str], phase: Phase) -> dict[str, State]:
    """Move several items on together: all of them, or none where one of them cannot.

    Parameters
    ----------
    store, seat, phase
        See `move_item`.
    items : sequence of str
        Ids of the items.

    Returns
    -------
    dict of str to State
        Where each item stands now.

    Raises
    ------
    AccessRefusedError, WorkshopError
        See `move_item`.
    """
    facilitator_only(seat)
    if phase == "committed":
        raise WorkshopError("an item is committed with its value; see the commit")
    with store.writing() as connection:
        # in one order, so that two desks that move the same items never wait for each other
        return {item: _move(connection, store, seat, item, phase) for item in sorted(set(items))}


def _move(connection: Connection, store: Store, seat: Seat, item: str, phase: Phase) -> State:
    row = state_row(connection, seat.session, item, lock="alone")
    state = State(row.phase, row.round)
    answers = standing(connection, seat.session, item, state.round)
    with_view = sum(not answer.no_view for answer in answers.values())
    after = moved(state, phase, with_view)
    where = (item_state.c.session == seat.session, item_state.c.item == item)
    values = {"phase": after.phase, "round": after.round}
    connection.execute(update(item_state).where(*where).values(**values))
    keep_event(connection, seat, phase, store.stamp(), item, f"round {after.round}")
    return after
