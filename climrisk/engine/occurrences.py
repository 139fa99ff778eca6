"""Occurrences of one item in one scenario under one control."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.occurrence import Annual, Once
from climrisk.engine.frequency import (
    LARGEST_RATE,
    bernoulli,
    negative_binomial,
    once,
    poisson,
    yearly_probability,
)
from climrisk.engine.multipliers import addition, control_factor, ratio
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem, with_measure
from climrisk.engine.streams import events, stream, yearly
from climrisk.engine.worlds import Worlds
from climrisk.errors import AmountOverflowError
from climrisk.portable.arrays import Draws, draw_numbers, normal_cdf, normal_quantile

__all__ = [
    "EVENT_SEVERITY",
    "Believed",
    "EventSeverities",
    "believed",
    "factor_on",
    "happening",
    "held",
    "intensity",
    "occurrences",
    "severities_at",
    "severities_by_event",
]

Floats = NDArray[np.float64]
FREQUENCY = ("rate", "probability")
EVENT_SEVERITY = "event severity"
"""Purpose of the stream of single events' quantiles."""


@dataclass(frozen=True)
class Believed:
    """What one draw believes of one item: shared by scenarios and controls.

    Parameters
    ----------
    likelihood : float64 array (draw,) or None
        Probability or rate; None for ongoing items.
    latent : float64 array (year, draw), (draw,) or None
        Uniforms that decide occurrence.
    severities : mapping of impact to float64 array (draw,)
        Amount [million] or share; empty where severity is drawn per event.
    per_unit : mapping of link purpose to float64 array (draw,)
        Change for one unit of a driver.
    shares : mapping of (measure, target) to float64 array (draw,)
        Shares of the measures on this item.
    pass_through : mapping of impact to float64 array (draw,)
        Part of the effect that customers bear; impacts without one are left out.
    events : EventSeverities or None
        Where severity is drawn per event, the severities of the most events of any scenario.
    """

    likelihood: Floats | None
    latent: Floats | None
    severities: dict[str, Floats]
    per_unit: dict[str, Floats]
    shares: dict[tuple[str, str], Floats]
    pass_through: dict[str, Floats]
    events: EventSeverities | None = None


@dataclass(frozen=True)
class EventSeverities:
    """Severities of single events, in order of place and number.

    Parameters
    ----------
    place : int64 array (event,)
        Position among the years and draws of the block, flattened.
    number : int64 array (event,)
        Number of the event in its year, from 0; a scenario keeps the first so many.
    severities : mapping of impact to float64 array (event,)
        Amount [million] or share.
    """

    place: NDArray[np.int64]
    number: NDArray[np.int64]
    severities: dict[str, Floats]


def believed(plan: Plan, item: PlannedItem, world: Worlds, seed: int) -> Believed:
    """Return what the draws of `world` believe of `item`."""
    belief = held(item, world)
    if not item.per_event:
        return belief
    return replace(belief, events=_event_severities(plan, item, belief, world, seed))


@np.errstate(over="ignore")  # the tallies refuse what is not finite
def held(item: PlannedItem, world: Worlds) -> Believed:
    """Return what holds for the whole draw: all but the severities of single events."""
    known = world.knowledge
    stated = item.occurrence.likelihood
    quantile = known[item.id, "severity"]
    return Believed(
        likelihood=None if stated is None else stated.ppf(known[item.id, "likelihood"]),
        latent=world.latents.get(item.id),
        severities={}
        if item.per_event
        else {impact.name: impact.severity.ppf(quantile) for impact in item.impacts},
        per_unit={
            link.purpose: link.per_unit.ppf(known[item.id, link.purpose])
            for link in item.links
            if link.per_unit is not None
        },
        shares={
            (effect.measure, effect.acts_on): effect.share.ppf(known[effect.measure, "effect"])
            for effect in item.effects
        },
        pass_through={
            impact.name: impact.pass_through.ppf(known[item.id, "pass_through"])
            for impact in item.impacts
            if impact.pass_through is not None
        },
    )


@np.errstate(over="ignore")
def _event_severities(
    plan: Plan, item: PlannedItem, belief: Believed, world: Worlds, seed: int
) -> EventSeverities:
    """Draw each event once: scenarios and controls differ only by how many of them they keep."""
    most = np.zeros((len(plan.years), len(world.draws)))
    controls = (*plan.controls, *_controls_with_more_events(plan, item))
    for scenario in plan.scenarios:
        for control in controls:
            happened = occurrences(plan, item, belief, world, scenario, control)
            np.maximum(most, happened, out=most)
    counts = most.astype(np.int64).ravel()
    place = np.repeat(np.arange(counts.size), counts)
    number = np.arange(place.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return EventSeverities(
        place, number, severities_by_event(plan, item, world.draws, seed, place, number)
    )


def severities_by_event(
    plan: Plan,
    item: PlannedItem,
    draws: Draws,
    seed: int,
    place: NDArray[np.int64],
    number: NDArray[np.int64],
) -> dict[str, Floats]:
    """Return the severity of each event on each impact, (event,): amount [million] or share.

    Parameters
    ----------
    plan, item
        The plan and one of its items.
    draws : range or int64 array (draw,)
        Draws of the block.
    seed : int
    place, number : int64 arrays (event,)
        As in `EventSeverities`.
    """
    year, draw = np.divmod(place, len(draws))
    quantile = events(
        stream(seed, "item", item.id, EVENT_SEVERITY),
        draw_numbers(draws)[draw].astype(np.int64),
        year + plan.years[0],
        number,
    )
    return severities_at(plan, item, draws, seed, place, quantile)


def severities_at(
    plan: Plan,
    item: PlannedItem,
    draws: Draws,
    seed: int,
    place: NDArray[np.int64],
    quantile: Floats,
) -> dict[str, Floats]:
    """Return what `severities_by_event` does, from each event's own quantile.

    Parameters
    ----------
    plan, item, draws, seed, place
        As there; places are used where the item has a common factor only.
    quantile : float64 array (event,)
    """
    if item.common_factor:
        common = yearly(
            stream(seed, "item", item.id, "common severity"), draws, plan.years
        ).ravel()[place]
        own, shared = np.sqrt(1.0 - item.common_factor), np.sqrt(item.common_factor)
        quantile = normal_cdf(shared * normal_quantile(common) + own * normal_quantile(quantile))
    return {impact.name: impact.severity.ppf(quantile) for impact in item.impacts}


def _controls_with_more_events(plan: Plan, item: PlannedItem) -> list[str]:
    """Return the controls of single measures that may bring more events than `current` has."""
    more = {one.measure for one in item.effects if one.sign > 0 and one.acts_on in FREQUENCY}
    return [with_measure(name) for name in plan.measures if name in more]


def factor_on(
    plan: Plan, item: PlannedItem, belief: Believed, control: str, *targets: str
) -> Floats | float:
    """Return what the measures leave of the targets under `control`, (year, draw) or 1.0."""
    effects = item.effects_on(control, *targets)
    return control_factor(effects, belief.shares, len(plan.years))


def occurrences(
    plan: Plan, item: PlannedItem, belief: Believed, world: Worlds, scenario: str, control: str
) -> Floats:
    """Return counts, or the part of the effect that is there, (year, draw).

    Raises
    ------
    AmountOverflowError
        Where a Poisson rate is above `LARGEST_RATE` or not a number.
    """
    return happening(plan, item, belief, intensity(plan, item, belief, world, scenario, control))


def intensity(
    plan: Plan, item: PlannedItem, belief: Believed, world: Worlds, scenario: str, control: str
) -> Floats:
    """Return how likely an item is given what the draws believe, (year, draw).

    The rate or the probability of the year for annual items, the ratio on the hazard for items that
    occur once, and 1 for ongoing ones.

    Raises
    ------
    AmountOverflowError
        Where a rate is above `LARGEST_RATE` or not a number.
    """
    shape = (len(plan.years), len(world.draws))
    links = item.links_on(*FREQUENCY)
    times = ratio(plan, item, links, world.climate, scenario)
    left = factor_on(plan, item, belief, control, *FREQUENCY)
    law = item.occurrence
    if not isinstance(law, Annual):
        return np.broadcast_to(times * left, shape)
    assert belief.likelihood is not None
    if law.law == "bernoulli":
        chance = np.minimum(yearly_probability(belief.likelihood, times) * left, 1.0)
        return np.broadcast_to(chance, shape)
    more = addition(plan, item, links, world.climate, scenario, belief.per_unit)
    rate = np.maximum(belief.likelihood * times + more, 0.0) * left
    if not np.all(rate <= LARGEST_RATE):
        raise AmountOverflowError(
            f"{item.id}: the rate reaches {np.max(rate):.3g} events a year in {scenario}, "
            f"allowed up to {LARGEST_RATE:.0f}; state the item as ongoing"
        )
    return np.broadcast_to(rate, shape)


def happening(plan: Plan, item: PlannedItem, belief: Believed, likely: Floats) -> Floats:
    """Return counts, or the part of the effect that is there, (year, draw), from the intensity."""
    law = item.occurrence
    if isinstance(law, Annual):
        assert belief.latent is not None
        if law.law == "bernoulli":
            return bernoulli(belief.latent, likely)
        if law.contagion is not None:
            return negative_binomial(belief.latent, likely, law.contagion)
        return poisson(belief.latent, likely)
    return _once(plan, law, belief, likely) if isinstance(law, Once) else likely


def _once(plan: Plan, law: Once, belief: Believed, ratios: Floats) -> Floats:
    assert belief.likelihood is not None
    assert belief.latent is not None
    first, last = (year - plan.years[0] for year in law.window)
    weight = ratios[first : last + 1] / (last - first + 1)
    return once(belief.latent, belief.likelihood, weight, law, plan.years[0], len(plan.years))
