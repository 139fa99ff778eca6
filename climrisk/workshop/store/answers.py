"""Estimates: appended, never changed, and shown to nobody else before the reveal."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from climrisk.domain.elicitation.estimate import Estimate, read_estimate
from climrisk.domain.elicitation.question import Question
from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop.phase import State
from climrisk.workshop.pooling import Method
from climrisk.workshop.reveal import Reveal, revealed
from climrisk.workshop.seat import Seat, facilitator_only, participant_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import (
    checked_token,
    insert_once,
    plan_of,
    session_row,
    state_row,
)
from climrisk.workshop.store.tables import estimate

__all__ = ["Given", "Receipt", "answered_rounds", "own_answers", "reveal", "standing", "submit"]


@dataclass(frozen=True)
class Receipt:
    """What was stored, told only after it was.

    Parameters
    ----------
    sequence : int
        Its place among all estimates.
    round : int
        The round that it counts for.
    is_repeat : bool
        Whether it had been stored before, by an earlier submission with the same token.
    """

    sequence: int
    round: int
    is_repeat: bool


@dataclass(frozen=True)
class Given:
    """One of a participant's own answers.

    Parameters
    ----------
    round : int
        The round that it was given in.
    estimate : Estimate
        The answer.
    at : str
        When, in UTC.
    """

    round: int
    estimate: Estimate
    at: str


def submit(
    store: Store,
    seat: Seat,
    item: str,
    answer: Estimate,
    token: str,
    *,
    entered_by: Seat | None = None,
) -> Receipt:
    """Store an answer; when this returns, it is in the database.

    Parameters
    ----------
    store : Store
    seat : Seat
        The participant's, also where the facilitator enters a ballot.
    item : str
        Id of the item.
    answer : Estimate
        What was said; an answer of a rehearsal is refused.
    token : str
        The page's own mark of this submission: sent twice, it is stored once.
    entered_by : Seat or None
        The facilitator's seat, for a ballot on paper.

    Raises
    ------
    AccessRefusedError
        The seat is no participant's, or the group is not asked.
    AnswerRefusedError
        The answer does not fit the question.
    WorkshopError
        No round of the item is open, or the token marked another answer.
    """
    if not isinstance(answer, Estimate):
        raise WorkshopError("a rehearsal is never saved")
    participant_only(seat)
    checked_token(token)
    if entered_by is not None:
        facilitator_only(entered_by)
        if entered_by.session != seat.session:
            raise AccessRefusedError("another session")
    content = answer.model_dump_json()
    # checked before anybody has to wait; a question that is open does not change
    question = _asked(store, seat, item, answer)
    with store.writing() as connection:
        if found := _stored(connection, seat, item, token, content):
            return found
        state = state_row(connection, seat.session, item, lock="share")
        if state.phase != "private":
            raise WorkshopError(f"{question.item}: no round is open; it is {state.phase}")
        values = {
            "session": seat.session,
            "item": item,
            "number": seat.number,
            "round": state.round,
            "content": content,
            "entered_by": "participant" if entered_by is None else "facilitator",
            "token": token,
            "at": store.stamp(),
        }
        is_new = insert_once(connection, estimate, values, ("session", "number", "token"))
        stored = _stored(connection, seat, item, token, content)
    assert stored is not None
    return Receipt(stored.sequence, stored.round, is_repeat=not is_new)


def own_answers(store: Store, seat: Seat, item: str) -> tuple[Given, ...]:
    """Return the participant's own answers to one item, the latest first; never anyone else's.

    Raises
    ------
    AccessRefusedError
        The seat is no participant's.
    """
    participant_only(seat)
    where = (
        estimate.c.session == seat.session,
        estimate.c.item == item,
        estimate.c.number == seat.number,
    )
    query = select(estimate).where(*where).order_by(estimate.c.sequence.desc())
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Given(row.round, Estimate.model_validate_json(row.content), row.at) for row in rows
    )


def answered_rounds(store: Store, seat: Seat) -> frozenset[tuple[str, int]]:
    """Return item and round of each of the participant's own answers.

    Raises
    ------
    AccessRefusedError
        The seat is no participant's.
    """
    participant_only(seat)
    own = (estimate.c.session == seat.session, estimate.c.number == seat.number)
    query = select(estimate.c.item, estimate.c.round).where(*own).distinct()
    with store.reading() as connection:
        return frozenset((row.item, row.round) for row in connection.execute(query))


def reveal(
    store: Store,
    seat: Seat,
    item: str,
    round_: int | None = None,
    method: Method = "linear",
    weights: dict[int, float] | None = None,
) -> Reveal:
    """Return the voices and pool of a revealed round, the reader's own voice marked.

    Parameters
    ----------
    store : Store
    seat : Seat
        Whose view it is.
    item : str
        Id of the item.
    round_ : int or None
        A revealed round; the last one where None.
    method : {"linear", "log", "quantile_average"}
        How the estimates are pooled.
    weights : dict of int to float or None
        Weight of each participant, as `warm_up.weights` gives them.

    Raises
    ------
    AccessRefusedError
        The round is not revealed, or fewer than four answered.
    WorkshopError
        The item is not part of the session, or the pool is impossible.
    """
    with store.reading() as connection:
        row = session_row(connection, seat.session)
        state = state_row(connection, seat.session, item)
        last = State(state.phase, state.round).revealed_round
        wanted = last if round_ is None else round_
        if not 1 <= wanted <= last:
            raise AccessRefusedError(f"{item}: this round is not revealed")
        answers = standing(connection, seat.session, item, wanted)
    plan = plan_of(row)
    question = plan.question(item)
    assert question is not None
    return revealed(
        question,
        plan.interval,
        wanted,
        answers,
        bytes.fromhex(row.secret),
        reader=seat.number if seat.role == "participant" else None,
        method=method,
        weights=weights,
    )


def standing(connection: Connection, session: str, item: str, round_: int) -> dict[int, Estimate]:
    """Return each person's latest answer up to a round, by number.

    For the store's own use: whoever hands this on must have checked that the round is revealed.
    """
    latest = (
        select(func.max(estimate.c.sequence))
        .where(estimate.c.session == session, estimate.c.item == item, estimate.c.round <= round_)
        .group_by(estimate.c.number)
    )
    rows = connection.execute(
        select(estimate.c.number, estimate.c.content).where(estimate.c.sequence.in_(latest))
    )
    return {number: Estimate.model_validate_json(content) for number, content in rows}


def _asked(store: Store, seat: Seat, item: str, answer: Estimate) -> Question:
    """Return the question, if this seat is asked and the answer fits."""
    with store.reading() as connection:
        plan = plan_of(session_row(connection, seat.session))
    question = plan.question(item)
    if question is None:
        raise WorkshopError(f"{item[:60]!r} is not part of this session")
    if question.answered_by and seat.group not in question.answered_by:
        raise AccessRefusedError(f"{item} is asked of {', '.join(question.answered_by)}")
    read_estimate(answer.as_given(), question, plan.interval)
    return question


def _stored(
    connection: Connection, seat: Seat, item: str, token: str, content: str
) -> Receipt | None:
    """Return the receipt of what was stored with a token, None where nothing was."""
    where = (
        estimate.c.session == seat.session,
        estimate.c.number == seat.number,
        estimate.c.token == token,
    )
    row = connection.execute(select(estimate).where(*where)).first()
    if row is None:
        return None
    if (row.item, row.content) != (item, content):
        raise WorkshopError("this token marked another answer; send a new one")
    return Receipt(row.sequence, row.round, is_repeat=True)
