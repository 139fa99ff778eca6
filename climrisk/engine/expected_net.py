"""Expected net of one item by year given what a draw believes: chance averaged out, by formula."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.conditional import expected_occurrence
from climrisk.engine.money import snap
from climrisk.engine.occurrences import EventSeverities, held, intensity
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem
from climrisk.engine.severity import struck
from climrisk.engine.worlds import Worlds

__all__ = ["expected_net"]

Floats = NDArray[np.float64]


def expected_net(
    plan: Plan, item: PlannedItem, world: Worlds, scenario: str, control: str
) -> Floats:
    """Return the expected effect on net, (year, draw), on the money grid [million].

    It is (expected count) x (net effect of one occurrence), before exposure caps. Worlds without
    latents will do, as nothing has to occur.

    Parameters
    ----------
    plan, item
        The plan and one of its items, for which
        `engine.conditional.reason_without_conditional_mean` gives no reason.
    world : Worlds
    scenario, control : str
    """
    belief = held(item, world)
    if item.per_event:
        nowhere = np.empty(0, dtype=np.int64)
        none = {impact.name: np.empty(0) for impact in item.impacts}
        belief = replace(belief, events=EventSeverities(nowhere, nowhere, none))
    likely = intensity(plan, item, belief, world, scenario, control)
    nothing = np.zeros((len(plan.years), len(world.draws)))
    single = struck(plan, item, belief, world, nothing, scenario, control).expected_single
    return snap(expected_occurrence(plan, item, belief, likely) * single, plan.step)
