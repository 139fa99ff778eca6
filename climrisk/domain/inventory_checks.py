"""Checks across the rows of an inventory, and against the factor sets of the study."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from climrisk.domain.factors import Factor, FactorSet
from climrisk.domain.finding import Finding
from climrisk.domain.inventory import ALL_SITES, COMBINED, Activity
from climrisk.domain.units import EMISSIONS, ratio_of, unit_of

__all__ = ["inventory_findings"]

FILE = "inventory.csv"
Rows = Sequence[tuple[int, Activity]]
"""Position in the file, and the row."""


def inventory_findings(rows: Rows, sets: Mapping[str, FactorSet]) -> list[Finding]:
    """Return every fault across rows: doubles, totals beside parts, claims, units of factors.

    Parameters
    ----------
    rows : sequence of (int, Activity)
        The rows that could be read, with their position from 0.
    sets : mapping of id to FactorSet
        The sets that the study uses.
    """
    return [
        *_twice(rows),
        *_totals_beside_sites(rows),
        *_units_of_a_source(rows),
        *_sums_below_zero(rows),
        *_claims(rows),
        *_factor_units(rows, sets),
    ]


def _twice(rows: Rows) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], int] = {}
    for place, row in rows:
        if row.correction is not None:
            continue
        key = (row.source_id, row.site, row.year, row.instrument, row.valid_from)
        if key in seen:
            yield Finding(
                FILE,
                (place, "source_id"),
                f"a second row of {row.source_id} at {row.site} in {row.year}",
                "allowed: one; a correction says yes in the column correction, a change within "
                "the year has its day in valid_from",
            )
        seen[key] = place


def _totals_beside_sites(rows: Rows) -> Iterator[Finding]:
    sites: dict[tuple[str, int], set[str]] = {}
    for _, row in rows:
        if row.instrument is None:
            sites.setdefault((row.source_id, row.year), set()).add(row.site)
    for place, row in rows:
        others = sites.get((row.source_id, row.year), set()) - {ALL_SITES}
        if row.site == ALL_SITES and others and row.instrument is None:
            yield Finding(
                FILE,
                (place, "site"),
                f"found all, beside rows of {row.source_id} at {', '.join(sorted(others))}",
                f"allowed: rows by site, or one row for all; {row.year} would count twice",
            )


def _units_of_a_source(rows: Rows) -> Iterator[Finding]:
    first: dict[str, tuple[str, str]] = {}
    for place, row in rows:
        unit, scope = first.setdefault(row.source_id, (row.unit, row.scope))
        dimension = unit_of(unit).dimension
        if unit_of(row.unit).dimension != dimension:
            found = f"found {row.unit}, {row.source_id} is in {unit} above"
            yield Finding(FILE, (place, "unit"), found, f"allowed: one dimension, {dimension}")
        if row.scope != scope:
            found = f"found {row.scope}, {row.source_id} is in scope {scope} above"
            yield Finding(FILE, (place, "scope"), found, "allowed: one scope for a source")


def _sums_below_zero(rows: Rows) -> Iterator[Finding]:
    for place, row in rows:
        if row.correction is None or row.quantity >= 0:
            continue
        same = [
            other
            for _, other in rows
            if (other.source_id, other.site, other.year) == (row.source_id, row.site, row.year)
            and unit_of(other.unit).dimension == unit_of(row.unit).dimension
        ]
        if _sum(same) < 0:
            found = f"found {row.quantity:g}, more than {row.source_id} has at {row.site}"
            yield Finding(FILE, (place, "quantity"), found, "allowed: a sum of 0 or more")


def _sum(rows: Sequence[Activity]) -> float:
    """Return the sum of rows of one dimension, in base units."""
    return math.fsum(row.quantity * unit_of(row.unit).scale for row in rows)


def _claims(rows: Rows) -> Iterator[Finding]:
    """Find instruments that cover more than is consumed at their place."""
    consumed = [row for _, row in rows if row.scope == "2" and row.instrument is None]
    for place, row in rows:
        if row.instrument is None:
            continue
        alike = [one for one in consumed if (one.kind, one.year) == (row.kind, row.year)]
        own = [one for one in alike if row.site in (ALL_SITES, one.site)]
        dimension = unit_of(row.unit).dimension
        if any(unit_of(one.unit).dimension != dimension for one in own):
            allowed = f"allowed: the dimension of {row.kind}"
            yield Finding(FILE, (place, "unit"), f"found {row.unit} ({dimension})", allowed)
            continue
        claims = [
            one
            for _, one in rows
            if one.instrument is not None
            and (one.kind, one.year) == (row.kind, row.year)
            and row.site in (ALL_SITES, one.site)
            and unit_of(one.unit).dimension == dimension
        ]
        if _sum(claims) > _sum(own) * (1 + 1e-12):
            used = _sum(own) / unit_of(row.unit).scale
            found = f"found {row.quantity:g}; all instruments cover more than is consumed"
            allowed = f"allowed: {used:g} {row.unit} of {row.kind} at {row.site} in {row.year}"
            yield Finding(FILE, (place, "quantity"), found, allowed)


def _factor_units(rows: Rows, sets: Mapping[str, FactorSet]) -> Iterator[Finding]:
    """Find quantities whose unit no factor of their activity can be multiplied with."""
    for place, row in rows:
        dimension = unit_of(row.unit).dimension
        if row.scope in ("none", COMBINED) or dimension == EMISSIONS:
            continue
        for name, factor in _factors_of(row.kind, sets):
            per = ratio_of(factor.unit).denominator
            if per.dimension != dimension:
                found = f"found {row.unit} ({dimension})"
                allowed = f"allowed: {per.dimension}, as {row.kind} is per {per.symbol} in {name}"
                yield Finding(FILE, (place, "unit"), found, allowed)
                break


def _factors_of(activity: str, sets: Mapping[str, FactorSet]) -> Iterator[tuple[str, Factor]]:
    for name, one in sets.items():
        if activity in one.factors:
            yield name, one.factors[activity]
        yield from ((name, factor) for factor in one.regional.get(activity, {}).values())
        if activity in one.residual_mix:
            yield name, one.residual_mix[activity]
