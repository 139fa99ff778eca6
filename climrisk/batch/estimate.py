"""What a batch will take, from its plan and a short pilot that is simulated here and now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from climrisk.batch.arrays import DRAWS
from climrisk.batch.folder import draws_bytes, keeps_draws
from climrisk.batch.plan import BatchPlan, PlannedStudy
from climrisk.batch.simulate import Outcome, simulate, task_of
from climrisk.engine.kernels import kernel_name
from climrisk.io.run_folder import input_hash, run_key

__all__ = ["Estimate", "estimate"]

PILOT: Final = (1024, 4096)
"""Draws of two short runs of each study, by which fixed and growing cost are told apart."""
COPIES_OF_DRAWS: Final = 4
"""Arrays as large as a run's single draws that are in memory at once: its own, those of the base
run, their differences, and what is sent back."""


@dataclass(frozen=True)
class Estimate:
    """What a batch is expected to take.

    Parameters
    ----------
    runs : int
        Rows of the design, over all studies, base runs and cases included.
    distinct : int
        Runs that are simulated: those that come to the same count once.
    draws : int
        Of each run.
    trial_years : int
        Simulated years in all: draws, scenarios, controls and years of every distinct run.
    rows : int
        Of `summary.parquet`.
    headline_rows : int
        Of `headline.csv`.
    disk : int
        Size of the results [bytes].
    keeps_draws : bool
        Whether single draws of every run are among them.
    core_seconds : float
        Time of all runs on one processor [s].
    memory : float or None
        Largest memory of one process [MB].
    pilot_draws : tuple of int
        Draws of the short runs that were measured; none are as long as the runs of the batch.
    """

    runs: int
    distinct: int
    draws: int
    trial_years: int
    rows: int
    headline_rows: int
    disk: int
    keeps_draws: bool
    core_seconds: float
    memory: float | None
    pilot_draws: tuple[int, ...]


@dataclass(frozen=True)
class _Pilot:
    """What short runs of one study took."""

    seconds: float
    memory: float | None
    arrays: int
    rows: int
    trial_years: int


def estimate(plan: BatchPlan) -> Estimate:
    """Return what a batch is expected to take; simulates some thousand draws of each study.

    Parameters
    ----------
    plan : BatchPlan
    """
    pilots = [_pilot(plan, study) for study in plan.studies]
    both = list(zip(plan.studies, pilots, strict=True))
    memory = [one.memory for one in pilots if one.memory is not None]
    keeps = keeps_draws(plan)
    return Estimate(
        runs=sum(len(study.runs) for study in plan.studies),
        distinct=plan.distinct,
        draws=plan.batch.draws,
        trial_years=sum(one.trial_years * len(study.rows) for study, one in both),
        rows=sum(one.rows * len(study.runs) for study, one in both),
        headline_rows=sum(len(study.runs) * (len(study.scenarios) + 1) for study in plan.studies),
        disk=sum(one.arrays * len(study.runs) for study, one in both)
        + draws_bytes(plan, every_run=keeps),
        keeps_draws=keeps,
        core_seconds=sum(one.seconds * len(study.rows) for study, one in both),
        memory=max(memory) if memory else None,
        pilot_draws=_sizes(plan),
    )


def _sizes(plan: BatchPlan) -> tuple[int, ...]:
    return tuple(dict.fromkeys(min(size, plan.batch.draws) for size in PILOT))


def _pilot(plan: BatchPlan, study: PlannedStudy) -> _Pilot:
    sizes = _sizes(plan)
    _short(plan, study, sizes[0])  # compiles, or loads what was compiled
    found = [_short(plan, study, size) for size in sizes]
    first, last = found[0], found[-1]
    draws = plan.batch.draws
    rate = 0.0
    if len(sizes) > 1:
        rate = max(0.0, (last.seconds - first.seconds) / (sizes[-1] - sizes[0]))
    single = first.arrays[DRAWS].nbytes / sizes[0] * draws / 1e6
    return _Pilot(
        seconds=last.seconds + rate * (draws - sizes[-1]),
        memory=None if last.memory is None else last.memory + COPIES_OF_DRAWS * single,
        arrays=sum(one.nbytes for name, one in first.arrays.items() if name != DRAWS),
        rows=_rows(first),
        trial_years=draws * _runs(first) * len(study.study.settings.years),
    )


def _short(plan: BatchPlan, study: PlannedStudy, draws: int) -> Outcome:
    """Simulate a few draws of a study as it stands, as one process of a batch does."""
    task = task_of(study, study.base, plan.batch, True)
    seed, hashed = plan.batch.seed, input_hash(study.study)
    key = run_key(hashed, draws, seed, kernel_name(), study.scenarios)
    return simulate(replace(task, draws=draws, key=key, threads=1))


def _runs(outcome: Outcome) -> int:
    return len(outcome.labels["scenario"]) * len(outcome.labels["control"])


def _rows(outcome: Outcome) -> int:
    """Return the rows of a run's summary: its horizons in every channel, and present values."""
    labels = outcome.labels
    of_channels = len(labels["channel"]) * len(labels["horizon"])
    return _runs(outcome) * len(labels["subject"]) * (of_channels + 1)
