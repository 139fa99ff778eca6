"""What links and measures do to a rate, a probability or a severity, by year and draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedEffect, PlannedItem, PlannedLink
from climrisk.engine.worlds import Climate
from climrisk.names import BASE_YEAR_SCENARIO
from climrisk.portable.arrays import power

__all__ = ["addition", "control_factor", "ratio"]

Floats = NDArray[np.float64]


def ratio(
    plan: Plan, item: PlannedItem, links: Iterable[PlannedLink], climate: Climate, scenario: str
) -> Floats | float:
    """Return the product of the ratio links, (year, draw), or 1.0 where there are none.

    Each is (driver / base) ** elasticity over its mean in the frame's period under the frame's
    conditions, in the same draw, so that the estimate holds where it was made.
    """
    factor: Floats | float = 1.0
    for link in links:
        if link.form != "ratio":
            continue
        base = climate.base[link.driver]
        response = power(climate.paths[scenario, link.driver] / base, link.elasticity)
        if item.conditions != BASE_YEAR_SCENARIO:
            framed = power(_in_frame(plan, item, link, climate) / base, link.elasticity)
            response = response / _mean_over_years(framed)
        factor = factor * response
    return factor


def addition(
    plan: Plan,
    item: PlannedItem,
    links: Iterable[PlannedLink],
    climate: Climate,
    scenario: str,
    per_unit: Mapping[str, Floats],
) -> Floats | float:
    """Return the sum of the difference and level links, (year, draw), or 0.0 without any.

    A difference is taken from the driver's mean in the frame's period under its conditions.

    Parameters
    ----------
    plan, item, links, climate, scenario
        As for `ratio`.
    per_unit : mapping of link purpose to float64 array (draw,) or (1,)
        Change for one unit of the driver.
    """
    total: Floats | float = 0.0
    for link in links:
        if link.form == "ratio":
            continue
        driver = climate.paths[scenario, link.driver]
        if link.form == "difference":
            framed = item.conditions != BASE_YEAR_SCENARIO
            origin = (
                _mean_over_years(_in_frame(plan, item, link, climate))
                if framed
                else climate.base[link.driver]
            )
            driver = driver - origin
        total = total + per_unit[link.purpose] * driver
    return total


def _in_frame(plan: Plan, item: PlannedItem, link: PlannedLink, climate: Climate) -> Floats:
    """Return the driver in the frame's years under the frame's conditions, (year, draw)."""
    path = climate.paths[item.conditions, link.driver]
    first, last = (max(year - plan.years[0], -1) for year in item.period)
    rows = [climate.base[link.driver]] * (first < 0)
    return np.vstack([*rows, path[max(first, 0) : last + 1]])


def _mean_over_years(values: Floats) -> Floats:
    """Return the mean of (year, draw) over years, added in their order whatever the block size."""
    return np.asarray(np.cumsum(values, axis=0)[-1] / values.shape[0])


def control_factor(
    effects: Iterable[PlannedEffect], shares: Mapping[tuple[str, str], Floats], years: int
) -> Floats | float:
    """Return the product of (1 - share) or (1 + share) from each measure's first year.

    Under `inherent` it is the inverse: what the existing controls take off is put back.

    Parameters
    ----------
    effects : iterable of PlannedEffect
        Measures on one target, under one control.
    shares : mapping of (measure, target) to float64 array (draw,)
        Share of each measure on each target.
    years : int
        Number of simulated years.

    Returns
    -------
    float64 array (year, draw), or 1.0 without effects
    """
    factor: Floats | float = 1.0
    for effect in effects:
        operates = (np.arange(years) >= effect.first)[:, None]
        share = shares[effect.measure, effect.acts_on]
        change = 1.0 + effect.sign * share
        factor = factor * np.where(operates, 1.0 / change if effect.inverse else change, 1.0)
    return factor
