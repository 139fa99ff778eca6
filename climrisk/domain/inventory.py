"""Activity data as the company reports them."""

from __future__ import annotations

from typing import Literal

from climrisk.domain.base import Identifier, Number, Provenance, Year

__all__ = ["Activity"]


class Activity(Provenance):
    """One row of `inventory.csv`."""

    source_id: Identifier
    """Emission or resource source, such as electricity or petrol."""
    site: str
    """Site id, or `all`."""
    year: Year
    quantity: Number
    unit: str
    scope: Literal["1", "2", "3", "1+2", "none", "avoided"]
    """Greenhouse gas scope; `none` for water, waste and denominators, `avoided` apart."""
