"""Committing an item: the pool, or a value that the group agreed on, goes into the register."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from climrisk.domain.edit import Edit, value_at
from climrisk.domain.elicitation.question import Question
from climrisk.domain.frame import Frame
from climrisk.errors import WorkshopError
from climrisk.workshop.pooling import Method, pooled
from climrisk.workshop.reveal import Reveal
from climrisk.workshop.seat import Seat, facilitator_only
from climrisk.workshop.store.answers import reveal
from climrisk.workshop.store.changes import Intent
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.sessions import view_session
from climrisk.workshop.study_edits import Applied, EditableFile, Stale, carry_out

__all__ = ["Agreed", "Pooled", "commit", "commit_edits"]


@dataclass(frozen=True)
class Pooled:
    """Commit the pool of the last revealed round.

    Parameters
    ----------
    method : {"linear", "log", "quantile_average"}
        How the estimates are pooled.
    weights : mapping of int to float or None
        Weight of each participant; equal where None.
    """

    method: Method = "linear"
    weights: Mapping[int, float] | None = None


@dataclass(frozen=True)
class Agreed:
    """Commit what the group agreed on, kept apart from the pool.

    Parameters
    ----------
    severity : number or mapping
        The impact as the register states quantities.
    likelihood : number, mapping or None
        The probability or rate; None where the effect is ongoing.
    """

    severity: Any
    likelihood: Any = None


def commit(
    store: Store,
    seat: Seat,
    file: EditableFile,
    item: str,
    chosen: Pooled | Agreed,
    seen: str,
    reason: str = "",
) -> Applied | Stale:
    """Write an item's value into the register and the log, and close the item.

    Parameters
    ----------
    store : Store
    seat : Seat
        The facilitator's.
    file : EditableFile
        The register.
    item : str
        Id of the item.
    chosen : Pooled or Agreed
        What is committed.
    seen : str
        The register's text as the projector shows it.
    reason : str
        Kept in the log.

    Returns
    -------
    Applied or Stale
        The register and study as they are now; or, where the file changed since `seen`, the
        difference, with nothing written.

    Raises
    ------
    AccessRefusedError
        The seat is not the facilitator's, or no round is revealed.
    WorkshopError
        The item is open or committed already, belongs to another study, or the value is impossible.
    InvalidStudyError
        The study would have faults.
    """
    facilitator_only(seat)
    view = view_session(store, seat.session)
    if view.study != file.study:
        raise WorkshopError(f"the session is about {view.study!r}, the file of {file.study!r}")
    shown = _revealed(store, seat, item, chosen)
    phase = view.states[item].phase
    if phase not in ("revealed", "discussion"):
        raise WorkshopError(f"{item} is {phase}; allowed: a revealed item, or reopen it")
    question = view.plan.question(item)
    assert question is not None
    severity, likelihood = _statements(question, shown, chosen)
    source = _source(shown, chosen, store.stamp()[:10])
    edits = commit_edits(question, file.data(seen), severity, likelihood, source)
    intent = Intent(
        study=file.study,
        file=file.name,
        who=seat.who,
        kind="commit",
        places=(),
        reason=reason,
        file_after="",
        session=seat.session,
        round=shown.round,
        voices=_voices(shown, chosen),
    )
    return carry_out(store, file, intent, edits, seen)


def commit_edits(
    question: Question, register: Any, severity: Any, likelihood: Any, source: str
) -> tuple[Edit, ...]:
    """Return what a commit changes in the register.

    What the register says of the item already stays, where it says the same as the question; an
    item that was not assessed gets frame, occurrence and impact as they were asked.

    Parameters
    ----------
    question : Question
        What was asked.
    register : Any
        Plain data of the register.
    severity, likelihood : Any
        Statements; the likelihood None where the effect is ongoing.
    source : str
        Put beside each statement, with the basis `assumption`.

    Raises
    ------
    WorkshopError
        The register has no such item any more.
    """
    item = value_at(register, ("items", question.item))
    if not isinstance(item, Mapping):
        raise WorkshopError(f"{question.item} is not in the register any more")
    place = ("items", question.item)
    edits = [*_frame_edit(question, item), *_occurrence_edit(question, item, likelihood, source)]
    edits.append(_impact_edit(question, item, _with_source(severity, source)))
    other = "share" if question.measure == "amount" else "amount"
    if value_at(item, ("impact", question.impact, other)) is not None:
        edits.append(Edit((*place, "impact", question.impact, other), None))
    if value_at(item, ("quantification", "status")) not in (None, "quantified"):
        edits.append(Edit((*place, "quantification"), {"status": "quantified"}))
    return tuple(edits)


def _frame_edit(question: Question, item: Mapping[str, Any]) -> list[Edit]:
    stated = item.get("frame")
    if stated is not None and Frame.model_validate(stated) == question.frame:
        return []
    asked = question.frame.model_dump(mode="json")
    return [Edit(("items", question.item, "frame"), asked)]


def _occurrence_edit(
    question: Question, item: Mapping[str, Any], likelihood: Any, source: str
) -> list[Edit]:
    place = ("items", question.item, "occurrence")
    stated = item.get("occurrence")
    asked = dict(question.occurrence)
    if question.likelihood is None:
        return [] if stated == asked else [Edit(place, asked)]
    valued = _with_source(likelihood, source)
    if isinstance(stated, Mapping):
        kept = {key: one for key, one in stated.items() if key != question.likelihood}
        if kept == asked:
            return [Edit((*place, question.likelihood), valued)]
    return [Edit(place, {**asked, question.likelihood: valued})]


def _impact_edit(question: Question, item: Mapping[str, Any], valued: Any) -> Edit:
    place = ("items", question.item, "impact", question.impact)
    if value_at(item, ("impact", question.impact)) is not None:
        return Edit((*place, question.measure), valued)
    stated = {
        "channel": question.channel,
        "line": question.line,
        "direction": question.direction,
        "exposure": question.exposure,
        "revenue_line": question.revenue_line,
        question.measure: valued,
    }
    return Edit(place, {key: one for key, one in stated.items() if one is not None})


def _revealed(store: Store, seat: Seat, item: str, chosen: Pooled | Agreed) -> Reveal:
    if isinstance(chosen, Agreed):
        return reveal(store, seat, item)
    weights = None if chosen.weights is None else dict(chosen.weights)
    return reveal(store, seat, item, method=chosen.method, weights=weights)


def _statements(question: Question, shown: Reveal, chosen: Pooled | Agreed) -> tuple[Any, Any]:
    if isinstance(chosen, Pooled):
        likelihood = None if shown.likelihood is None else shown.likelihood.statement
        return shown.severity.statement, likelihood
    if (chosen.likelihood is None) != (question.likelihood is None):
        wanted = "none, the effect is ongoing" if question.likelihood is None else "needed"
        raise WorkshopError(f"{question.item}: likelihood {wanted}")
    pooled(chosen.severity, question.severity_scale)
    if question.likelihood is not None:
        pooled(chosen.likelihood, question.likelihood_scale)
    return chosen.severity, chosen.likelihood


def _voices(shown: Reveal, chosen: Pooled | Agreed) -> int:
    return shown.severity.voices if isinstance(chosen, Pooled) else len(shown.voices)


def _source(shown: Reveal, chosen: Pooled | Agreed, day: str) -> str:
    """Say where the value comes from, in climrisk's own words: typed text stays out of the file."""
    how = "agreed value"
    if isinstance(chosen, Pooled):
        kind = re.sub("_", " ", chosen.method)
        how = f"{'weighted ' if chosen.weights is not None else ''}{kind} pool".removesuffix(
            " pool" if chosen.method == "quantile_average" else ""
        )
    return f"workshop of {day}: {how}, round {shown.round}, {_voices(shown, chosen)} voices"


def _with_source(stated: Any, source: str) -> dict[str, Any]:
    valued = dict(stated) if isinstance(stated, Mapping) else {"value": stated}
    return {**valued, "basis": "assumption", "source": source}
