"""Which figures are the same by construction, so that they are counted once.

An item that no driver and no measure moves does the same in several runs; a category of one item is
that item. What sums the same effects has the same statistics to the last bit.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.occurrence import Annual
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import Subject
from climrisk.engine.variants import runs, variants
from climrisk.names import BASE_YEAR_SCENARIO, HEADLINES

__all__ = ["Sharing", "alike_entities", "sharing"]

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Sharing:
    """What is counted for what.

    Parameters
    ----------
    runs : tuple of (scenario, control)
        In the order in which blocks yield them.
    run, subject : int64 arrays (run, subject)
        The first run, and the first subject in it, whose effects are the same, and the same in
        scenario `base_year` as well.
    knowledge, events : int64 arrays (run,)
        The first run with the same effects of all items; of all annual risks.
    """

    runs: tuple[tuple[str, str], ...]
    run: Integers
    subject: Integers
    knowledge: Integers
    events: Integers

    def own(self, run: int) -> NDArray[np.bool_]:
        """Return whether a run's subjects are counted in it for themselves, (subject,)."""
        itself = self.subject[run] == np.arange(self.subject.shape[1])
        return np.asarray(itself & (self.run[run] == run))


def sharing(plan: Plan, told: Sequence[Subject]) -> Sharing:
    """Return what is counted for what.

    Parameters
    ----------
    plan : Plan
    told : sequence of Subject
        What results are told of.
    """
    among = runs(plan)
    alike = alike_entities(plan, told)
    base = [among.index((BASE_YEAR_SCENARIO, control)) for _, control in among]
    first: dict[Hashable, tuple[int, int]] = {}
    found = np.empty((2, len(among), len(told)), dtype=np.int64)
    for run in range(len(among)):
        for number, one in enumerate(told):
            effects = tuple((alike[run][m], alike[base[run]][m]) for m in one.members)
            # headlines are counted in finer bins than the others
            key = (one.members, one.side, one.name in HEADLINES, effects)
            found[:, run, number] = first.setdefault(key, (run, number))
    same = variants(plan)
    annual = [
        n
        for n, item in enumerate(plan.items)
        if item.side < 0 and isinstance(item.occurrence, Annual)
    ]
    return Sharing(among, found[0], found[1], _first(same), _first(same[annual]))


def _first(same: Integers) -> Integers:
    """Return the first run with the same variants of several items, (item, run) -> (run,)."""
    seen: dict[bytes, int] = {}
    return np.array(
        [seen.setdefault(one.tobytes(), n) for n, one in enumerate(np.ascontiguousarray(same.T))]
    )


def alike_entities(plan: Plan, told: Sequence[Subject]) -> list[dict[int, Hashable]]:
    """Return what an entity's effects depend on, by run; entities not known here by the run."""
    same = variants(plan)
    capped = [
        n
        for n, item in enumerate(plan.items)
        if any(impact.subject_to is not None for impact in item.impacts)
    ]
    members = sorted({member for one in told for member in one.members})
    found: list[dict[int, Hashable]] = []
    for run, (_, control) in enumerate(runs(plan)):
        costs = tuple(n for n, cost in enumerate(plan.costs) if control in cost.controls)
        of: dict[int, Hashable] = dict.fromkeys(members, run)
        of |= {item: int(same[item, run]) for item in range(len(plan.items))}
        of |= {plan.overlap_row: tuple(same[capped, run].tolist()), plan.measures_row: costs}
        found.append(of)
    return found
