"""Plans of some items only: what these do is what they do among all others, to the last bit.

Random numbers belong to the item that they are drawn for, and amounts are on one grid. So an item
does the same in any plan that holds what its draws depend on: the items that it is tied to, and for
`overlap` all items whose losses are held by the size of an exposure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem

__all__ = ["closed", "is_capped", "reduced"]


def closed(plan: Plan, names: Collection[str]) -> frozenset[str]:
    """Return items with all those that they are tied to, directly or through others.

    Parameters
    ----------
    plan : Plan
    names : collection of str
        Item ids; those that the plan lacks are left out.
    """
    groups = [set(tie.items) for tie in (*plan.occurrence_ties, *plan.severity_ties)]
    groups.append({item.id for item in plan.items if is_capped(item)})
    found = {item.id for item in plan.items} & set(names)
    while True:
        joined = found.union(*(group for group in groups if group & found))
        if joined == found:
            return frozenset(found)
        found = joined


def is_capped(item: PlannedItem) -> bool:
    """Return whether the item's losses are held by the size of an exposure."""
    return any(impact.held_by_caps for impact in item.impacts)


def reduced(plan: Plan, names: Collection[str]) -> Plan:
    """Return the plan of some items alone: no costs of measures, no own carbon cost.

    Parameters
    ----------
    plan : Plan
    names : collection of str
        As `closed` returns them. Where none of them is capped, overlap is zero.
    """
    kept = tuple(item for item in plan.items if item.id in names)
    of_occurrence, of_severity = (
        tuple(tie for tie in ties if set(tie.items) <= set(names))
        for ties in (plan.occurrence_ties, plan.severity_ties)
    )
    return replace(
        plan,
        items=kept,
        occurrence_ties=of_occurrence,
        severity_ties=of_severity,
        costs=(),
        measures=(),
        own_cost=None,
    )
