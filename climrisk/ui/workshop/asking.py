"""A question on a page, and the fields of its answer with a draft kept as one types."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, Final

import streamlit as st

from climrisk.domain.elicitation.estimate import FIELDS, Estimate, read_estimate
from climrisk.domain.elicitation.question import Question
from climrisk.errors import AnswerRefusedError, InvalidStudyError
from climrisk.ui.safe import plain
from climrisk.ui.state import say, tell
from climrisk.ui.statement import number
from climrisk.ui.workshop.rooms import rooms, worded
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.notes import load_draft, save_draft

__all__ = ["answer_fields", "draft_place", "read_fields", "show_faults", "show_question"]

NUMBERS: Final = tuple(name for name in FIELDS if name not in ("reason", "no_view"))
LONGEST: Final = 10_000


def show_question(question: Question, plan: SessionPlan) -> None:
    """Print a question with its frame; what people typed stays text."""
    words = worded(question, plan)
    st.subheader(plain(words.title))
    st.markdown("\n".join(f"- {plain(line)}" for line in words.frame))


def draft_place(item: str, round_: int) -> str:
    """Return the place that the draft of an answer is kept under."""
    return f"answer {item} {round_}"


def answer_fields(
    question: Question, plan: SessionPlan, seat: Seat, place: str, given: Estimate | None = None
) -> dict[str, Any]:
    """Show the fields of an answer and return what stands in them.

    Each field is kept as a draft of this seat once it is left; without one, the fields begin with
    the answer that is changed.
    """
    words = worded(question, plan)
    before = _draft(seat, place) or _as_typed(given)
    for name in FIELDS:
        key = _key(seat, place, name)
        if name in words.fields and key not in st.session_state:
            st.session_state[key] = before.get(name, False if name == "no_view" else "")
    st.toggle(
        words.fields["no_view"], key=_key(seat, place, "no_view"), on_change=_keep,
        args=(seat, place),
    )  # fmt: skip
    if not st.session_state[_key(seat, place, "no_view")]:
        st.markdown(f"**{plain(words.severity)}**")
        _numbers(words.fields, ("low", "high", "best"), seat, place)
        st.markdown(f"**{plain(words.likelihood)}**")
        if question.likelihood is not None:
            _numbers(words.fields, ("likelihood",), seat, place)
        with st.expander(say("room.answer.more"), key=_key(seat, place, "more")):
            more = ("likelihood_low", "likelihood_high", "sure")
            _numbers(words.fields, more, seat, place)
    st.text_area(
        words.fields["reason"], key=_key(seat, place, "reason"), max_chars=LONGEST, height=80,
        on_change=_keep, args=(seat, place),
    )  # fmt: skip
    return _typed(seat, place)


def _numbers(fields: Any, names: tuple[str, ...], seat: Seat, place: str) -> None:
    for name in names:
        if name in fields:
            st.text_input(
                fields[name], key=_key(seat, place, name), max_chars=40,
                on_change=_keep, args=(seat, place),
            )  # fmt: skip


def read_fields(typed: dict[str, Any], question: Question, plan: SessionPlan) -> Estimate:
    """Return the answer that the fields state.

    Raises
    ------
    AnswerRefusedError
        With every fault of it.
    """
    if typed.get("no_view"):
        typed = {"no_view": True, "reason": typed.get("reason", "")}
    return read_estimate({name: _read(name, one) for name, one in typed.items()}, question,
                         plan.interval)  # fmt: skip


def show_faults(error: AnswerRefusedError, question: Question, plan: SessionPlan) -> None:
    """Say each fault under the words of its field."""
    fields = worded(question, plan).fields
    lines = []
    for fault in error.faults:
        name = fields.get(fault.field, fault.field)
        told = map(tell, filter(None, (fault.found, fault.allowed)))
        said = say("chart.separator").join(told)
        lines.append(f"- {plain(say('room.reveal.part', title=name, part=said))}")
    if any("%" in fault.found or "," in fault.found for fault in error.faults):
        lines.append(f"- {plain(say('room.answer.how'))}")
    st.error("\n".join(lines))


def _read(name: str, typed: Any) -> Any:
    """Return a number where one was typed; other words are left to be refused with the rest."""
    if name not in NUMBERS:
        return typed
    if not str(typed).strip():
        return None
    with suppress(InvalidStudyError):
        return number(name, str(typed))
    return str(typed)


def _key(seat: Seat, place: str, name: str) -> str:
    return f"{seat.session} {seat.who} {place} {name}"


def _typed(seat: Seat, place: str) -> dict[str, Any]:
    found = {name: st.session_state.get(_key(seat, place, name)) for name in FIELDS}
    return {name: one for name, one in found.items() if one is not None}


def _keep(seat: Seat, place: str) -> None:
    save_draft(rooms(), seat, place, json.dumps(_typed(seat, place)))


def _as_typed(given: Estimate | None) -> dict[str, Any]:
    """Return an answer as its giver would type it anew; one likelihood has no bounds."""
    stated = {} if given is None else given.as_given()
    if stated.get("likelihood_low") == stated.get("likelihood_high"):
        stated = {name: one for name, one in stated.items() if "likelihood_" not in name}
    return {name: f"{one:.12g}" if name in NUMBERS else one for name, one in stated.items()}


def _draft(seat: Seat, place: str) -> dict[str, Any]:
    kept = load_draft(rooms(), seat, place)
    found: dict[str, Any] = {} if kept is None else json.loads(kept)
    return found
