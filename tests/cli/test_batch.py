from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from climrisk.io.batch_manifest import Manifest
from tests.command_line import call
from tests.small_study import small_study

BATCH = """\
study: shop
draws: 30
vary:
  discount_rate: [0.05, 0.08, 0.1]
"""
FINISHED = 3


@pytest.fixture
def file(tmp_path: Path) -> Path:
    small_study(tmp_path / "shop")
    path = tmp_path / "sweep.yaml"
    path.write_text(BATCH, encoding="utf-8")
    return path


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulate here, as a process of its own takes seconds to start."""
    from climrisk.batch import run
    from climrisk.batch.execution import serial

    monkeypatch.setattr(run, "_place", lambda workers, scheduler: serial())


def test_a_batch_says_how_it_ended_and_where_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_process(monkeypatch)
    monkeypatch.chdir(file.parent)
    found = call("batch", file)
    assert (found.code, found.err) == (0, "")
    first, second = found.out.splitlines()
    assert first.startswith("3 of 3 runs finished, 3 of them now in ")
    assert second == f"batch folder: {Path('batches') / 'sweep'}"
    names = {one.name for one in (file.parent / "batches" / "sweep").iterdir()}
    assert names == {
        "batch.json", "batch.log", "headline.csv", "manifest.jsonl", "results.zarr", "studies",
        "summary.parquet",
    }  # fmt: skip
    again = call("batch", file)
    assert (again.code, again.out) == (1, "")
    assert again.err == (
        "batches/sweep exists already; go on with --resume, or name another folder\n"
    )
    assert call("batch", file, "--resume", "--quiet") == (0, "", "")


def test_a_dry_run_tells_what_it_would_take_and_writes_nothing(file: Path) -> None:
    found = call("batch", file, "--dry-run", "--workers", 2)
    assert (found.code, found.err) == (0, "")
    *rows, last = found.out.splitlines()
    lines = dict(line.split(maxsplit=1) for line in rows)
    assert lines["runs"] == "4, 1 the same as another"
    assert lines["draws"] == "30 a run, those of every run kept"
    # three runs, two scenarios, two controls, seven years
    assert float(lines["trial-years"]) == 30 * 3 * 2 * 2 * 7
    assert lines["rows"].endswith("8 in headline.csv")
    assert lines["disk"].endswith("in results.zarr")
    assert "s on one processor; " in lines["time"]
    assert lines["memory"].endswith("MB a process")
    assert last == ("time and memory: extrapolated from pilots of 30 draws a study, run just now")
    assert {one.name for one in file.parent.iterdir()} == {"shop", "sweep.yaml"}


def test_the_dry_run_counts_rows_and_bytes_as_the_batch_writes_them(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pandas as pd

    from climrisk.batch.estimate import estimate
    from climrisk.batch.planning import read_batch

    in_this_process(monkeypatch)
    told = estimate(read_batch(file))
    out = file.parent / "out"
    assert call("batch", file, "--out", out, "--quiet").code == 0
    assert told.rows == len(pd.read_parquet(out / "summary.parquet"))
    assert told.headline_rows == len(pd.read_csv(out / "headline.csv"))
    arrays = ("summary", "present_value", "difference", "draws")
    chunks = [one for name in arrays for one in (out / "results.zarr/shop" / name).glob("c.*")]
    assert told.disk == sum(one.stat().st_size for one in chunks)


def test_faults_are_told_with_file_and_line(file: Path) -> None:
    file.write_text(BATCH.replace("discount_rate", "discount_rat"), encoding="utf-8")
    found = call("batch", file)
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("sweep.yaml:4: vary.discount_rat: no 'discount_rat' in ")


def test_workers_and_scheduler_together_are_a_wrong_command_line(file: Path) -> None:
    found = call("batch", file, "--workers", 2, "--scheduler", "tcp://x:1")
    assert found.code == 2
    assert "--workers" in found.err


def test_a_failed_run_is_told_and_tried_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from climrisk.batch import execution

    in_this_process(monkeypatch)
    simulate = execution.simulate

    def failing(task: Any, base: Any = None) -> Any:
        if task.settings and dict(task.settings) == {"discount_rate": {"value": 0.1}}:
            raise ArithmeticError("astray")
        return simulate(task, base)

    out = file.parent / "out"
    with monkeypatch.context() as patched:
        patched.setattr(execution, "simulate", failing)
        found = call("batch", file, "--out", out)
    assert found.code == 1
    assert found.err.splitlines()[0].startswith("shop/r3 failed: ArithmeticError: astray")
    assert "2 of 3 runs finished" in found.out
    assert call("batch", file, "--out", out, "--resume", "--quiet") == (0, "", "")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_ends_in_a_sentence_and_keeps_what_is_finished(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    in_this_process(monkeypatch)
    add, calls = Manifest.add, iter(range(10))

    def failing(self: Manifest, record: Any) -> None:
        if next(calls) == 2:
            raise OSError(number, os.strerror(number))
        add(self, record)

    out = file.parent / "out"
    with monkeypatch.context() as patched:
        patched.setattr(Manifest, "add", failing)
        found = call("batch", file, "--out", out)
    assert (found.code, found.out) == (1, "")
    assert found.err == (
        f"{out}: {os.strerror(number)}: stopped with 2 of 3 runs finished; "
        "they are intact, go on with --resume\n"
    )
    assert call("batch", file, "--out", out, "--resume", "--quiet") == (0, "", "")
    assert len((out / "manifest.jsonl").read_text().splitlines()) == FINISHED


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM cannot be heeded there")
def test_sigterm_stops_cleanly_and_the_batch_goes_on(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = BATCH.replace("draws: 30", "draws: 2000000")
    file.write_text(text, encoding="utf-8")
    out = file.parent / "out"
    code = "from climrisk.cli.main import main; main()"
    words = [sys.executable, "-c", code, "batch", file, "--out", out, "--workers", "1"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as running:
        while not (out / "batch.log").exists():
            assert running.poll() is None
            time.sleep(0.02)
        time.sleep(0.3)
        running.send_signal(signal.SIGTERM)
        _, told = running.communicate(timeout=60)
    assert running.returncode == 143
    assert told == f"stopped; finished runs are kept in {out}: go on with --resume\n"
    assert json.loads((out / "batch.json").read_text())["batch"]["draws"] == 2_000_000
