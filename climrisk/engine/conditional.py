"""Expected effects given what a draw believes: over chance alone, knowledge held.

Knowledge is what is drawn once a draw: climate, growth, likelihood, severity, measures' shares.
Exposure caps are left out, as they are their own subject.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.occurrence import Annual, Once
from climrisk.engine.frequency import expected_part, yearly_probability
from climrisk.engine.occurrences import Believed
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem

__all__ = ["expected_occurrence", "reason_without_conditional_mean"]

Floats = NDArray[np.float64]


def reason_without_conditional_mean(item: PlannedItem) -> str:
    """Return why an item has no closed form of its mean given knowledge, or nothing.

    The mean is (expected count) x (net effect of one occurrence), so that the year's effect must be
    linear in the count and, where severity is drawn per event, in the severity.
    """
    law, policy = item.occurrence, item.insurance
    counted = isinstance(law, Annual) and law.law != "bernoulli"
    if policy is not None and counted and policy.aggregate == "annual":
        return "insurance pays on the year's sum of several events"
    if policy is not None and counted and policy.annual_limit is not None:
        return "insurance has a limit for the year's sum of several events"
    if policy is not None and isinstance(law, Once) and law.ramp > 1:
        return "insurance pays on a layer of an effect that ramps up"
    if not item.per_event:
        return ""
    if policy is not None:
        return "insurance pays on a layer of events that differ in size"
    if any(one.may_be_negative and not one.write_ups_in_net for one in item.impacts):
        return "net counts only the write-downs of a signed asset value"
    added = item.links_on("severity", *(one.name for one in item.impacts))
    if any(link.form != "ratio" for link in added):
        return "an addition may cut single events off at zero"
    return ""


def expected_occurrence(
    plan: Plan, item: PlannedItem, belief: Believed, intensity: Floats
) -> Floats:
    """Return the expected count, or the expected part of the effect, (year, draw).

    Parameters
    ----------
    plan, item, belief
        The plan, one of its items and what the draws believe of it.
    intensity : float64 array (year, draw)
        As `engine.occurrences.intensity` returns it.
    """
    law = item.occurrence
    if not isinstance(law, Once):
        return intensity
    assert belief.likelihood is not None
    first, last = (year - plan.years[0] for year in law.window)
    hazard = np.cumsum(intensity[first : last + 1] / (last - first + 1), axis=0)
    by_then = yearly_probability(belief.likelihood, hazard)
    return expected_part(by_then, law, plan.years[0], len(plan.years))
