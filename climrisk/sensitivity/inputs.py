"""The uncertain inputs of a question: what can be moved, and what moves with it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.explained import MODEL, PERCENTILE, basis_and_source
from climrisk.domain.inputs import study_inputs
from climrisk.domain.study import Study
from climrisk.engine.drivers import Series
from climrisk.engine.knowledge import KnownInput, known_inputs
from climrisk.engine.plan import Plan
from climrisk.engine.worlds import Worlds
from climrisk.portable.arrays import normal_quantile

__all__ = ["acting_inputs", "differs_by_model", "provenance", "scores", "touched_by"]

Floats = NDArray[np.float64]


def acting_inputs(plan: Plan, *controls: str) -> tuple[KnownInput, ...]:
    """Return the uncertain inputs that act under any of the controls, climate first.

    Climate models count where a series in use differs by model, and the percentile where one has
    percentiles.
    """
    found: list[KnownInput] = []
    if differs_by_model(plan):
        found.append(MODEL)
    if any(one.scores is not None for one in _series(plan)):
        found.append(PERCENTILE)
    known = known_inputs(plan)
    found += [one for one in known if not one.controls or set(one.controls) & set(controls)]
    return tuple(found)


def differs_by_model(plan: Plan) -> bool:
    """Return whether it matters which climate-economy model a draw picks."""
    return any(one.scores is None and len(one.values) > 1 for one in _series(plan))


def _series(plan: Plan) -> list[Series]:
    return [one for d in plan.drivers.values() for one in (d.base, *d.own.values())]


def touched_by(plan: Plan, one: KnownInput) -> tuple[int, ...]:
    """Return the positions of the items that an input acts on."""
    if one in (MODEL, PERCENTILE):
        return tuple(range(len(plan.items)))
    return tuple(_touched(plan, *one.key))


def _touched(plan: Plan, owner: str, purpose: str) -> Iterator[int]:
    for number, item in enumerate(plan.items):
        if purpose == "growth":
            hit = any(impact.subject_to == owner for impact in item.impacts)
        elif purpose == "effect":
            hit = any(effect.measure == owner for effect in item.effects)
        else:
            hit = item.id == owner
        if hit:
            yield number


def scores(one: KnownInput, world: Worlds) -> Floats:
    """Return an input in each draw, (draw,): the number of its model, else its normal score."""
    picks = world.climate.picks
    if one is MODEL:
        return picks.model.astype(np.float64)
    return picks.score if one is PERCENTILE else normal_quantile(world.knowledge[one.key])


def provenance(study: Study, inputs: tuple[KnownInput, ...]) -> dict[str, list[str]]:
    """Return columns `input`, `basis` and `source` of inputs."""
    figures = study_inputs(study)
    stated = [basis_and_source(study, figures, one) for one in inputs]
    return {
        "input": [one.path for one in inputs],
        "basis": [basis for basis, _ in stated],
        "source": [source for _, source in stated],
    }
