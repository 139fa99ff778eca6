"""A batch that is killed at fixed points, each in a process of its own: `killed.py FILE FOLDER`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from climrisk.batch.planning import read_batch
from climrisk.batch.run import run_batch
from climrisk.batch.simulate import simulate, task_of
from climrisk.io.batch_manifest import Manifest
from climrisk.io.batch_store import BatchStore

FOURTH = 4


def end_now() -> None:
    """End as a power cut does: nothing is cleaned up."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_before_anything_is_written() -> None:
    """End when the fourth run is simulated and nothing of it is written."""
    write, calls = BatchStore.write, iter(range(1, 100))

    def killed(self: BatchStore, *arguments: Any) -> None:
        if next(calls) == FOURTH:
            end_now()
        write(self, *arguments)

    BatchStore.write = killed  # type: ignore[method-assign]


def kill_within_the_results() -> None:
    """End when one of the arrays of the fourth run is written."""
    write, calls = BatchStore.write, iter(range(1, 100))

    def killed(self: BatchStore, group: str, rows: Any, arrays: Any) -> None:
        if next(calls) == FOURTH:
            write(self, group, rows, dict([next(iter(arrays.items()))]))
            end_now()
        write(self, group, rows, arrays)

    BatchStore.write = killed  # type: ignore[method-assign]


def kill_within_the_line() -> None:
    """End when half of the fourth run's line is in the manifest."""
    add, calls = Manifest.add, iter(range(1, 100))

    def killed(self: Manifest, record: Any) -> None:
        if next(calls) == FOURTH:
            os.pwrite(self._handle, b'{"group": "shop", "runs": ["r', self._end)
            end_now()
        add(self, record)

    Manifest.add = killed  # type: ignore[method-assign]


POINTS = (kill_before_anything_is_written, kill_within_the_results, kill_within_the_line)


def main(file: str, folder: str) -> None:
    """Begin the batch once for each point, and be killed there."""
    plan = read_batch(file)
    study = plan.studies[0]
    simulate(task_of(study, study.base, plan.batch, False))  # loads the kernels once for all
    children = []
    for point in POINTS:
        child = os.fork()
        if not child:
            point()
            run_batch(plan, Path(folder) / point.__name__)
            os._exit(0)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    assert ends == [signal.SIGKILL] * len(POINTS), ends


if __name__ == "__main__":
    main(*sys.argv[1:])
