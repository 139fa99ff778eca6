"""The tallies of all runs of a study: what one thread counts, merged at the end."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from climrisk.analysis.accumulate import Accumulator, HorizonSums, Own
from climrisk.analysis.overflow import overflow_error
from climrisk.analysis.paired import PairedResults
from climrisk.analysis.sharing import sharing
from climrisk.engine.block import Block
from climrisk.engine.kernels import simulated_block
from climrisk.engine.plan import Plan
from climrisk.engine.subjects import subjects
from climrisk.metrics.blocks import SeriesOverflowError
from climrisk.names import BASE_YEAR_SCENARIO, TOTAL

__all__ = ["Tallies"]

Floats = NDArray[np.float64]
Run = tuple[str, str]


class Tallies:
    """Tallies of every scenario and control, and of what needs several side by side.

    Parameters
    ----------
    plan : Plan
    outputs : collection of str
        As for `PairedResults`.

    Attributes
    ----------
    paired : PairedResults
    """

    def __init__(self, plan: Plan, outputs: Collection[str]) -> None:
        self._plan = plan
        self._told = subjects(plan)
        self._total = [one.name for one in self._told].index(TOTAL)
        self._shared = shared = sharing(plan, self._told)
        self._runs: dict[Run, int] = {run: number for number, run in enumerate(shared.runs)}
        self._accumulators = [
            Accumulator(
                plan,
                self._told,
                Own(shared.own(n), shared.knowledge[n] == n, shared.events[n] == n),
            )
            for n in range(len(shared.runs))
        ]
        self.paired = PairedResults(plan, outputs)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return sum(one.nbytes for one in self._accumulators) + self.paired.nbytes

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
        bases: list[HorizonSums] = []
        totals: list[Floats] = []
        for block in simulated_block(self._plan, seed, draws):
            if len(totals) == len(self._runs):  # the first run of further draws
                bases, totals = [], []
            try:
                self._add(block, bases, totals)
            except SeriesOverflowError as error:
                raise overflow_error(self._plan, block) from error
            counted(len(block.draws))

    def merge(self, other: Tallies) -> None:
        """Add the tallies of other draws of the same plan."""
        for mine, theirs in zip(self._accumulators, other._accumulators, strict=True):
            mine.merge(theirs)
        self.paired.merge(other.paired)

    def by_run(self) -> dict[Run, Accumulator]:
        """Return the tallies of each scenario and control, with what was counted elsewhere."""
        return {run: self._completed(number) for run, number in self._runs.items()}

    def of_run(self, scenario: str, control: str) -> Accumulator:
        """Return the tallies of one scenario and control, as `by_run` does."""
        return self._completed(self._runs[scenario, control])

    def _add(self, block: Block, bases: list[HorizonSums], totals: list[Floats]) -> None:
        run = self._runs[block.scenario, block.control]
        accumulator = self._accumulators[run]
        is_base = block.scenario == BASE_YEAR_SCENARIO
        base = None if is_base else self._counted(run, bases[self._base(run)])
        sums = accumulator.add(block, base)
        if is_base:
            bases.append(self._all(run, sums.by_horizon, bases))
        alike = totals[self._shared.run[run, self._total]] if sums.total is None else sums.total
        totals.append(alike)
        self.paired.add(block, alike)

    def _base(self, run: int) -> int:
        """Return the run of scenario `base_year` under the same control."""
        return self._plan.controls.index(self._shared.runs[run][1])

    def _counted(self, run: int, sums: HorizonSums) -> HorizonSums:
        """Return those of all subjects' sums that a run counts itself."""
        accumulator = self._accumulators[run]
        return {
            name: sums[name][[accumulator.rows[name].index(one) for one in rows.place]]
            for name, rows in accumulator.counted.items()
        }

    def _all(self, run: int, sums: HorizonSums, bases: list[HorizonSums]) -> HorizonSums:
        """Return the sums of all subjects in a run of `base_year`, (subject, horizon, draw)."""
        accumulator, found = self._accumulators[run], {}
        for name, rows in accumulator.rows.items():
            parts = np.empty((len(rows), *sums[name].shape[1:]))
            for place, subject in enumerate(rows):
                elsewhere = int(self._shared.run[run, subject])
                of = int(self._shared.subject[run, subject])
                if elsewhere == run:
                    parts[place] = sums[name][accumulator.counted[name].place[of]]
                else:
                    parts[place] = bases[elsewhere][name][rows.index(of)]
            found[name] = parts
        return found

    def _completed(self, run: int) -> Accumulator:
        shared = self._shared
        full = Accumulator(self._plan, self._told)
        for subject in range(len(self._told)):
            other = self._accumulators[shared.run[run, subject]]
            full.take(subject, other, int(shared.subject[run, subject]))
        full.stability = self._accumulators[shared.knowledge[run]].stability
        events = self._accumulators[shared.events[run]]
        full.events, full.largest_event = events.events, events.largest_event
        return full
