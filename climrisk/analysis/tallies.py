"""The tallies of all runs of a study: what one thread counts, merged at the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from climrisk.analysis.accumulate import Accumulator
from climrisk.analysis.counted import Counted
from climrisk.analysis.kept_draws import DrawKeeper
from climrisk.analysis.overflow import overflow_error
from climrisk.analysis.paired import PairedResults
from climrisk.analysis.same_amounts import SameAmounts
from climrisk.analysis.sharing import sharing
from climrisk.engine.block import Block
from climrisk.engine.kernels import NUMPY, kernel_name, simulated_block
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import subjects
from climrisk.metrics.blocks import SeriesOverflowError

__all__ = ["Tallies"]

NUMPY_DRAWS: Final = 512
"""Draws that the NumPy kernel simulates at a time: those of all runs are counted together."""


class Tallies:
    """Tallies of every scenario and control, and of what needs several side by side.

    Parameters
    ----------
    plan : Plan
    outputs : collection of str
        What is wanted, as `analysis.outputs` names it.
    keeper : DrawKeeper, optional
        Keeps sums of single draws.

    Attributes
    ----------
    paired : PairedResults
    """

    def __init__(
        self, plan: Plan, outputs: Collection[str], keeper: DrawKeeper | None = None
    ) -> None:
        self._plan = plan
        told = subjects(plan)
        shared = sharing(plan, told)
        self._runs = shared.runs
        same = SameAmounts(plan, told)
        self._accumulator = Accumulator(plan, told, shared, same, outputs, keeper)
        self.paired = PairedResults(plan, outputs)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._accumulator.nbytes + self.paired.nbytes

    def add(self, seed: int, draws: range, counted: Callable[[int], None]) -> None:
        """Simulate and count consecutive draws.

        Parameters
        ----------
        seed : int
        draws : range
            Numbers of the draws.
        counted : callable
            Called with the number of draws after each scenario and control; what it raises
            ends the work.

        Raises
        ------
        AmountOverflowError
            If an amount is not finite or too large to be added.
        """
        try:
            self._add(seed, draws, counted)
        except SeriesOverflowError as error:
            raise overflow_error(self._plan, self._simulated(seed, draws)) from error

    def merge(self, other: Tallies) -> None:
        """Add the tallies of other draws of the same plan."""
        self._accumulator.merge(other._accumulator)
        self.paired.merge(other.paired)

    def counted(self) -> Counted:
        """Return what was counted of all runs, and where the figures of each stand."""
        return self._accumulator.counted()

    def _add(self, seed: int, draws: range, counted: Callable[[int], None]) -> None:
        blocks: list[Block] = []
        for block in self._simulated(seed, draws):
            blocks.append(block)
            if len(blocks) == len(self._runs):
                self.paired.add(blocks, self._accumulator.add(blocks))
                blocks = []
            counted(len(block.draws))
        self._accumulator.flush()

    def _simulated(self, seed: int, draws: range) -> Iterator[Block]:
        width = NUMPY_DRAWS if kernel_name() == NUMPY else None
        return simulated_block(self._plan, seed, draws, width)
