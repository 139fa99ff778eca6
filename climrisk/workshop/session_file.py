"""What a portable session file may hold, row by row; nothing else gets into a database."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from climrisk.domain.base import Declaration, Identifier
from climrisk.domain.elicitation.typed_text import MAX_NAME, MAX_TEXT, text_fault
from climrisk.workshop.codes import is_hash
from climrisk.workshop.phase import Phase

__all__ = ["SCHEMA", "SessionFile"]

SCHEMA = 1
"""Version of the format."""

_MANY = Field(max_length=200_000)


def _storable(text: str) -> str:
    found, _ = text_fault(text, 10 * MAX_TEXT)
    if found:
        raise ValueError(found)
    return text


def _hash(text: str) -> str:
    if not is_hash(text):
        raise ValueError("no hash of a code")
    return text


def _moment(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a moment without its offset from UTC")
    return text


def _json(text: str) -> str:
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deep") from None
    return text


def _refuse_constant(word: str) -> None:
    raise ValueError(f"found {word}, allowed a finite number")


Id = Annotated[str, Field(pattern=r"^[0-9A-Za-z_.-]{1,64}$")]
Text = Annotated[str, AfterValidator(_storable)]
Short = Annotated[str, Field(max_length=MAX_NAME), AfterValidator(_storable)]
Long = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_storable)]
Token = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_storable)]
Study = Annotated[str, Field(max_length=255), AfterValidator(_storable)]
Moment = Annotated[str, Field(max_length=40), AfterValidator(_moment)]
Json = Annotated[Text, AfterValidator(_json)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Number = Annotated[int, Field(ge=1, le=1_000_000)]
Sequence = Annotated[int, Field(ge=1, le=2**53)]
Band = Annotated[int, Field(ge=1, le=5)]
Who = Annotated[str, Field(pattern=r"^(facilitator|audience|participant [0-9]{1,7})$")]
Kept = Annotated[str, AfterValidator(_hash)]


class _Row(Declaration):
    model_config = ConfigDict(strict=True)


class SessionRow(_Row):
    """The session itself."""

    id: Id
    join_code: Annotated[str, Field(pattern=r"^[2-9A-Z]{4,16}$")]
    study: Study
    plan: Annotated[str, Field(max_length=5_000_000)]
    seeds: Json
    secret: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    created: Moment
    retain_until: Moment
    anonymised: Moment | None


class ItemStateRow(_Row):
    """Where one item stands."""

    session: Id
    item: Identifier
    phase: Phase
    round: Count
    vote: Literal["none", "open", "shown"]


class ParticipantRow(_Row):
    """One participant by number."""

    session: Id
    number: Number
    group: Short
    return_code: Kept | None
    on_paper: bool
    token: Token
    joined: Moment


class NameRow(_Row):
    """One name of the key."""

    session: Id
    number: Number
    name: Short


class EstimateRow(_Row):
    """One answer."""

    sequence: Sequence
    session: Id
    item: Identifier
    number: Number
    round: Number
    content: Annotated[str, Field(max_length=2 * MAX_TEXT), AfterValidator(_storable)]
    entered_by: Literal["participant", "facilitator"]
    token: Token
    at: Moment


class VoteRow(_Row):
    """One quick vote."""

    sequence: Sequence
    session: Id
    item: Identifier
    number: Number
    likelihood: Band
    impact: Band
    token: Token
    at: Moment


class SeedAnswerRow(_Row):
    """One range of the warm-up."""

    sequence: Sequence
    session: Id
    seed: Short
    number: Number
    content: Short
    token: Token
    at: Moment


class NoteRow(_Row):
    """One version of a note."""

    sequence: Sequence
    session: Id
    note: Id
    kind: Literal["note", "parking"]
    item: Identifier | None
    words: Long
    status: Literal["open", "done", "removed"]
    who: Who
    token: Token
    at: Moment


class ChangeRow(_Row):
    """One line of the change log."""

    sequence: Sequence
    study: Study
    session: Id
    kind: Literal["edit", "commit", "undo", "redo"]
    file: Literal["register.yaml", "study.yaml", "targets.yaml"]
    path: Json
    old: Json
    new: Json
    who: Short
    reason: Long
    round: Number | None
    voices: Count | None
    reverses: Sequence | None
    batch: Id
    file_after: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    at: Moment


class OutcomeRow(_Row):
    """How a change ended."""

    batch: Id
    result: Literal["applied", "abandoned"]
    at: Moment


class EventRow(_Row):
    """One line of the trail."""

    sequence: Sequence
    session: Id
    kind: Annotated[str, Field(pattern=r"^[a-z ]{1,32}$")]
    item: Identifier | None
    detail: Long
    who: Who
    at: Moment


class SessionFile(_Row):
    """The whole file."""

    schema_version: Literal[1] = Field(alias="schema")
    climrisk: Short
    confidential: Text
    session: Annotated[list[SessionRow], Field(min_length=1, max_length=1)]
    item_state: Annotated[list[ItemStateRow], _MANY]
    participant: Annotated[list[ParticipantRow], _MANY]
    name_key: Annotated[list[NameRow], _MANY]
    estimate: Annotated[list[EstimateRow], _MANY]
    vote: Annotated[list[VoteRow], _MANY]
    seed_answer: Annotated[list[SeedAnswerRow], _MANY]
    note: Annotated[list[NoteRow], _MANY]
    change: Annotated[list[ChangeRow], _MANY]
    outcome: Annotated[list[OutcomeRow], _MANY]
    event: Annotated[list[EventRow], _MANY]
