"""Sessions, people, codes, timer and drafts: what may change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "first_tables"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _make_session()
    _make_item_state()
    _make_participant()
    _make_name_key()
    _make_attempt()
    _make_timer()
    _make_draft()


def _make_session() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("join_code", sa.String(length=16), nullable=False),
        sa.Column("study", sa.String(length=255), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("seeds", sa.Text(), nullable=False),
        sa.Column("pin", sa.String(length=200), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("created", sa.String(length=40), nullable=False),
        sa.Column("retain_until", sa.String(length=40), nullable=False),
        sa.Column("anonymised", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("join_code", name="session_join_code"),
    )


def _make_item_state() -> None:
    op.create_table(
        "item_state",
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("vote", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["session"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session", "item"),
    )


def _make_participant() -> None:
    op.create_table(
        "participant",
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group", sa.String(length=200), nullable=False),
        sa.Column("return_code", sa.String(length=200), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("joined", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["session"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session", "number"),
        sa.UniqueConstraint("session", "token", name="participant_token"),
    )


def _make_name_key() -> None:
    op.create_table(
        "name_key",
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["session", "number"],
            ["participant.session", "participant.number"],
        ),
        sa.ForeignKeyConstraint(
            ["session"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session", "number"),
    )


def _make_attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("scope"),
    )


def _make_timer() -> None:
    op.create_table(
        "timer",
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("started", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["session"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session"),
    )


def _make_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("place", "who"),
    )
