"""Anonymising: the name is gone from the file's own bytes, the trail is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop.store.access import resume
from climrisk.workshop.store.answers import reveal, submit
from climrisk.workshop.store.database import Store
from climrisk.workshop.store.notes import load_draft, save_draft, write_note
from climrisk.workshop.store.people import join, names
from climrisk.workshop.store.privacy import anonymise, events
from climrisk.workshop.store.sessions import list_sessions
from tests.workshops import ITEM, Clock, Room, answer, room

NAME = "Wilhelmina Featherstonehaugh"


def named(lx: Room) -> Room:
    seat = join(lx.store, lx.id, NAME, "", "named").seat
    save_draft(lx.store, seat, "estimate", f"draft of {NAME}")
    lx.move("private")
    lx.all_answer()
    return lx


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("*.sqlite*"))


def test_no_byte_of_the_name_is_left(store: Store, tmp_path: Path) -> None:
    lx = named(room(store))
    if store.is_sqlite:
        assert NAME.encode() in bytes_of(tmp_path)
    done = anonymise(store, lx.id)
    assert (done.names, done.texts) == (6, 0)
    if store.is_sqlite:
        left = bytes_of(tmp_path)
        assert NAME.encode() not in left
        assert b"Person 1" not in left
        assert b"seen in 2018" in left  # the trail stays
    assert names(store, lx.facilitator) == {}


def test_the_trail_stays_under_numbers(lx: Room) -> None:
    named(lx)
    lx.move("revealed")
    before = reveal(lx.store, lx.facilitator, ITEM)
    anonymise(lx.store, lx.id)
    assert reveal(lx.store, lx.facilitator, ITEM) == before
    last = events(lx.store, lx.facilitator)[-1]
    assert (last.kind, last.detail) == ("anonymised", "6 names destroyed")
    assert list_sessions(lx.store)[0].is_anonymised


def test_nobody_gets_in_afterwards(lx: Room) -> None:
    anonymise(lx.store, lx.id)
    with pytest.raises(AccessRefusedError, match="wrong code"):
        resume(lx.store, lx.id, lx.return_codes[0])
    with pytest.raises(WorkshopError, match="the session is anonymised; nobody joins any more"):
        join(lx.store, lx.id, "Late", "", "late")
    assert load_draft(lx.store, lx.people[0], "estimate") is None
    assert anonymise(lx.store, lx.id).names == 0


def test_texts_that_mention_a_name_are_counted(lx: Room) -> None:
    named(lx)
    said = answer(reason=f"as {NAME.upper()} told me")
    submit(lx.store, lx.people[0], ITEM, said, "gossip")
    write_note(lx.store, lx.facilitator, f"ask {NAME}", "note")
    assert anonymise(lx.store, lx.id).texts == 2


def test_other_sessions_keep_their_names(lx: Room) -> None:
    other = room(lx.store)
    anonymise(lx.store, lx.id)
    assert len(names(lx.store, other.facilitator)) == 5
    assert resume(lx.store, other.id, other.return_codes[0]) == other.people[0]
    with pytest.raises(WorkshopError, match="no such session"):
        anonymise(lx.store, "nowhere")


def test_retention_is_seen_when_it_is_over(lx: Room, clock: Clock) -> None:
    view = list_sessions(lx.store)[0]
    clock.forward(days=181)
    assert lx.store.now() > view.retain_until
