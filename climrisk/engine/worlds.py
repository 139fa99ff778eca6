"""Worlds: what each draw believes and what its climate and economy do, before anything occurs.

The kernel, and everything that must see the same worlds, starts from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from climrisk.engine.drivers import Picks
from climrisk.engine.latents import occurrence_latents, tied_severities
from climrisk.engine.on_demand import OnDemand
from climrisk.engine.plan import Plan
from climrisk.engine.streams import per_draw, stream
from climrisk.names import BASE_YEAR_SCENARIO
from climrisk.portable.arrays import Draws, normal_quantile

__all__ = ["Climate", "Worlds", "climate", "sizes", "worlds"]

Floats = NDArray[np.float64]
Key = TypeVar("Key")


@dataclass(frozen=True)
class Climate:
    """Drivers of each draw.

    Parameters
    ----------
    picks : Picks
        Model and percentile of each draw.
    base : mapping of driver to float64 array (draw,)
        Base-year value, in the study's unit.
    paths : mapping of (scenario, driver) to float64 array (year, draw)
        Value in each simulated year; in scenario `base_year` held at the base.
    """

    picks: Picks
    base: Mapping[str, Floats]
    paths: Mapping[tuple[str, str], Floats]


@dataclass(frozen=True)
class Worlds:
    """Everything that is fixed for a draw.

    Parameters
    ----------
    draws : range or int64 array (draw,)
        Numbers of the draws.
    climate : Climate
        Drivers.
    sizes : mapping of exposure or revenue line to float64 array (year, draw)
        Value after growth [million].
    knowledge : mapping of (owner, purpose) to float64 array (draw,)
        Quantile of knowledge, in (0, 1).
    latents : mapping of item to float64 array (year, draw) or (draw,)
        Uniforms that decide occurrence; tied items' are dependent.
    """

    draws: Draws
    climate: Climate
    sizes: Mapping[str, Floats]
    knowledge: Mapping[tuple[str, str], Floats]
    latents: Mapping[str, Floats]

    def part(self, span: slice) -> Worlds:
        """Return the worlds of the draws at some places, one after the other, without copies."""
        of, picks = self.climate, self.climate.picks
        return Worlds(
            draws=self.draws[span],
            climate=Climate(
                Picks(picks.model[span], picks.score[span]),
                _cut(of.base, span),
                _cut(of.paths, span),
            ),
            sizes=_cut(self.sizes, span),
            knowledge=_part(self.knowledge, span),
            latents=_cut(self.latents, span),
        )


def _part(arrays: Mapping[Key, Floats], span: slice) -> Mapping[Key, Floats]:
    return arrays.part(span) if isinstance(arrays, OnDemand) else _cut(arrays, span)


def _cut(arrays: Mapping[Key, Floats], span: slice) -> dict[Key, Floats]:
    return {key: one[..., span] for key, one in arrays.items()}


def worlds(plan: Plan, seed: int, draws: Draws) -> Worlds:
    """Return the worlds of `draws`; a pure function of its arguments.

    Parameters
    ----------
    plan : Plan
    seed : int
    draws : range or int64 array (draw,)
        Draw numbers, in any order.
    """
    model = per_draw(stream(seed, "world", "model", "pick"), draws)
    percentile = per_draw(stream(seed, "world", "percentile", "pick"), draws)
    count = max(len(plan.models), 1)
    picks = Picks(
        np.minimum((model * count).astype(np.int64), count - 1), normal_quantile(percentile)
    )
    known = _knowledge(plan, seed, draws)
    return Worlds(
        draws=draws,
        climate=climate(plan, picks),
        sizes=sizes(plan, known, len(draws)),
        knowledge=known,
        latents=occurrence_latents(plan.items, plan.occurrence_ties, seed, draws, plan.years),
    )


def climate(plan: Plan, picks: Picks) -> Climate:
    """Return the drivers for given models and percentiles."""
    base = {name: driver.base_at(picks) for name, driver in plan.drivers.items()}
    paths: dict[tuple[str, str], Floats] = {}
    for scenario in plan.conditions:
        for name, driver in plan.drivers.items():
            held = scenario == BASE_YEAR_SCENARIO
            paths[scenario, name] = (
                np.broadcast_to(base[name], (len(plan.years), picks.score.size))
                if held
                else driver.path_at(scenario, picks)
            )
    for name, response in plan.responses.items():
        base[name] = response.of(base[response.parent])
        for scenario in plan.conditions:
            paths[scenario, name] = response.of(paths[scenario, response.parent])
    return Climate(picks, base, paths)


def sizes(plan: Plan, known: Mapping[tuple[str, str], Floats], draws: int) -> dict[str, Floats]:
    """Return exposures and revenue lines after growth, (year, draw) each [million].

    Parameters
    ----------
    plan : Plan
    known : mapping of (owner, purpose) to float64 array (draw,)
        Quantiles of knowledge, growth among them.
    draws : int
        Number of draws.
    """
    found: dict[str, Floats] = {}
    for name in plan.exposed:
        exposure = plan.settings.subject_value(name)
        if exposure.growth is None:
            growth = np.zeros(draws)
        else:
            growth = exposure.growth.ppf(known[name, "growth"])
        left = np.maximum(1.0 + growth, 0.0)  # an exposure can vanish, not turn negative
        grown = np.cumprod(np.broadcast_to(left, (len(plan.years), left.size)), axis=0)
        found[name] = np.asarray(exposure.value.value * grown)
    return found


def _knowledge(plan: Plan, seed: int, draws: Draws) -> OnDemand[tuple[str, str]]:
    """Return the quantiles of knowledge; many are never asked for, since nothing is uncertain."""
    wanted = [
        ("item", item.id, purpose)
        for item in plan.items
        for purpose in (
            "likelihood",
            "severity",
            "pass_through",
            *(link.purpose for link in item.links if link.per_unit),
        )
    ]
    wanted += [
        ("measure", effect.measure, "effect") for item in plan.items for effect in item.effects
    ]
    wanted += [("measure", cost.measure, "cost") for cost in plan.costs]
    wanted += [("exposure", name, "growth") for name in plan.exposed]
    kind = {(owner, purpose): entity for entity, owner, purpose in wanted}
    tied = _tied_severities(plan, seed, draws)

    def quantile(key: tuple[str, str]) -> Floats:
        return tied[key] if key in tied else per_draw(stream(seed, kind[key], *key), draws)

    return OnDemand(quantile, kind)


def _tied_severities(plan: Plan, seed: int, draws: Draws) -> dict[tuple[str, str], Floats]:
    own = {
        name: per_draw(stream(seed, "item", name, "severity"), draws)
        for tie in plan.severity_ties
        for name in tie.items
    }
    tied = tied_severities(plan.severity_ties, own, seed, draws)
    return {(name, "severity"): quantile for name, quantile in tied.items()}
