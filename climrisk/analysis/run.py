"""`analyse`: simulate a study and return its statistics."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import replace

import xarray as xr

from climrisk.analysis.dataset import to_dataset
from climrisk.analysis.ordinal import scored
from climrisk.analysis.paired import MEASURES, OUTPUTS, PairedResults
from climrisk.analysis.tallies import Tallies
from climrisk.analysis.workers import counted, thread_count
from climrisk.domain.study import Study
from climrisk.engine.blocks import BLOCK_SIZE
from climrisk.engine.plan import Plan, make_plan
from climrisk.names import BASE_YEAR_SCENARIO

__all__ = ["analyse"]

Progress = Callable[[int, int], None]


def analyse(
    study: Study,
    *,
    draws: int | None = None,
    seed: int | None = None,
    scenarios: tuple[str, ...] | None = None,
    outputs: Collection[str] = OUTPUTS,
    block_size: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
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
    seed : int, optional
        Seed; the study's own by default.
    scenarios : tuple of str, optional
        Scenarios to simulate; the study's own by default. `base_year` is always added.
    outputs : collection of str, optional
        Which of `differences`, `inputs` and `measures` to add to the results; all by default.
    block_size : int, optional
        Draws simulated at a time; changes memory and speed only.
    threads : int, optional
        Threads that simulate and count; changes memory and speed only. One for each processor by
        default, at most as many as the environment says in `CLIMRISK_THREADS`.
    progress : callable, optional
        Called with finished and total work, in simulated draws times scenarios and controls.

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
        If `draws`, `seed`, `block_size`, `threads`, an output or a scenario cannot be used.
    """
    many = study.settings.simulation.draws if draws is None else draws
    start = study.settings.simulation.seed if seed is None else seed
    _check(study, many, start, scenarios or (), block_size)
    _check_outputs(outputs)
    workers = thread_count(threads)
    plan = _planned(study, scenarios, outputs)
    work = range(0, many, block_size or _block_size(many, workers))
    ranges = [range(first, min(first + work.step, many)) for first in work]
    tally = _Told(progress, many * len(plan.scenarios) * len(plan.controls))
    tallies = counted(
        lambda: Tallies(plan, outputs), start, ranges, min(workers, len(ranges)), tally
    )
    return _together(study, to_dataset(plan, tallies.by_run(), many, start), tallies.paired)


class _Told:
    """Draws counted so far, told to whoever wants to know."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self, draws: int) -> None:
        self._done += draws
        if self._progress is not None:
            self._progress(self._done, self._total)


def _block_size(draws: int, threads: int) -> int:
    """Return how many draws to simulate at a time, so that all threads have the same to do."""
    shares = threads * math.ceil(draws / (threads * BLOCK_SIZE))
    return math.ceil(draws / shares)


def _planned(study: Study, scenarios: tuple[str, ...] | None, outputs: Collection[str]) -> Plan:
    plan = make_plan(study, scenarios)
    return plan if MEASURES in outputs else replace(plan, measures=())


def _together(study: Study, results: xr.Dataset, paired: PairedResults) -> xr.Dataset:
    parts = [results, paired.dataset(study)]
    if study.settings.ordinal is not None:
        parts.append(scored(results, study.settings.ordinal))
    return xr.merge(parts, join="exact", compat="no_conflicts", combine_attrs="override")


def _check(
    study: Study, draws: int, seed: int, scenarios: tuple[str, ...], block_size: int | None
) -> None:
    for name, value, lowest, beyond in (
        ("draws", draws, 1, 2**32),
        ("seed", seed, 0, 2**64),
        ("block_size", 1 if block_size is None else block_size, 1, 2**32),
    ):
        if not lowest <= value < beyond:
            raise ValueError(f"{name}: found {value}, allowed {lowest} to {beyond - 1}")
    for name in scenarios:
        if name != BASE_YEAR_SCENARIO and name not in study.scenarios:
            raise ValueError(f"scenarios: found {name!r}, allowed {', '.join(study.scenarios)}")


def _check_outputs(outputs: Collection[str]) -> None:
    unknown = sorted(set(outputs) - OUTPUTS)
    if unknown:
        raise ValueError(f"outputs: found {unknown[0]!r}, allowed {', '.join(sorted(OUTPUTS))}")
