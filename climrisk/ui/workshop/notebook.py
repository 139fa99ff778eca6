"""Notes of the discussion and the parking lot."""

from __future__ import annotations

import streamlit as st

from climrisk.ui.safe import plain
from climrisk.ui.state import say
from climrisk.ui.workshop.rooms import attempt, rooms, spend, token
from climrisk.workshop.seat import Seat
from climrisk.workshop.store.notes import Note, notes, write_note
from climrisk.workshop.store.sessions import SessionView

__all__ = ["note_field", "show"]

LONGEST = 10_000


def note_field(seat: Seat, item: str) -> None:
    """Show the notes of an item, and a field for another."""
    told = [one for one in notes(rooms(), seat.session) if one.item == item]
    with st.expander(say("room.note.title", count=len(told)), key=f"notes {item}"):
        for one in told:
            st.markdown(f"- {plain(one.words)}")
        words = st.text_area(
            say("room.note.words"), key=f"note {item} {len(told)}", max_chars=LONGEST, height=80
        )
        place = f"note {item}"
        if st.button(say("room.note.send"), key=f"send {place}") and words.strip():
            kept = attempt(lambda: write_note(rooms(), seat, words, token(place), item=item))
            if kept is not None:
                spend(place)
                st.rerun()


def show(seat: Seat, view: SessionView) -> None:
    """Show every note and the parking lot."""
    told = notes(rooms(), seat.session)
    st.subheader(say("room.park.title"))
    parked = [one for one in told if one.kind == "parking"]
    for one in parked:
        _parked(seat, one)
    words = st.text_input(say("room.park.words"), key=f"desk park {len(parked)}", max_chars=500)
    if st.button(say("room.park.send"), key="desk park") and words.strip():
        place = "desk park mark"
        kept = attempt(lambda: write_note(rooms(), seat, words, token(place), kind="parking"))
        if kept is not None:
            spend(place)
            st.rerun()
    st.subheader(say("room.desk.notes"))
    for one in told:
        if one.kind == "note":
            st.markdown(f"- {plain(one.item or '')}: {plain(one.words)}")


def _parked(seat: Seat, one: Note) -> None:
    words, done = st.columns([5, 1], vertical_alignment="center")
    is_done = one.status == "done"
    words.markdown(f":material/check: {plain(one.words)}" if is_done else f"- {plain(one.words)}")
    if is_done or not done.button(say("room.park.done"), key=f"done {one.id}"):
        return
    place = f"done {one.id} mark"
    kept = attempt(
        lambda: write_note(
            rooms(), seat, one.words, token(place), kind="parking", status="done", replaces=one.id
        )
    )
    if kept is not None:
        spend(place)
        st.rerun()
