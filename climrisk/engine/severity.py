"""Amounts of one item in one scenario under one control, by impact, year and draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.effects import EventLosses
from climrisk.engine.means import mean_of
from climrisk.engine.multipliers import addition, ratio
from climrisk.engine.occurrences import Believed, EventSeverities, factor_on
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedImpact, PlannedItem, net_part
from climrisk.engine.recovery import capped_by_year, recovered
from climrisk.engine.worlds import Worlds

__all__ = ["Struck", "struck"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Struck:
    """Effects of one item before exposure caps.

    Parameters
    ----------
    effects : tuple of float64 array (year, draw)
        Signed effect of each impact on its channel [million].
    largest_event : float64 array (year, draw)
        Largest loss on net of a single occurrence [million], at least 0.
    expected_single : float64 array (year, draw)
        Expected net effect of a year's only occurrence, given what the draw believes [million].
    events : tuple of EventLosses
        Single occurrences in the last year of each horizon; empty for all but annual risks.
    """

    effects: tuple[Floats, ...]
    largest_event: Floats
    expected_single: Floats
    events: tuple[EventLosses, ...]


def struck(
    plan: Plan,
    item: PlannedItem,
    belief: Believed,
    world: Worlds,
    happened: Floats,
    scenario: str,
    control: str,
) -> Struck:
    """Return the effects of the occurrences `happened`, (year, draw).

    In this order: severity, measures, deductible, limit, insured share, limit of the year,
    pass-through. The largest event is taken before limits that hold for a year.
    """
    scaled = {
        impact.name: _scaling(plan, item, impact, belief, world, scenario, control)
        for impact in item.impacts
    }
    if belief.events is None:
        struck_by: Strikes = _Alike(happened, belief.severities)
    else:
        struck_by = _OneByOne(happened, belief.events)
    units = {
        impact.name: impact.sign * struck_by.amounts(impact, scaled[impact.name])
        for impact in item.impacts
    }
    effects, losses = _settled(item, belief, struck_by, units)
    if belief.events is not None:
        units = {
            one.name: one.sign * _amount(one, mean_of(one.severity), *scaled[one.name])
            for one in item.impacts
        }
    shaped = {name: np.broadcast_to(unit, happened.shape) for name, unit in units.items()}
    return Struck(
        effects,
        struck_by.largest_by_year(losses),
        _expected_single(item, belief, shaped),
        _events(plan, item, struck_by, losses),
    )


def _events(
    plan: Plan, item: PlannedItem, struck_by: Strikes, losses: Floats
) -> tuple[EventLosses, ...]:
    if not item.has_single_events:
        return ()
    return tuple(struck_by.in_year(span.stop - 1, losses) for span in plan.horizons.values())


def _expected_single(item: PlannedItem, belief: Believed, units: dict[str, Floats]) -> Floats:
    """Settle one occurrence as if it were the year's only one."""
    policy = item.insurance
    paid = {} if policy is None else capped_by_year(policy, recovered(policy, units))
    net = [
        net_part(one, units[one.name] + paid.get(one.name, 0.0))
        * (1.0 - belief.pass_through.get(one.name, 0.0))
        for one in item.impacts
    ]
    return np.asarray(sum(net[1:], net[0]))


def _settled(
    item: PlannedItem, belief: Believed, struck_by: Strikes, units: dict[str, Floats]
) -> tuple[tuple[Floats, ...], Floats]:
    """Return the effects by impact, and the loss of each single occurrence."""
    policy = item.insurance
    yearly = {name: struck_by.sum_by_year(unit) for name, unit in units.items()}
    paid_by_event: dict[str, Floats] = {}
    paid: dict[str, Floats] = {}
    if policy is not None and policy.aggregate == "event" and item.occurrence.type == "annual":
        paid_by_event = recovered(policy, units)
        sums = {name: struck_by.sum_by_year(one) for name, one in paid_by_event.items()}
        paid = capped_by_year(policy, sums)
    elif policy is not None:
        paid = capped_by_year(policy, recovered(policy, yearly))
    kept = {name: 1.0 - share for name, share in belief.pass_through.items()}
    effects = tuple(
        (yearly[one.name] + paid.get(one.name, 0.0)) * kept.get(one.name, 1.0)
        for one in item.impacts
    )
    net = [
        net_part(one, units[one.name] + paid_by_event.get(one.name, 0.0))
        * struck_by.each(kept.get(one.name, 1.0))
        for one in item.impacts
    ]
    return effects, -np.asarray(sum(net[1:], net[0]))


Scaling = tuple[Floats | float, Floats | float, Floats | float]


def _scaling(
    plan: Plan,
    item: PlannedItem,
    impact: PlannedImpact,
    belief: Believed,
    world: Worlds,
    scenario: str,
    control: str,
) -> Scaling:
    """Return ratio, addition and what is left after measures times exposure, (year, draw) each."""
    targets = ("severity", impact.name)
    links = item.links_on(*targets)
    times = ratio(plan, item, links, world.climate, scenario)
    plus = addition(plan, item, links, world.climate, scenario, belief.per_unit)
    after = factor_on(plan, item, belief, control, *targets)
    if impact.is_share and impact.subject_to is not None:
        after = after * world.sizes[impact.subject_to]
    return times, plus, after


def _amount(
    impact: PlannedImpact,
    severity: Floats | float,
    times: Floats | float,
    plus: Floats | float,
    after: Floats | float,
) -> Floats:
    stated = severity * times + plus
    if not impact.may_be_negative:
        stated = np.maximum(stated, 0.0)  # an addition below zero ends the effect, not its sign
    return np.asarray(stated * after)


class _Alike:
    """Strikes whose severity is the same throughout a draw; amounts are (year, draw)."""

    def __init__(self, happened: Floats, severities: dict[str, Floats]) -> None:
        self._happened = happened
        self._severities = severities

    def amounts(self, impact: PlannedImpact, scaling: Scaling) -> Floats:
        amount = _amount(impact, self._severities[impact.name], *scaling)
        return np.broadcast_to(amount, self._happened.shape)

    def sum_by_year(self, amounts: Floats) -> Floats:
        return self._happened * amounts

    def each(self, per_draw: Floats | float) -> Floats | float:
        return per_draw

    def largest_by_year(self, losses: Floats) -> Floats:
        return np.where(self._happened > 0.0, np.maximum(losses, 0.0), 0.0)

    def in_year(self, year: int, losses: Floats) -> EventLosses:
        loss, count = losses[year], self._happened[year]
        draw = np.flatnonzero((loss > 0.0) & (count > 0.0))
        return EventLosses(draw, loss[draw], count[draw])


class _OneByOne:
    """Strikes with a severity of their own; amounts are (event,)."""

    def __init__(self, happened: Floats, events: EventSeverities) -> None:
        self._shape = happened.shape
        self._kept = events.number < happened.ravel()[events.place]
        self._place = events.place[self._kept]
        self._severities = events.severities

    def amounts(self, impact: PlannedImpact, scaling: Scaling) -> Floats:
        here = [np.broadcast_to(part, self._shape).ravel()[self._place] for part in scaling]
        return _amount(impact, self._severities[impact.name][self._kept], *here)

    def sum_by_year(self, amounts: Floats) -> Floats:
        size = self._shape[0] * self._shape[1]
        sums = np.bincount(self._place, amounts, size).astype(np.float64)
        return sums.reshape(self._shape)

    def each(self, per_draw: Floats | float) -> Floats | float:
        return np.broadcast_to(per_draw, self._shape).ravel()[self._place]

    def largest_by_year(self, losses: Floats) -> Floats:
        largest = np.zeros(self._shape[0] * self._shape[1])
        np.maximum.at(largest, self._place, losses)
        return largest.reshape(self._shape)

    def in_year(self, year: int, losses: Floats) -> EventLosses:
        at, draw = np.divmod(self._place, self._shape[1])
        own = (at == year) & (losses > 0.0)
        return EventLosses(draw[own], losses[own], np.ones(np.count_nonzero(own)))


Strikes = _Alike | _OneByOne
