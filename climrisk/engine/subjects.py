"""Subjects: what results are told of; items, categories, and the totals made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.plan import Plan
from climrisk.names import (
    CARBON_COST,
    CHANNELS,
    MEASURES,
    OPPORTUNITIES,
    OPPORTUNITY_CATEGORIES,
    OVERLAP,
    RISK_CATEGORIES,
    RISKS,
    TOTAL,
    TOTAL_BEFORE_MEASURES,
)

__all__ = ["Subject", "entity_names", "subjects", "summed"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Subject:
    """One thing that results are told of.

    Parameters
    ----------
    name : str
        Item id, category or total.
    members : tuple of int
        Positions of the kernel's entities that it sums.
    measured : tuple of int
        Positions of the channels that its members can touch, and of net.
    side : int
        -1 where its bad side matters, +1 where its good side does.
    """

    name: str
    members: tuple[int, ...]
    measured: tuple[int, ...]
    side: int

    def sum_into(self, amounts: Floats, total: Floats) -> None:
        """Put the exact sum over the members of `amounts`, (entity, ...), into `total`, (...)."""
        total[...] = amounts[self.members[0]] if self.members else 0.0
        for member in self.members[1:]:
            total += amounts[member]


def summed(told: Sequence[Subject], amounts: Floats) -> Floats:
    """Return the sums of several subjects, (entity, ...) -> (subject, ...)."""
    totals = np.empty((len(told), *amounts.shape[1:]))
    for subject, total in zip(told, totals, strict=True):
        subject.sum_into(amounts, total)
    return totals


def entity_names(plan: Plan) -> list[str]:
    """Return the names of the entities that effects are booked on, in their order."""
    own = [] if plan.own_cost is None else [CARBON_COST]
    return [*(item.id for item in plan.items), OVERLAP, MEASURES, *own]


def subjects(plan: Plan) -> tuple[Subject, ...]:
    """Return the plan's subjects: items, categories, then risks to total."""
    items = plan.items
    overlap, costs = plan.overlap_row, plan.measures_row
    found = [_subject(plan, item.id, (n,), item.side) for n, item in enumerate(items)]
    for category in (*RISK_CATEGORIES, *OPPORTUNITY_CATEGORIES):
        members = tuple(n for n, item in enumerate(items) if item.category == category)
        if members:
            found.append(_subject(plan, category, members, items[members[0]].side))
    risks = tuple(n for n, item in enumerate(items) if item.kind == "risk")
    chances = tuple(n for n, item in enumerate(items) if item.kind == "opportunity")
    own = () if plan.own_cost is None else (plan.carbon_row,)
    everything = (*range(len(items)), overlap, *own)
    return (
        *found,
        _subject(plan, RISKS, risks, -1),
        _subject(plan, OPPORTUNITIES, chances, 1),
        _subject(plan, OVERLAP, (overlap,), 1),
        _subject(plan, MEASURES, (costs,), -1),
        *(_subject(plan, CARBON_COST, (row,), -1) for row in own),
        _subject(plan, TOTAL_BEFORE_MEASURES, everything, -1),
        _subject(plan, TOTAL, (*everything, costs), -1),
    )


def _subject(plan: Plan, name: str, members: tuple[int, ...], side: int) -> Subject:
    touched = {len(CHANNELS)}
    for member in members:
        if member < len(plan.items):
            touched |= {impact.channel for impact in plan.items[member].impacts}
        elif member in (plan.measures_row, plan.carbon_row):
            touched |= {CHANNELS.index("operating_cost")}
        else:
            touched |= _capped(plan)
    return Subject(name, members, tuple(sorted(touched)), side)


def _capped(plan: Plan) -> set[int]:
    return {impact.channel for item in plan.items for impact in item.impacts if impact.held_by_caps}
