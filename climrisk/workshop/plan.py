"""The plan of a session: what is asked, of whom, and whether the time suffices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError, model_validator

from climrisk.domain.base import Declaration, Number, Year
from climrisk.domain.elicitation.question import Interval, Question
from climrisk.domain.elicitation.typed_text import MAX_NAME, MAX_TEXT
from climrisk.errors import WorkshopError

__all__ = ["ITEM_STEPS", "LEAST_ANSWERS", "SESSION_STEPS", "SessionPlan", "Step", "read_plan"]

LEAST_ANSWERS: Final = 4
"""Answers with a view below which nothing is revealed: among fewer, people guess who said what."""

Title = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
Minutes = Annotated[Number, Field(ge=0, le=24 * 60)]


class Step(Declaration):
    """One part of a session, or of the time that an item takes."""

    name: str
    """Last part of its key in the catalogue, `workshop.step.<name>`."""
    minutes: Minutes


SESSION_STEPS: Final = (
    Step(name="scene", minutes=10),
    Step(name="warm_up", minutes=10),
    Step(name="break", minutes=10),
    Step(name="results", minutes=10),
    Step(name="decisions", minutes=10),
)
"""The template's parts besides the items: 50 of 120 minutes."""

ITEM_STEPS: Final = (
    Step(name="round_one", minutes=3),
    Step(name="reveal", minutes=1),
    Step(name="discussion", minutes=4),
    Step(name="round_two", minutes=2),
)
"""What one item takes: 10 minutes, so that seven fit into the template's 120."""


class SessionPlan(Declaration):
    """What a session asks and how long it takes; 120 minutes where nothing else is stated."""

    title: Title
    purpose: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
    """Why people are asked; shown before they join."""
    holder: Title
    """Who holds the answers and the names; shown before people join."""
    contact: Annotated[str, Field(max_length=MAX_NAME)] = ""
    """Where people ask for access or correction."""
    retain_days: Annotated[int, Field(ge=1, le=3650, strict=True)] = 180
    """Days after which the key of names is to be destroyed."""
    currency: Annotated[str, Field(min_length=1, max_length=8)]
    price_year: Year
    interval: Interval = "p10-p90"
    """What low and high mean in every question."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=200)]
    groups: tuple[Title, ...] = ()
    """Groups that people belong to, such as departments."""
    minutes: Minutes = 120
    session_steps: tuple[Step, ...] = SESSION_STEPS
    item_steps: tuple[Step, ...] = ITEM_STEPS
    round_one_before: bool = False
    """Whether round one is answered before the meeting, so that it takes no time in it."""

    @model_validator(mode="after")
    def _consistent(self) -> SessionPlan:
        items = [question.item for question in self.questions]
        for name in items:
            if items.count(name) > 1:
                raise ValueError(f"item {name} twice; allowed: once")
        for question in self.questions:
            for group in question.answered_by:
                if group not in self.groups:
                    known = ", ".join(self.groups) or "none is stated"
                    raise ValueError(f"{question.item}: group {group!r}; allowed: {known}")
        return self

    def question(self, item: str) -> Question | None:
        """Return what is asked about an item, None where it is not part of the session."""
        return next((question for question in self.questions if question.item == item), None)

    def minutes_of(self, question: Question) -> float:
        """Return the minutes that an item takes in the meeting."""
        if question.minutes is not None:
            return question.minutes
        before = {"round_one"} if self.round_one_before else set()
        return sum(step.minutes for step in self.item_steps if step.name not in before)

    @property
    def minutes_needed(self) -> float:
        """Minutes of all parts and all items."""
        fixed = sum(step.minutes for step in self.session_steps)
        return fixed + sum(map(self.minutes_of, self.questions))

    @property
    def items_that_fit(self) -> tuple[str, ...]:
        """Items in order, as long as the time lasts."""
        left = self.minutes - sum(step.minutes for step in self.session_steps)
        fitting = []
        for question in self.questions:
            left -= self.minutes_of(question)
            if left < 0:
                break
            fitting.append(question.item)
        return tuple(fitting)

    def retained_until(self, start: date) -> date:
        """Return the last day on which the key of names may exist."""
        return start + timedelta(days=self.retain_days)


def read_plan(stated: Mapping[str, Any]) -> SessionPlan:
    """Return the plan that a page states.

    Raises
    ------
    WorkshopError
        With every fault of it, a line each.
    """
    try:
        return SessionPlan.model_validate(dict(stated))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        lines = [f"{'.'.join(map(str, one['loc'])) or 'plan'}: {one['msg']}" for one in found]
        raise WorkshopError("\n".join(lines)) from None
