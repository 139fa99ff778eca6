"""What a projection starts from: each source and denominator in the base year."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from climrisk.domain.inventory import COMBINED
from climrisk.domain.measured import REVENUE
from climrisk.domain.quantities import Quantity
from climrisk.domain.units import unit_of
from climrisk.ghg.account import Account
from climrisk.ghg.activities import YearlyActivity
from climrisk.ghg.factors import ChosenFactor
from climrisk.ghg.ledger import AVOIDED, SCOPES, EmissionLine

__all__ = ["BaseSource", "base_sources"]


@dataclass(frozen=True)
class BaseSource:
    """One source or denominator in the base year, all sites together.

    Parameters
    ----------
    name : str
        Source of the inventory, or `revenue` where the revenue lines stand for it.
    unit : str
        Unit of the activity.
    activity : float
        Amount of the base year, in `unit`.
    scope : str
        `1`, `2`, `3`, `1+2` where the company has not split its total, or `none`.
    category : int or None
        Category of scope 3.
    location, market : float or None
        Emissions of one unit [tCO2e]; None where nothing is emitted or no set has a factor.
    factor_set : str
        Where the factor comes from; `reported` where the company states the emissions itself.
    uncertainty : Quantity or None
        The factor as a range, in the unit of `nominal`.
    nominal : float
        The factor that `uncertainty` is a range of.
    sites : mapping of site to float
        Each site's part of the source's emissions.
    """

    name: str
    unit: str
    activity: float
    scope: str
    category: int | None
    location: float | None
    market: float | None
    factor_set: str
    uncertainty: Quantity | None
    nominal: float
    sites: Mapping[str, float]

    @property
    def emits(self) -> bool:
        """Whether it has emissions of a scope."""
        return self.location is not None


def base_sources(account: Account) -> tuple[BaseSource, ...]:
    """Return the sources and denominators of an account, in the order of the inventory.

    Avoided emissions are left out: they are never projected, netted or counted to a target. A
    total of scopes 1 and 2 is taken only where the company states no line of either.
    """
    groups: dict[str, list[YearlyActivity]] = {}
    for one in account.activities:
        if one.row.scope != AVOIDED and one.row.instrument is None:
            groups.setdefault(one.row.source_id, []).append(one)
    is_split = bool(account.emissions.of(*COMBINED.split("+")))
    found = [
        _source(account, name, group)
        for name, group in groups.items()
        if not (is_split and group[0].row.scope == COMBINED)
    ]
    if REVENUE not in groups and account.settings.revenue_lines:
        found.append(_revenue(account))
    return tuple(found)


def _source(account: Account, name: str, group: list[YearlyActivity]) -> BaseSource:
    row = group[0].row
    activity = account.amount([name], row.unit).value or 0.0
    lines = [one for one in account.emissions.of(*SCOPES) if one.row.source_id == name]
    known = [one for one in lines if one.emissions is not None]
    factor = next((one.factor for one in lines if one.factor is not None), None)
    if row.scope == COMBINED:
        own = unit_of(row.unit).scale
        return _emitting(name, group, activity, own, own, None, {})
    if not known or len(known) < len(lines):
        return _emitting(name, group, activity, None, None, None, {})
    location = _per_unit([one.emissions or 0.0 for one in known], activity, row.unit, factor)
    market = _per_unit([one.market or 0.0 for one in known], activity, row.unit, factor)
    return _emitting(name, group, activity, location, market, factor, _sites(known))


def _emitting(
    name: str,
    group: list[YearlyActivity],
    activity: float,
    location: float | None,
    market: float | None,
    factor: ChosenFactor | None,
    sites: Mapping[str, float],
) -> BaseSource:
    row = group[0].row
    stated = "reported" if location is not None else ""
    return BaseSource(
        name=name,
        unit=row.unit,
        activity=activity,
        scope=row.scope,
        category=row.category,
        location=location,
        market=market,
        factor_set=stated if factor is None else factor.set_id,
        uncertainty=None if factor is None else factor.uncertainty,
        nominal=1.0 if factor is None else factor.value,
        sites=sites,
    )


def _per_unit(
    emissions: list[float], activity: float, unit: str, factor: ChosenFactor | None
) -> float:
    """Return emissions over activity; without activity, what the factor says [tCO2e per unit]."""
    if activity > 0.0:
        return math.fsum(emissions) / activity
    scale = unit_of(unit).scale
    return scale if factor is None else factor.tonnes_per_base_unit * scale


def _sites(lines: list[EmissionLine]) -> dict[str, float]:
    """Return each site's part of the emissions, in the order of the inventory."""
    total = math.fsum(one.emissions or 0.0 for one in lines)
    if total <= 0.0:
        return {}
    parts: dict[str, list[float]] = {}
    for one in lines:
        parts.setdefault(one.row.site, []).append(one.emissions or 0.0)
    return {site: math.fsum(values) / total for site, values in parts.items()}


def _revenue(account: Account) -> BaseSource:
    lines = account.settings.revenue_lines.values()
    value = math.fsum(line.value.value for line in lines)
    unit = f"{account.settings.money.label} million"
    return BaseSource(REVENUE, unit, value, "none", None, None, None, "", None, 1.0, {})
