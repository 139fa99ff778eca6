"""The warm-up: ranges for facts that the study reports; everybody sees the own score alone."""

from __future__ import annotations

import streamlit as st

from climrisk.domain.elicitation.estimate import Range
from climrisk.errors import AccessRefusedError, InvalidStudyError
from climrisk.i18n import significant
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say, tell
from climrisk.ui.statement import number
from climrisk.ui.workshop.rooms import attempt, rooms, spend, token
from climrisk.workshop.calibration import SeedQuestion
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.sessions import view_session
from climrisk.workshop.store.warm_up import (
    answer_seed,
    asked_seeds,
    hit_counts,
    own_score,
    own_truths,
)

__all__ = ["show_hits", "show_questions"]


def show_questions(seat: Seat) -> None:
    """Ask a participant the next question of the warm-up; show the own score at its end."""
    seeds = asked_seeds(rooms(), seat.session)
    if not seeds:
        return
    truths = own_truths(rooms(), seat)
    left = [seed for seed in seeds if seed.name not in truths]
    with st.expander(
        say("room.warm_up.title", done=len(truths), total=len(seeds)), key="warm_up_part"
    ):
        for seed in seeds:
            if seed.name in truths:
                st.markdown(plain(f"{_subject(seed)}: {significant(truths[seed.name])}"))
        if left:
            _ask(left[0], seat)
        else:
            _score(seat)


def _subject(seed: SeedQuestion) -> str:
    return f"{seed.subject.best(language())} {seed.year} ({seed.unit})"


def _ask(seed: SeedQuestion, seat: Seat) -> None:
    interval = view_session(rooms(), seat.session).plan.interval
    odds = say(f"workshop.question.{interval}")
    st.markdown(f"**{plain(_subject(seed))}**")
    typed = {
        name: st.text_input(
            say(f"workshop.question.{name}", odds=odds), key=f"seed {seed.name} {name}",
            max_chars=40,
        )
        for name in ("low", "high", "best")
    }  # fmt: skip
    if not st.button(say("room.warm_up.send"), key=f"seed {seed.name}"):
        return
    try:
        stated = Range(**{name: number(name, one) for name, one in typed.items()})
    except InvalidStudyError as error:
        st.error(plain(tell(str(error))))
        return
    place = f"seed {seed.name}"
    sent = attempt(lambda: answer_seed(rooms(), seat, seed.name, stated, token(place)))
    if sent is not None:
        spend(place)
        st.rerun()


def _score(seat: Seat) -> None:
    found = own_score(rooms(), seat)
    st.info(
        plain(
            say(
                f"workshop.advice.{found.advice}", hits=found.hits, questions=found.questions,
                expected=significant(found.expected),
            )
        )
    )  # fmt: skip


def show_hits(session: str) -> None:
    """Show how many people had how many hits: counts, never whose."""
    seeds = asked_seeds(rooms(), session)
    if not seeds:
        st.markdown(plain(say("room.warm_up.none")))
        return
    st.markdown(plain(say("room.warm_up.about", count=len(seeds))))
    try:
        counts = hit_counts(rooms(), session)
    except AccessRefusedError as error:
        st.info(plain(tell(str(error))))
        return
    st.dataframe(
        {say("room.warm_up.hits"): list(counts), say("room.people"): list(counts.values())},
        hide_index=True,
    )
