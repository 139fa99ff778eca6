"""Net present values, entity by entity on the money grid, so that parts add up to totals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.money import snap
from climrisk.engine.plan import Plan

__all__ = ["present_value"]

Floats = NDArray[np.float64]


def present_value(plan: Plan, net: Floats) -> Floats:
    """Return the sum over all years of factor times net, (entity, draw), on the money grid.

    Parameters
    ----------
    plan : Plan
        Its factors are (1 + r) ** -(year - base_year).
    net : float64 array (entity, year, draw)
        Net effects [million].
    """
    discounted = np.zeros((net.shape[0], net.shape[2]))
    for year, factor in enumerate(plan.discount):
        discounted += factor * net[:, year]
    return snap(discounted, plan.step)
