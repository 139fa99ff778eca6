"""What the drivers do to an item in each scenario: expected multipliers over a horizon."""

from __future__ import annotations

import numpy as np
import pandas as pd

from climrisk.engine.climate_nodes import ClimateNodes, climate_nodes
from climrisk.engine.multipliers import ratio
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem, PlannedLink

__all__ = ["driver_multipliers"]


def driver_multipliers(plan: Plan, item: str, years: slice) -> pd.DataFrame:
    """Return how each link moves an item, by scenario, on average over `years`.

    Parameters
    ----------
    plan : Plan
    item : str
        Id of an assessed item.
    years : slice
        Positions of the years.

    Returns
    -------
    DataFrame
        Columns `driver, acts_on, form, scenario, base, driver_mean, multiplier`: the driver's
        expected base and mean value in the study's unit, over models and percentiles; the
        multiplier is of ratio links only.
    """
    planned = next(one for one in plan.items if one.id == item)
    nodes = climate_nodes(plan)
    rows = [
        _row(plan, planned, link, nodes, scenario, years)
        for link in planned.links
        for scenario in plan.scenarios
    ]
    columns = ["driver", "acts_on", "form", "scenario", "base", "driver_mean", "multiplier"]
    return pd.DataFrame(rows, columns=columns)


def _row(
    plan: Plan,
    item: PlannedItem,
    link: PlannedLink,
    nodes: ClimateNodes,
    scenario: str,
    years: slice,
) -> tuple[str, str, str, str, float, float, float]:
    climate = nodes.climate
    path = climate.paths[scenario, link.driver][years]
    times = np.asarray(ratio(plan, item, (link,), climate, scenario))
    multiplier = float((times[years] @ nodes.weights).mean()) if link.form == "ratio" else np.nan
    base = float(climate.base[link.driver] @ nodes.weights)
    mean = float((path @ nodes.weights).mean())
    return link.driver, link.acts_on, link.form, scenario, base, mean, multiplier
