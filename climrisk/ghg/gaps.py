"""What an inventory lacks, named and never filled."""

from __future__ import annotations

from collections.abc import Iterable

from climrisk.domain.inventory import Activity
from climrisk.ghg.account import Account

__all__ = ["account_remarks", "missing_years", "years_stated"]


def years_stated(rows: Iterable[Activity]) -> tuple[int, ...]:
    """Return the years of an inventory, in order."""
    return tuple(sorted({row.year for row in rows}))


def missing_years(rows: Iterable[Activity]) -> dict[str, tuple[int, ...]]:
    """Return the years that a source lacks between the inventory's first and last, by source."""
    stated = tuple(rows)
    years = years_stated(stated)
    if not years:
        return {}
    own: dict[str, set[int]] = {}
    for row in stated:
        own.setdefault(row.source_id, set()).add(row.year)
    whole = range(years[0], years[-1] + 1)
    gaps = {name: tuple(y for y in whole if y not in has) for name, has in own.items()}
    return {name: lacking for name, lacking in gaps.items() if lacking}


def account_remarks(found: Account, rows: Iterable[Activity]) -> list[str]:
    """Return what a reader must know of an account: gaps, combined totals, vintage, unchecked."""
    emissions = found.emissions
    remarks = []
    if emissions.reported is not None:
        remarks.append(
            "the company reports scopes 1 and 2 as one total, without a split; it stands beside "
            "the lines and is never added to them"
        )
    if emissions.total("3").value is None:
        remarks.append("scope 3: nothing stated, which is not zero")
    unsorted = [line.row.source_id for line in emissions.of("3") if line.row.category is None]
    if unsorted:
        remarks.append(f"scope 3 without a category: {', '.join(unsorted)}")
    lacking = emissions.total("1", "2", "3").lacking
    if lacking:
        remarks.append(f"no emission factor, left out of totals: {', '.join(lacking)}")
    if emissions.avoided().value is not None:
        remarks.append("avoided emissions: over device life where so; never netted against totals")
    gaps = missing_years(rows)
    remarks += [f"{name}: no row for {', '.join(map(str, lack))}" for name, lack in gaps.items()]
    return [*remarks, *_factor_remarks(found)]


def _factor_remarks(found: Account) -> list[str]:
    used = {line.factor.set_id: line.factor for line in found.emissions.lines if line.factor}
    remarks = []
    for one in found.factors.sets:
        if one.id in used and not one.years_fit(found.year) and one.years is not None:
            first, last = one.years
            years = f"{first}" if first == last else f"{first}-{last}"
            remarks.append(f"{one.id}: factors of {years} used for {found.year}")
    unchecked = dict.fromkeys(
        f"{line.row.kind} of {line.factor.set_id}"
        for line in found.emissions.lines
        if line.factor is not None and line.factor.verified is False
    )
    if unchecked:
        remarks.append(f"factors not verified against their source: {', '.join(unchecked)}")
    kinds = dict.fromkeys(line.row.kind for line in found.emissions.of("2") if line.factor)
    without = [kind for kind in kinds if found.factors.residual_mix(kind) is None]
    if without:
        remarks.append(
            f"no residual mix for {', '.join(without)}: market-based, what no instrument covers "
            "counts by the location-based factor"
        )
    return remarks
