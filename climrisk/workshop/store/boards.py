"""Where every item stands, in numbers that give no answer away; small enough to be polled."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from climrisk.workshop.phase import State
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import plan_of, session_row
from climrisk.workshop.store.tables import estimate, item_state, participant

__all__ = ["Board", "board"]


@dataclass(frozen=True)
class Board:
    """Where one item stands, in numbers that give no answer away.

    Parameters
    ----------
    item : str
        Id of the item.
    state : State
        Its phase and round.
    answered : int
        People with an answer in the present round; `no view` counts as one.
    expected : int
        People who are asked.
    vote : str
        `none`, `open` or `shown`.
    """

    item: str
    state: State
    answered: int
    expected: int
    vote: str


def board(store: Store, session: str) -> tuple[Board, ...]:
    """Return where every item stands and how many have answered, not what and not who.

    Raises
    ------
    WorkshopError
        There is no such session.
    """
    answered = (
        select(estimate.c.item, estimate.c.round, func.count(estimate.c.number.distinct()))
        .where(estimate.c.session == session)
        .group_by(estimate.c.item, estimate.c.round)
    )
    grouped = (
        select(participant.c.group, func.count())
        .where(participant.c.session == session)
        .group_by(participant.c.group)
    )
    with store.reading() as connection:
        plan = plan_of(session_row(connection, session))
        rows = connection.execute(select(item_state).where(item_state.c.session == session)).all()
        counts = {(item, round_): count for item, round_, count in connection.execute(answered)}
        people = {group: count for group, count in connection.execute(grouped)}
    states = {row.item: row for row in rows}
    return tuple(
        Board(
            item=question.item,
            state=State(states[question.item].phase, states[question.item].round),
            answered=counts.get((question.item, states[question.item].round), 0),
            expected=sum(people.get(group, 0) for group in question.answered_by or people),
            vote=states[question.item].vote,
        )
        for question in plan.questions
    )
