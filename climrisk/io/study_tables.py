"""Columns of a study's tables."""

from __future__ import annotations

from typing import Final

from climrisk.io.tables import Column

__all__ = ["ACTIVITY_COLUMNS", "SITE_COLUMNS"]

_PROVENANCE: Final = tuple(
    Column(name, required=False, blank=True) for name in ("basis", "source", "note")
)

SITE_COLUMNS: Final = (
    Column("id", unique=True),
    Column("name"),
    Column("latitude", "number"),
    Column("longitude", "number"),
    Column("employees", "integer", required=False, blank=True),
    Column("region", required=False, blank=True),
    *_PROVENANCE,
)

ACTIVITY_COLUMNS: Final = (
    Column("source_id"),
    Column("site"),
    Column("year", "integer"),
    Column("quantity", "number"),
    Column("unit"),
    Column("scope"),
    Column("activity", required=False, blank=True),
    Column("category", "integer", required=False, blank=True),
    Column("instrument", required=False, blank=True),
    Column("instrument_factor", "number", required=False, blank=True),
    Column("correction", required=False, blank=True),
    Column("valid_from", required=False, blank=True),
    *_PROVENANCE,
)
