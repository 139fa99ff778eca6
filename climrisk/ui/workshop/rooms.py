"""What every page of a workshop uses: the database, marks of submissions, faults in words."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from climrisk.domain.elicitation.question import Question
from climrisk.errors import ClimriskError
from climrisk.io.study import read_study
from climrisk.names import Language
from climrisk.paths import find_study
from climrisk.ui.faults import say_refusal
from climrisk.ui.safe import plain
from climrisk.ui.state import language, say, served_study
from climrisk.workshop.plan import SessionPlan
from climrisk.workshop.store.boards import Board, board
from climrisk.workshop.store.database import Store, database_url, open_store
from climrisk.workshop.store.sessions import SessionView
from climrisk.workshop.store.timers import running_timer
from climrisk.workshop.where import folder_of
from climrisk.workshop.wording import QuestionWords, question_words

__all__ = [
    "POLL",
    "attempt",
    "client",
    "clock",
    "done",
    "go_with",
    "rooms",
    "show_timer",
    "spend",
    "study_folder",
    "token",
    "watch",
    "worded",
    "written",
]

POLL = 2
"""Seconds between two looks at the database."""
STUDY = "room_study"
"""Where this browser session keeps the folder of its workshop's study."""
T = TypeVar("T")


def rooms() -> Store:
    """Return the open database."""
    return _opened(database_url())


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Store:
    return open_store(url)


def client() -> str:
    """Return what tells one device from another."""
    return st.context.ip_address or ""


def clock(at: str) -> str:
    """Return the time of day of a stored moment, as this person's device counts it."""
    moment, zone = datetime.fromisoformat(at), st.context.timezone
    try:
        return f"{moment.astimezone(ZoneInfo(zone or '')):%H:%M}"
    except (ValueError, ZoneInfoNotFoundError):
        return f"{moment.astimezone(UTC):%H:%M} UTC"


def written(at: str) -> str:
    """Return a stored moment for a log: day and minute, UTC."""
    return at[:16].replace("T", " ")


def token(place: str) -> str:
    """Return the mark of the next submission of a place: sent twice, it counts once."""
    marked: str = st.session_state.setdefault(f"token {place}", secrets.token_hex(16))
    return marked


def spend(place: str) -> None:
    """Take a new mark for the next submission."""
    st.session_state.pop(f"token {place}", None)


def attempt(action: Callable[[], T]) -> T | None:
    """Carry out an action; where it is refused, say why and return None."""
    try:
        return action()
    except ClimriskError as error:
        say_refusal(error)
        return None


def done(action: Callable[[], object]) -> bool:
    """Carry out an action and return whether it was not refused; else say why."""
    return attempt(lambda: (action(), True)) is not None


def study_folder(view: SessionView, *beside: Path) -> Path | None:
    """Return the folder of a session's study, looked for beside others as well; None where none."""
    return folder_of(view, [*beside, Path.cwd(), find_study(served_study()).parent])


def go_with(folder: Path | None) -> None:
    """Take the words of questions from the study of the session that this browser is in."""
    st.session_state[STUDY] = served_study() if folder is None else str(folder)


def worded(question: Question, plan: SessionPlan) -> QuestionWords:
    """Return a question in the words of this person's language."""
    study = st.session_state.get(STUDY, served_study())
    return question_words(question, plan, language(), _wholes(study, language()))


@st.cache_resource(show_spinner=False)
def _wholes(study: str, chosen: Language) -> Mapping[str, str]:
    """Return titles of exposures and revenue lines: all that a question needs of the study."""
    settings = read_study(study).settings
    stated = settings.exposures | settings.revenue_lines
    return {name: one.title.best(chosen) for name, one in stated.items()}


def show_timer(session: str) -> None:
    """Show what is left of the timer, where one runs."""
    running = running_timer(rooms(), session)
    if running is None:
        return
    minutes, seconds = divmod(max(round(running.seconds), 0), 60)
    state = "over" if running.seconds <= 0 else "paused" if running.is_paused else ""
    told = f" · {say(f'room.timer.{state}')}" if state else ""
    text = f"{running.label} {minutes}:{seconds:02d}{told}".strip()
    icon = "timer_pause" if running.is_paused else "timer"
    st.markdown(f":material/{icon}: **{plain(text)}**")


def watch(session: str) -> tuple[Board, ...]:
    """Return where every item stands; runs the whole page again once an item has moved."""
    now = board(rooms(), session)
    moved = tuple((one.item, one.state, one.vote) for one in now)
    key = f"watched {session}"
    before = st.session_state.get(key, moved)
    st.session_state[key] = moved
    if before != moved:
        st.rerun()
    return now
