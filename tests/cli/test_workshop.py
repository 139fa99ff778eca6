"""`climrisk workshop`: list, export, anonymise."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from climrisk.workshop import codes
from climrisk.workshop.portable import import_session
from climrisk.workshop.store.database import ENVIRONMENT, Store, open_store
from climrisk.workshop.store.people import names
from tests.command_line import call
from tests.workshops import ITEM, Room, room


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(codes, "COST", 2**4)
    return f"sqlite:///{tmp_path / 'w.sqlite'}"


@pytest.fixture
def lx(url: str) -> Iterator[Room]:
    store = open_store(url)
    yield room(store, people=2, title="Board \u202e workshop")
    store.close()


def test_sessions_are_listed_without_anything_that_moves_the_cursor(lx: Room, url: str) -> None:
    found = call("workshop", "list", env={ENVIRONMENT: url})
    assert (found.code, found.err) == (0, "")
    line = found.out.rstrip("\n")
    assert line.startswith(f"{lx.join_code}  {lx.id}  lx-technology-2023: Board \\u202e workshop; ")
    assert "2 people; names until " in line


def test_anonymise_takes_the_join_code(lx: Room, url: str) -> None:
    found = call("workshop", "anonymise", lx.join_code, "--yes", "--database", url)
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("2 names destroyed; answers and trail stay under numbers\n")
    assert names(lx.store, lx.facilitator) == {}
    listed = call("workshop", "list", "--database", url)
    assert listed.out.rstrip().endswith("anonymised")


def test_anonymise_asks_first(lx: Room, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    found = call("workshop", "anonymise", lx.id, "--database", url)
    assert found.code == 1
    assert len(names(lx.store, lx.facilitator)) == 2


def test_export_writes_a_file_that_can_be_imported(lx: Room, url: str, tmp_path: Path) -> None:
    file = tmp_path / "session.zip"
    found = call("workshop", "export", lx.id, file, "--database", url)
    assert (found.code, found.err) == (0, "")
    assert "CONFIDENTIAL" in found.out
    elsewhere = open_store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    made = import_session(elsewhere, file.read_bytes(), "another-pin")
    assert made.seat == lx.facilitator
    elsewhere.close()
    again = call("workshop", "export", lx.id, file, "--database", url)
    assert again == (1, "", f"{file} exists already; name a file that does not\n")


def test_an_open_round_stays_where_it_is(lx: Room, url: str, tmp_path: Path) -> None:
    lx.move("private", item=ITEM)
    found = call("workshop", "export", lx.id, tmp_path / "s.zip", "--database", url)
    assert found.code == 1
    assert "a private round is open; reveal it first" in found.err
    assert not (tmp_path / "s.zip").exists()


@pytest.mark.parametrize("command", ["list", "anonymise"])
def test_the_address_is_never_told(command: str) -> None:
    words = ["nowhere", "--yes"] if command == "anonymise" else []
    address = "postgresql://chief:s3cr3t@127.0.0.1:1/ledger"
    found = call("workshop", command, *words, env={ENVIRONMENT: address})
    assert found.code == 1
    assert found.err.startswith("the database cannot be reached")
    assert not any(part in found.err for part in ("chief", "s3cr3t", "127.0.0.1", "ledger"))


def test_an_unknown_session_is_told_how_to_find_one(url: str) -> None:
    store: Store = open_store(url)
    store.close()
    found = call("workshop", "anonymise", "../../etc", "--yes", "--database", url)
    assert found == (1, "", "no session '../../etc'; see: climrisk workshop list\n")
