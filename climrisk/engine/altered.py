"""Worlds with some of what the draws believe stated instead of drawn; all else stays as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.drivers import Picks
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import Worlds, climate, sizes

__all__ = ["stated_worlds", "with_knowledge", "with_picks"]

Floats = NDArray[np.float64]
Key = tuple[str, str]


def with_knowledge(plan: Plan, world: Worlds, stated: Mapping[Key, float]) -> Worlds:
    """Return the worlds in which every draw holds the stated quantiles.

    A tied quantile is set alone: those that it is tied to stay where they were.

    Parameters
    ----------
    plan : Plan
    world : Worlds
    stated : mapping of (owner, purpose) to float
        Quantiles in (0, 1), of inputs that the worlds have.
    """
    count = len(world.draws)
    known = {**world.knowledge, **{key: np.full(count, one) for key, one in stated.items()}}
    grows = any(purpose == "growth" for _, purpose in stated)
    found = sizes(plan, known, count) if grows else world.sizes
    return replace(world, knowledge=known, sizes=found)


def with_picks(plan: Plan, world: Worlds, picks: Picks) -> Worlds:
    """Return the worlds with other models or percentiles of climate."""
    return replace(world, climate=climate(plan, picks))


def stated_worlds(plan: Plan, knowledge: Mapping[Key, Floats], picks: Picks) -> Worlds:
    """Return worlds in which everything is stated and nothing occurs yet: they have no latents.

    Parameters
    ----------
    plan : Plan
    knowledge : mapping of (owner, purpose) to float64 array (draw,)
        Quantiles in (0, 1); what is left out of the plan's inputs is certain, so that it has the
        same value at every quantile.
    picks : Picks
        Model and percentile of each draw.
    """
    count = picks.score.size
    middle = np.full(count, 0.5)
    known = defaultdict(lambda: middle, knowledge)
    return Worlds(range(count), climate(plan, picks), sizes(plan, known, count), known, {})
