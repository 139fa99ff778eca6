"""Opening the database: its settings, its migrations, and its silence."""

from __future__ import annotations

import logging
import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from climrisk.domain.elicitation.estimate import Range
from climrisk.errors import DatabaseError, MissingExtraError
from climrisk.workshop.store import changes, notes, votes, warm_up
from climrisk.workshop.store.database import ENVIRONMENT, Store, database_url, open_store
from climrisk.workshop.store.tables import APPEND_ONLY, metadata
from tests.workshops import ITEM, Room

SECRET = "postgresql://chief:s3cr3t-word@db.internal.example:6543/ledger"
PARTS = ("chief", "s3cr3t-word", "db.internal.example", "6543", "ledger")


def test_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    with store.writing() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_again_changes_nothing_and_several_may_open_at_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(open_store, [url] * 4))
    for one in stores:
        with one.reading() as connection:
            versions = connection.execute(text("SELECT version_num FROM alembic_version")).all()
        assert versions == [("session_folder",)]
        one.close()


def test_a_newer_database_is_refused(url: str) -> None:
    store = open_store(url)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of_the_future'"))
    store.close()
    with pytest.raises(DatabaseError, match="made by a newer climrisk"):
        open_store(url)


def test_sqlite_is_set_up_for_many_readers_and_one_writer(tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "w.sqlite"
    store = open_store(f"sqlite:///{file}")
    with store.reading() as connection:
        for pragma, value in [
            ("journal_mode", "wal"),
            ("synchronous", 1),
            ("foreign_keys", 1),
            ("busy_timeout", 10_000),
            ("secure_delete", 1),
        ]:
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    store.close()


def fill(lx: Room) -> None:
    """Put a row into every table of the trail."""
    lx.move("private")
    lx.all_answer()
    votes.move_vote(lx.store, lx.facilitator, ITEM, "open")
    votes.cast_vote(lx.store, lx.people[0], ITEM, 1, 2, "t")
    warm_up.answer_seed(lx.store, lx.people[0], "seed.1", Range(low=1, best=2, high=3), "t")
    notes.write_note(lx.store, lx.facilitator, "said", "t")
    places = [(("items",), None, {})]
    intent = changes.Intent("lx", "register.yaml", "app", "edit", places, "", "0" * 64)
    changes.settle(lx.store, changes.intend(lx.store, intent), "applied")


def test_the_database_itself_keeps_the_trail(lx: Room) -> None:
    fill(lx)

    def run(statement: str) -> None:
        with lx.store.writing() as connection:
            connection.execute(text(statement))

    for table in APPEND_ONLY:
        with lx.store.reading() as connection:
            before = connection.execute(text(f"SELECT * FROM {table}")).all()
        assert before, table
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET at = 'never'"):
            with pytest.raises(DatabaseError, match="the database refused"):
                run(statement)
        with lx.store.reading() as connection:
            assert connection.execute(text(f"SELECT * FROM {table}")).all() == before


def test_a_failed_transaction_leaves_nothing(lx: Room) -> None:
    def fail() -> None:
        with lx.store.writing() as connection:
            connection.execute(text("UPDATE item_state SET phase = 'committed'"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with lx.store.reading() as connection:
        phases = set(connection.execute(text("SELECT phase FROM item_state")).scalars())
    assert phases == {"planned"}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (SECRET, "cannot be reached or is busy"),
        (SECRET.replace("postgresql", "oracle"), "unknown kind of database"),
        ("chief s3cr3t-word", "no address of a database"),
        ("sqlite://", "SQLite without a file"),
        ("sqlite:////dev/null/s3cr3t-word/ledger.sqlite", "cannot be reached"),
    ],
)
def test_no_error_and_no_log_tells_the_address(
    url: str, told: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv(ENVIRONMENT, url)
    with caplog.at_level(logging.DEBUG), pytest.raises(DatabaseError, match=told) as found:
        open_store()
    chain = [repr(found.value), str(found.value), repr(found.value.__cause__), caplog.text]
    assert not any(part in text for part in PARTS for text in chain)
    assert found.value.__suppress_context__ or found.value.__context__ is None


def test_the_store_never_shows_its_address(store: Store) -> None:
    assert repr(store) in ("Store(sqlite)", "Store(postgresql)")


def test_refused_values_are_not_repeated(store: Store) -> None:
    def fail() -> None:
        with store.writing() as connection:
            values = {"s": "nowhere", "n": 1, "name": "Ada Lovelace"}
            connection.execute(text("INSERT INTO name_key VALUES (:s, :n, :name)"), values)

    with pytest.raises(DatabaseError, match="the database refused") as found:
        fail()
    assert "Ada" not in f"{found.value!r}"
    assert found.value.__suppress_context__


def test_where_the_address_comes_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    assert database_url().startswith("sqlite:///")
    assert database_url().endswith("workshops.sqlite")
    monkeypatch.setenv(ENVIRONMENT, "sqlite:///b")
    assert database_url() == "sqlite:///b"
    assert database_url("sqlite:///a") == "sqlite:///a"


def test_postgres_without_its_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError, match=r"climrisk\[postgres\]"):
        open_store("postgresql://localhost/x")


def test_a_damaged_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "w.sqlite"
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(DatabaseError, match="the database"):
        open_store(f"sqlite:///{file}")


def test_a_reader_does_not_wait_for_a_writer(lx: Room) -> None:
    with lx.store.writing() as connection:
        connection.execute(text("UPDATE item_state SET round = 7"))
        with lx.store.reading() as other:
            query = text("SELECT round FROM item_state WHERE item = :item")
            assert other.execute(query, {"item": ITEM}).scalar() == 0


def test_another_program_that_holds_the_file_is_told_as_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "w.sqlite"
    store = open_store(f"sqlite:///{file}")
    with store.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="is busy"), store.writing():
        pass
    holder.close()
    store.close()
