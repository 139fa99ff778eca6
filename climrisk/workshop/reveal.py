"""What everybody may see once a round is revealed: voices without names, in shuffled order."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from climrisk.domain.elicitation.estimate import Estimate, Range, statement
from climrisk.domain.elicitation.question import Interval, Question
from climrisk.domain.quantities import Quantity, Scale
from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop.plan import LEAST_ANSWERS
from climrisk.workshop.pooling import Disagreement, Method, disagreement, pooled, pooled_statement

__all__ = ["Layer", "Reveal", "Voice", "revealed", "voices_in_order"]


@dataclass(frozen=True)
class Voice:
    """What one unnamed person said; nothing in it tells who.

    Parameters
    ----------
    estimate : Estimate
        Numbers and reason.
    is_own : bool
        Whether it is the reader's own, so that a page can mark it; False for everybody else.
    """

    estimate: Estimate
    is_own: bool = False


@dataclass(frozen=True)
class Layer:
    """The pool of one of the two quantities.

    Parameters
    ----------
    statement : dict
        The pool as the register would state it.
    quantity : Quantity
        Its distribution.
    disagreement : Disagreement
        How far the views lie apart.
    voices : int
        People in it.
    """

    statement: dict[str, Any]
    quantity: Quantity
    disagreement: Disagreement
    voices: int


@dataclass(frozen=True)
class Reveal:
    """One revealed round of one item.

    Parameters
    ----------
    item : str
        Id of the item.
    round : int
        The round, from 1; an answer of an earlier round stands where none was given in it.
    voices : tuple of Voice
        In an order that the item and round shuffle, so that no position follows a person.
    no_view : int
        People who preferred not to say.
    severity : Layer
        The pool of the impact.
    likelihood : Layer or None
        That of the likelihood; None where the effect is ongoing.
    """

    item: str
    round: int
    voices: tuple[Voice, ...]
    no_view: int
    severity: Layer
    likelihood: Layer | None


def voices_in_order(numbers: tuple[int, ...], key: bytes, item: str, round_: int) -> list[int]:
    """Return people's numbers in an order that only the session's secret key can tell.

    Parameters
    ----------
    numbers : tuple of int
        The people.
    key : bytes
        Secret of the session.
    item : str
        Id of the item.
    round_ : int
        The round.
    """

    def place(number: int) -> bytes:
        return hmac.digest(key, f"{item}\n{round_}\n{number}".encode(), sha256)

    return sorted(numbers, key=place)


def revealed(
    question: Question,
    interval: Interval,
    round_: int,
    answers: Mapping[int, Estimate],
    key: bytes,
    *,
    reader: int | None = None,
    method: Method = "linear",
    weights: Mapping[int, float] | None = None,
) -> Reveal:
    """Return what may be shown of a round.

    Parameters
    ----------
    question : Question
        What was asked.
    interval : {"p10-p90", "p5-p95"}
        What low and high mean.
    round_ : int
        The round.
    answers : mapping of int to Estimate
        Each person's standing answer.
    key : bytes
        Secret of the session.
    reader : int or None
        Whose own answer is marked.
    method : {"linear", "log", "quantile_average"}
        How the estimates are pooled.
    weights : mapping of int to float or None
        Weight of each person; people without one are left out of the pool, not of the voices.

    Raises
    ------
    AccessRefusedError
        Fewer than four answers with a view.
    WorkshopError
        The pool is impossible.
    """
    with_view = {number: one for number, one in answers.items() if not one.no_view}
    if len(with_view) < LEAST_ANSWERS:
        raise AccessRefusedError(f"fewer than {LEAST_ANSWERS} answers; nothing is shown")
    order = voices_in_order(tuple(with_view), key, question.item, round_)
    heard = [number for number in order if weights is None or weights.get(number, 0.0) > 0.0]
    chosen = None if weights is None else [weights[number] for number in heard]

    def layer(part: str, scale: Scale) -> Layer:
        said = [getattr(with_view[number], part) for number in heard]
        return _layer(said, interval, scale, method, chosen)

    return Reveal(
        item=question.item,
        round=round_,
        voices=tuple(Voice(with_view[number], number == reader) for number in order),
        no_view=len(answers) - len(with_view),
        severity=layer("severity", question.severity_scale),
        likelihood=layer("likelihood", question.likelihood_scale) if question.likelihood else None,
    )


def _layer(
    ranges: list[Range],
    interval: Interval,
    scale: Scale,
    method: Method,
    weights: list[float] | None,
) -> Layer:
    if len(ranges) < 2:
        raise WorkshopError("fewer than two voices with a weight; allowed: equal weights")
    said = [statement(one, interval, scale) for one in ranges]
    stated = pooled_statement(said, scale, method, weights)
    return Layer(stated, pooled(stated, scale), disagreement(ranges, interval, scale), len(ranges))
