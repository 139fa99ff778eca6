"""Variants of an item: runs in which nothing that it depends on differs; one stands for all.

An item without links does the same in every scenario, and one that no measure acts on under every
control. What is equal is worked out once from the plan, then simulated and counted once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = ["first_alike", "runs", "variants"]

Run = tuple[str, str]
"""Scenario and control."""


def runs(plan: Plan) -> tuple[Run, ...]:
    """Return the scenario and control of each run, in the order in which blocks are yielded."""
    return tuple((scenario, control) for scenario in plan.scenarios for control in plan.controls)


@lru_cache(maxsize=8)  # asked for by all that is counted once
def variants(plan: Plan) -> NDArray[np.int64]:
    """Return the first run in which each item does exactly what it does in a run.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    int64 array (item, run)
        Positions among `runs(plan)`: scenario by scenario, and control by control within each;
        not to be written to.
    """
    found = first_alike(plan, runs(plan))
    found.flags.writeable = False
    return found


def first_alike(plan: Plan, among: Sequence[Run]) -> NDArray[np.int64]:
    """Return what `variants` does for runs of any scenarios and controls, (item, run)."""
    found = np.empty((len(plan.items), len(among)), dtype=np.int64)
    paths = _alike_paths(plan)
    for number, item in enumerate(plan.items):
        seen: dict[tuple[object, ...], int] = {}
        for run, (scenario, control) in enumerate(among):
            moved = (
                tuple(paths[scenario, link.driver] for link in item.links),
                _acting(item, control),
            )
            found[number, run] = seen.setdefault(moved, run)
    return found


def _acting(item: PlannedItem, control: str) -> tuple[int, ...]:
    """Return the positions of the measures' effects that act under a control."""
    return tuple(n for n, effect in enumerate(item.effects) if control in effect.controls)


def _alike_paths(plan: Plan) -> dict[Run, str]:
    """Return the first scenario with exactly the same path, by scenario and driver."""
    found: dict[Run, str] = {}
    for name, driver in plan.drivers.items():
        seen: dict[bytes, str] = {}
        for scenario in plan.conditions:
            path = b"held"
            if scenario != BASE_YEAR_SCENARIO:
                own = driver.own[scenario]
                scores = b"" if own.scores is None else own.scores.tobytes()
                parts = (own.values.tobytes(), scores, driver.base_weight[scenario].tobytes())
                path = b"|".join(parts)
            found[scenario, name] = seen.setdefault(path, scenario)
    for name, response in plan.responses.items():
        for scenario in plan.conditions:
            found[scenario, name] = found[scenario, response.parent]
    return found
