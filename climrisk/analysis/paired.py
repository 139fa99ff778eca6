"""What needs the draws of several runs side by side: differences, inputs, measures and models."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climrisk.analysis.differences import Differences
from climrisk.analysis.explained import ExplainedInputs
from climrisk.analysis.measures import MeasureResults
from climrisk.analysis.models import ModelMeans
from climrisk.analysis.outputs import DIFFERENCES, DRAWS, INPUTS, MODELS
from climrisk.analysis.single_draws import SingleDraws
from climrisk.domain.study import Study
from climrisk.engine.block import Block
from climrisk.engine.plan import Plan

__all__ = ["PairedResults"]

Floats = NDArray[np.float64]


class PairedResults:
    """Differences, explained inputs, measures and means by model of one simulation.

    Parameters
    ----------
    plan : Plan
    outputs : collection of str
        What is wanted, as `analysis.outputs` names it.
    """

    def __init__(self, plan: Plan, outputs: Collection[str]) -> None:
        self._differences = Differences(plan) if DIFFERENCES in outputs else None
        self._inputs = ExplainedInputs(plan) if INPUTS in outputs else None
        self._measures = MeasureResults(plan) if plan.measures else None
        self._models = ModelMeans(plan) if plan.models and MODELS in outputs else None
        self._draws = SingleDraws(plan) if DRAWS in outputs else None

    def add(self, blocks: Sequence[Block], totals: Floats) -> None:
        """Add the same draws in all runs.

        Parameters
        ----------
        blocks : sequence of Block
            One for each run, in their order.
        totals : float64 array (run, horizon and present value, draw)
            Net of `total`.
        """
        for block, total in zip(blocks, totals, strict=True):
            if self._measures is not None and block.measures:
                self._measures.add(block.scenario, block.measures)
            if self._models is not None:
                self._models.add(block, total)
        if self._differences is not None:
            self._differences.add(totals)
        if self._inputs is not None:
            self._inputs.add(blocks[0].world, totals)
        if self._draws is not None:
            self._draws.add(int(blocks[0].draws[0]), totals)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        parts = (self._differences, self._inputs, self._measures, self._models, self._draws)
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
        if self._draws is not None and other._draws is not None:
            self._draws.merge(other._draws)

    def dataset(self, study: Study) -> xr.Dataset:
        """Return all of them, labelled; empty where none is wanted."""
        told = (self._differences, self._measures, self._models, self._draws)
        parts = [one.dataset() for one in told if one is not None]
        if self._inputs is not None:
            parts.append(self._inputs.dataset(study))
        return xr.merge(parts, join="exact", compat="no_conflicts")
