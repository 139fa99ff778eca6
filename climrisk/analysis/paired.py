"""What needs the draws of several runs side by side: differences, inputs and measures."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.differences import Differences
from climrisk.analysis.explained import ExplainedInputs
from climrisk.analysis.measures import MeasureResults
from climrisk.analysis.models import ModelMeans
from climrisk.domain.study import Study
from climrisk.engine.block import Block
from climrisk.engine.plan import Plan

__all__ = ["OUTPUTS", "PairedResults"]

Floats = NDArray[np.float64]

DIFFERENCES, INPUTS, MEASURES, EMISSIONS = "differences", "inputs", "measures", "emissions"
OUTPUTS = frozenset({DIFFERENCES, INPUTS, MEASURES, EMISSIONS})
"""Names of the results that `analyse` can leave out."""


class PairedResults:
    """Differences, explained inputs and measures of one simulation.

    Parameters
    ----------
    plan : Plan
    outputs : collection of str
        Which of `OUTPUTS` are wanted.
    """

    def __init__(self, plan: Plan, outputs: Collection[str]) -> None:
        self._runs = len(plan.scenarios) * len(plan.controls)
        self._totals: list[Floats] = []
        self._differences = Differences(plan) if DIFFERENCES in outputs else None
        self._inputs = ExplainedInputs(plan) if INPUTS in outputs else None
        self._measures = MeasureResults(plan) if plan.measures else None
        self._models = ModelMeans(plan) if plan.models else None

    def add(self, block: Block, total: Floats) -> None:
        """Add one scenario and control of a block of draws, in the order of the runs.

        Parameters
        ----------
        block : Block
        total : float64 array (horizon and present value, draw)
            Its net of `total`.
        """
        if self._measures is not None and block.measures:
            self._measures.add(block.scenario, block.measures)
        if self._models is not None:
            self._models.add(block, total)
        self._totals.append(total)
        if len(self._totals) < self._runs:
            return
        totals, self._totals = np.stack(self._totals), []
        if self._differences is not None:
            self._differences.add(totals)
        if self._inputs is not None:
            self._inputs.add(block.world, totals)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        parts = (self._differences, self._inputs, self._measures, self._models)
        return sum(one.nbytes for one in parts if one is not None)

    def merge(self, other: PairedResults) -> None:
        """Add the results of other draws of the same plan."""
        if self._differences is not None and other._differences is not None:
            self._differences.merge(other._differences)
        if self._inputs is not None and other._inputs is not None:
            self._inputs.merge(other._inputs)
        if self._measures is not None and other._measures is not None:
            self._measures.merge(other._measures)
        if self._models is not None and other._models is not None:
            self._models.merge(other._models)

    def dataset(self, study: Study) -> xr.Dataset:
        """Return all of them, labelled; empty where none is wanted."""
        told = (self._differences, self._measures, self._models)
        parts = [one.dataset() for one in told if one is not None]
        if self._inputs is not None:
            parts.append(self._inputs.dataset(study))
        return xr.merge(parts, join="exact", compat="no_conflicts")
