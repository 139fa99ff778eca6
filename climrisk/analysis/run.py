"""`analyse`: simulate a study and return its statistics."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import xarray as xr

from climrisk.analysis.dataset import to_dataset
from climrisk.analysis.ordinal import scored
from climrisk.analysis.outputs import EMISSIONS, MATRIX, MEASURES, OUTPUTS, wanted
from climrisk.analysis.planning import planned_run
from climrisk.analysis.precision import Precision, sampling_of, until_precise
from climrisk.analysis.projection import projected
from climrisk.analysis.tallies import Tallies
from climrisk.analysis.workers import counted, ranges_of, side_by_side, thread_count
from climrisk.domain.study import Study
from climrisk.engine.blocks import BLOCK_SIZE
from climrisk.engine.kernels import draws_together
from climrisk.engine.plan import Plan
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = ["analyse"]

Progress = Callable[[int, int], None]


def analyse(
    study: Study,
    *,
    draws: int | None = None,
    target_error: float | None = None,
    max_draws: int | None = None,
    seed: int | None = None,
    scenarios: tuple[str, ...] | None = None,
    outputs: Collection[str] = OUTPUTS,
    block_size: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    told: Callable[[int, float], None] | None = None,
) -> xr.Dataset:
    """Simulate a study and return its statistics with their Monte Carlo errors.

    Reads and writes nothing. The same study, draws, seed and scenarios give the same bits,
    whatever the block size and the number of threads.

    Parameters
    ----------
    study : Study
        A study as `climrisk.read_study` returns it.
    draws : int, optional
        Number of draws; the study's own by default.
    target_error : float, optional
        Instead of `draws`: draws are added until the standard error of the P5 of total net in the
        last horizon is at most this part of it, in every scenario under current controls; see
        `analysis.precision`. The results are those of a run of as many draws.
    max_draws : int, optional
        Draws at which adding stops however large the error is; 4,000,000 by default.
    seed : int, optional
        Seed; the study's own by default.
    scenarios : tuple of str, optional
        Scenarios to simulate; the study's own by default. `base_year` is always added.
    outputs : collection of str, optional
        Parts of the results: `ranges` (always there), `matrix`, `stability`, `annual`, `curves`,
        `breaches` and `exact`, which each run has for itself and which are all there where none
        of them is named; and `differences`, `inputs`, `measures`, `models` and `emissions`.
        Everything by default; nothing else is counted. `draws` adds net of the total in every
        single draw, 8 bytes for each horizon, scenario, control and draw.
    block_size : int, optional
        Draws simulated at a time; changes memory and speed only.
    threads : int, optional
        Threads that simulate and count; changes memory and speed only. One for each processor by
        default, at most as many as the environment says in `CLIMRISK_THREADS`.
    progress : callable, optional
        Called with finished and total work, in simulated draws times scenarios and controls; the
        total grows where draws are added.
    told : callable, optional
        Called with the draws so far and their largest relative error, where draws are added.

    Returns
    -------
    xarray.Dataset
        Dimensions `scenario, control, horizon, subject, channel, year, quantile, level, item,
        curve, basis, return_period`, and those of the outputs; amounts in millions of the study's
        currency, real terms. Attributes hold seed, draws and the money step.

    Raises
    ------
    AmountOverflowError
        If an amount is not finite or a rate is beyond what can be simulated.
    ValueError
        If `draws` and `target_error` are both given, or one of them, `max_draws`, `seed`,
        `block_size`, `threads`, an output or a scenario cannot be used.
    """
    sampling = sampling_of(study, draws, target_error, max_draws, told)
    start = study.settings.simulation.seed if seed is None else seed
    _check(study, sampling, start, scenarios or (), block_size)
    chosen = wanted(outputs)
    plan = _planned(study, scenarios, chosen)
    workers = thread_count(threads)
    count = _Count(plan, chosen, start, block_size, workers, progress)
    if isinstance(sampling, Precision):
        tallies, many = until_precise(count, plan, sampling)
    else:
        tallies, many = count(range(sampling)), sampling

    def figures() -> list[xr.Dataset]:
        items = to_dataset(plan, tallies.counted(), many, start, chosen)
        return [items, tallies.paired.dataset(study)]

    def emissions() -> list[xr.Dataset]:
        if EMISSIONS not in chosen:
            return []
        ranges = ranges_of(range(many), block_size, workers)
        return [projected(study, plan, start, ranges, workers)]

    own, projections = side_by_side(figures, emissions, workers if EMISSIONS in chosen else 1)
    parts = [*own, *projections]
    if study.settings.ordinal is not None and MATRIX in chosen:
        parts.append(scored(parts[0], study.settings.ordinal))
    return xr.merge(parts, join="exact", compat="no_conflicts", combine_attrs="override")


class _Count:
    """Simulates and counts ranges of draws, by several threads."""

    def __init__(
        self,
        plan: Plan,
        outputs: Collection[str],
        seed: int,
        block_size: int | None,
        workers: int,
        progress: Progress | None,
    ) -> None:
        self._make = lambda: Tallies(plan, outputs)
        self._seed, self._size, self._workers = seed, block_size, workers
        self._suitable = max(BLOCK_SIZE, draws_together(plan))
        self._runs = len(plan.scenarios) * len(plan.controls)
        self._progress = progress

    def __call__(self, draws: range) -> Tallies:
        ranges = ranges_of(draws, self._size, self._workers, self._suitable)
        told = _Told(self._progress, draws.start * self._runs, draws.stop * self._runs)
        return counted(self._make, self._seed, ranges, min(self._workers, len(ranges)), told)


class _Told:
    """Draws counted so far, told to whoever wants to know."""

    def __init__(self, progress: Progress | None, done: int, total: int) -> None:
        self._progress, self._total, self._done = progress, total, done

    def __call__(self, draws: int) -> None:
        self._done += draws
        if self._progress is not None:
            self._progress(self._done, self._total)


def _planned(study: Study, scenarios: tuple[str, ...] | None, outputs: Collection[str]) -> Plan:
    plan = planned_run(study, scenarios)
    return plan if MEASURES in outputs else replace(plan, measures=())


def _check(
    study: Study,
    sampling: int | Precision,
    seed: int,
    scenarios: tuple[str, ...],
    block_size: int | None,
) -> None:
    draws = sampling.most if isinstance(sampling, Precision) else sampling
    for name, value, lowest, beyond in (
        ("max_draws" if isinstance(sampling, Precision) else "draws", draws, 1, 2**32),
        ("seed", seed, 0, 2**64),
        ("block_size", 1 if block_size is None else block_size, 1, 2**32),
    ):
        if not lowest <= value < beyond:
            raise ValueError(f"{name}: found {value}, allowed {lowest} to {beyond - 1}")
    for name in scenarios:
        if name != BASE_YEAR_SCENARIO and name not in study.scenarios:
            raise ValueError(f"scenarios: found {name!r}, allowed {', '.join(study.scenarios)}")
