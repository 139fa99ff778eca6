"""Every test of the store runs on SQLite and, where a server is given, on PostgreSQL as well."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from climrisk.workshop import codes
from climrisk.workshop.store.database import Store, open_store
from tests.workshops import Clock, Room, room

POSTGRES = os.environ.get("CLIMRISK_TEST_POSTGRES_URL")

DATABASES = ("sqlite", "postgres") if POSTGRES else ("sqlite",)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'workshops.sqlite'}"
        return
    assert POSTGRES
    server = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    schema = f"t{uuid.uuid4().hex}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    own = server.update_query_dict({"options": f"-csearch_path={schema}"})
    yield own.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let codes cost next to nothing, so that a room of people joins in no time."""
    monkeypatch.setattr(codes, "COST", 2**4)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return an SQLite file with all tables, so that only one test has to make them."""
    file = tmp_path_factory.mktemp("migrated") / "w.sqlite"
    open_store(f"sqlite:///{file}").close()
    return file.read_bytes()


@pytest.fixture
def store(url: str, clock: Clock, migrated: bytes) -> Iterator[Store]:
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).write_bytes(migrated)
    opened = open_store(url, clock)
    yield opened
    opened.close()


@pytest.fixture
def lx(store: Store) -> Room:
    """Return a session of the LX study with five participants."""
    return room(store)
