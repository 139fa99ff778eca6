"""What is asked about one item: its likelihood and one main impact, under a stated frame."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from climrisk.domain.base import Declaration, Identifier, Number
from climrisk.domain.frame import Frame
from climrisk.domain.item import Item
from climrisk.domain.occurrence import Annual
from climrisk.domain.quantities import Scale
from climrisk.domain.text import LocalText
from climrisk.errors import WorkshopError
from climrisk.names import Channel, Direction

__all__ = ["LEVELS", "Interval", "Question", "question_about"]

Interval = Literal["p10-p90", "p5-p95"]
"""Which percentiles people's low and high are."""

LEVELS: dict[Interval, tuple[float, float]] = {"p10-p90": (0.10, 0.90), "p5-p95": (0.05, 0.95)}
"""Chance of a value below the low and below the high."""


class Question(Declaration):
    """One item as it is put to people."""

    item: Identifier
    title: LocalText
    frame: Frame
    """Period, conditions and controls; printed with the question."""
    occurrence: dict[str, Any]
    """The occurrence as the register states it, without its likelihood."""
    likelihood: Literal["probability", "rate"] | None = None
    """What is asked of the occurrence; None where it is ongoing."""
    impact: Identifier
    """Name of the one main impact that is asked about."""
    channel: Channel
    line: str = Field(min_length=1)
    direction: Direction
    exposure: Identifier | None = None
    revenue_line: Identifier | None = None
    measure: Literal["amount", "share"]
    """Whether the impact is asked as an amount or as a share."""
    answered_by: tuple[str, ...] = ()
    """Groups that answer; everybody where empty."""
    minutes: Annotated[Number, Field(gt=0)] | None = None
    """Time for the item; the plan's own where not stated."""
    base_rate: str | None = None
    """What is known of how often or how much, with its source; printed with the question."""

    @model_validator(mode="after")
    def _likelihood_fits(self) -> Question:
        kind, law = self.occurrence.get("type"), self.occurrence.get("law")
        if kind not in ("annual", "once", "ongoing"):
            raise ValueError(f"occurrence type {kind!r}; allowed: annual, once, ongoing")
        if "probability" in self.occurrence or "rate" in self.occurrence:
            raise ValueError("occurrence with a likelihood; allowed: without, it is what is asked")
        is_rate = kind == "annual" and law != "bernoulli"
        wanted = None if kind == "ongoing" else "rate" if is_rate else "probability"
        if self.likelihood != wanted:
            raise ValueError(f"likelihood {self.likelihood}; allowed: {wanted} for this occurrence")
        return self

    @property
    def severity_scale(self) -> Scale:
        """Scale on which the impact is stated."""
        if self.measure == "share":
            return "logit"
        return "identity" if self.direction == "signed" else "log"

    @property
    def likelihood_scale(self) -> Scale:
        """Scale on which the likelihood is stated."""
        return "log" if self.likelihood == "rate" else "logit"


def question_about(name: str, item: Item, impact: str | None = None, **stated: Any) -> Question:
    """Return the question about an item that the register describes.

    Parameters
    ----------
    name : str
        Id of the item.
    item : Item
        Its declaration; frame, occurrence and the impact must be there, numbers need not be right.
    impact : str or None
        Main impact to ask about; the first one where None.
    **stated : Any
        `answered_by`, `minutes` and `base_rate`.

    Raises
    ------
    WorkshopError
        The item lacks what the question must print; a `Question` made by hand supplies it.
    """
    if item.frame is None or item.occurrence is None or not item.impact:
        raise WorkshopError(
            f"{name}: without frame, occurrence or impact; state what is asked, numbers left open"
        )
    chosen = impact if impact is not None else next(iter(item.impact))
    if chosen not in item.impact:
        raise WorkshopError(f"{name}: no impact {chosen!r}; allowed: {', '.join(item.impact)}")
    asked = item.impact[chosen]
    occurrence = item.occurrence.model_dump(exclude_none=True, mode="json")
    likelihood = next((key for key in ("probability", "rate") if key in occurrence), None)
    occurrence.pop(str(likelihood), None)
    if not isinstance(item.occurrence, Annual) and occurrence.get("ramp") == 1:
        del occurrence["ramp"]  # the default, which a register leaves out
    return Question.model_validate(
        {
            "item": name,
            "title": item.title,
            "frame": item.frame,
            "occurrence": occurrence,
            "likelihood": likelihood,
            "impact": chosen,
            **{key: getattr(asked, key) for key in _OF_IMPACT},
            "measure": "amount" if asked.share is None else "share",
            **stated,
        }
    )


_OF_IMPACT = ("channel", "line", "direction", "exposure", "revenue_line")
