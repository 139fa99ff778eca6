"""Plans of some items only: what these do is what they do among all others, to the last bit.

Random numbers belong to the item that they are drawn for, tied or not, and amounts are on one grid.
So an item does the same in any plan that has its ties; only `overlap` needs all items whose losses
are held by the size of an exposure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from climrisk.engine.latents import Tie
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem

__all__ = ["closed", "is_capped", "reduced", "tied_otherwise"]


def closed(plan: Plan, names: Collection[str]) -> frozenset[str]:
    """Return items with all those whose effects cannot be told apart from theirs.

    Parameters
    ----------
    plan : Plan
    names : collection of str
        Item ids; those that the plan lacks are left out. One capped item brings all others.
    """
    capped = {item.id for item in plan.items if is_capped(item)}
    found = {item.id for item in plan.items} & set(names)
    return frozenset(found | capped if found & capped else found)


def tied_otherwise(before: Plan, after: Plan) -> frozenset[str]:
    """Return items whose ties in two plans are not the same."""
    kinds = (
        (before.occurrence_ties, after.occurrence_ties),
        (before.severity_ties, after.severity_ties),
    )
    found: set[str] = set()
    for was, now in kinds:
        same = [one for one in was if any(_is_same(one, other) for other in now)]
        kept = {name for tie in same for name in tie.items}
        found |= {name for tie in (*was, *now) for name in tie.items if name not in kept}
    return frozenset(found)


def _is_same(one: Tie, other: Tie) -> bool:
    arrays = (one.factor, other.factor), (one.persistence, other.persistence)
    same = one.items == other.items and one.df == other.df
    return same and all(np.array_equal(a, b) for a, b in arrays)


def is_capped(item: PlannedItem) -> bool:
    """Return whether the item's losses are held by the size of an exposure."""
    return any(impact.held_by_caps for impact in item.impacts)


def reduced(plan: Plan, names: Collection[str]) -> Plan:
    """Return the plan of some items alone: no costs of measures, no own carbon cost.

    Drivers that move none of them are left out.

    Parameters
    ----------
    plan : Plan
    names : collection of str
        As `closed` returns them. Where none of them is capped, overlap is zero. Their ties stay
        as they are, with the items that are left out.
    """
    kept = tuple(item for item in plan.items if item.id in names)
    of_occurrence, of_severity = (
        tuple(tie for tie in ties if set(tie.items) & set(names))
        for ties in (plan.occurrence_ties, plan.severity_ties)
    )
    linked = {link.driver for item in kept for link in item.links}
    responses = {name: one for name, one in plan.responses.items() if name in linked}
    linked |= {one.parent for one in responses.values()}
    drivers = {name: one for name, one in plan.drivers.items() if name in linked}
    return replace(
        plan,
        items=kept,
        drivers=drivers,
        responses=responses,
        occurrence_ties=of_occurrence,
        severity_ties=of_severity,
        costs=(),
        measures=(),
        own_cost=None,
    )
