"""The one base of everything that a user declares: frozen, closed, with its source beside it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, Strict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from climrisk.domain.field_docs import described
from climrisk.names import Basis

__all__ = ["Declaration", "Figure", "Identifier", "Number", "Provenance", "Truth", "Year"]

Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
"""A finite number; text that looks like one is refused."""

Truth = Annotated[bool, Strict()]
"""`true` or `false`; text that looks like one is refused."""

Year = Annotated[int, Strict(), Field(ge=1900, le=2200)]
"""A calendar year."""

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
"""A short id: a letter, then letters, digits, `_`, `.` or `-`; at most 64 characters."""


class Declaration(BaseModel):
    """Base of all declared models: unknown keys are refused and nothing can be changed."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        populate_by_name=True,
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe each field by the documentation under it."""
        return described(cls, handler(schema), handler)


class Provenance(Declaration):
    """Where a figure comes from."""

    basis: Basis | None = None
    """`reported` by the company, `reference` from a publication, or an `assumption`."""
    source: str | None = None
    """Publication, page or rationale."""
    note: str | None = None
    """Anything a reader should know about the figure."""
    verified: Truth | None = None
    """False where nobody has checked the figure against its source; outputs then say so."""


class Figure(Provenance):
    """One number with its source."""

    value: Number
    """The number, in the unit that the field states."""
