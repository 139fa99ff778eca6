"""Expected net as a function of what is uncertain: chance averaged out, by formula.

It is what Sobol indices are taken of. Exposure caps and own carbon cost are left out, as is every
item whose expectation has no closed form; what is left out is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.explained import MODEL, PERCENTILE
from climrisk.engine.altered import stated_worlds
from climrisk.engine.conditional import reason_without_conditional_mean
from climrisk.engine.drivers import Picks
from climrisk.engine.expected_net import expected_net
from climrisk.engine.kernel import booked_costs
from climrisk.engine.latents import Tie, tied_quantiles
from climrisk.engine.worlds import Worlds
from climrisk.errors import QuestionRefusedError
from climrisk.portable.arrays import normal_quantile
from climrisk.sensitivity.asked import BLOCK, Asked, known_word
from climrisk.sensitivity.inputs import acting_inputs, differs_by_model, touched_by

__all__ = ["ExpectedNet"]

Floats = NDArray[np.float64]
_MIXER = "mixer"


@dataclass(frozen=True, eq=False)
class ExpectedNet:
    """Expected total net of one question at stated uniforms.

    Parameters
    ----------
    asked : Asked
    model : int
        Position of the climate-economy model that every point has.
    names : tuple of str
        Path of each uniform.
    groups : tuple of str
        Group of each uniform: its own name, or the items that a dependence group ties.
    keys : tuple of (owner, purpose)
        What each uniform states.
    """

    asked: Asked
    model: int
    names: tuple[str, ...]
    groups: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, asked: Asked, model: str | None, *, tied_together: bool) -> ExpectedNet:
        """Return the function.

        Parameters
        ----------
        asked : Asked
        model : str or None
            The climate-economy model; may be left out where there is one at most.
        tied_together : bool
            Whether inputs that dependence ties are moved together, as one input.

        Raises
        ------
        QuestionRefusedError
            If inputs are tied and not moved together, if a model is to be picked, or if nothing
            that has a closed form is uncertain.
        """
        place = _place_of(asked, model)
        ties = tuple(asked.plan.severity_ties)
        acting = acting_inputs(asked.plan, asked.control)
        inputs = [
            one
            for one in acting
            if one is not MODEL and _has_form(asked, touched_by(asked.plan, one), one.key)
        ]
        paths = {one.key: one.path for one in inputs}
        tied = [tie for tie in ties if any((name, "severity") in paths for name in tie.items)]
        if tied and not tied_together:
            raise QuestionRefusedError(_refusal(tied))
        rows = [*_alone(paths, tied), *_together(tied)]
        if not rows:
            raise QuestionRefusedError("no input of what has a closed form is uncertain")
        names, groups, keys = zip(*rows, strict=True)
        return cls(asked, place, names, groups, keys)

    def __call__(self, points: Floats) -> Floats:
        """Return the expected net [million] at uniforms in (0, 1), (point, input) -> (point,)."""
        parts = [
            self._block(np.ascontiguousarray(points[start : start + BLOCK].T))
            for start in range(0, len(points), BLOCK)
        ]
        return np.concatenate(parts)

    @property
    def left_out(self) -> dict[str, str]:
        """What the figure leaves out, by subject, and why."""
        reasons = {
            item.id: reason
            for item in self.asked.plan.items
            if (reason := reason_without_conditional_mean(item))
        }
        if self.asked.plan.own_cost is not None:
            reasons["carbon_cost"] = "own carbon cost rests on inputs of the inventory"
        return reasons | {"overlap": "exposure caps have no closed form"}

    def _block(self, uniforms: Floats) -> Floats:
        plan, scenario, control = self.asked.plan, self.asked.scenario, self.asked.control
        world = self._worlds(uniforms)
        net = np.zeros((len(plan.items) + 1, len(plan.years), uniforms.shape[1]))
        for number, item in enumerate(plan.items):
            if not reason_without_conditional_mean(item):
                net[number] = expected_net(plan, item, world, scenario, control)
        net[-1] = booked_costs(plan, world, control)
        return np.asarray(self.asked.worth(net).sum(axis=0))

    def _worlds(self, uniforms: Floats) -> Worlds:
        plan, points = self.asked.plan, uniforms.shape[1]
        stated = dict(zip(self.keys, uniforms, strict=True))
        score = normal_quantile(stated.get(PERCENTILE.key, np.full(points, 0.5)))
        for tie in plan.severity_ties:
            mixer = stated.get((tie.name, _MIXER))
            if mixer is not None:
                own = {name: stated[name, "severity"] for name in tie.items}
                found = tied_quantiles(tie, own, mixer)
                stated |= {(name, "severity"): one for name, one in found.items()}
        model = np.full(points, self.model, dtype=np.int64)
        return stated_worlds(plan, stated, Picks(model, score))


Row = tuple[str, str, tuple[str, str]]


def _alone(paths: dict[tuple[str, str], str], tied: list[Tie]) -> Iterator[Row]:
    bound = {(name, "severity") for tie in tied for name in tie.items}
    yield from ((path, path, key) for key, path in paths.items() if key not in bound)


def _together(tied: list[Tie]) -> Iterator[Row]:
    for tie in tied:
        group = " + ".join(f"register.{name}.severity" for name in tie.items)
        for name in tie.items:
            yield f"register.{name}.severity", group, (name, "severity")
        yield f"dependence.severity.{tie.name}", group, (tie.name, _MIXER)


def _refusal(tied: list[Tie]) -> str:
    listed = "; ".join(", ".join(tie.items) for tie in tied)
    return (
        f"dependence ties the severities of {listed}: Sobol indices of single inputs are defined "
        "for independent ones only; move tied inputs together, or ask for shares"
    )


def _has_form(asked: Asked, touched: tuple[int, ...], key: tuple[str, str]) -> bool:
    """Return whether anything that an input acts on has a closed form; costs always have."""
    items = asked.plan.items
    return key[1] == "cost" or any(not reason_without_conditional_mean(items[n]) for n in touched)


def _place_of(asked: Asked, model: str | None) -> int:
    models = asked.plan.models
    if model is not None:
        known_word("climate-economy model", model, models)
        return models.index(model)
    if differs_by_model(asked.plan):
        raise QuestionRefusedError(
            "a draw picks one of several climate-economy models, which is no input to be moved "
            f"along a scale; name one of them: {', '.join(models)}"
        )
    return 0
