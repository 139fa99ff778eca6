"""The tables of a workshop database; `migrations/` makes them.

`estimate`, `vote`, `seed_answer`, `note`, `change`, `outcome` and `event` are append-only: triggers
of the database refuse to change or delete their rows, so that no program can rewrite what was said.
Moments are ISO 8601 texts in UTC, structured contents JSON texts: the same in both databases and in
the portable file.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "APPEND_ONLY",
    "attempt",
    "change",
    "draft",
    "estimate",
    "event",
    "item_state",
    "metadata",
    "name_key",
    "note",
    "outcome",
    "participant",
    "seed_answer",
    "session",
    "timer",
    "vote",
]

APPEND_ONLY: Final = (
    "estimate",
    "vote",
    "seed_answer",
    "note",
    "change",
    "outcome",
    "event",
)

metadata: Final = MetaData()

_ID: Final = 64
_STAMP: Final = 40
_TOKEN: Final = 64


def _sequence() -> Column[int]:
    return Column("sequence", Integer, primary_key=True, autoincrement=True)


def _session(*, is_key: bool = False) -> Column[str]:
    return Column(
        "session", String(_ID), ForeignKey("session.id"), primary_key=is_key, nullable=False
    )


def _text(name: str, size: int, *, is_key: bool = False, optional: bool = False) -> Column[str]:
    return Column(name, String(size), primary_key=is_key, nullable=optional)


def _by_participant() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["session", "number"], ["participant.session", "participant.number"]
    )


session: Final = Table(
    "session",
    metadata,
    _text("id", _ID, is_key=True),
    _text("join_code", 16),
    _text("study", 255),
    _text("folder", 1000, optional=True),
    Column("plan", Text, nullable=False),
    Column("seeds", Text, nullable=False),
    _text("pin", 200),
    _text("secret", 64),
    _text("created", _STAMP),
    _text("retain_until", _STAMP),
    _text("anonymised", _STAMP, optional=True),
    UniqueConstraint("join_code", name="session_join_code"),
)

item_state: Final = Table(
    "item_state",
    metadata,
    _session(is_key=True),
    _text("item", _ID, is_key=True),
    _text("phase", 16),
    Column("round", Integer, nullable=False),
    _text("vote", 16),
)

participant: Final = Table(
    "participant",
    metadata,
    _session(is_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("group", 200),
    _text("return_code", 200, optional=True),
    Column("on_paper", Boolean, nullable=False),
    _text("token", _TOKEN),
    _text("joined", _STAMP),
    UniqueConstraint("session", "token", name="participant_token"),
)

name_key: Final = Table(
    "name_key",
    metadata,
    _session(is_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("name", 200),
    _by_participant(),
)

attempt: Final = Table(
    "attempt",
    metadata,
    _text("scope", 200, is_key=True),
    Column("failures", Integer, nullable=False),
    _text("since", _STAMP),
)

estimate: Final = Table(
    "estimate",
    metadata,
    _sequence(),
    _session(),
    _text("item", _ID),
    Column("number", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("content", Text, nullable=False),
    _text("entered_by", 16),
    _text("token", _TOKEN),
    _text("at", _STAMP),
    _by_participant(),
    UniqueConstraint("session", "number", "token", name="estimate_token"),
    Index("estimate_of_item", "session", "item", "round", "number"),
)

vote: Final = Table(
    "vote",
    metadata,
    _sequence(),
    _session(),
    _text("item", _ID),
    Column("number", Integer, nullable=False),
    Column("likelihood", Integer, nullable=False),
    Column("impact", Integer, nullable=False),
    _text("token", _TOKEN),
    _text("at", _STAMP),
    _by_participant(),
    UniqueConstraint("session", "number", "token", name="vote_token"),
)

seed_answer: Final = Table(
    "seed_answer",
    metadata,
    _sequence(),
    _session(),
    _text("seed", 200),
    Column("number", Integer, nullable=False),
    Column("content", Text, nullable=False),
    _text("token", _TOKEN),
    _text("at", _STAMP),
    _by_participant(),
    UniqueConstraint("session", "number", "token", name="seed_answer_token"),
)

note: Final = Table(
    "note",
    metadata,
    _sequence(),
    _session(),
    _text("note", _ID),
    _text("kind", 16),
    _text("item", _ID, optional=True),
    Column("words", Text, nullable=False),
    _text("status", 16),
    _text("who", 40),
    _text("token", _TOKEN),
    _text("at", _STAMP),
    UniqueConstraint("session", "token", name="note_token"),
)

timer: Final = Table(
    "timer",
    metadata,
    _session(is_key=True),
    Column("label", Text, nullable=False),
    Column("seconds", Integer, nullable=False),
    _text("started", _STAMP, optional=True),
)

change: Final = Table(
    "change",
    metadata,
    _sequence(),
    _text("study", 255),
    Column("session", String(_ID), ForeignKey("session.id"), nullable=True),
    _text("kind", 16),
    _text("file", 255),
    Column("path", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    _text("who", 100),
    Column("reason", Text, nullable=False),
    Column("round", Integer, nullable=True),
    Column("voices", Integer, nullable=True),
    Column("reverses", Integer, ForeignKey("change.sequence"), nullable=True),
    _text("batch", _ID),
    _text("file_after", 64),
    _text("at", _STAMP),
    Index("change_of_study", "study", "sequence"),
)

outcome: Final = Table(
    "outcome",
    metadata,
    _text("batch", _ID, is_key=True),
    _text("result", 16),
    _text("at", _STAMP),
)

event: Final = Table(
    "event",
    metadata,
    _sequence(),
    _session(),
    _text("kind", 32),
    _text("item", _ID, optional=True),
    Column("detail", Text, nullable=False),
    _text("who", 40),
    _text("at", _STAMP),
)

draft: Final = Table(
    "draft",
    metadata,
    _text("place", 200, is_key=True),
    _text("who", 100, is_key=True),
    Column("content", Text, nullable=False),
    _text("at", _STAMP),
)
