"""Results of a study while its items are edited: only what an edit touches is simulated again.

Effects are multiples of one step, so that sums are exact: the new total is the old one, less what
the edited items came to, plus what they come to now. The bits are those of `analyse`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

import xarray as xr

from climrisk.analysis.counted import statistics_of_runs
from climrisk.analysis.dataset import labelled_runs
from climrisk.analysis.edit import Edit
from climrisk.analysis.edited import Figures, renewed
from climrisk.analysis.item_draws import ItemDraws
from climrisk.analysis.kept_draws import DrawKeeper, KeptBlock
from climrisk.analysis.ordinal import scored
from climrisk.analysis.outputs import BREACHES, DIFFERENCES, MATRIX, RANGES, STABILITY
from climrisk.analysis.planning import planned_run
from climrisk.analysis.recount import Recount
from climrisk.analysis.stability import reasons_without_stability
from climrisk.analysis.statistics import ranks
from climrisk.analysis.tallies import Tallies
from climrisk.analysis.workers import counted, ranges_of, thread_count
from climrisk.domain.study import Study
from climrisk.engine.plan import Plan
from climrisk.engine.reduced import tied_otherwise
from climrisk.engine.variants import runs
from climrisk.errors import AmountOverflowError
from climrisk.metrics.blocks import SeriesOverflowError

__all__ = ["INTERACTIVE", "Incremental"]

INTERACTIVE: Final = frozenset({RANGES, MATRIX, STABILITY, BREACHES, DIFFERENCES})
"""What an edit redraws."""
Progress = Callable[[int, int], None]
Counts = TypeVar("Counts", Tallies, Recount)


@dataclass(frozen=True)
class _State:
    study: Study
    figures: Figures
    blocks: dict[int, KeptBlock]
    """What was kept, by the first draw."""
    names: frozenset[str] = frozenset()
    touched: dict[int, ItemDraws] = field(default_factory=dict)
    """The items that the last edit touched, and what they come to since."""


class _Told:
    """Tells how far a simulation is; what the listener raises waits until it is done.

    A page that turns to something else would otherwise leave the draws half changed.
    """

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._raised: BaseException | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._progress is None or self._raised is not None:
            return
        try:
            self._progress(done, total)
        except BaseException as error:
            self._raised = error

    def settle(self) -> None:
        """Raise what the listener did."""
        if self._raised is not None:
            raise self._raised


class Incremental:
    """Results of one study after the other, each an edit of the one before.

    Items are simulated again where they changed or are tied otherwise than before; others whose
    losses the same exposures hold, in the draws alone in which a cap may be reached. Any change but
    of items, one that brings a control or takes it away, and one that touches half of the items has
    everything simulated again. Not for several threads.

    Parameters
    ----------
    draws : int
        Draws of every run; sums of items are kept of each, see `KeptRows`.
    threads : int, optional
        As for `analyse`.
    """

    def __init__(self, draws: int, threads: int | None = None) -> None:
        self._draws, self._workers = draws, thread_count(threads)
        self._ranges = ranges_of(range(draws), None, self._workers)
        self._state: _State | None = None

    @property
    def nbytes(self) -> int:
        """Memory of what is kept, in bytes."""
        if self._state is None:
            return 0
        blocks, touched = self._state.blocks.values(), self._state.touched.values()
        return sum(one.nbytes for one in blocks) + sum(one.nbytes for one in touched)

    def of(self, study: Study, progress: Progress | None = None) -> xr.Dataset:
        """Return the results of a study, as `analyse` gives them for the outputs `INTERACTIVE`.

        Parameters
        ----------
        study : Study
        progress : callable, optional
            As for `analyse`; what it raises is raised once the results are kept.

        Raises
        ------
        AmountOverflowError
            As `analyse`.
        """
        plan = replace(planned_run(study), measures=())
        before, self._state = self._state, None  # what is kept may be left half changed
        told = _Told(progress)
        state = None if before is None else self._after_edit(before, study, plan, told)
        if state is None:
            del before
            state = self._simulated(study, plan, told)
        self._state = state
        told.settle()
        return self._dataset(study, state.figures)

    def _after_edit(
        self, state: _State, study: Study, plan: Plan, progress: Progress
    ) -> _State | None:
        """Return what the plan comes to from the study before; None where that is not possible."""
        if not _is_edit_of_items(state, study, plan):
            return None
        was, now = state.study.register_, study.register_
        names = frozenset(name for name in {*was, *now} if was.get(name) != now.get(name))
        names = _touched(state.figures.plan, plan, names)
        if not names:
            return replace(state, study=study, figures=replace(state.figures, plan=plan))
        if 2 * len(names) >= len(plan.items):  # as they were, and as they are
            return None
        edit = Edit(state.figures.plan, plan, names)
        known = state.touched if state.names == names else {}
        try:
            counts = self._counted(lambda: Recount(edit, state.blocks, known), study, progress, 1)
        except (SeriesOverflowError, AmountOverflowError):
            return None  # the run of everything says where
        figures = renewed(state.figures, edit, counts, INTERACTIVE)
        return _State(study, figures, state.blocks, names, counts.found)

    def _simulated(self, study: Study, plan: Plan, progress: Progress) -> _State:
        keeper, several = DrawKeeper(plan, self._ranges), len(runs(plan))
        tallies = self._counted(
            lambda: Tallies(plan, INTERACTIVE, keeper), study, progress, several
        )
        found = tallies.counted()
        figures = Figures(
            plan,
            statistics_of_runs(plan, found, INTERACTIVE),
            found.stability,
            tallies.paired.dataset(study),
        )
        return _State(study, figures, {one.draws.start: one for one in keeper.kept()})

    def _counted(
        self, make: Callable[[], Counts], study: Study, progress: Progress, several: int
    ) -> Counts:
        done = 0

        def told(draws: int) -> None:
            nonlocal done
            done += draws
            progress(done, self._draws * several)

        threads = min(self._workers, len(self._ranges))
        return counted(make, study.settings.simulation.seed, self._ranges, threads, told)

    def _dataset(self, study: Study, figures: Figures) -> xr.Dataset:
        plan, seed = figures.plan, study.settings.simulation.seed
        values = figures.values | ranks(plan, figures.values, figures.stability, INTERACTIVE)
        found = labelled_runs(plan, values, self._draws, seed, INTERACTIVE)
        parts = [found, figures.differences]
        if study.settings.ordinal is not None:
            parts.append(scored(found, study.settings.ordinal))
        return xr.merge(parts, join="exact", compat="no_conflicts", combine_attrs="override")


def _is_edit_of_items(state: _State, study: Study, plan: Plan) -> bool:
    """Return whether nothing but items changed, all runs are the same, and so is what is ranked."""
    before, was = state.study, state.figures.plan
    fields = set(Study.model_fields) - {"register_", "name"}
    same = all(getattr(before, name) == getattr(study, name) for name in fields)
    ranked = _unranked(was) == _unranked(plan)
    return same and ranked and runs(was) == runs(plan) and was.models == plan.models


def _unranked(plan: Plan) -> set[int]:
    """Return the sides whose ranks have no stability: nothing is kept of theirs."""
    unknown = reasons_without_stability(plan)
    return {item.side for item in plan.items if item.id in unknown}


def _touched(before: Plan, after: Plan, names: frozenset[str]) -> frozenset[str]:
    """Return items of either plan that changed or are tied otherwise."""
    present = {item.id for plan in (before, after) for item in plan.items}
    return (names | tied_otherwise(before, after)) & present
