"""One run of a batch: a pure function of its task, wherever it is called."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from climrisk import __version__
from climrisk.analysis import analyse
from climrisk.analysis.outputs import DRAWS as SINGLE_DRAWS
from climrisk.analysis.outputs import RANGES
from climrisk.batch.arrays import (
    DIFFERENCE,
    DRAWS,
    Floats,
    labels_of,
    paired_differences,
    run_arrays,
    single_draws,
)
from climrisk.batch.memory import peak_memory_mb
from climrisk.batch.plan import PlannedRun, PlannedStudy
from climrisk.domain.batch import Batch
from climrisk.domain.study import Study
from climrisk.domain.varied import Setting, varied
from climrisk.engine.kernels import kernel_name
from climrisk.errors import BatchError
from climrisk.io.run_folder import input_hash, run_key

__all__ = ["Base", "Outcome", "Task", "simulate", "task_of"]


@dataclass(frozen=True)
class Task:
    """Everything that a run depends on, as plain data that travels.

    Parameters
    ----------
    key : str
        What the run must turn out to be, by its hash.
    study : str
        The study as it stands, as JSON.
    settings : mapping of path to mapping
        What is varied.
    scenarios : tuple of str
    draws, seed : int
    keeps_draws : bool
        Whether single draws are wanted.
    threads : int or None
        Threads that simulate; None for as many as there are processors.
    version : str
        Version of climrisk that planned the run.
    """

    key: str
    study: str
    settings: Mapping[str, Mapping[str, Any]]
    scenarios: tuple[str, ...]
    draws: int
    seed: int
    keeps_draws: bool
    threads: int | None = None
    version: str = __version__


def task_of(study: PlannedStudy, run: PlannedRun, batch: Batch, keeps_draws: bool) -> Task:
    """Return what a planned run depends on.

    Parameters
    ----------
    study : PlannedStudy
    run : PlannedRun
        One of its runs.
    batch : Batch
    keeps_draws : bool
        Whether single draws are wanted.
    """
    return Task(
        key=run.key,
        study=study.text,
        settings={path: one.model_dump(exclude_none=True) for path, one in run.settings.items()},
        scenarios=study.scenarios,
        draws=batch.draws,
        seed=batch.seed,
        keeps_draws=keeps_draws,
    )


@dataclass(frozen=True)
class Base:
    """Single draws of the base run, which others are held against.

    Parameters
    ----------
    draws : float64 array, or str
        The draws, (scenario, control, span, draw), or a file that holds them.
    step : float
        Power of two of which they are multiples [million].
    labels : mapping of dimension to list of str
    """

    draws: Floats | str
    step: float
    labels: Mapping[str, list[str]]

    def read(self) -> Floats:
        """Return the draws."""
        if isinstance(self.draws, str):
            found: Floats = np.load(Path(self.draws), mmap_mode="r")
            return found
        return self.draws


@dataclass(frozen=True)
class Outcome:
    """What a run found.

    Parameters
    ----------
    arrays : dict of float64 array
        By name; see `batch.arrays`.
    labels : dict of dimension to list of str
    step : float
        Power of two of which amounts are multiples [million].
    seconds : float
        What the run took [s].
    memory : float or None
        Largest memory of the process so far [MB].
    """

    arrays: dict[str, Floats]
    labels: dict[str, list[str]]
    step: float
    seconds: float
    memory: float | None


def simulate(task: Task, base: Base | None = None) -> Outcome:
    """Simulate a run.

    Parameters
    ----------
    task : Task
    base : Base, optional
        The base run; None where this is it.

    Raises
    ------
    BatchError
        If another version or kernel of climrisk works here, or the results have other labels than
        the base run.
    """
    started = time.perf_counter()
    study = _study(task)
    results = analyse(
        study,
        draws=task.draws,
        seed=task.seed,
        scenarios=task.scenarios,
        outputs={RANGES, SINGLE_DRAWS},
        threads=task.threads,
    )
    labels, step = labels_of(results), float(results.attrs["money_step"])
    arrays, draws = run_arrays(results), single_draws(results)
    against = draws if base is None else base.read()
    if base is not None:
        _check_labels(labels, base.labels)
    smaller = step if base is None else min(step, base.step)
    arrays[DIFFERENCE] = paired_differences(draws, against, smaller)
    if task.keeps_draws or base is None:
        arrays[DRAWS] = draws
    seconds = time.perf_counter() - started
    return Outcome(arrays, labels, step, seconds, peak_memory_mb())


def _study(task: Task) -> Study:
    """Return the varied study, certain to be the one that was planned."""
    if task.version != __version__:
        raise BatchError(f"climrisk {__version__} works here, {task.version} planned the batch")
    settings = {path: Setting.model_validate(dict(one)) for path, one in task.settings.items()}
    study = varied(Study.model_validate_json(task.study), settings)
    found = run_key(input_hash(study), task.draws, task.seed, kernel_name(), task.scenarios)
    if found != task.key:
        raise BatchError(
            f"the run comes to another key here, by kernel {kernel_name()!r}: is numba installed "
            "everywhere, and are all versions the same?"
        )
    return study


def _check_labels(found: Mapping[str, list[str]], base: Mapping[str, list[str]]) -> None:
    for name, labels in found.items():
        if base[name] != labels:
            odd = sorted(set(base[name]) ^ set(labels)) or ["their order"]
            raise BatchError(
                f"{name} differs from the base run: {', '.join(odd[:5])}; a batch varies numbers, "
                "not what there is"
            )
