"""Ballots in a workbook: made for a number of people, and read back with each fault's cell."""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path

import streamlit as st

from climrisk.domain.elicitation.question import Question
from climrisk.io.ballots import Ballot, ballot_workbook, read_ballots
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say
from climrisk.ui.workshop.rooms import attempt, rooms, worded
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.answers import Receipt, submit
from climrisk.workshop.store.people import add_on_paper
from climrisk.workshop.store.sessions import SessionView

__all__ = ["show"]

MOST_BALLOTS = 200


def show(seat: Seat, view: SessionView) -> None:
    """Offer the workbook of ballots, and take one back."""
    count = st.number_input(say("room.paper.count"), 1, MOST_BALLOTS, 12, key="ballots")
    if st.button(say("room.paper.make")):
        content = attempt(lambda: _workbook(view.plan, int(count)))
        if content is not None:
            st.download_button(
                say("room.paper.download"), content, "ballots.xlsx", icon=":material/download:"
            )
    group = ""
    if view.plan.groups:
        group = st.selectbox(say("room.join.group"), view.plan.groups, key="ballots_group")
    sent = st.file_uploader(say("room.paper.upload"), type=["xlsx"], max_upload_size=20)
    if sent is not None and st.button(say("room.paper.read"), type="primary"):
        found = attempt(lambda: _read(sent.getvalue(), view.plan))
        if found is not None:
            stored = [one for one in (_store(seat, ballot, group) for ballot in found) if one]
            st.success(plain(say("room.paper.stored", count=len(stored), total=len(found))))


def _workbook(plan: SessionPlan, count: int) -> bytes:
    asked = [(one, _wording(one, plan)) for one in plan.questions]
    odds = say(f"workshop.question.{plan.interval}")
    return ballot_workbook(asked, odds, count, language())


def _wording(question: Question, plan: SessionPlan) -> str:
    words = worded(question, plan)
    return "\n".join([words.title, *words.frame, words.likelihood, words.severity])


def _read(book: bytes, plan: SessionPlan) -> tuple[Ballot, ...]:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "ballots.xlsx"
        path.write_bytes(book)
        questions = {one.item: one for one in plan.questions}
        return read_ballots(path, questions, plan.interval)


def _store(seat: Seat, ballot: Ballot, group: str) -> Receipt | None:
    """Store one row; read again it is the same answer, changed it is a later one."""
    content = ballot.estimate.model_dump_json()
    mark = sha256(f"{ballot.item} {content}".encode()).hexdigest()[:48]

    def stored() -> Receipt:
        on_paper = add_on_paper(rooms(), seat, "", group, f"ballot {ballot.number}")
        return submit(rooms(), on_paper, ballot.item, ballot.estimate, mark, entered_by=seat)

    return attempt(stored)
