"""Exact expected effects, against which every run's Monte Carlo means are tested.

The expectation is taken over models, percentiles, knowledge and occurrence by quadrature and closed
forms; exposure caps are left out, as they are their own subject. Where no exact form exists, the
reason is given instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.occurrence import Annual, Once
from climrisk.domain.quantities import Quantity
from climrisk.engine.climate_nodes import ClimateNodes
from climrisk.engine.expected_parts import (
    is_smooth,
    mean_exposure,
    mean_occurrence,
    mean_severity,
    measures_left,
)
from climrisk.engine.means import mean_of
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedImpact, PlannedItem
from climrisk.names import CHANNELS

__all__ = [
    "REASONS",
    "MeanFactors",
    "Undiminished",
    "expected_effects",
    "mean_factors",
    "undiminished",
]

Floats = NDArray[np.float64]

REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hazard_once": "a measure acts on the hazard of an item that occurs once",
        "beyond_one": "a probability may rise beyond one, where it is cut off",
        "insured": "insurance pays on a layer of the loss",
        "signed_value": "net counts only the write-downs of a signed asset value",
        "steps": "a stated likelihood, share or growth has steps or gaps that quadrature misses",
        "below_zero": "an addition may fall below zero, where it is cut off",
    }
)
"""Why an item has no exact mean, by short name."""

Undiminished = tuple[Floats, ...] | str
"""Expected occurrences times severity of each impact, (year,); or why they are not known."""


def undiminished(plan: Plan, item: PlannedItem, nodes: ClimateNodes, scenario: str) -> Undiminished:
    """Return what an item's impacts come to before measures, pass-through and exposures.

    Parameters
    ----------
    plan, item, nodes
        The plan, one of its items and the climate as quadrature nodes.
    scenario : str
        What is expected.
    """
    often = mean_occurrence(plan, item, nodes, scenario)
    found: list[Floats] = []
    for impact in item.impacts:
        severity = mean_severity(plan, item, impact, nodes, scenario)
        if isinstance(often, str) or isinstance(severity, str):
            return REASONS["below_zero"]
        found.append((often * severity) @ nodes.weights)
    return tuple(found)


def expected_effects(
    plan: Plan, item: PlannedItem, control: str, before: Callable[[], Undiminished]
) -> Floats | str:
    """Return the exact expected effects, (channel and net, year) [million], or why there are none.

    Parameters
    ----------
    plan, item
        The plan and one of its items.
    control : str
        Under which measures.
    before : callable
        Returns `undiminished` of the scenario; the same for every control.
    """
    means = _no_closed_form(plan, item, control) or before()
    if isinstance(means, str):
        return means
    effects = np.zeros((len(CHANNELS) + 1, len(plan.years)))
    for impact, mean in zip(item.impacts, means, strict=True):
        left = measures_left(plan, item, impact, control) * _borne(impact)
        per_year = mean * left * mean_exposure(plan, impact)
        effects[impact.channel] += impact.sign * per_year
        effects[-1] += _to_net(impact) * per_year
    return effects


@dataclass(frozen=True, eq=False)
class MeanFactors:
    """Factors whose product is the exact expected effect of an impact on net [million].

    Attributes
    ----------
    impact : str
    subject_to : str or None
        Exposure or revenue line that a share falls on.
    occurrence : float64 array (year,)
        Expected count of the year, or expected part of the effect that is there.
    severity : float64 array (year,)
        Expected amount [million] or share for one occurrence, under the driver's paths in which
        it occurs: their means are weighted by occurrence, so that the product is exact also where
        one driver moves both.
    measures : float64 array (year,)
        Part that measures leave.
    borne : float
        Part that customers do not bear.
    exposure : float64 array (year,)
        Expected exposure [million]; 1 where the severity is an amount.
    to_net : float
        Sign and margin.
    """

    impact: str
    subject_to: str | None
    occurrence: Floats
    severity: Floats
    measures: Floats
    borne: float
    exposure: Floats
    to_net: float


def mean_factors(
    plan: Plan, item: PlannedItem, control: str, nodes: ClimateNodes, scenario: str
) -> tuple[MeanFactors, ...] | str:
    """Return the factors of every impact's exact expected effect on net, or why there are none.

    Parameters
    ----------
    plan, item, control, nodes, scenario
        As for `expected_effects` and `undiminished`.
    """
    means = _no_closed_form(plan, item, control) or undiminished(plan, item, nodes, scenario)
    often = mean_occurrence(plan, item, nodes, scenario)
    if isinstance(means, str):
        return means
    assert not isinstance(often, str)  # else `undiminished` has said why
    count = often @ nodes.weights
    never = count == 0.0
    return tuple(
        MeanFactors(
            impact.name,
            impact.subject_to if impact.is_share else None,
            count,
            np.where(never, mean_of(impact.severity), mean / np.where(never, 1.0, count)),
            measures_left(plan, item, impact, control),
            _borne(impact),
            mean_exposure(plan, impact),
            _to_net(impact),
        )
        for impact, mean in zip(item.impacts, means, strict=True)
    )


def _borne(impact: PlannedImpact) -> float:
    """Return the expected part that customers do not bear."""
    return 1.0 if impact.pass_through is None else 1.0 - mean_of(impact.pass_through)


def _to_net(impact: PlannedImpact) -> float:
    """Return sign and margin of the way into net; write-ups may not reach it."""
    reaches = impact.sign < 0 or impact.write_ups_in_net
    return impact.sign * impact.margin * reaches


def _no_closed_form(plan: Plan, item: PlannedItem, control: str) -> str:
    if isinstance(item.occurrence, Once) and item.effects_on(control, "rate", "probability"):
        return REASONS["hazard_once"]
    on_probability = item.effects_on(control, "probability")
    if any(one.inverse or one.sign > 0 for one in on_probability):
        return REASONS["beyond_one"]
    if item.insurance is not None:
        return REASONS["insured"]
    signed = [i for i in item.impacts if i.may_be_negative and not i.write_ups_in_net]
    if signed:
        return REASONS["signed_value"]
    smooth = all(is_smooth(one) for one in _integrated(plan, item, control))
    return "" if smooth else REASONS["steps"]


def _integrated(plan: Plan, item: PlannedItem, control: str) -> Iterator[Quantity]:
    """Yield the quantities whose expectation is taken by quadrature, not by their mean."""
    law = item.occurrence
    if isinstance(law, Once) or (isinstance(law, Annual) and law.law == "bernoulli"):
        yield law.likelihood
    targets = ("rate", "probability", "severity", *(impact.name for impact in item.impacts))
    for effect in item.effects_on(control, *targets):
        yield effect.share
    for impact in item.impacts:
        if impact.is_share and impact.subject_to is not None:
            growth = plan.settings.subject_value(impact.subject_to).growth
            if growth is not None:
                yield growth
