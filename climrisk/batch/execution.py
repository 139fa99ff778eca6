"""Where runs are simulated, behind one seam: `submit(run)` returns a future.

Serial, in processes of this machine, or on a Dask cluster that is running: the numbers are the
same to the last bit, since a run is a pure function of its task.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from climrisk.batch.simulate import Base, Outcome, Task, simulate
from climrisk.batch.worker_pool import end_pool, quiet_pool
from climrisk.errors import BatchError, MissingExtraError

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Execution", "dask_cluster", "processes", "serial"]


class Execution(Protocol):
    """What simulates runs."""

    @property
    def capacity(self) -> int:
        """Runs that should be under way or waiting at a time, so that nobody is idle."""

    def share(self, base: Base) -> Any:
        """Bring the base run to wherever runs are simulated, once."""

    def submit(self, task: Task, base: Any = None) -> Future[Outcome]:
        """Simulate a run; `base` is what `share` returned, None for the base run itself."""

    def renew(self) -> None:
        """Go on after a process died: what was under way must be submitted again."""


@contextmanager
def serial() -> Iterator[Execution]:
    """Yield what simulates one run after the other, in this process, with all its threads."""
    yield _Serial()


class _Serial:
    capacity = 1

    def share(self, base: Base) -> Base:
        return base

    def submit(self, task: Task, base: Base | None = None) -> Future[Outcome]:
        done: Future[Outcome] = Future()
        try:
            done.set_result(simulate(task, base))
        except Exception as error:
            done.set_exception(error)
        return done

    def renew(self) -> None:
        """Nothing to renew: there is one process."""


@contextmanager
def processes(workers: int) -> Iterator[Execution]:
    """Yield what simulates in processes of their own, each with one thread.

    Parameters
    ----------
    workers : int
        Processes, 1 or more.

    Raises
    ------
    ValueError
        If there are none.
    """
    if workers < 1:
        raise ValueError(f"workers: found {workers}, allowed 1 or more")
    with tempfile.TemporaryDirectory(prefix="climrisk-") as folder:
        pool = _Processes(workers, Path(folder))
        try:
            yield pool
        finally:
            pool.stop()


class _Processes:
    def __init__(self, workers: int, folder: Path) -> None:
        self._workers, self._folder, self._shared = workers, folder, 0
        self._pool = quiet_pool(self._workers)

    @property
    def capacity(self) -> int:
        return 2 * self._workers

    def share(self, base: Base) -> Base:
        self._shared += 1
        file = self._folder / f"base-{self._shared}.npy"
        np.save(file, base.read())
        return replace(base, draws=str(file))

    def submit(self, task: Task, base: Base | None = None) -> Future[Outcome]:
        return self._pool.submit(simulate, replace(task, threads=1), base)

    def renew(self) -> None:
        self.stop()
        self._pool = quiet_pool(self._workers)

    def stop(self) -> None:
        """End the processes, whatever they are doing."""
        end_pool(self._pool)


@contextmanager
def dask_cluster(address: str, patience: str = "20s") -> Iterator[Execution]:
    """Yield what simulates on a Dask cluster, one thread a run.

    Parameters
    ----------
    address : str
        Of its scheduler, such as `tcp://node-1:8786`.
    patience : str
        How long to wait for its answer.

    Raises
    ------
    MissingExtraError
        If Dask is not installed.
    BatchError
        If the scheduler does not answer.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtraError("a Dask cluster", "cluster") from None
    try:
        client = Client(address, timeout=patience)
    except (OSError, ValueError) as error:
        raise BatchError(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        yield _Dask(client)


def _unchanged(base: Base) -> Base:
    return base


class _Dask:
    def __init__(self, client: Client) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)

    @property
    def capacity(self) -> int:
        threads: list[int] = list(self._client.nthreads().values())
        return max(4, 2 * sum(threads))

    def share(self, base: Base) -> Any:
        # the result of a task, not scattered data: that is lost with the worker that holds it
        return self._client.submit(_unchanged, replace(base, draws=base.read()), pure=False)

    def submit(self, task: Task, base: Any = None) -> Future[Outcome]:
        done: Future[Outcome] = self._executor.submit(simulate, replace(task, threads=1), base)
        return done

    def renew(self) -> None:
        """Nothing to renew: the scheduler sends the runs of a dead worker to others."""
