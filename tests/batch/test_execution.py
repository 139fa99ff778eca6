from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from climrisk.batch import execution, run
from climrisk.batch.execution import dask_cluster, processes
from climrisk.batch.planning import read_batch
from climrisk.batch.run import BatchState, run_batch
from climrisk.batch.simulate import Outcome, Task
from climrisk.errors import BatchError
from tests.batch.folders import done_lines, results_of


def spawned() -> list[psutil.Process]:
    """Return the processes that simulate for this one."""
    mine = psutil.Process().children(recursive=True)
    return [one for one in mine if "spawn_main" in " ".join(one.cmdline())]


def test_processes_give_the_same_bits_also_where_one_of_them_is_killed(
    batch_file: Path, finished: Path, tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill_one(state: BatchState) -> None:
        if state.new >= 3 and not killed:
            victim = spawned()[0]
            killed.append(victim.pid)
            victim.kill()

    state = run_batch(read_batch(batch_file), tmp_path / "out", workers=1, progress=kill_one)
    assert killed
    assert (state.finished, state.failed) == (9, 0)
    assert results_of(tmp_path / "out") == results_of(finished)
    assert spawned() == []


def test_a_dask_cluster_gives_the_same_bits_also_where_a_worker_is_lost(
    batch_file: Path, finished: Path, tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed")
    lost: list[int] = []
    # processes: a worker in this one would leave its sockets open when it is gone
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:

        def lose_one(state: BatchState) -> None:
            if state.new >= 3 and not lost:
                lost.append(cluster.workers[1].pid)
                os.kill(lost[0], signal.SIGKILL)

        address = cluster.scheduler_address
        plan = read_batch(batch_file)
        state = run_batch(plan, tmp_path / "dask", scheduler=address, progress=lose_one)
    assert lost
    assert (state.finished, state.failed) == (9, 0)
    assert results_of(tmp_path / "dask") == results_of(finished)


def test_a_run_that_raises_does_not_stop_the_others_and_is_tried_again(
    batch_file: Path, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = read_batch(batch_file)
    wrong = plan.studies[0].runs[3].key
    simulate = execution.simulate

    def failing(task: Task, base: Any = None) -> Outcome:
        if task.key == wrong:
            raise ArithmeticError("the sum went\nastray")
        return simulate(task, base)

    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(execution, "simulate", failing)
        state = run_batch(plan, out)
    assert (state.finished, state.failed) == (8, 1)
    lines = [json.loads(one) for one in (out / "manifest.jsonl").read_text().splitlines()]
    (failed,) = [one for one in lines if one["status"] == "failed"]
    assert failed["runs"] == [plan.studies[0].runs[3].name]
    assert failed["cause"].startswith("ArithmeticError: the sum went\nastray (test_execution.py:")
    assert "failed: ArithmeticError: the sum went astray" in (out / "batch.log").read_text()
    state = run_batch(plan, out, resume=True)
    assert (state.finished, state.failed, state.new) == (9, 0, 1)
    assert results_of(out) == results_of(finished)


def test_without_its_base_run_a_study_is_not_simulated(
    batch_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(task: Task, base: Any = None) -> Outcome:
        raise ArithmeticError("astray")

    monkeypatch.setattr(execution, "simulate", failing)
    state = run_batch(read_batch(batch_file), tmp_path / "out")
    assert (state.finished, state.failed) == (0, 9)
    text = (tmp_path / "out" / "manifest.jsonl").read_text()
    assert text.count('"its base run failed"') == 8


def test_a_run_that_kills_its_process_is_found_and_alone_blamed(
    batch_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is under way when a pool breaks is simulated again alone."""
    plan = read_batch(batch_file)
    deadly = plan.studies[0].runs[5].key
    simulate = execution.simulate

    class Fragile:
        """Processes of which one dies; every second run is under way until somebody looks."""

        capacity = 4

        def __init__(self) -> None:
            self.under_way: list[tuple[Future[Outcome], Task, Any]] = []
            self.submitted = self.renewed = 0

        def share(self, base: Any) -> Any:
            return base

        def submit(self, task: Task, base: Any = None) -> Future[Outcome]:
            done: Future[Outcome] = Future()
            self.submitted += 1
            if task.key == deadly:
                for one, *_ in [(done,), *self.under_way]:
                    one.set_exception(BrokenProcessPool("a child died"))
                self.under_way.clear()
            elif self.submitted % 2:
                done.set_result(simulate(task, base))
            else:
                self.under_way.append((done, task, base))
            return done

        def look(self, state: BatchState) -> None:
            for done, task, base in self.under_way:
                done.set_result(simulate(task, base))
            self.under_way.clear()

        def renew(self) -> None:
            self.renewed += 1

    fragile = Fragile()

    @contextmanager
    def place(workers: int | None, scheduler: str | None) -> Iterator[Fragile]:
        yield fragile

    monkeypatch.setattr(run, "_place", place)
    monkeypatch.setattr(run, "LONGEST_WAIT", 0.01)
    state = run_batch(plan, tmp_path / "out", progress=fragile.look)
    assert (state.finished, state.failed) == (8, 1)
    assert fragile.renewed >= 2
    text = (tmp_path / "out" / "manifest.jsonl").read_text()
    (failed,) = [one for one in map(json.loads, text.splitlines()) if one["status"] == "failed"]
    assert failed["key"] == deadly
    assert failed["cause"] == "its process died, perhaps for want of memory"


def test_a_run_is_simulated_once_however_many_rows_come_to_it(finished: Path) -> None:
    lines = done_lines(finished)
    assert lines[0]["runs"] == ["base", "r1"]
    assert len({one["key"] for one in lines}) == len(lines) == 9
    assert sorted(row for one in lines for row in one["rows"]) == list(range(10))


def test_the_end_of_the_parent_is_the_end_of_its_processes(batch_file: Path) -> None:
    with processes(1) as pool:
        future = pool.submit(_sleeping_task(batch_file))
        while not spawned():
            time.sleep(0.01)
    assert not future.done() or future.cancelled() or future.exception() is not None
    assert spawned() == []


def _sleeping_task(batch_file: Path) -> Task:
    from climrisk.batch.simulate import task_of

    plan = read_batch(batch_file)
    study = plan.studies[0]
    return task_of(study, study.base, plan.batch, False)


def test_no_scheduler_is_told_in_words() -> None:
    pytest.importorskip("distributed")
    with (
        pytest.raises(BatchError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1"),
        dask_cluster("tcp://127.0.0.1:1", patience="0.2s"),
    ):
        pass


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"workers": 0}, "workers: found 0, allowed 1 or more"),
        ({"workers": 1, "scheduler": "tcp://x:1"}, "found workers and scheduler"),
    ],
)
def test_impossible_executions_are_refused(
    batch_file: Path, tmp_path: Path, asked: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        run_batch(read_batch(batch_file), tmp_path / "out", **asked)
