"""Opening the database: its settings, its transactions, and silence about its address.

SQLite runs in WAL mode with `synchronous=NORMAL`: what was acknowledged survives the end of the
process however it comes; the last moments before a power cut may be lost, whole transactions at a
time, never half of one. PostgreSQL keeps its own promise (`synchronous_commit`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from climrisk.errors import DatabaseError, MissingExtraError
from climrisk.workshop.store.migrate import migrate

__all__ = ["ENVIRONMENT", "Store", "database_url", "open_store", "utc_now"]

ENVIRONMENT: Final = "CLIMRISK_DATABASE_URL"

_BUSY_SECONDS: Final = 10
_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    f"busy_timeout={_BUSY_SECONDS * 1000}",
    "secure_delete=ON",  # what is deleted is overwritten, names above all
)
_DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_POOL: Final = 8
_OVERFLOW: Final = 56
_WRITES: Final = "climrisk_writes"


def utc_now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


def database_url(stated: str | None = None) -> str:
    """Return the database's address: the one stated, the environment's, or the user's own file.

    Parameters
    ----------
    stated : str or None
        From the command line.
    """
    own = Path.home() / ".climrisk" / "workshops.sqlite"
    return stated or os.environ.get(ENVIRONMENT) or f"sqlite:///{own}"


class Store:
    """An open database of workshops, safe to share between threads.

    Parameters
    ----------
    engine : Engine
        Where it stands.
    clock : callable
        Returns the moment, in UTC.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._clock = clock
        self.is_sqlite: Final = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time; waiting in line is fairer than its polling
        self._gate: Any = threading.Lock() if self.is_sqlite else nullcontext()

    def __repr__(self) -> str:
        return f"Store({self._engine.dialect.name})"

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        return self._clock()

    def stamp(self) -> str:
        """Return the moment as it is stored: ISO 8601, UTC, microseconds; texts sort by time."""
        return self._clock().isoformat(timespec="microseconds")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open one consistent view of the data.

        Raises
        ------
        DatabaseError
            The database cannot be reached.
        """
        with _without_address(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is committed when the block ends; only then is it acknowledged.

        Raises
        ------
        DatabaseError
            The database cannot be reached, or refused.
        """
        with _without_address(), self._gate, self._engine.connect() as connection:
            marked = connection.execution_options(**{_WRITES: True})
            with marked.begin():
                yield marked

    def forget_deleted(self, *tables: str) -> None:
        """Rewrite tables without what was deleted from them; SQLite rewrites the whole file."""
        with _without_address(), self._gate, self._engine.connect() as connection:
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            if self.is_sqlite:
                plain.exec_driver_sql("VACUUM")
                plain.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                for table in tables:
                    plain.exec_driver_sql(f"VACUUM FULL {table}")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_store(url: str | None = None, clock: Callable[[], datetime] = utc_now) -> Store:
    """Open the database, make it where it is missing, and bring its tables up to date.

    Parameters
    ----------
    url : str or None
        `sqlite:///FILE` or `postgresql://...`; see `database_url` for what None means.
    clock : callable
        Returns the moment, in UTC.

    Raises
    ------
    DatabaseError
        The address is none that climrisk knows, or the database cannot be reached; neither the
        address nor any part of it is told.
    MissingExtraError
        PostgreSQL without its driver.
    """
    parsed = _parsed(database_url(url))
    with _without_address():
        engine = _engine(parsed)
        try:
            store = Store(engine, clock)
            with store.writing() as connection:
                migrate(connection)
        except BaseException:
            engine.dispose()
            raise
    return store


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseError(
            "no address of a database; allowed: sqlite:///FILE, postgresql://…"
        ) from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise DatabaseError("unknown kind of database; allowed: sqlite:///FILE, postgresql://…")
    if driver.startswith("sqlite") and parsed.database in (None, "", ":memory:"):
        raise DatabaseError("SQLite without a file; allowed: sqlite:///FILE")
    return parsed.set(drivername=driver)


def _engine(url: URL) -> Engine:
    how: dict[str, Any] = {"hide_parameters": True, "pool_size": _POOL, "max_overflow": _OVERFLOW}
    if url.get_backend_name() != "sqlite":
        try:
            return create_engine(url, pool_pre_ping=True, **how)
        except ModuleNotFoundError as missing:
            raise MissingExtraError("PostgreSQL", "postgres") from missing
    _make_private(Path(str(url.database)))
    waiting = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=waiting, **how)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(file: Path) -> None:
    """Make folder and file, readable by the user alone, where they are missing."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin as `_begin` says
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin; a writer takes its turn at once, since a reader that turns writer can only fail."""
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return  # VACUUM stands outside every transaction
    is_writing = options.get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


@contextmanager
def _without_address() -> Iterator[None]:
    """Say what failed without the words of the driver, which hold host, file, user or data."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        kind = type(getattr(error, "orig", None) or error).__name__
        if isinstance(error, OperationalError | OSError):
            told = f"the database cannot be reached or is busy ({kind})"
        else:
            told = f"the database refused ({kind})"
        raise DatabaseError(told) from None
