"""Targets resolved to what the projection can measure: numerator, denominator, limits by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.measured import scopes_of, top_and_bottom
from climrisk.domain.study import Study
from climrisk.domain.target import Target
from climrisk.domain.units import EMISSIONS, unit_of
from climrisk.ghg.account import Account
from climrisk.ghg.base_sources import BaseSource
from climrisk.ghg.ledger import Method
from climrisk.ghg.projection import Projected
from climrisk.ghg.targets import ResolvedTarget, resolve

__all__ = ["PlannedTarget", "planned_targets"]

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

LEAST = 2.0**-10
"""Part of its base-year value that a denominator never falls below."""
SAME = 1e-12
"""Relative difference from a limit that floating point alone can make."""


@dataclass(frozen=True)
class PlannedTarget:
    """One target that can be measured.

    Parameters
    ----------
    id : str
    resolved : ResolvedTarget
        With its figure of the base year and its limit.
    base : float
        Unrounded figure of the base year, in the target's unit.
    emissions : tuple of str
        Sources whose emissions are measured.
    method : {"location", "market"}
    activities : mapping of source to float
        Sources whose activity is measured, with the factor to the unit's numerator.
    denominator : str or None
        Source or denominator to divide by.
    least_below : float
        Smallest denominator that is reckoned with.
    scale : float
        Factor to the target's unit.
    upper : float64 array (year,)
        Highest figure of each year that meets the target, in its unit.
    due : bool array (year,)
        Years in which a miss counts: milestones, and from the target year on.
    """

    id: str
    resolved: ResolvedTarget
    base: float
    emissions: tuple[str, ...]
    method: Method
    activities: Mapping[str, float]
    denominator: str | None
    least_below: float
    scale: float
    upper: Floats
    due: NDArray[np.bool_]

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the figure depends on."""
        below = () if self.denominator is None else (self.denominator,)
        return (*self.emissions, *self.activities, *below)

    @property
    def decimals(self) -> int | None:
        """Decimals of the stated limit."""
        return self.resolved.target.stated_decimals

    def within(self, metric: Floats) -> tuple[Truths, Truths]:
        """Return whether figures meet the target as stated, and unrounded, (year, draw)."""
        stated = np.empty(metric.shape, dtype=np.bool_)
        for limit in np.unique(self.upper).tolist():
            years = self.upper == limit
            stated[years] = self.resolved.met(metric[years], as_stated=True, limit=limit)
        slack = SAME * np.abs(self.upper)[:, np.newaxis]
        unrounded = metric <= self.upper[:, np.newaxis] + slack
        if self.resolved.floor is not None:
            unrounded &= metric >= self.resolved.floor * (1.0 - SAME)
        return stated, unrounded

    def metric(self, found: Projected) -> Floats:
        """Return the figure by year and draw, in the target's unit.

        A denominator counts as at least `LEAST` of its base, so that the figure stays finite.
        """
        emitted = found.market if self.method == "market" else found.location
        parts = [emitted[name] for name in self.emissions]
        parts += [weight * found.activity[name] for name, weight in self.activities.items()]
        top = np.asarray(sum(parts)) * self.scale
        if self.denominator is None:
            return top
        below = np.maximum(found.activity[self.denominator], self.least_below)
        return np.asarray(top / below)


def planned_targets(
    study: Study, account: Account, sources: tuple[BaseSource, ...]
) -> tuple[tuple[PlannedTarget, ...], dict[str, str]]:
    """Return the targets that can be measured, and why the others cannot."""
    found: list[PlannedTarget] = []
    without: dict[str, str] = {}
    for name, target in sorted(study.targets.items()):
        planned = _planned(study, account, sources, name, target)
        if isinstance(planned, str):
            without[name] = planned
        else:
            found.append(planned)
    return tuple(found), without


def _planned(
    study: Study, account: Account, sources: tuple[BaseSource, ...], name: str, target: Target
) -> PlannedTarget | str:
    if target.base_year is not None and target.base_year != account.year:
        return f"its base year {target.base_year} is not the study's, {account.year}"
    resolved = resolve(name, target, account)
    measured, limit = resolved.measured, resolved.limit
    if limit is None or measured.value is None:
        return resolved.reason or measured.reason
    top, below = top_and_bottom(resolved.unit)
    emissions, activities = _numerator(account, sources, target, top.symbol)
    scale = 1.0 / top.scale if emissions else 1.0
    if below is not None and measured.denominator is not None:
        scale /= unit_of(measured.denominator.unit).factor_to(below)
    years = np.array(study.settings.years)
    upper = np.array([target.milestones.get(year, limit) for year in study.settings.years])
    return PlannedTarget(
        id=name,
        resolved=resolved,
        base=measured.value,
        emissions=emissions,
        method=account.method,
        activities=activities,
        denominator=target.denominator,
        least_below=LEAST * (measured.denominator.value if measured.denominator else 0.0),
        scale=scale,
        upper=upper,
        due=_due(target, years),
    )


def _numerator(
    account: Account, sources: tuple[BaseSource, ...], target: Target, unit: str
) -> tuple[tuple[str, ...], dict[str, float]]:
    if target.scope is not None:
        wanted = set(scopes_of(target.scope))
        fitting = (one for one in sources if one.emits and set(one.scope.split("+")) <= wanted)
        return tuple(one.name for one in fitting), {}
    own = {one.name: one for one in sources}
    if unit_of(unit).dimension == EMISSIONS:
        return tuple(name for name in target.sources if own[name].emits), {}
    weights: dict[str, float] = {}
    for name in target.sources:
        amount = account.amount([name], unit).value or 0.0
        weights[name] = amount / own[name].activity if own[name].activity else 0.0
    return (), weights


def _due(target: Target, years: NDArray[np.int64]) -> NDArray[np.bool_]:
    known = np.isin(years, list(target.milestones))
    return np.asarray(known | (years >= (target.target_year or 0)))
