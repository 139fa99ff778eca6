"""People: how many there are, lost return codes, ballots on paper or in a workbook, names."""

from __future__ import annotations

from typing import Final

import streamlit as st

from climrisk.i18n.dates import written_day
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say
from climrisk.ui.workshop import ballots
from climrisk.ui.workshop.answering import answer_form
from climrisk.ui.workshop.rooms import attempt, rooms
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.boards import board
from climrisk.workshop.store.people import add_on_paper, names, renew_return_code
from climrisk.workshop.store.privacy import anonymise
from climrisk.workshop.store.sessions import SessionView

__all__ = ["show"]

MOST_BALLOTS: Final = 200


def show(seat: Seat, view: SessionView) -> None:
    """Show what the facilitator does for people."""
    st.markdown(plain(say("room.wall.people", count=view.people, code=view.join_code)))
    with st.expander(say("room.paper.title"), True, key="paper_part"):
        _paper(seat, view)
    with st.expander(say("room.paper.workbook"), key="ballots_part"):
        ballots.show(seat, view)
    with st.expander(say("room.names.lost"), key="lost_part"):
        _renew(seat)
    with st.expander(say("room.names.title"), key="names_part"):
        _names(seat)
        st.divider()
        _destroy(seat, view)


def paper_seat(seat: Seat, number: int, group: str) -> Seat:
    """Return the seat of a ballot on paper; the same number is the same person."""
    return add_on_paper(rooms(), seat, "", group, f"ballot {number}")


def _paper(seat: Seat, view: SessionView) -> None:
    opened = {one.item: one.state for one in board(rooms(), seat.session) if one.state.is_open}
    if not opened:
        st.info(say("room.paper.none_open"))
        return
    number, item, group = st.columns([1, 3, 1.5])
    ballot = int(
        number.number_input(say("workshop.ballot.ballot"), 1, MOST_BALLOTS, 1, key="paper")
    )
    titles = {one.item: one.title.best(language()) for one in view.plan.questions}
    chosen = item.selectbox(
        say("app.choose.item"), list(opened), format_func=lambda one: f"{one} {titles[one]}",
        key="paper_item",
    )  # fmt: skip
    belongs = ""
    if view.plan.groups:
        belongs = group.selectbox(say("room.join.group"), view.plan.groups, key="paper_group")
    known = st.session_state.setdefault(f"paper seats {seat.session}", {})
    if (ballot, belongs) not in known:
        if not st.button(say("room.paper.enter"), type="primary"):
            return
        added = attempt(lambda: paper_seat(seat, ballot, belongs))
        if added is None:
            return
        known[ballot, belongs] = added
    question = view.plan.question(chosen)
    assert question is not None
    answer_form(question, view.plan, known[ballot, belongs], opened[chosen].round, seat)


def _renew(seat: Seat) -> None:
    number = st.number_input(say("room.names.number"), 1, 10_000, 1, key="renew")
    if st.button(say("room.names.renew")):
        code = attempt(lambda: renew_return_code(rooms(), seat, int(number)))
        if code is not None:
            st.code(code, language=None)


def _names(seat: Seat) -> None:
    st.markdown(plain(say("room.names.about")))
    if st.button(say("room.names.show")):
        found = attempt(lambda: names(rooms(), seat))
        if found is not None:
            st.dataframe(
                {
                    say("room.names.number"): list(found),
                    say("room.names.name"): list(found.values()),
                },
                hide_index=True,
            )


def _destroy(seat: Seat, view: SessionView) -> None:
    """Offer to destroy names, codes and drafts, as the command does."""
    if view.is_anonymised:
        st.info(say("room.names.gone"))
        return
    until = written_day(view.retain_until.date(), language())
    st.markdown(plain(say("room.names.destroy_about", date=until)))
    sure = st.checkbox(say("room.names.sure"), key="destroy_sure")
    if not st.button(say("room.names.destroy"), disabled=not sure):
        return
    found = attempt(lambda: anonymise(rooms(), seat.session))
    if found is not None:
        st.success(plain(say("room.names.destroyed", names=found.names)))
        if found.texts:
            st.warning(plain(say("room.names.mentioned", texts=found.texts)))
