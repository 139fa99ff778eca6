"""A place where the company works."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from climrisk.domain.base import Identifier, Number, Provenance

__all__ = ["Site"]


class Site(Provenance):
    """One row of `sites.csv`."""

    id: Identifier
    name: str
    latitude: Annotated[Number, Field(ge=-90, le=90)]
    """Degrees north."""
    longitude: Annotated[Number, Field(ge=-180, le=180)]
    """Degrees east."""
    employees: Annotated[int, Field(ge=0, strict=True)] | None = None
    """Full-time employees in the base year [person]."""
    region: str | None = None
    """Region or province, as regional factor sets name it."""
