"""Targets resolved to what the projection can measure: numerator, denominator, limits by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.measured import scopes_of, top_and_bottom
from climrisk.domain.study import Study
from climrisk.domain.target import IN_WORDS, Target
from climrisk.domain.units import EMISSIONS, unit_of
from climrisk.ghg.account import Account
from climrisk.ghg.base_sources import BaseSource
from climrisk.ghg.ledger import Method
from climrisk.ghg.projection import Projected

__all__ = ["PlannedTarget", "planned_targets"]

Floats = NDArray[np.float64]

LEAST = 2.0**-10
"""Part of its base-year value that a denominator never falls below."""


@dataclass(frozen=True)
class PlannedTarget:
    """One target that can be measured.

    Parameters
    ----------
    id : str
    stated : Target
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
    upper, lower : float64 array (year,)
        Limits of each year, in the target's unit; -inf where there is no lower one.
    due : bool array (year,)
        Years in which a miss counts: all where a cap is kept, else milestones and from the
        target year on.
    """

    id: str
    stated: Target
    base: float
    emissions: tuple[str, ...]
    method: Method
    activities: Mapping[str, float]
    denominator: str | None
    least_below: float
    scale: float
    upper: Floats
    lower: Floats
    due: NDArray[np.bool_]

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that the figure depends on."""
        below = () if self.denominator is None else (self.denominator,)
        return (*self.emissions, *self.activities, *below)

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
    if target.kind in IN_WORDS or target.unit is None:
        return "in words only; nothing to measure"
    if target.base_year != account.year:
        return f"its base year {target.base_year} is not the study's, {account.year}"
    measured = account.measure(target, target.unit)
    if measured.value is None:
        return measured.reason
    top, below = top_and_bottom(target.unit)
    emissions, activities = _numerator(account, sources, target, top.symbol)
    scale = 1.0 / top.scale if emissions else 1.0
    if below is not None and measured.denominator is not None:
        scale /= unit_of(measured.denominator.unit).factor_to(below)
    years = np.array(study.settings.years)
    upper, lower = _limits(target, measured.value, years)
    return PlannedTarget(
        id=name,
        stated=target,
        base=measured.value,
        emissions=emissions,
        method=account.method,
        activities=activities,
        denominator=target.denominator,
        least_below=LEAST * (measured.denominator.value if measured.denominator else 0.0),
        scale=scale,
        upper=upper,
        lower=lower,
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


def _limits(target: Target, base: float, years: NDArray[np.int64]) -> tuple[Floats, Floats]:
    stated = base if target.base_value is None else target.base_value.value
    centre = target.limit if target.limit is not None else stated
    if target.kind == "reduce_by" and target.limit is None:
        centre = stated * (1.0 - (target.reduction or 0.0))
    upper = np.full(years.size, centre)
    lower = np.full(years.size, -np.inf)
    if target.kind == "maintain":
        band = target.band or 0.0
        upper, lower = upper + abs(centre) * band, upper - abs(centre) * band
    for year, limit in target.milestones.items():
        upper[years == year] = limit
    return upper, lower


def _due(target: Target, years: NDArray[np.int64]) -> NDArray[np.bool_]:
    if target.kind in ("not_exceed", "maintain"):
        return np.ones(years.size, dtype=np.bool_)
    known = np.isin(years, list(target.milestones))
    return np.asarray(known | (years >= (target.target_year or 0)))
