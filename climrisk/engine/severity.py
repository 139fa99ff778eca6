"""Amounts of one item in one scenario under one control, by impact, year and draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.multipliers import addition, ratio
from climrisk.engine.occurrences import Believed, EventSeverities, factor_on
from climrisk.engine.plan import Plan
from climrisk.engine.planned_items import PlannedImpact, PlannedItem
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
    """

    effects: tuple[Floats, ...]
    largest_event: Floats


def struck(
    plan: Plan,
    item: PlannedItem,
    belief: Believed,
    world: Worlds,
    happened: Floats,
    scenario: str,
    control: str,
) -> Struck:
    """Return the effects of the occurrences `happened`, (year, draw)."""
    scaled = [
        _scaling(plan, item, impact, belief, world, scenario, control) for impact in item.impacts
    ]
    if belief.events is not None:
        return _per_event(item, scaled, belief.events, happened)
    units = [
        impact.sign * _amount(impact, belief.severities[impact.name], *scaling)
        for impact, scaling in zip(item.impacts, scaled, strict=True)
    ]
    one_event = sum((net_part(i, u) for i, u in zip(item.impacts, units, strict=True)), 0.0)
    largest = np.where(happened > 0.0, np.maximum(-one_event, 0.0), 0.0)
    return Struck(tuple(happened * unit for unit in units), largest)


def net_part(impact: PlannedImpact, effect: Floats) -> Floats:
    """Return the part of an effect that reaches net, of the same shape [million]."""
    reaching = effect if impact.write_ups_in_net else np.minimum(effect, 0.0)
    return impact.margin * reaching


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
    severity: Floats,
    times: Floats | float,
    plus: Floats | float,
    after: Floats | float,
) -> Floats:
    stated = severity * times + plus
    if not impact.may_be_negative:
        stated = np.maximum(stated, 0.0)  # an addition below zero ends the effect, not its sign
    return np.asarray(stated * after)


def _per_event(
    item: PlannedItem, scaled: list[Scaling], events: EventSeverities, happened: Floats
) -> Struck:
    kept = events.number < happened.ravel()[events.place]
    place = events.place[kept]
    units = []
    for impact, scaling in zip(item.impacts, scaled, strict=True):
        here = [np.broadcast_to(part, happened.shape).ravel()[place] for part in scaling]
        units.append(impact.sign * _amount(impact, events.severities[impact.name][kept], *here))
    effects = tuple(
        np.bincount(place, unit, happened.size).astype(np.float64).reshape(happened.shape)
        for unit in units
    )
    one_event = sum((net_part(i, u) for i, u in zip(item.impacts, units, strict=True)), 0.0)
    largest = np.zeros(happened.size)
    np.maximum.at(largest, place, -one_event)
    return Struck(effects, largest.reshape(happened.shape))
