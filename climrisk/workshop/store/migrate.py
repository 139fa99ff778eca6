"""Bringing the tables up to date, by the migrations that come with climrisk."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from climrisk.errors import DatabaseError

__all__ = ["migrate"]

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_TURN: Final = threading.Lock()
"""Alembic's `op` is one for the whole process."""
_POSTGRES_TURN: Final = 7_263_551_904
"""Key of the lock that lets one process migrate at a time."""


def migrate(connection: Connection) -> None:
    """Carry out the migrations that a database lacks, in the caller's transaction.

    Parameters
    ----------
    connection : Connection
        Inside a transaction for writing.

    Raises
    ------
    DatabaseError
        The database was made by a newer climrisk.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_TURN})
    script = ScriptDirectory(str(_MIGRATIONS), version_locations=[str(_MIGRATIONS)])
    with _TURN:
        context = MigrationContext.configure(connection)
        current = context.get_current_revision()
        ordered = [one.revision for one in script.walk_revisions()][::-1]
        if current is not None and current not in ordered:
            raise DatabaseError("the database was made by a newer climrisk; install that one")
        missing = ordered[0 if current is None else ordered.index(current) + 1 :]
        if not missing:
            return
        with Operations.context(context):
            for revision in missing:
                script.get_revision(revision).module.upgrade()
        context.stamp(script, ordered[-1])
