"""The session's timer: it runs on the server, so that every screen shows the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from climrisk.domain.elicitation.typed_text import MAX_NAME
from climrisk.errors import WorkshopError
from climrisk.workshop.seat import Seat, facilitator_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import checked_text, keep_event, session_row
from climrisk.workshop.store.tables import timer

__all__ = [
    "Timer",
    "continue_timer",
    "extend_timer",
    "pause_timer",
    "running_timer",
    "start_timer",
    "stop_timer",
]

MOST: Final = 86_400
"""Seconds of the longest timer, a day."""


@dataclass(frozen=True)
class Timer:
    """The timer as it stands.

    Parameters
    ----------
    label : str
        What the time is for, as typed.
    seconds : float
        What is left; negative once it ran out.
    is_paused : bool
        Whether it stands still.
    """

    label: str
    seconds: float
    is_paused: bool


def start_timer(store: Store, seat: Seat, label: str, seconds: int) -> None:
    """Start the session's timer anew.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        Less than a second or more than a day.
    """
    facilitator_only(seat)
    checked_text(label, "label", MAX_NAME)
    values = {"label": label, "seconds": _checked(seconds), "started": store.stamp()}
    with store.writing() as connection:
        session_row(connection, seat.session, lock=True)
        connection.execute(delete(timer).where(timer.c.session == seat.session))
        connection.execute(insert(timer).values(session=seat.session, **values))
        _keep(connection, store, seat, "timer started", seconds)


def extend_timer(store: Store, seat: Seat, seconds: int) -> None:
    """Give more time; a timer that ran out goes on from now.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        No timer runs, or it would have less than a second or more than a day left.
    """
    _change(store, seat, "timer extended", added=seconds)


def pause_timer(store: Store, seat: Seat) -> None:
    """Let the timer stand still; one that ran out keeps nothing.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        No timer runs.
    """
    _change(store, seat, "timer paused", is_paused=True)


def continue_timer(store: Store, seat: Seat) -> None:
    """Let a paused timer run on.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        No timer runs.
    """
    _change(store, seat, "timer continued", is_paused=False)


def stop_timer(store: Store, seat: Seat) -> None:
    """Take the session's timer away.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    """
    facilitator_only(seat)
    with store.writing() as connection:
        session_row(connection, seat.session, lock=True)
        gone = connection.execute(delete(timer).where(timer.c.session == seat.session))
        if gone.rowcount:
            keep_event(connection, seat, "timer stopped", store.stamp())


def running_timer(store: Store, session: str) -> Timer | None:
    """Return the timer as it stands, None where there is none."""
    with store.reading() as connection:
        row = connection.execute(select(timer).where(timer.c.session == session)).first()
    return None if row is None else _as_it_stands(store, row)


def _change(
    store: Store, seat: Seat, kind: str, *, added: int = 0, is_paused: bool | None = None
) -> None:
    """Set the timer to what is left and more; None leaves it running or paused as it is."""
    facilitator_only(seat)
    where = timer.c.session == seat.session
    with store.writing() as connection:
        session_row(connection, seat.session, lock=True)
        row = connection.execute(select(timer).where(where)).first()
        if row is None:
            raise WorkshopError("no timer runs")
        here = _as_it_stands(store, row)
        left = math.ceil(max(here.seconds, 0)) + added
        if added:
            _checked(left)
        stands = here.is_paused if is_paused is None else is_paused
        values = {"seconds": left, "started": None if stands else store.stamp()}
        connection.execute(update(timer).where(where).values(**values))
        _keep(connection, store, seat, kind, left)


def _as_it_stands(store: Store, row: Row[Any]) -> Timer:
    if row.started is None:
        return Timer(str(row.label), float(row.seconds), is_paused=True)
    passed = (store.now() - datetime.fromisoformat(row.started)).total_seconds()
    return Timer(str(row.label), row.seconds - passed, is_paused=False)


def _checked(seconds: int) -> int:
    if not 1 <= seconds <= MOST:
        raise WorkshopError(f"{seconds} seconds; allowed: 1 to {MOST:,}")
    return seconds


def _keep(connection: Connection, store: Store, seat: Seat, kind: str, left: int) -> None:
    """Keep what happened, without the label: the trail cannot be cleared of a name in it."""
    keep_event(connection, seat, kind, store.stamp(), detail=f"{left} seconds left")
