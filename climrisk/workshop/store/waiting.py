"""Who has not answered yet: numbers for the facilitator alone, and nothing of any answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from climrisk.workshop.seat import Seat, facilitator_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import plan_of, session_row
from climrisk.workshop.store.tables import estimate, item_state, participant

__all__ = ["Awaited", "awaited"]


@dataclass(frozen=True)
class Awaited:
    """Somebody who is asked and has not answered.

    Parameters
    ----------
    number : int
        The participant's number.
    on_paper : bool
        Whether the answer comes on paper.
    """

    number: int
    on_paper: bool


def awaited(store: Store, seat: Seat) -> dict[str, tuple[Awaited, ...]]:
    """Return who has not answered in the open round of each open item; `no view` is an answer.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        There is no such session.
    """
    facilitator_only(seat)
    own = (item_state.c.session == seat.session, item_state.c.phase == "private")
    people = select(participant.c.number, participant.c.group, participant.c.on_paper)
    given = select(estimate.c.item, estimate.c.round, estimate.c.number).distinct()
    with store.reading() as connection:
        plan = plan_of(session_row(connection, seat.session))
        rounds = {row.item: row.round for row in connection.execute(select(item_state).where(*own))}
        seats = connection.execute(
            people.where(participant.c.session == seat.session).order_by(participant.c.number)
        ).all()
        answered = set(
            map(tuple, connection.execute(given.where(estimate.c.session == seat.session)))
        )
    return {
        question.item: tuple(
            Awaited(number, on_paper)
            for number, group, on_paper in seats
            if (not question.answered_by or group in question.answered_by)
            and (question.item, rounds[question.item], number) not in answered
        )
        for question in plan.questions
        if question.item in rounds
    }
