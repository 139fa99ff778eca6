"""The quick vote: one tap on five bands, an ice-breaker and marked as low evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import Connection, func, select, update

from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop.plan import LEAST_ANSWERS
from climrisk.workshop.seat import Seat, facilitator_only, participant_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import (
    checked_token,
    insert_once,
    keep_event,
    session_row,
    state_row,
)
from climrisk.workshop.store.tables import item_state, vote

__all__ = ["BANDS", "VoteCount", "VoteState", "cast_vote", "move_vote", "vote_count"]

BANDS: Final = 5
"""From 1, the lowest, to 5; likelihood and impact each."""

VoteState = Literal["none", "open", "shown"]

_WAYS: Final[dict[str, tuple[VoteState, ...]]] = {
    "none": ("open",),
    "open": ("shown", "none"),
    "shown": ("open",),
}


@dataclass(frozen=True)
class VoteCount:
    """How the votes fell.

    Parameters
    ----------
    likelihood, impact : tuple of int
        Votes in each of the five bands.
    voters : int
        People who voted.
    """

    likelihood: tuple[int, ...]
    impact: tuple[int, ...]
    voters: int


def move_vote(store: Store, seat: Seat, item: str, to: VoteState) -> None:
    """Open a vote, show its outcome, or drop it.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        There is no such way, or too few voted for an outcome.
    """
    facilitator_only(seat)
    with store.writing() as connection:
        now = state_row(connection, seat.session, item, lock="alone").vote
        if to not in _WAYS[now]:
            raise WorkshopError(f"a vote from {now} to {to}; allowed: {' or '.join(_WAYS[now])}")
        voters = len(_latest(connection, seat.session, item))
        if to == "shown" and voters < LEAST_ANSWERS:
            raise WorkshopError(f"{voters} votes; allowed: an outcome of at least {LEAST_ANSWERS}")
        where = (item_state.c.session == seat.session, item_state.c.item == item)
        connection.execute(update(item_state).where(*where).values(vote=to))
        keep_event(connection, seat, f"vote {to}", store.stamp(), item)


def cast_vote(
    store: Store, seat: Seat, item: str, likelihood: int, impact: int, token: str
) -> bool:
    """Store a vote; a later one of the same person takes its place in the count.

    Returns
    -------
    bool
        Whether it was new; False where the token was stored before.

    Raises
    ------
    AccessRefusedError
        The seat is no participant's.
    WorkshopError
        The vote is not open, or there is no such band.
    """
    participant_only(seat)
    checked_token(token)
    for name, band in (("likelihood", likelihood), ("impact", impact)):
        if type(band) is not int or not 1 <= band <= BANDS:
            raise WorkshopError(f"{name}: found {band!r}; allowed: a band from 1 to {BANDS}")
    values = {
        "session": seat.session,
        "item": item,
        "number": seat.number,
        "likelihood": likelihood,
        "impact": impact,
        "token": token,
        "at": store.stamp(),
    }
    with store.writing() as connection:
        if state_row(connection, seat.session, item, lock="share").vote != "open":
            raise WorkshopError(f"{item}: no vote is open")
        return insert_once(connection, vote, values, ("session", "number", "token"))


def vote_count(store: Store, session: str, item: str) -> VoteCount:
    """Return how the votes fell, once the facilitator shows it.

    Raises
    ------
    AccessRefusedError
        The outcome is not shown.
    WorkshopError
        There is no such session or item.
    """
    with store.reading() as connection:
        session_row(connection, session)
        if state_row(connection, session, item).vote != "shown":
            raise AccessRefusedError(f"{item}: the vote is not shown")
        votes = _latest(connection, session, item)
    counts = [
        tuple(sum(one[place] == band for one in votes) for band in range(1, BANDS + 1))
        for place in (0, 1)
    ]
    return VoteCount(counts[0], counts[1], len(votes))


def _latest(connection: Connection, session: str, item: str) -> list[tuple[int, int]]:
    last = (
        select(func.max(vote.c.sequence))
        .where(vote.c.session == session, vote.c.item == item)
        .group_by(vote.c.number)
    )
    query = select(vote.c.likelihood, vote.c.impact).where(vote.c.sequence.in_(last))
    return [(likelihood, impact) for likelihood, impact in connection.execute(query)]
