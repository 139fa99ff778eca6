"""`run_batch`: every run of a batch, each counted once it is on the disk."""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from climrisk.batch.execution import Execution, dask_cluster, processes, serial
from climrisk.batch.folder import BatchFolder, batch_folder, keeps_draws
from climrisk.batch.plan import BatchPlan, PlannedRun, PlannedStudy
from climrisk.batch.planning import plan_batch
from climrisk.batch.results import open_batch, write_tables
from climrisk.batch.simulate import Base, Outcome, task_of
from climrisk.domain.batch import Batch
from climrisk.errors import BatchError, ClimriskError

__all__ = ["BatchState", "run_batch"]

LONGEST_WAIT = 0.5
"""Seconds between two looks at whether somebody wants to stop."""


@dataclass(frozen=True)
class BatchState:
    """How far a batch is.

    Parameters
    ----------
    total : int
        Runs to simulate, those that come to the same counted once.
    finished : int
        Those that are finished, earlier ones included.
    failed : int
    new : int
        Those finished by this call.
    seconds : float
        Since this call began [s].
    """

    total: int
    finished: int
    failed: int
    new: int
    seconds: float

    @property
    def runs_per_minute(self) -> float:
        """Rate of this call."""
        return 60.0 * self.new / self.seconds if self.seconds > 0.0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time left at this rate [s]; None before the first run."""
        left = self.total - self.finished - self.failed
        return left * self.seconds / self.new if self.new else None


Progress = Callable[[BatchState], None]


def run_batch(
    batch: BatchPlan | Batch,
    out: str | Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> BatchState:
    """Simulate every run of a batch that is not finished yet.

    Parameters
    ----------
    batch : BatchPlan or Batch
        As `read_batch` or `plan_batch` returns it, or what to plan.
    out : str or Path
        Folder of the batch; must not exist unless `resume`.
    workers : int, optional
        Processes; by default one run after the other in this process.
    scheduler : str, optional
        Address of a Dask scheduler, instead of `workers`.
    resume : bool
        Go on with a batch that was stopped; begins it where there is none.
    progress : callable, optional
        Called with the state after each run and every half second; may raise to stop.

    Returns
    -------
    BatchState
        How it ended. A run that failed does not stop the others: its cause stands in the manifest.

    Raises
    ------
    InvalidStudyError
        If the batch cannot be planned.
    RunFolderError
        If the folder cannot be used.
    BatchError
        If the batch cannot go on, such as on a full disk; what is finished is kept.
    ValueError
        If `workers` is less than 1, or given with `scheduler`.
    """
    plan = plan_batch(batch) if isinstance(batch, Batch) else batch
    place = _place(workers, scheduler)
    try:
        with batch_folder(plan, Path(out), resume) as folder, place as execution:
            return _Work(plan, folder, execution, progress).done()
    except OSError as error:
        raise BatchError(f"{out} cannot be read or written: {error.strerror or error}") from error


def _place(workers: int | None, scheduler: str | None) -> AbstractContextManager[Execution]:
    if workers is not None and scheduler is not None:
        raise ValueError("found workers and scheduler, allowed one of them")
    if scheduler is not None:
        return dask_cluster(scheduler)
    return serial() if workers is None else processes(workers)


@dataclass(frozen=True)
class _Job:
    study: PlannedStudy
    run: PlannedRun
    base: Any = None

    @property
    def name(self) -> str:
        return f"{self.study.group}/{self.run.key}"


class _Work:
    """One call: submits jobs, and puts down what becomes of them."""

    def __init__(
        self,
        plan: BatchPlan,
        folder: BatchFolder,
        execution: Execution,
        progress: Progress | None,
    ) -> None:
        self._plan, self._folder, self._execution = plan, folder, execution
        self._progress = progress
        self._started = time.perf_counter()
        self._finished = folder.finished()
        self._keeps_draws = keeps_draws(plan)
        self._pending: dict[Future[Outcome], _Job] = {}
        self._suspects: deque[_Job] = deque()
        self._new = self._failed = 0

    def done(self) -> BatchState:
        """Simulate what is not finished, base runs first."""
        self._log(f"{self._state.finished} of {self._state.total} runs are finished")
        try:
            self._drain(_Job(study, study.base) for study in self._plan.studies)
            for study in self._plan.studies:
                self._drain(self._others(study))
            write_tables(open_batch(self._folder.path))
            self._log(f"{self._state.finished} of {self._state.total} runs are finished")
        except OSError as error:
            raise self._stopped(error) from error
        finally:
            for future in self._pending:
                future.cancel()
        return self._state

    @property
    def _state(self) -> BatchState:
        return BatchState(
            total=self._plan.distinct,
            finished=len(self._finished),
            failed=self._failed,
            new=self._new,
            seconds=time.perf_counter() - self._started,
        )

    def _others(self, study: PlannedStudy) -> Iterator[_Job]:
        line = self._finished.get(_Job(study, study.base).name)
        left = [run for run in _first_of_each(study) if _Job(study, run).name not in self._finished]
        if not left:
            return
        if line is None:
            for run in left[1:]:
                self._fail(_Job(study, run), "its base run failed")
            return
        draws, labels = self._folder.base_draws(study), self._folder.labels(study)
        base = self._execution.share(Base(draws, line["money_step"], labels))
        yield from (_Job(study, run, base) for run in left)

    def _drain(self, jobs: Iterable[_Job]) -> None:
        """Keep everybody busy until there is nothing left to do."""
        waiting = (job for job in jobs if job.name not in self._finished)
        while True:
            self._fill(waiting)
            if not self._pending:
                if self._suspects:
                    continue  # the processes died before they took a job
                return
            done, _ = wait(self._pending, LONGEST_WAIT, FIRST_COMPLETED)
            # in the order of submission; cancelled ones may never count as done
            for future in [one for one in self._pending if one in done or one.cancelled()]:
                if future in self._pending:  # a broken pool takes all with it
                    self._settle(future, self._pending.pop(future))
            self._tell()

    def _fill(self, waiting: Iterator[_Job]) -> None:
        """Submit jobs; those that may have killed their process one at a time."""
        while self._suspects and not self._pending:
            self._submit(self._suspects.popleft())
        while not self._suspects and len(self._pending) < self._execution.capacity:
            job = next(waiting, None)
            if job is None:
                return
            self._submit(job)

    def _submit(self, job: _Job) -> None:
        try:
            task = task_of(job.study, job.run, self._plan.batch, self._keeps_draws)
            self._pending[self._execution.submit(task, job.base)] = job
        except BrokenProcessPool:
            self._renew([*self._pending.values(), job])

    def _settle(self, future: Future[Outcome], job: _Job) -> None:
        """Put down what became of a job."""
        try:
            outcome = future.result()
        except BrokenProcessPool:
            others = list(self._pending.values())
            if others:
                self._renew([job, *others])
            else:
                self._execution.renew()
                self._fail(job, "its process died, perhaps for want of memory")
        except Exception as error:
            self._fail(job, _cause(error))
        else:
            self._keep(job, outcome)

    def _renew(self, jobs: list[_Job]) -> None:
        """Go on with new processes; nobody knows yet which job killed the last ones."""
        self._log("a process died; what was under way is simulated again, one by one")
        self._pending.clear()
        self._execution.renew()
        self._suspects.extend(jobs)

    def _keep(self, job: _Job, outcome: Outcome) -> None:
        if job.run is job.study.base:
            self._folder.begin_group(job.study, outcome)
        line = self._folder.add(job.study, job.run.key, outcome)
        self._finished[job.name] = line
        self._new += 1
        self._log(f"{job.study.group}/{job.run.name} finished in {outcome.seconds:.2f} s")
        self._tell()

    def _fail(self, job: _Job, cause: str) -> None:
        self._failed += 1
        self._folder.fail(job.study, job.run.key, cause)
        self._log(f"{job.study.group}/{job.run.name} failed: {cause}")

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self._state)

    def _log(self, text: str) -> None:
        self._folder.log(text)

    def _stopped(self, error: OSError) -> BatchError:
        state = self._state
        return BatchError(
            f"{self._folder.path}: {error.strerror or error}: stopped with {state.finished} of "
            f"{state.total} runs finished; they are intact, go on with --resume"
        )


def _first_of_each(study: PlannedStudy) -> list[PlannedRun]:
    """Return one run of each key, in order."""
    return [study.runs[rows[0]] for rows in study.rows.values()]


def _cause(error: Exception) -> str:
    """Say why a run failed: in words where it was refused, else with the place in the code."""
    if isinstance(error, ClimriskError):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" ({Path(one.filename).name}:{one.lineno})" for one in last)
    return f"{type(error).__name__}: {error}{place}"
