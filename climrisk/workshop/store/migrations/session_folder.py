"""Where a session's study stands, so that it is found again after a restart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "session_folder"
down_revision = "trail_tables"


def upgrade() -> None:
    """Add the column; sessions made before are looked for by the name of their study."""
    op.add_column("session", sa.Column("folder", sa.String(length=1000), nullable=True))
