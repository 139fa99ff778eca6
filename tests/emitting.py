"""Small studies with an inventory: power, petrol and floor area, factors of round numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from climrisk.domain.study import Study
from tests.studies import BASE_YEAR, make_scenario, make_settings, make_study

__all__ = ["FACTORS", "INVENTORY", "cap", "emitting_study", "row"]

FACTORS = {
    "schema": 1,
    "id": "round",
    "title": "Round numbers",
    "vintage": "2023",
    "region": "nowhere",
    "gases": ["CO2"],
    "terms": "made for a test",
    "factors": {
        "power": {"value": 0.5, "unit": "kgCO2e/kWh"},
        "petrol": {"value": 2.0, "unit": "kgCO2e/L"},
    },
}


def row(source: str, quantity: float, unit: str, scope: str, site: str = "all") -> dict[str, Any]:
    """Return one row of an inventory in the base year."""
    return {
        "source_id": source,
        "site": site,
        "year": BASE_YEAR,
        "quantity": quantity,
        "unit": unit,
        "scope": scope,
    }


INVENTORY = (
    row("power", 800_000.0, "kWh", "2"),
    row("petrol", 50_000.0, "L", "1"),
    row("area", 10_000.0, "m2", "none"),
)


def cap(limit: float, unit: str = "tCO2e", **changes: Any) -> dict[str, Any]:
    """Return a target not to exceed a limit, on the emissions of scopes 1 and 2 by default."""
    measured = {} if "sources" in changes else {"scope": "1+2"}
    return {
        "title": "A cap",
        "kind": "not_exceed",
        "metric": "a figure",
        "unit": unit,
        "base_year": BASE_YEAR,
        "target_year": BASE_YEAR + 2,
        "limit": limit,
        **measured,
        **changes,
    }


def emitting_study(
    projection: Mapping[str, Any] | None = None,
    *,
    years: int = 4,
    drivers: Mapping[str, Any] | None = None,
    worlds: tuple[str, ...] = ("flat",),
    inventory: tuple[dict[str, Any], ...] = INVENTORY,
    items: Mapping[str, Any] | None = None,
    exposures: Mapping[str, Any] | None = None,
    parts: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Study:
    """Return a study whose sources go on as stated.

    Parameters
    ----------
    projection : mapping of source to mapping, optional
    years : int
        Simulated years.
    drivers : mapping, optional
        Of every scenario in `worlds`; see `make_scenario`.
    worlds : tuple of str
        Scenarios.
    inventory : tuple of rows
    items : mapping of id to Item, optional
    exposures : mapping, optional
    parts : mapping, optional
        Further parts of the study: measures, targets, sites.
    **changes
        Further settings.
    """
    settings = make_settings(
        years,
        worlds,
        exposures=exposures,
        projection=dict(projection or {}),
        emissions={"factors": ["round"]},
        **changes,
    )
    return make_study(
        items or {},
        settings,
        tuple(make_scenario(name, **dict(drivers or {})) for name in worlds),
        inventory=inventory,
        factor_sets={"round": FACTORS},
        **dict(parts or {}),
    )
