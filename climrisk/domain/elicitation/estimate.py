"""What one person answers: low, high, best, how sure, and the likelihood; or no view.

The four steps are those of the IDEA protocol (Hemming et al. 2018, A practical guide to structured
expert elicitation using the IDEA protocol, Methods in Ecology and Evolution 9): lowest plausible,
highest plausible, best, and how sure the person is that the truth lies between. Where a person is
sure to C and the session asks for an interval of S, each bound moves to
best - (best - bound) * S / C, the paper's linear extrapolation, here on the scale of the field so
that no bound leaves it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, Final

import numpy as np
from pydantic import Field
from pydantic_core import PydanticCustomError

from climrisk.domain.base import Declaration, Number
from climrisk.domain.elicitation.question import LEVELS, Interval, Question
from climrisk.domain.elicitation.typed_text import text_fault
from climrisk.domain.quantities import Quantity, Scale, read_quantity
from climrisk.domain.quantities.scales import LIMITS, from_scale, to_scale
from climrisk.errors import AnswerRefusedError, Fault

__all__ = ["FIELDS", "Estimate", "Range", "quantity", "read_estimate", "statement"]

LEAST_SURE: Final = 0.5
MOST_SURE: Final = 0.99
_FIGURES: Final = 6
"""Significant figures of a bound that was moved; nobody knows more of it."""
_NAMES: Final = {"p10-p90": ("p10", "p50", "p90"), "p5-p95": ("p5", "p50", "p95")}
_SEVERITY: Final = ("low", "high", "best")
_LIKELIHOOD: Final = ("likelihood_low", "likelihood_high", "likelihood")
FIELDS: Final = (*_SEVERITY, "sure", *_LIKELIHOOD, "reason", "no_view")
"""Fields of an answer, in the order in which they are asked."""


class Range(Declaration):
    """Lowest plausible, highest plausible and best value of one quantity."""

    low: Number
    high: Number
    best: Number
    """As likely too low as too high."""
    sure: Annotated[Number, Field(ge=LEAST_SURE, le=MOST_SURE)] | None = None
    """Chance that the truth lies between low and high; the session's interval where None."""


class Estimate(Declaration):
    """One person's answer to one question."""

    severity: Range | None = None
    """The impact, in the unit of the question, if it happens."""
    likelihood: Range | None = None
    """Probability or rate; low, best and high are equal where only one number was given."""
    reason: str = ""
    no_view: bool = False
    """The person was asked and prefers not to say; counted, never pooled."""

    def as_given(self) -> dict[str, Any]:
        """Return the answer by field, as `read_estimate` takes it."""
        given: dict[str, Any] = {"reason": self.reason, "no_view": self.no_view}
        for stated, names in ((self.severity, _SEVERITY), (self.likelihood, _LIKELIHOOD)):
            if stated is not None:
                given |= zip(names, (stated.low, stated.high, stated.best), strict=True)
        if self.severity is not None and self.severity.sure is not None:
            given["sure"] = self.severity.sure
        return given


def statement(stated: Range, interval: Interval, scale: Scale) -> dict[str, float]:
    """Return a range as the register states it.

    Parameters
    ----------
    stated : Range
        What a person said.
    interval : {"p10-p90", "p5-p95"}
        What the session asks for.
    scale : {"log", "logit", "identity"}
        Scale of the field.

    Returns
    -------
    dict of str to float
        Three percentiles, or `value` where all three numbers are equal.
    """
    low, best, high = stated.low, stated.best, stated.high
    if low == best == high:
        return {"value": best}
    if stated.sure is not None:
        below, above = LEVELS[interval]
        stretch = (above - below) / stated.sure
        low, high = (_moved(bound, best, stretch, scale) for bound in (low, high))
    return dict(zip(_NAMES[interval], (low, best, high), strict=True))


def quantity(stated: Range, interval: Interval, scale: Scale) -> Quantity:
    """Return the distribution that a range states.

    Raises
    ------
    PydanticCustomError
        No distribution of this scale fits the numbers.
    """
    return read_quantity(statement(stated, interval, scale), scale)


def read_estimate(answer: Mapping[str, Any], question: Question, interval: Interval) -> Estimate:
    """Read an answer as a page, a ballot or a file gives it.

    Parameters
    ----------
    answer : mapping
        Any of `FIELDS`; numbers, texts, or None where nothing was given.
    question : Question
        What was asked.
    interval : {"p10-p90", "p5-p95"}
        What low and high mean in this session.

    Raises
    ------
    AnswerRefusedError
        With every fault of the answer.
    """
    reading = _Reading(question, interval)
    estimate = reading.estimate(answer)
    if reading.faults or estimate is None:
        raise AnswerRefusedError(reading.faults)
    return estimate


class _Reading:
    """One attempt to read an answer; gathers faults instead of stopping at the first."""

    def __init__(self, question: Question, interval: Interval) -> None:
        self.question = question
        self.interval = interval
        self.faults: list[Fault] = []

    def estimate(self, answer: Mapping[str, Any]) -> Estimate | None:
        for key in answer:
            if key not in FIELDS:
                self._fault(str(key)[:60], "unknown field", f"allowed: {', '.join(FIELDS)}")
        reason = answer.get("reason") or ""
        found, allowed = text_fault(reason)
        if found:
            self._fault("reason", found, allowed)
        if answer.get("no_view"):
            self._refuse_numbers(answer)
            return None if self.faults else Estimate(no_view=True, reason=reason)
        severity = self._severity(answer)
        likelihood = self._likelihood(answer)
        if self.faults:
            return None
        return Estimate(severity=severity, likelihood=likelihood, reason=reason)

    def _refuse_numbers(self, answer: Mapping[str, Any]) -> None:
        for key in (*_SEVERITY, "sure", *_LIKELIHOOD):
            if answer.get(key) is not None:
                self._fault(key, "a number beside no view", "allowed: one of the two")

    def _severity(self, answer: Mapping[str, Any]) -> Range | None:
        scale = self.question.severity_scale
        numbers = [self._number(answer, key, scale, is_needed=True) for key in _SEVERITY]
        sure = self._number(answer, "sure", "identity")
        if sure is not None and not LEAST_SURE <= sure <= MOST_SURE:
            self._fault("sure", f"found {sure:g}", f"allowed: {LEAST_SURE} to {MOST_SURE}")
            return None
        return self._range(_SEVERITY, numbers, sure, scale)

    def _likelihood(self, answer: Mapping[str, Any]) -> Range | None:
        if self.question.likelihood is None:
            for key in _LIKELIHOOD:
                if answer.get(key) is not None:
                    self._fault(key, "a likelihood", "allowed: none, the effect is ongoing")
            return None
        scale = self.question.likelihood_scale
        low, high = (self._number(answer, key, scale) for key in _LIKELIHOOD[:2])
        best = self._number(answer, "likelihood", scale, is_needed=True)
        if low is None and high is None and not self._has_fault(*_LIKELIHOOD[:2]):
            low = high = best
            if best is None:
                return None
        return self._range(_LIKELIHOOD, [low, high, best], None, scale)

    def _number(
        self, answer: Mapping[str, Any], key: str, scale: Scale, is_needed: bool = False
    ) -> float | None:
        value = answer.get(key)
        lowest, highest = LIMITS[scale]
        wanted = "a number" if scale == "identity" else f"a number from {lowest:g} to {highest:g}"
        allowed = f"allowed: {wanted.replace(' to inf', ' up')}"
        if value is None:
            if is_needed:
                self._fault(key, "nothing", f"{allowed}, or no view for the whole question")
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._fault(key, f"found {str(value)[:60]!r}", allowed)
            return None
        if not math.isfinite(value) or not lowest <= value <= highest:
            self._fault(key, f"found {value:g}", allowed)
            return None
        return float(value)

    def _range(
        self, names: tuple[str, ...], numbers: list[float | None], sure: float | None, scale: Scale
    ) -> Range | None:
        low, high, best = numbers
        if low is None or high is None or best is None:
            for name, number in zip(names, numbers, strict=True):
                if number is None and not self._has_fault(name):
                    self._fault(name, "nothing", "allowed: both bounds, or neither")
            return None
        if not low <= best <= high:
            found = f"low {low:g}, best {best:g}, high {high:g}"
            self._fault(names[2], found, "allowed: low up to best, best up to high")
            return None
        stated = Range(low=low, high=high, best=best, sure=sure)
        try:
            quantity(stated, self.interval, scale)
        except PydanticCustomError as error:
            self._fault(names[2], self._in_their_words(error.message(), names), "")
            return None
        return stated

    def _in_their_words(self, message: str, names: tuple[str, ...]) -> str:
        """Put the names of the fields in the place of percentiles, which nobody was asked for."""
        low, high, best = names
        for percentile, name in zip(_NAMES[self.interval], (low, best, high), strict=True):
            message = message.replace(percentile, name)
        return message

    def _has_fault(self, *fields: str) -> bool:
        return any(fault.field in fields for fault in self.faults)

    def _fault(self, field: str, found: str, allowed: str) -> None:
        self.faults.append(Fault(self.question.item, 0, field, found, allowed))


def _moved(bound: float, best: float, stretch: float, scale: Scale) -> float:
    """Return the bound of the session's interval; a bound at the limit of the scale stays there."""
    if bound in LIMITS[scale] or best in LIMITS[scale]:
        return bound
    centre = to_scale(best, scale)
    moved = centre - (centre - to_scale(bound, scale)) * stretch
    return float(f"{float(from_scale(np.asarray(moved), scale)):.{_FIGURES}g}")
