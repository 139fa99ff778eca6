"""Emissions of past years: as reported, and recalculated with the study's factor sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import xarray as xr

from climrisk.analysis.projection.lines import ALL, METHODS
from climrisk.domain.inventory import ALL_SITES, COMBINED
from climrisk.domain.study import Study
from climrisk.domain.units import EMISSIONS, unit_of
from climrisk.ghg.account import Account, account
from climrisk.ghg.ledger import AVOIDED, SCOPES, EmissionLine

__all__ = ["RECALCULATED", "REPORTED", "StatedEmission", "stated_dataset", "stated_emissions"]

REPORTED = "reported"
RECALCULATED = "recalculated"


class StatedEmission(NamedTuple):
    """One figure of a past year.

    Parameters
    ----------
    year : int
    scope : str
        With the method of scope 2, or `avoided`.
    category, site, source, factor_set : str
    basis : str
        `reported` by the company, or `recalculated`: its activity times the study's factors.
    value : float
        Gross emissions [tCO2e]; avoided ones stand apart.
    """

    year: int
    scope: str
    category: str
    site: str
    source: str
    factor_set: str
    basis: str
    value: float


def stated_emissions(study: Study) -> tuple[StatedEmission, ...]:
    """Return the figures of every year of the inventory, reported ones first."""
    years = sorted({row.year for row in study.inventory})
    return tuple(one for year in years for one in _of_year(account(study, year)))


def _of_year(found: Account) -> Iterator[StatedEmission]:
    yield from _reported(found)
    for line in found.emissions.of(*SCOPES):
        if line.factor is not None:
            yield from _line(found.year, line)
    yield from _totals(found)


def _reported(found: Account) -> Iterator[StatedEmission]:
    """Yield what the company states in tonnes: its total, sources of its own, avoided emissions."""
    for one in found.activities:
        row, unit = one.row, unit_of(one.row.unit)
        is_stated = row.scope in (*SCOPES, COMBINED, AVOIDED) and row.instrument is None
        if is_stated and unit.dimension == EMISSIONS:
            site, category = _site(row.site), str(row.category or ALL)
            value = one.quantity * unit.scale
            yield StatedEmission(
                found.year, row.scope, category, site, row.source_id, "", REPORTED, value
            )


def _line(year: int, line: EmissionLine) -> Iterator[StatedEmission]:
    row, factor = line.row, line.factor
    assert factor is not None
    for method in METHODS if row.scope == "2" else METHODS[:1]:
        value = line.by(method)
        if value is not None:
            scope = f"2 {method}-based" if row.scope == "2" else row.scope
            category, site = str(row.category or ALL), _site(row.site)
            yield StatedEmission(
                year, scope, category, site, row.source_id, factor.set_id, RECALCULATED, value
            )


def _totals(found: Account) -> Iterator[StatedEmission]:
    """Yield the totals over scopes 1 and 2 that the sources come to."""
    lines = [one for one in found.emissions.of("1", "2") if one.factor is not None]
    sets = "+".join(dict.fromkeys(one.factor.set_id for one in lines if one.factor is not None))
    for method in METHODS if lines else ():
        total = found.emissions.total("1", "2", method=method)
        if total.value is not None and not total.lacking:
            scope = f"{COMBINED} {method}-based"
            yield StatedEmission(found.year, scope, ALL, ALL, ALL, sets, RECALCULATED, total.value)


def _site(site: str) -> str:
    return ALL if site == ALL_SITES else site


def stated_dataset(rows: Iterable[StatedEmission]) -> xr.Dataset:
    """Return the figures as one variable over `stated_line`, with a coordinate for each field."""
    found = list(rows)
    if not found:
        return xr.Dataset()
    coords = {
        f"stated_{name}": ("stated_line", np.array([getattr(one, name) for one in found]))
        for name in StatedEmission._fields
        if name != "value"
    }
    about = {"units": "tCO2e", "long_name": "gross emissions of a past year"}
    values = np.array([one.value for one in found])
    return xr.Dataset({"stated_emission": ("stated_line", values, about)}, coords=coords)
