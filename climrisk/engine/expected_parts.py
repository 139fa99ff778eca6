"""Expected values of what an item's effect is made of: occurrence, severity, measures, exposure."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.occurrence import Annual, Once
from climrisk.domain.quantities import Quantity
from climrisk.engine.climate_nodes import ClimateNodes
from climrisk.engine.frequency import expected_part, yearly_probability
from climrisk.engine.means import mean_of
from climrisk.engine.multipliers import addition, ratio
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedEffect, PlannedImpact, PlannedItem, PlannedLink
from climrisk.portable.arrays import normal_cdf

__all__ = ["is_smooth", "mean_exposure", "mean_occurrence", "mean_severity", "measures_left"]

Floats = NDArray[np.float64]

_NEGLIGIBLE = 1e-18
"""Weight of a quadrature node that changes no chance."""


@cache
def _normal_nodes() -> tuple[Floats, Floats]:
    scores, weights = np.polynomial.hermite_e.hermegauss(80)
    return scores, weights


@lru_cache(maxsize=1024)
def _over_knowledge(stated: Quantity) -> tuple[Floats, Floats]:
    """Return values of a quantity at Gauss-Hermite nodes in normal scores, and their weights."""
    scores, weights = _normal_nodes()
    inside = np.clip(normal_cdf(scores), 1e-300, 1.0 - 2.0**-53)
    return stated.ppf(inside), weights / weights.sum()


@lru_cache(maxsize=1024)
def is_smooth(stated: Quantity) -> bool:
    """Return whether the nodes give the quantity's own mean: they miss steps and gaps."""
    values, weights = _over_knowledge(stated)
    mean = mean_of(stated)
    spread = float(np.sqrt(weights @ (values - mean) ** 2))
    return abs(float(weights @ values) - mean) <= 1e-6 * max(spread, abs(mean))


def _mean_additions(
    plan: Plan,
    item: PlannedItem,
    links: tuple[PlannedLink, ...],
    nodes: ClimateNodes,
    scenario: str,
    lowest_stated: Floats,
) -> Floats | float | str:
    """Return the expected addition at each node, or text where the sum might fall below zero."""
    added = [link for link in links if link.per_unit is not None]
    lowest = lowest_stated
    mean: Floats | float = 0.0
    for link in added:
        assert link.per_unit is not None
        ends = [
            np.asarray(
                addition(
                    plan, item, (link,), nodes.climate, scenario, {link.purpose: np.array([end])}
                )
            )
            for end in link.per_unit.support
            if np.isfinite(end)
        ]
        if len(ends) < 2:
            return "unbounded"
        lowest = lowest + np.minimum(ends[0], ends[1])
        at_mean = {link.purpose: np.array([mean_of(link.per_unit)])}
        mean = mean + addition(plan, item, (link,), nodes.climate, scenario, at_mean)
    return "negative" if added and np.any(lowest < 0.0) else mean


def mean_occurrence(
    plan: Plan, item: PlannedItem, nodes: ClimateNodes, scenario: str
) -> Floats | str:
    """Return the expected count or part of the effect, (year, node), or text without a form."""
    links = item.links_on("rate", "probability")
    shape = (len(plan.years), nodes.weights.size)
    times = np.broadcast_to(ratio(plan, item, links, nodes.climate, scenario), shape)
    law = item.occurrence
    if isinstance(law, Once):
        return _expected_once(plan, law, times)
    if not isinstance(law, Annual):
        return np.ones(shape)
    if law.law == "bernoulli":
        return _mean_probability(law.likelihood, times)
    lowest = law.likelihood.support[0] * times
    plus = _mean_additions(plan, item, links, nodes, scenario, lowest)
    return plus if isinstance(plus, str) else mean_of(law.likelihood) * times + plus


def _expected_once(plan: Plan, law: Once, times: Floats) -> Floats:
    first, last = (year - plan.years[0] for year in law.window)
    reached = np.cumsum(times[first : last + 1], axis=0) / (last - first + 1)
    by_then = _mean_probability(law.probability, reached)
    return expected_part(by_then, law, plan.years[0], len(plan.years))


def _mean_probability(stated: Quantity, times: Floats) -> Floats:
    """Return the chance over knowledge of what `times` makes of it, (year, node)."""
    known = _over_knowledge(stated)
    counts = known[1] > _NEGLIGIBLE  # a chance is at most 1
    values, weights = (one[counts, None, None] for one in known)
    # one value after the other, as they are laid out: the sum does not depend on the machine
    return np.asarray(np.add.reduce(weights * yearly_probability(values, times), axis=0))


def mean_severity(
    plan: Plan, item: PlannedItem, impact: PlannedImpact, nodes: ClimateNodes, scenario: str
) -> Floats | str:
    """Return the expected amount [million] or share for one occurrence, (year, node), or text."""
    links = item.links_on("severity", impact.name)
    shape = (len(plan.years), nodes.weights.size)
    times = np.broadcast_to(ratio(plan, item, links, nodes.climate, scenario), shape)
    lowest = impact.severity.support[0] * times
    if impact.may_be_negative:
        lowest = np.full(shape, np.inf)
    plus = _mean_additions(plan, item, links, nodes, scenario, lowest)
    return plus if isinstance(plus, str) else mean_of(impact.severity) * times + plus


def measures_left(plan: Plan, item: PlannedItem, impact: PlannedImpact, control: str) -> Floats:
    """Return the expected product of (1 + sign share), (year,); one belief for each measure."""
    targets = ("rate", "probability", "severity", impact.name)
    by_measure: dict[str, list[PlannedEffect]] = {}
    for effect in item.effects_on(control, *targets):
        by_measure.setdefault(effect.measure, []).append(effect)
    left = np.ones(len(plan.years))
    for effects in by_measure.values():
        product: Floats = np.ones(1)
        for effect in effects:
            values, weights = _over_knowledge(effect.share)
            change = 1.0 + effect.sign * values
            product = product * (1.0 / change if effect.inverse else change)
        operates = np.arange(len(plan.years)) >= effects[0].first
        left = left * np.where(operates, float(np.sum(weights * product)), 1.0)
    return left


def mean_exposure(plan: Plan, impact: PlannedImpact) -> Floats:
    """Return the expected exposure of a share [million], (year,); 1 for an amount."""
    ages = np.arange(1, len(plan.years) + 1)
    if not impact.is_share or impact.subject_to is None:
        return np.ones(ages.size)
    exposure = plan.settings.subject_value(impact.subject_to)
    if exposure.growth is None:
        return np.full(ages.size, exposure.value.value)
    values, weights = _over_knowledge(exposure.growth)
    return exposure.value.value * (weights @ np.maximum(1.0 + values[:, None], 0.0) ** ages)
