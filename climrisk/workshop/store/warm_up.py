"""The warm-up: ranges for questions with known answers; each person sees the own score alone."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from climrisk.domain.elicitation.estimate import Range
from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop.calibration import SeedQuestion, WarmUpScore, performance_weights, score
from climrisk.workshop.plan import LEAST_ANSWERS
from climrisk.workshop.seat import Seat, facilitator_only, participant_only
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.rows import checked_token, insert_once, plan_of, session_row
from climrisk.workshop.store.tables import seed_answer

__all__ = ["answer_seed", "asked_seeds", "hit_counts", "own_score", "own_truths", "weights"]


def asked_seeds(store: Store, session: str) -> tuple[SeedQuestion, ...]:
    """Return the questions of the warm-up as they may be sent to anybody: without the answers.

    Raises
    ------
    WorkshopError
        There is no such session.
    """
    with store.reading() as connection:
        seeds = _seeds(session_row(connection, session))
    return tuple(seed.model_copy(update={"truth": math.nan, "source": ""}) for seed in seeds)


def answer_seed(store: Store, seat: Seat, seed: str, stated: Range, token: str) -> bool:
    """Store a range; only the first one for each question counts.

    Returns
    -------
    bool
        Whether it was new; False where the token was stored before.

    Raises
    ------
    AccessRefusedError
        The seat is no participant's.
    WorkshopError
        There is no such question, or low, best and high are out of order.
    """
    participant_only(seat)
    checked_token(token)
    if not stated.low <= stated.best <= stated.high:
        raise WorkshopError("allowed: low up to best, best up to high")
    values = {
        "session": seat.session,
        "seed": seed,
        "number": seat.number,
        "content": stated.model_dump_json(),
        "token": token,
        "at": store.stamp(),
    }
    with store.writing() as connection:
        known = {one.name for one in _seeds(session_row(connection, seat.session))}
        if seed not in known:
            raise WorkshopError(f"no warm-up question {seed[:60]!r}")
        return insert_once(connection, seed_answer, values, ("session", "number", "token"))


def own_truths(store: Store, seat: Seat) -> dict[str, float]:
    """Return the answers to the questions that this participant has answered.

    Raises
    ------
    AccessRefusedError
        The seat is no participant's.
    """
    participant_only(seat)
    seeds, given, _ = _all(store, seat.session)
    return {name: seeds[name].truth for name in given.get(seat.number, {})}


def own_score(store: Store, seat: Seat) -> WarmUpScore:
    """Return what the participant's own ranges were worth; advice, never a weight by itself.

    Raises
    ------
    AccessRefusedError
        The seat is no participant's.
    """
    participant_only(seat)
    seeds, given, row = _all(store, seat.session)
    return _score(seeds, given.get(seat.number, {}), row)


def hit_counts(store: Store, session: str) -> dict[int, int]:
    """Return how many people had how many hits, for the wall.

    Raises
    ------
    AccessRefusedError
        Fewer than four people took part.
    """
    seeds, given, row = _all(store, session)
    if len(given) < LEAST_ANSWERS:
        raise AccessRefusedError(f"fewer than {LEAST_ANSWERS} people; nothing is shown")
    counts = Counter(_score(seeds, said, row).hits for said in given.values())
    return dict(sorted(counts.items()))


def weights(store: Store, seat: Seat) -> dict[int, float]:
    """Return the performance weight of each participant who answered the warm-up.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's.
    WorkshopError
        Too few questions, or somebody left one out.
    """
    facilitator_only(seat)
    seeds, given, row = _all(store, seat.session)
    return performance_weights(given, tuple(seeds.values()), plan_of(row).interval)


def _score(
    seeds: Mapping[str, SeedQuestion], given: Mapping[str, Range], row: Row[Any]
) -> WarmUpScore:
    answers = [(stated, seeds[name].truth) for name, stated in given.items()]
    return score(answers, plan_of(row).interval)


def _all(
    store: Store, session: str
) -> tuple[dict[str, SeedQuestion], dict[int, dict[str, Range]], Row[Any]]:
    """Return questions with answers, and everybody's ranges: for this module's own use."""
    with store.reading() as connection:
        row = session_row(connection, session)
        given = _given(connection, session)
    return {seed.name: seed for seed in _seeds(row)}, given, row


def _given(connection: Connection, session: str) -> dict[int, dict[str, Range]]:
    first = (
        select(func.min(seed_answer.c.sequence))
        .where(seed_answer.c.session == session)
        .group_by(seed_answer.c.number, seed_answer.c.seed)
    )
    found: dict[int, dict[str, Range]] = {}
    for row in connection.execute(select(seed_answer).where(seed_answer.c.sequence.in_(first))):
        found.setdefault(row.number, {})[row.seed] = Range.model_validate_json(row.content)
    return found


def _seeds(row: Row[Any]) -> list[SeedQuestion]:
    return [SeedQuestion.model_validate(seed) for seed in json.loads(row.seeds)]
