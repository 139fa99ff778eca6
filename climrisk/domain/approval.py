"""Who approved which content of a briefing, and when."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from climrisk.domain.base import Declaration
from climrisk.names import Language

__all__ = ["Approval"]


def _one_line(name: str) -> str:
    if not name.strip() or not name.isprintable():
        raise ValueError(f"found {name!r}; allowed: a name on one line")
    return name.strip()


class Approval(Declaration):
    """One approval; it holds for the content whose hash it names and for no other."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    """Version of the log's format."""
    name: Annotated[str, Field(max_length=120), AfterValidator(_one_line)]
    """Who approved, as given; climrisk knows no people."""
    date: datetime.date
    language: Language
    content: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the briefing's content in that language."""
    climrisk: str
    """Version that made the content."""
