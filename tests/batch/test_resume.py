from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import zarr

from climrisk.batch import folder as batch_folder
from climrisk.batch.planning import read_batch
from climrisk.batch.run import BatchState, run_batch
from climrisk.errors import BatchError, MissingExtraError, RunFolderError
from climrisk.io.batch_lock import held_alone
from climrisk.io.batch_manifest import Manifest, read_manifest
from tests.batch.folders import done_lines, results_of

KILLED = Path(__file__).parent / "killed.py"


@pytest.mark.skipif(sys.platform == "win32", reason="no fork, no SIGKILL")
def test_a_batch_killed_at_fixed_points_goes_on_and_simulates_nothing_twice(
    batch_file: Path, finished: Path, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, KILLED, batch_file, tmp_path], check=True)
    wanted = {one["key"]: one["sha256"] for one in done_lines(finished)}
    folders = sorted(tmp_path.iterdir())
    assert len(folders) == 3
    for one in folders:
        assert len(done_lines(one)) == 3
        state = run_batch(read_batch(batch_file), one, resume=True)
        assert (state.finished, state.failed, state.new) == (9, 0, 6)
        assert {line["key"]: line["sha256"] for line in done_lines(one)} == wanted
        assert len(done_lines(one)) == 9
        assert results_of(one) == results_of(finished)


def test_a_finished_batch_is_not_simulated_again(
    batch_file: Path, begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (begun / "manifest.jsonl").read_bytes()
    monkeypatch.setattr("climrisk.batch.execution.simulate", None)
    state = run_batch(read_batch(batch_file), begun, resume=True)
    assert (state.finished, state.new) == (9, 0)
    assert (begun / "manifest.jsonl").read_bytes() == before


def test_results_that_the_disk_lost_are_found_and_simulated_again(
    batch_file: Path, begun: Path, finished: Path
) -> None:
    for chunk in ("shop/summary/c.4.1.0.0.0.0.0", "shop/difference/c.7.0.0.0.0"):
        file = begun / "results.zarr" / chunk
        file.write_bytes(bytes(len(file.read_bytes())))
    state = run_batch(read_batch(batch_file), begun, resume=True)
    assert (state.finished, state.new) == (9, 2)
    assert results_of(begun) == results_of(finished)


def test_a_base_run_that_the_disk_lost_does_not_take_the_others_with_it(
    batch_file: Path, begun: Path, finished: Path
) -> None:
    file = begun / "results.zarr" / "shop" / "summary" / "c.0.1.0.0.0.0.0"
    file.write_bytes(bytes(len(file.read_bytes())))
    state = run_batch(read_batch(batch_file), begun, resume=True)
    assert (state.finished, state.new) == (9, 1)
    assert results_of(begun) == results_of(finished)


def test_a_folder_that_cannot_be_written_is_told_in_words(batch_file: Path, begun: Path) -> None:
    (begun / "manifest.jsonl").unlink()
    (begun / "manifest.jsonl").mkdir()
    with pytest.raises(BatchError, match="copy cannot be read or written: Is a directory"):
        run_batch(read_batch(batch_file), begun, resume=True)


def test_somebody_who_stops_finds_whole_runs_and_goes_on(
    batch_file: Path, finished: Path, tmp_path: Path
) -> None:
    def stop(state: BatchState) -> None:
        if state.new == 5:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        run_batch(read_batch(batch_file), out, progress=stop)
    assert len(done_lines(out)) == 5
    assert run_batch(read_batch(batch_file), out, resume=True).new == 4
    assert results_of(out) == results_of(finished)


def test_a_folder_that_is_there_is_taken_for_resuming_only(batch_file: Path, begun: Path) -> None:
    with pytest.raises(RunFolderError, match="exists already; go on with --resume, or name"):
        run_batch(read_batch(batch_file), begun)


def test_another_batch_is_not_mixed_in(batch_file: Path, begun: Path, tmp_path: Path) -> None:
    shutil.copytree(batch_file.parent / "shop", tmp_path / "shop")
    other = tmp_path / "sweep.yaml"
    text = batch_file.read_text(encoding="utf-8")
    other.write_text(text.replace("[1, 1.5]", "[1, 1.6]"), encoding="utf-8")
    with pytest.raises(BatchError, match="another batch: its file or a study has changed since"):
        run_batch(read_batch(other), begun, resume=True)
    register = tmp_path / "shop" / "register.yaml"
    other.write_text(text, encoding="utf-8")
    register.write_text(register.read_text().replace("p95: 0.8", "p95: 0.7"), encoding="utf-8")
    with pytest.raises(BatchError, match="another batch: its file or a study has changed since"):
        run_batch(read_batch(other), begun, resume=True)


def test_another_version_does_not_go_on(batch_file: Path, begun: Path) -> None:
    file = begun / "batch.json"
    stated = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(stated | {"climrisk": "0.0.1"}), encoding="utf-8")
    with pytest.raises(BatchError, match=r"written by climrisk 0\.0\.1, this is"):
        run_batch(read_batch(batch_file), begun, resume=True)


def test_what_is_no_batch_is_refused(batch_file: Path, tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match=r"no batch: batch\.json is missing or no JSON"):
        run_batch(read_batch(batch_file), tmp_path, resume=True)


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")
def test_a_second_process_is_told_that_it_is_the_second(batch_file: Path, begun: Path) -> None:
    with (
        held_alone(begun),
        pytest.raises(RunFolderError, match="another process is writing it"),
    ):
        run_batch(read_batch(batch_file), begun, resume=True)


def test_a_folder_whose_making_was_cut_off_is_made_anew(
    batch_file: Path, finished: Path, tmp_path: Path
) -> None:
    partial = tmp_path / ".out.partial"
    (partial / "studies").mkdir(parents=True)
    state = run_batch(read_batch(batch_file), tmp_path / "out", resume=True)
    assert state.new == 9
    assert not partial.exists()
    assert results_of(tmp_path / "out") == results_of(finished)


def test_a_group_whose_making_was_cut_off_is_made_anew(
    batch_file: Path, begun: Path, finished: Path
) -> None:
    group = zarr.open_group(begun / "results.zarr", mode="a")["shop"]
    del group.attrs["whole"]
    state = run_batch(read_batch(batch_file), begun, resume=True)
    assert state.new == 9
    assert results_of(begun) == results_of(finished)


def test_missing_libraries_are_told_before_anything_is_simulated(
    batch_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("climrisk.io.batch_tables.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"a batch needs an extra: .*climrisk\[batch\]"):
        run_batch(read_batch(batch_file), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_too_little_room_is_told_before_the_time_is_spent(
    batch_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(batch_folder.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(BatchError, match=r"shop needs .* GB, 1e-06 GB are free"):
        run_batch(read_batch(batch_file), tmp_path / "out")


def test_a_manifest_whose_last_line_was_cut_off_ends_with_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "manifest.jsonl"
    whole = b'{"status": "done"}\n'
    for rest in (b'{"stat', b'{"status": "done"}', b"12\n", b"\x00" * 20):
        file.write_bytes(whole + rest)
        assert read_manifest(file) == [{"status": "done"}]
        with Manifest(file) as manifest:
            manifest.add({"status": "failed"})
        assert file.read_bytes() == whole + b'{"status": "failed"}\n'


def test_single_draws_are_those_that_differences_come_from(finished: Path) -> None:
    group = zarr.open_group(finished / "results.zarr", mode="r")["shop"]
    draws, found = np.asarray(group["draws"]), np.asarray(group["difference"])
    gaps = draws - draws[0]
    count = gaps.shape[-1]
    assert count == 40
    mean = gaps.mean(axis=-1)
    np.testing.assert_allclose(found[..., 0], mean, rtol=1e-12, atol=1e-12)
    error = gaps.std(axis=-1, ddof=1) / np.sqrt(count)
    np.testing.assert_allclose(found[..., 1], error, rtol=1e-9, atol=1e-12)
    exceeds = (gaps > 0).mean(axis=-1) + 0.5 * (gaps == 0).mean(axis=-1)
    np.testing.assert_allclose(found[..., 2], exceeds, rtol=1e-12)
    spread = np.where(gaps > 0, 1.0, np.where(gaps == 0, 0.5, 0.0)).std(axis=-1)
    np.testing.assert_allclose(found[..., 3], spread / np.sqrt(count), rtol=1e-9, atol=1e-12)
