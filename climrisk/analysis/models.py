"""Means by climate-economy model: what the draws of each model come to."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.variables import labelled, with_error
from climrisk.engine.block import Block
from climrisk.engine.effects import Effects
from climrisk.engine.own_cost import ChargedEffects
from climrisk.engine.plan import Plan
from climrisk.metrics.moments import Moments
from climrisk.names import CARBON_COST, MONEY_UNIT, TOTAL

__all__ = ["ModelMeans"]

Floats = NDArray[np.float64]
_DIMS = ("scenario", "control", "model", "model_subject", "horizon")
VARIABLES = with_error(
    "model_mean", _DIMS, MONEY_UNIT, "mean net of the model's draws, sum over the horizon"
)


class ModelMeans:
    """Net of `total` and `carbon_cost` by model, scenario and control.

    Parameters
    ----------
    plan : Plan
        With at least one model.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.subjects = [*([CARBON_COST] if plan.own_cost else []), TOTAL]
        shape, grid = (len(self.subjects), len(plan.horizons)), (plan.step, plan.scale)
        self._moments = {
            (scenario, control): [Moments(shape, *grid) for _ in plan.models]
            for scenario in plan.scenarios
            for control in plan.controls
        }

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return sum(one.nbytes for models in self._moments.values() for one in models)

    def add(self, block: Block, total: Floats) -> None:
        """Add one scenario and control of a block of draws.

        Parameters
        ----------
        block : Block
        total : float64 array (horizon and present value, draw)
            Its net of `total`.
        """
        found = [total[: len(self._plan.horizons)]]
        if self._plan.own_cost is not None:
            own = _own_cost(self._plan, block.effects)
            spans = self._plan.horizons.values()
            found.insert(0, np.stack([own[span].sum(axis=0) for span in spans]))
        net, picked = np.stack(found), block.world.climate.picks.model
        for number, one in enumerate(self._moments[block.scenario, block.control]):
            one.add(np.ascontiguousarray(net[..., picked == number]))

    def merge(self, other: ModelMeans) -> None:
        """Add the means of other draws of the same plan."""
        for run, models in self._moments.items():
            for mine, theirs in zip(models, other._moments[run], strict=True):
                mine.merge(theirs)

    def dataset(self) -> xr.Dataset:
        """Return the means with their errors, labelled; the draws of each model beside them."""
        plan, runs = self._plan, list(self._moments.values())
        shape = (len(plan.scenarios), len(plan.controls), len(plan.models))
        parts = {
            "model_mean": [one.mean() for models in runs for one in models],
            "model_mean_se": [one.standard_error() for models in runs for one in models],
        }
        values = {
            name: np.stack(found).reshape(*shape, *found[0].shape) for name, found in parts.items()
        }
        coords = {
            "scenario": list(plan.scenarios),
            "control": list(plan.controls),
            "model": list(plan.models),
            "model_draws": ("model", [one.count for one in runs[0]]),
            "model_subject": self.subjects,
            "horizon": list(plan.horizons),
        }
        return labelled(values, VARIABLES, coords)


def _own_cost(plan: Plan, effects: Effects) -> Floats:
    """Return the net effect of own carbon cost, (year, draw) [million]."""
    if isinstance(effects, ChargedEffects):
        return effects.cost
    return np.asarray(effects.amounts[plan.carbon_row, -1])
