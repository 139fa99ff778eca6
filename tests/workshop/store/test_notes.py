"""Notes, parking lot and drafts."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop.store.notes import (
    drop_draft,
    load_draft,
    notes,
    save_draft,
    write_note,
)
from tests.workshops import ITEM, Room


def test_notes_are_edited_by_new_versions(lx: Room) -> None:
    made = write_note(lx.store, lx.facilitator, "first", "a", item=ITEM)
    assert write_note(lx.store, lx.facilitator, "first", "a", item=ITEM) == made
    parked = write_note(lx.store, lx.people[1], "ask the insurer", "b", kind="parking")
    write_note(lx.store, lx.facilitator, "second", "c", item=ITEM, replaces=made)
    write_note(
        lx.store, lx.facilitator, "asked", "d", kind="parking", status="done", replaces=parked
    )
    assert [(one.words, one.status, one.who) for one in notes(lx.store, lx.id)] == [
        ("second", "open", "facilitator"),
        ("asked", "done", "facilitator"),
    ]
    with lx.store.reading() as connection:
        kept = connection.execute(text("SELECT words FROM note ORDER BY sequence")).scalars().all()
    assert kept == ["first", "ask the insurer", "second", "asked"]
    write_note(lx.store, lx.facilitator, "", "e", item=ITEM, replaces=made, status="removed")
    assert [one.words for one in notes(lx.store, lx.id)] == ["asked"]


def test_participants_park_but_do_not_take_notes(lx: Room) -> None:
    with pytest.raises(AccessRefusedError, match="only the facilitator"):
        write_note(lx.store, lx.people[0], "x", "a")
    parked = write_note(lx.store, lx.people[0], "x", "a", kind="parking")
    with pytest.raises(AccessRefusedError, match="only the facilitator"):
        write_note(lx.store, lx.people[1], "y", "b", kind="parking", replaces=parked)


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"words": "x" * 10_001}, "note: a text of 10,001 characters; allowed: up to 10,000"),
        ({"item": "../etc"}, r"'\.\./etc' is not part of this session"),
        ({"replaces": "nothing"}, "no such note"),
    ],
)
def test_impossible_notes_are_refused(lx: Room, stated: dict[str, str], told: str) -> None:
    words = {"words": "x", "token": "t", **stated}
    with pytest.raises(WorkshopError, match=told):
        write_note(lx.store, lx.facilitator, **words)  # type: ignore[arg-type]


def test_a_draft_is_for_whoever_types_it(lx: Room) -> None:
    one, other = lx.people[:2]
    save_draft(lx.store, one, "estimate", "12")
    save_draft(lx.store, one, "estimate", "123 <script>")
    save_draft(lx.store, other, "estimate", "9")
    assert load_draft(lx.store, one, "estimate") == "123 <script>"
    assert load_draft(lx.store, other, "estimate") == "9"
    assert load_draft(lx.store, one, "elsewhere") is None
    drop_draft(lx.store, one, "estimate")
    assert load_draft(lx.store, one, "estimate") is None
    with pytest.raises(WorkshopError, match="draft: a text of 200,001 characters"):
        save_draft(lx.store, one, "estimate", "x" * 200_001)
