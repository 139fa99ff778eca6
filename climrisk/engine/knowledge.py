"""What is uncertain but fixed for a draw: each input that the results can be traced back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.quantities import Quantity
from climrisk.engine.plan import Plan
from climrisk.engine.planned import PlannedItem
from climrisk.engine.worlds import Worlds
from climrisk.names import RESIDUAL
from climrisk.portable.arrays import normal_quantile

__all__ = ["KnownInput", "known_inputs", "normal_scores"]

Floats = NDArray[np.float64]
SCORE_STEPS = 2.0**30
"""Scores are rounded to multiples of 1 / SCORE_STEPS, so that their sums are exact."""


@dataclass(frozen=True)
class KnownInput:
    """One quantile that a draw holds fixed.

    Parameters
    ----------
    path : str
        Where it is stated, such as `register.R-POL-1.severity`.
    key : tuple of (owner, purpose)
        Its place in `Worlds.knowledge`.
    stated : tuple of (prefix, suffixes)
        Stated figures whose path begins and ends so are drawn with it.
    controls : tuple of str
        Controls under which it acts; empty is all.
    """

    path: str
    key: tuple[str, str]
    stated: tuple[str, tuple[str, ...]]
    controls: tuple[str, ...] = ()


def known_inputs(plan: Plan) -> tuple[KnownInput, ...]:
    """Return the uncertain inputs of a plan; what is stated as certain is left out."""
    found: list[KnownInput] = []
    for item in plan.items:
        found += _of_item(item)
    for name in plan.exposed:
        growth = plan.settings.subject_value(name).growth
        kind = "exposures" if name in plan.settings.exposures else "revenue_lines"
        path = f"settings.{kind}.{name}.growth"
        if growth is not None and _uncertain([growth]):
            found.append(KnownInput(path, (name, "growth"), (path, ("",))))
    return (*found, *_of_measures(plan))


def normal_scores(inputs: Iterable[KnownInput], world: Worlds) -> Floats:
    """Return the normal score of each input, then of the climate percentile, (input + 1, draw)."""
    scores = [normal_quantile(world.knowledge[one.key]) for one in inputs]
    stacked = np.stack([*scores, world.climate.picks.score])
    return np.asarray(np.rint(stacked * SCORE_STEPS) / SCORE_STEPS)


def _uncertain(quantities: Iterable[Quantity | None]) -> bool:
    return any(one is not None and one.support[0] < one.support[1] for one in quantities)


def _of_item(item: PlannedItem) -> Iterator[KnownInput]:
    path = f"register.{item.id}"
    if _uncertain([item.occurrence.likelihood]):
        yield KnownInput(
            f"{path}.likelihood",
            (item.id, "likelihood"),
            (f"{path}.occurrence.", ("probability", "rate")),
        )
    if not item.per_event and _uncertain(one.severity for one in item.impacts):
        yield KnownInput(
            f"{path}.severity", (item.id, "severity"), (f"{path}.impact.", (".amount", ".share"))
        )
    if _uncertain(one.pass_through for one in item.impacts):
        yield KnownInput(
            f"{path}.pass_through",
            (item.id, "pass_through"),
            (f"{path}.impact.", (".pass_through",)),
        )
    for number, link in enumerate(item.links, start=1):
        if _uncertain([link.per_unit]):
            place = f"{path}.links.{number}.per_unit"
            yield KnownInput(place, (item.id, link.purpose), (place, ("",)))


def _of_measures(plan: Plan) -> Iterator[KnownInput]:
    effects = [effect for item in plan.items for effect in item.effects]
    for name in sorted({effect.measure for effect in effects}):
        own = [effect for effect in effects if effect.measure == name]
        if _uncertain(effect.share for effect in own):
            controls = tuple(sorted({control for effect in own for control in effect.controls}))
            path = f"measures.{name}"
            yield KnownInput(
                f"{path}.effect", (name, "effect"), (f"{path}.", (".share",)), controls
            )
    for cost in plan.costs:
        if _uncertain([cost.capex, cost.opex]):
            path = f"measures.{cost.measure}"
            yield KnownInput(
                f"{path}.cost", (cost.measure, "cost"), (f"{path}.", ("capex", "opex")), (RESIDUAL,)
            )
