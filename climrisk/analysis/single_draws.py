"""Net of the total in every single draw, for whoever needs exact quantiles or their own figures."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.variables import Variable, labelled
from climrisk.engine.plan import Plan
from climrisk.names import MONEY_UNIT

__all__ = ["SingleDraws"]

Floats = NDArray[np.float64]
_RUN: Final = ("scenario", "control")
VARIABLES: Final = {
    "draw_total": Variable((*_RUN, "horizon", "draw"), MONEY_UNIT, "net of the total in a draw"),
    "draw_npv": Variable((*_RUN, "draw"), MONEY_UNIT, "net present value of the total in a draw"),
}


class SingleDraws:
    """Net of the total, draw by draw: 8 bytes for each horizon, scenario, control and draw.

    Parameters
    ----------
    plan : Plan
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._by_start: dict[int, Floats] = {}

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return sum(one.nbytes for one in self._by_start.values())

    def add(self, start: int, totals: Floats) -> None:
        """Keep a block of draws.

        Parameters
        ----------
        start : int
            Number of its first draw.
        totals : float64 array (run, horizon and present value, draw)
            Net of `total`, runs as `engine.variants.runs` orders them.
        """
        self._by_start[start] = totals

    def merge(self, other: SingleDraws) -> None:
        """Add other draws of the same plan."""
        self._by_start |= other._by_start

    def dataset(self) -> xr.Dataset:
        """Return the draws in ascending order, labelled."""
        totals = np.concatenate([one for _, one in sorted(self._by_start.items())], axis=-1)
        plan = self._plan
        by_run = totals.reshape(len(plan.scenarios), len(plan.controls), *totals.shape[1:])
        coords = {
            "scenario": list(plan.scenarios),
            "control": list(plan.controls),
            "horizon": list(plan.horizons),
            "draw": np.arange(totals.shape[-1]),
        }
        values = {"draw_total": by_run[:, :, :-1], "draw_npv": by_run[:, :, -1]}
        return labelled(values, VARIABLES, coords)
