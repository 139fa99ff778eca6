"""Small inventories for tests of emission accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from climrisk.domain.factors import FactorSet
from climrisk.domain.inventory import Activity
from climrisk.domain.site import Site
from climrisk.domain.study import Study
from climrisk.ghg.account import Account, account
from tests.studies import make_settings, make_study

__all__ = ["YEAR", "factor_set", "row", "site", "small_account", "study_with"]

YEAR = 2023


def row(source: str, quantity: float, unit: str = "kWh", scope: str = "2", **more: Any) -> Activity:
    """Return a row of the base year for the whole company."""
    stated = {"source_id": source, "site": "all", "year": YEAR, "basis": "reported"}
    return Activity.model_validate(
        stated | {"quantity": float(quantity), "unit": unit, "scope": scope} | more
    )


def factor_set(name: str = "own", **parts: Any) -> FactorSet:
    """Return a set of factors in kg per kWh and litre."""
    stated = {
        "schema": 1,
        "id": name,
        "title": name,
        "vintage": "2023",
        "region": "somewhere",
        "gases": ["CO2"],
        "terms": "made for a test",
        "factors": {
            "electricity": {"value": 0.5, "unit": "kgCO2e/kWh"},
            "petrol": {"value": 2.0, "unit": "kgCO2e/L"},
        },
    }
    return FactorSet.model_validate(stated | parts)


def site(name: str, employees: int | None = None, region: str | None = None) -> Site:
    """Return a site somewhere."""
    return Site(id=name, name=name, latitude=0.0, longitude=0.0, employees=employees, region=region)


def study_with(
    rows: Sequence[Activity],
    sets: Sequence[FactorSet] = (),
    sites: Sequence[Site] = (),
    settings: Mapping[str, Any] | None = None,
    **parts: Any,
) -> Study:
    """Return a study without items, with an inventory and its factors."""
    chosen = [one.id for one in sets] if sets else ["own"]
    emissions = {"factors": chosen} | dict((settings or {}).get("emissions", {}))
    frame = make_settings(**{**(settings or {}), "emissions": emissions})
    shelf = {one.id: one for one in (sets or [factor_set()])}
    return make_study(
        {}, frame, inventory=tuple(rows), sites=tuple(sites), factor_sets=shelf, **parts
    )


def small_account(rows: Sequence[Activity], *sets: FactorSet, **more: Any) -> Account:
    """Return the account of the base year."""
    return account(study_with(rows, sets, **more))
