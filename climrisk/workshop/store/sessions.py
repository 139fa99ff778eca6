"""Sessions: made from a plan, listed, and planned anew."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from climrisk.domain.elicitation.typed_text import MAX_TEXT
from climrisk.errors import WorkshopError
from climrisk.workshop.calibration import SeedQuestion
from climrisk.workshop.codes import hashed, new_join_code, valid_pin
from climrisk.workshop.phase import State
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat, facilitator_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import (
    checked_text,
    keep_event,
    new_id,
    plan_of,
    session_row,
)
from climrisk.workshop.store.tables import estimate, item_state, participant, session

__all__ = [
    "NewSession",
    "SessionView",
    "create_session",
    "list_sessions",
    "replan",
    "session_named",
    "view_session",
]


@dataclass(frozen=True)
class NewSession:
    """A session that was just made.

    Parameters
    ----------
    seat : Seat
        The facilitator's.
    join_code : str
        What the link and the QR code carry.
    """

    seat: Seat
    join_code: str


@dataclass(frozen=True)
class SessionView:
    """What everybody in a session may know of it.

    Parameters
    ----------
    id, join_code, study : str
        Its id, its join code and the name of its study.
    folder : str or None
        Where the study stood when the session was made; None for one that came in a file.
    plan : SessionPlan
        What is asked.
    states : dict of str to State
        Where each item stands, in the plan's order.
    people : int
        Participants, ballots on paper included.
    created, retain_until : datetime
        When it was made, and until when the key of names may exist.
    is_anonymised : bool
        Whether the key of names is destroyed.
    """

    id: str
    join_code: str
    study: str
    folder: str | None
    plan: SessionPlan
    states: dict[str, State]
    people: int
    created: datetime
    retain_until: datetime
    is_anonymised: bool


def create_session(
    store: Store,
    plan: SessionPlan,
    study: str,
    pin: str,
    seeds: Sequence[SeedQuestion] = (),
    folder: Path | None = None,
) -> NewSession:
    """Make a session.

    Parameters
    ----------
    store : Store
    plan : SessionPlan
        What is asked.
    study : str
        Name of the study's folder.
    pin : str
        The facilitator's PIN, six signs or more.
    seeds : sequence of SeedQuestion
        Questions of the warm-up.
    folder : Path or None
        Where the study stands on this computer; it never leaves the database.

    Raises
    ------
    WorkshopError
        The PIN is too short.
    """
    kept, name = hashed(valid_pin(pin)), new_id()
    code = new_join_code()  # 31 ** 6 of them: a second one alike would be refused by the table
    now = store.now()
    until = datetime.combine(plan.retained_until(now.date()), datetime.max.time(), now.tzinfo)
    values = {
        "id": name,
        "join_code": code,
        "study": checked_text(study, "study", 255),
        "folder": None if folder is None else checked_text(str(folder), "folder", 1000),
        "plan": plan.model_dump_json(by_alias=True),
        "seeds": json.dumps([seed.model_dump(mode="json", by_alias=True) for seed in seeds]),
        "pin": kept,
        "secret": secrets.token_hex(32),
        "created": store.stamp(),
        "retain_until": until.isoformat(timespec="microseconds"),
    }
    seat = Seat(name, "facilitator")
    with store.writing() as connection:
        connection.execute(insert(session).values(**values))
        for question in plan.questions:
            _add_state(connection, name, question.item)
        keep_event(connection, seat, "created", store.stamp())
    return NewSession(seat, code)


def view_session(store: Store, name: str) -> SessionView:
    """Return what everybody in a session may know of it.

    Raises
    ------
    WorkshopError
        There is no such session.
    """
    with store.reading() as connection:
        return _view(connection, session_row(connection, name))


def session_named(store: Store, word: str) -> str:
    """Return the id of a session by its id or its join code.

    Raises
    ------
    WorkshopError
        There is no such session.
    """
    query = select(session.c.id).where(or_(session.c.id == word, session.c.join_code == word))
    with store.reading() as connection:
        found = connection.execute(query).scalar()
    if found is None:
        raise WorkshopError(f"no session {word[:60]!r}; see: climrisk workshop list")
    return str(found)


def list_sessions(store: Store) -> tuple[SessionView, ...]:
    """Return every session, the oldest first."""
    with store.reading() as connection:
        rows = connection.execute(select(session).order_by(session.c.created, session.c.id)).all()
        return tuple(_view(connection, row) for row in rows)


def replan(store: Store, seat: Seat, plan: SessionPlan) -> None:
    """Change the plan; what was already asked of people stays as it was.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        The question of an item that has left `planned` would change or go, or what low and high
        mean once anything was asked.
    """
    facilitator_only(seat)
    with store.writing() as connection:
        row = session_row(connection, seat.session, lock=True)
        old = plan_of(row)
        states = _states(connection, old, seat.session)
        answered = select(estimate.c.item).where(estimate.c.session == seat.session).distinct()
        with_answers = set(connection.execute(answered).scalars())
        asked = [name for name in states if states[name] != State() or name in with_answers]
        fixed = [name for name in asked if plan.question(name) != old.question(name)]
        if asked and plan.interval != old.interval:
            fixed += ["interval"]
        if fixed:
            raise WorkshopError(f"{', '.join(fixed)}: already asked; allowed: other items")
        for question in plan.questions:
            if question.item not in states:
                _add_state(connection, seat.session, question.item)
        stated = {"plan": plan.model_dump_json(by_alias=True)}
        connection.execute(update(session).where(session.c.id == seat.session).values(**stated))
        order = ", ".join(question.item for question in plan.questions)
        keep_event(connection, seat, "replanned", store.stamp(), detail=order[:MAX_TEXT])


def _add_state(connection: Connection, name: str, item: str) -> None:
    values = {"session": name, "item": item, "phase": "planned", "round": 0, "vote": "none"}
    connection.execute(insert(item_state).values(**values))


def _states(connection: Connection, plan: SessionPlan, name: str) -> dict[str, State]:
    rows = connection.execute(select(item_state).where(item_state.c.session == name)).all()
    found = {row.item: State(row.phase, row.round) for row in rows}
    return {question.item: found[question.item] for question in plan.questions}


def _view(connection: Connection, row: Row[Any]) -> SessionView:
    plan = plan_of(row)
    count = select(func.count()).select_from(participant).where(participant.c.session == row.id)
    return SessionView(
        id=row.id,
        join_code=row.join_code,
        study=row.study,
        folder=row.folder,
        plan=plan,
        states=_states(connection, plan, row.id),
        people=connection.execute(count).scalar_one(),
        created=datetime.fromisoformat(row.created),
        retain_until=datetime.fromisoformat(row.retain_until),
        is_anonymised=row.anonymised is not None,
    )
