"""Models and percentiles as quadrature nodes: the climate without chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.drivers import Picks
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import Climate, climate
from climrisk.portable.arrays import normal_cdf, normal_quantile

__all__ = ["ClimateNodes", "climate_nodes"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ClimateNodes:
    """Models and percentiles as quadrature nodes instead of draws.

    Parameters
    ----------
    climate : Climate
        Drivers at the nodes.
    weights : float64 array (node,)
        Probability of each node; they sum to 1.
    """

    climate: Climate
    weights: Floats


def climate_nodes(plan: Plan, nodes: int = 6) -> ClimateNodes:
    """Return composite Gauss-Legendre nodes over percentiles, for every model.

    The percentile axis is cut where a series has a kink: at its stated percentiles.
    """
    stated = {0.0, 1.0, *np.linspace(0.1, 0.9, 17).tolist()}
    for driver in plan.drivers.values():
        for series in (driver.base, *driver.own.values()):
            if series.scores is not None:
                stated |= set(normal_cdf(series.scores).tolist())
    edges = np.array(sorted(stated))
    points, weights = np.polynomial.legendre.leggauss(nodes)
    half = np.diff(edges) / 2.0
    percentile = (edges[:-1, None] + half[:, None] * (1.0 + points)).ravel()
    weight = (half[:, None] * weights).ravel()
    models = max(len(plan.models), 1)
    picks = Picks(
        np.repeat(np.arange(models), percentile.size), np.tile(normal_quantile(percentile), models)
    )
    return ClimateNodes(climate(plan, picks), np.tile(weight, models) / models)
