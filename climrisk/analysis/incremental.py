"""Results of a study while its items are edited: only what an edit touches is simulated again.

Effects are multiples of one step, so that sums are exact: the new total is the old one, less what
the edited items came to, plus what they come to now. The bits are those of `analyse`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import xarray as xr

from climrisk.analysis.dataset import labelled_runs
from climrisk.analysis.differences import Differences
from climrisk.analysis.edited import Part, Whole, edited
from climrisk.analysis.kept_draws import DrawKeeper, KeptDraws
from climrisk.analysis.ordinal import scored
from climrisk.analysis.outputs import BREACHES, DIFFERENCES, MATRIX, RANGES, STABILITY
from climrisk.analysis.planning import planned_run
from climrisk.analysis.statistics import ranks
from climrisk.analysis.tallies import Tallies
from climrisk.analysis.workers import counted, ranges_of, thread_count
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan
from climrisk.engine.reduced import closed, reduced, tied_otherwise
from climrisk.engine.variants import runs
from climrisk.metrics.blocks import SeriesOverflowError
from climrisk.names import NET, TOTAL

__all__ = ["INTERACTIVE", "Incremental"]

INTERACTIVE: Final = frozenset({RANGES, MATRIX, STABILITY, BREACHES, DIFFERENCES})
"""What an edit redraws."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _State:
    study: Study
    whole: Whole
    touched: Part | None
    """What the last edit touched, alone and as it is since."""


class Incremental:
    """Results of one study after the other, each an edit of the one before.

    Items are simulated again where they changed, where they are tied otherwise than before, or
    where their losses are held by exposures as those of an item that changed. Any change but of
    items, one that brings a control or takes it away, and one that touches half of the items has
    everything simulated again. Not for several threads.

    Parameters
    ----------
    draws : int
        Draws of every run; 8 bytes are kept for each draw, run, sum of items, channel and horizon.
    threads : int, optional
        As for `analyse`.
    """

    def __init__(self, draws: int, threads: int | None = None) -> None:
        self._draws, self._workers = draws, thread_count(threads)
        self._state: _State | None = None

    def of(self, study: Study, progress: Progress | None = None) -> xr.Dataset:
        """Return the results of a study, as `analyse` gives them for the outputs `INTERACTIVE`.

        Parameters
        ----------
        study : Study
        progress : callable, optional
            As for `analyse`; called where everything is simulated.

        Raises
        ------
        AmountOverflowError
            As `analyse`.
        """
        plan = replace(planned_run(study), measures=())
        state = self._after_edit(study, plan)
        if state is None:
            part = self._simulated(study, plan, INTERACTIVE, progress)
            state = _State(study, Whole.of(part, INTERACTIVE), None)
        self._state = state
        return self._dataset(study, state.whole)

    def _after_edit(self, study: Study, plan: Plan) -> _State | None:
        """Return what the plan comes to from the study before; None where that is not possible."""
        state = self._state
        if state is None or not _is_edit_of_items(state, study, plan):
            return None
        was, now = state.study.register_, study.register_
        names = frozenset(name for name in {*was, *now} if was.get(name) != now.get(name))
        names = _touched(state.whole.plan, plan, names)
        if not names:
            return replace(state, study=study, whole=replace(state.whole, plan=plan))
        if 2 * len(names) >= len(plan.items):  # as they were, and as they are
            return None
        try:
            before = self._before(state, names)
            after = self._simulated(study, reduced(plan, names), INTERACTIVE)
            whole = edited(state.whole, plan, before, after, INTERACTIVE)
            return _State(study, whole, after)
        except SeriesOverflowError:
            return None  # the run of everything says where

    def _before(self, state: _State, names: frozenset[str]) -> Part:
        """Return what items came to before an edit: kept where the last one touched them too."""
        plan, touched = reduced(state.whole.plan, names), state.touched
        if touched is not None and {item.id for item in touched.plan.items} == {
            item.id for item in plan.items
        }:
            return touched
        return self._simulated(state.study, plan, frozenset())

    def _simulated(
        self, study: Study, plan: Plan, outputs: frozenset[str], progress: Progress | None = None
    ) -> Part:
        keeper, several = DrawKeeper(plan, self._draws), len(runs(plan))
        ranges = ranges_of(range(self._draws), None, self._workers)
        done = 0

        def told(draws: int) -> None:
            nonlocal done
            done += draws
            if progress is not None:
                progress(done, self._draws * several)

        tallies = counted(
            lambda: Tallies(plan, outputs - {DIFFERENCES}, keeper),
            study.settings.simulation.seed,
            ranges,
            min(self._workers, len(ranges)),
            told,
        )
        return Part(plan, tallies.by_run() if outputs else {}, keeper.kept())

    def _dataset(self, study: Study, whole: Whole) -> xr.Dataset:
        plan, seed = whole.plan, study.settings.simulation.seed
        values = whole.values | ranks(plan, whole.values, whole.stability, INTERACTIVE)
        found = labelled_runs(plan, values, self._draws, seed, INTERACTIVE)
        differences = Differences(plan)
        differences.add(_totals(plan, whole.kept))
        parts = [found, differences.dataset()]
        if study.settings.ordinal is not None:
            parts.append(scored(found, study.settings.ordinal))
        return xr.merge(parts, join="exact", compat="no_conflicts", combine_attrs="override")


def _totals(plan: Plan, kept: KeptDraws) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return net of the total, (run, horizon and present value, draw)."""
    return np.stack(
        [
            np.concatenate([kept.by_horizon[NET][run, TOTAL], kept.values[run, TOTAL][np.newaxis]])
            for run in range(len(runs(plan)))
        ]
    )


def _is_edit_of_items(state: _State, study: Study, plan: Plan) -> bool:
    """Return whether nothing but items changed, and all runs are the same."""
    before = state.study
    fields = set(Study.model_fields) - {"register_", "name"}
    same = all(getattr(before, name) == getattr(study, name) for name in fields)
    return same and runs(state.whole.plan) == runs(plan) and state.whole.plan.models == plan.models


def _touched(before: Plan, after: Plan, names: frozenset[str]) -> frozenset[str]:
    """Return items of either plan that changed, with all whose effects go with theirs."""
    present = {item.id for plan in (before, after) for item in plan.items}
    again = (names | tied_otherwise(before, after)) & present
    while (more := closed(before, again) | closed(after, again)) > again:
        again = more
    return again
