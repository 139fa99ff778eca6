"""One file for a session: out, in, and nothing hostile in between."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from climrisk.errors import AccessRefusedError, WorkshopError
from climrisk.workshop import portable, session_file
from climrisk.workshop.portable import CONFIDENTIAL, export_session, import_session
from climrisk.workshop.session_file import SessionFile
from climrisk.workshop.store import archive, changes, notes, votes, warm_up
from climrisk.workshop.store.access import enter_as_facilitator, find_session, resume
from climrisk.workshop.store.answers import own_answers, reveal
from climrisk.workshop.store.database import Store, open_store
from climrisk.workshop.store.people import names
from climrisk.workshop.store.privacy import events
from climrisk.workshop.store.sessions import list_sessions, view_session
from climrisk.workshop.store.tables import metadata
from tests.workshops import ITEM, ONGOING, PIN, Room, seeds

NEW_PIN = "another-pin"


@pytest.fixture
def full(lx: Room) -> Room:
    """Return a session with something in every table."""
    lx.move("private")
    lx.all_answer(reason="風險 <script> \u202e")
    lx.move("revealed")
    votes.move_vote(lx.store, lx.facilitator, ITEM, "open")
    votes.cast_vote(lx.store, lx.people[0], ITEM, 1, 2, "t")
    stated = warm_up.Range(low=1, best=2, high=3)
    warm_up.answer_seed(lx.store, lx.people[0], seeds()[0].name, stated, "t")
    notes.write_note(lx.store, lx.facilitator, "said", "t", item=ITEM)
    places = [(("items", ITEM, "owner"), None, "x")]
    for kind, back in (("edit", ()), ("undo", (1,))):
        intent = changes.Intent(
            "lx-technology-2023", "register.yaml", "facilitator", kind, places, "why",  # type: ignore[arg-type]
            "0" * 64, lx.id, reverses=back,
        )  # fmt: skip
        changes.settle(lx.store, changes.intend(lx.store, intent), "applied")
    return lx


@pytest.fixture
def elsewhere(tmp_path: Path) -> Any:
    store = open_store(f"sqlite:///{tmp_path / 'elsewhere' / 'w.sqlite'}")
    yield store
    store.close()


def test_a_session_moves_to_another_computer(full: Room, elsewhere: Store) -> None:
    content = export_session(full.store, full.facilitator, with_names=True)
    made = import_session(elsewhere, content, NEW_PIN)
    assert (made.seat, made.join_code) == (full.facilitator, full.join_code)
    assert reveal(elsewhere, full.people[0], ITEM) == reveal(full.store, full.people[0], ITEM)
    before, after = (view_session(one, full.id) for one in (full.store, elsewhere))
    assert before == after
    assert own_answers(elsewhere, full.people[1], ITEM) == own_answers(
        full.store, full.people[1], ITEM
    )
    assert notes.notes(elsewhere, full.id) == notes.notes(full.store, full.id)
    assert warm_up.own_score(elsewhere, full.people[0]) == warm_up.own_score(
        full.store, full.people[0]
    )
    log = changes.changes(elsewhere, "lx-technology-2023")
    assert [(one.kind, one.reverses) for one in log] == [("edit", None), ("undo", log[0].sequence)]
    assert resume(elsewhere, full.id, full.return_codes[2]) == full.people[2]
    assert enter_as_facilitator(elsewhere, full.id, NEW_PIN) == full.facilitator
    with pytest.raises(AccessRefusedError, match="wrong code"):
        enter_as_facilitator(elsewhere, full.id, PIN)
    assert names(elsewhere, full.facilitator) == names(full.store, full.facilitator)
    assert events(elsewhere, full.facilitator)[-2].kind == "imported"


def test_the_file_is_confidential_and_has_names_only_when_asked(full: Room) -> None:
    for with_names in (False, True):
        content = export_session(full.store, full.facilitator, with_names=with_names)
        stated = unpacked(content)
        assert stated["confidential"] == CONFIDENTIAL
        assert ("Person 1" in json.dumps(stated)) == with_names
        assert "pin" not in stated["session"][0]
        assert PIN not in json.dumps(stated)
    assert [one.detail for one in events(full.store, full.facilitator)][-2:] == ["", "names"]
    with pytest.raises(AccessRefusedError, match="only the facilitator"):
        export_session(full.store, full.people[0])


def test_an_open_round_is_taken_out_only_when_asked_and_told(full: Room) -> None:
    full.move("private", item=ONGOING)
    with pytest.raises(WorkshopError, match="R-POL-1: a private round is open; reveal it first"):
        export_session(full.store, full.facilitator)
    export_session(full.store, full.facilitator, with_unrevealed=True)
    assert events(full.store, full.facilitator)[-1].detail == "unrevealed answers"


def test_a_session_is_imported_once(full: Room, elsewhere: Store) -> None:
    content = export_session(full.store, full.facilitator)
    import_session(elsewhere, content, NEW_PIN)
    with pytest.raises(WorkshopError, match="this session is in the database already"):
        import_session(elsewhere, content, NEW_PIN)
    with elsewhere.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM estimate")).scalar() == 5


def test_a_join_code_that_is_taken_is_changed(full: Room, elsewhere: Store) -> None:
    stated = unpacked(export_session(full.store, full.facilitator))
    import_session(elsewhere, packed(stated), NEW_PIN)
    other = json.loads(json.dumps(stated).replace(full.id, "0" * 24))
    with pytest.raises(WorkshopError, match="changes of this session are in the database already"):
        import_session(elsewhere, packed(other), NEW_PIN)
    other |= {"change": [], "outcome": []}
    made = import_session(elsewhere, packed(other), NEW_PIN)
    assert made.join_code != full.join_code
    assert find_session(elsewhere, made.join_code) == "0" * 24


def test_every_column_has_its_rule() -> None:
    """A column that is added without a rule for it would make imports lose or refuse it."""
    for name, field in SessionFile.model_fields.items():
        if name in ("schema_version", "climrisk", "confidential"):
            continue
        row = field.annotation.__args__[0]  # type: ignore[union-attr]
        columns = {column.name for column in metadata.tables[name].columns} - {"pin", "folder"}
        assert set(row.model_fields) == columns, name
    travel = {table.name for table in archive.TABLES} | {"session", "outcome"}
    assert travel == set(metadata.tables) - {"attempt", "draft", "timer"}
    assert session_file.SCHEMA == 1


def change_row(table: str, **changed: Any) -> Callable[[dict[str, Any]], None]:
    def change(stated: dict[str, Any]) -> None:
        stated[table][0] |= changed

    return change


def repeat_row(table: str) -> Callable[[dict[str, Any]], None]:
    def change(stated: dict[str, Any]) -> None:
        stated[table].append(dict(stated[table][0]))

    return change


HOSTILE: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "another schema": (lambda s: s.update(schema=2), "schema: Input should be 1"),
    "unknown table": (lambda s: s.update(pickle=[]), "pickle: Extra inputs"),
    "missing table": (lambda s: s.pop("vote"), "vote: Field required"),
    "unknown column": (change_row("vote", code="x"), "vote.0.code: Extra inputs"),
    "two sessions": (repeat_row("session"), "session: List should have at most 1"),
    "path as id": (change_row("session", id="../../etc/passwd"), "session.0.id"),
    "another session's row": (change_row("vote", session="x"), "vote: a row of another session"),
    "text as number": (change_row("vote", likelihood="1"), "vote.0.likelihood"),
    "band out of range": (change_row("vote", impact=6), "less than or equal to 5"),
    "unknown participant": (change_row("vote", number=99), "participant 99 is not in the file"),
    "stranger's answer": (change_row("estimate", item="R-9"), "no such item or round"),
    "round of the future": (change_row("estimate", round=7), "no such item or round"),
    "impossible answer": (
        change_row("estimate", content='{"severity":{"low":5,"high":1,"best":2}}'),
        "found 5; allowed",
    ),
    "half an answer": (change_row("estimate", content='{"no_view":1e999}'), "no_view"),
    "no answer": (change_row("estimate", content="[" * 9000), "Invalid JSON"),
    "long reason": (change_row("note", words="x" * 10_001), "at most 10000 char"),
    "half a character": (change_row("note", words="\ud800"), ""),
    "no character": (change_row("note", words="a\x00b"), "the character U+0000"),
    "repeated token": (repeat_row("estimate"), "estimate: the same key twice"),
    "no hash": (change_row("participant", return_code="plain"), "no hash of a code"),
    "costly hash": (
        change_row("participant", return_code=f"scrypt$99999${'0' * 32}${'0' * 64}"),
        "no hash of a code",
    ),
    "no moment": (change_row("vote", at="yesterday"), "vote.0.at"),
    "moment without zone": (change_row("vote", at="2026-01-01T00:00:00"), "offset from UTC"),
    "huge number": (change_row("vote", sequence=10**30), "vote.0.sequence"),
    "another phase": (change_row("item_state", phase="open"), "item_state.0.phase"),
    "no plan": (change_row("session", plan="{}"), "Field required"),
    "item without state": (lambda s: s["item_state"].pop(), "an item of the plan is missing"),
    "impostor": (change_row("event", who="root"), "event.0.who"),
    "file elsewhere": (change_row("change", file="/etc/passwd"), "change.0.file"),
}


@pytest.mark.parametrize(("spoil", "told"), HOSTILE.values(), ids=HOSTILE)
def test_nothing_hostile_gets_in(
    full: Room, elsewhere: Store, spoil: Callable[[dict[str, Any]], Any], told: str
) -> None:
    stated = unpacked(export_session(full.store, full.facilitator))
    spoil(stated)
    with pytest.raises(WorkshopError, match="no valid session file") as found:
        import_session(elsewhere, packed(stated), NEW_PIN)
    assert told in str(found.value)
    assert list_sessions(elsewhere) == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b'{"schema":1}', b"PK\x05\x06" + bytes(18)],
    ids=["empty", "two letters", "json", "empty zip"],
)
def test_what_is_no_session_file_is_refused(elsewhere: Store, content: bytes) -> None:
    with pytest.raises(WorkshopError, match="no session file"):
        import_session(elsewhere, content, NEW_PIN)


@pytest.mark.parametrize(
    "words",
    ['{"schema": NaN}', '{"schema": 1, "schema": 1}', "[" * 100_000, "\xff", "1" * 5000, "{"],
)
def test_hostile_json_is_refused(elsewhere: Store, words: str) -> None:
    content = zipped("session.json", words.encode("latin-1"))
    with pytest.raises(WorkshopError, match="no valid session file"):
        import_session(elsewhere, content, NEW_PIN)


@pytest.mark.parametrize("name", ["../session.json", "/etc/passwd", "other.json"])
def test_no_member_is_ever_a_path(elsewhere: Store, name: str) -> None:
    with pytest.raises(WorkshopError, match=r"allowed: a zip with session\.json alone"):
        import_session(elsewhere, zipped(name, b"{}"), NEW_PIN)


def test_sizes_are_limited(elsewhere: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WorkshopError, match="a file of 20,000,001 bytes; allowed: up to"):
        import_session(elsewhere, bytes(20_000_001), NEW_PIN)
    monkeypatch.setattr(portable, "MAX_UNPACKED", 1000)
    with pytest.raises(WorkshopError, match="larger than 1,000 bytes when unpacked"):
        import_session(elsewhere, zipped("session.json", b" " * 1001), NEW_PIN)


def zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr(name, content)
    return stream.getvalue()


def packed(stated: dict[str, Any]) -> bytes:
    return zipped("session.json", json.dumps(stated).encode())


def unpacked(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as archived:
        assert archived.namelist() == ["session.json"]
        stated: dict[str, Any] = json.loads(archived.read("session.json"))
    return stated
