from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from climrisk.errors import RunFolderError
from climrisk.io.atomic import new_folder, write_atomically

ENDINGS = [ValueError, KeyboardInterrupt, SystemExit, MemoryError]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.binary(max_size=50), max_size=5), broken_after=st.integers(0, 6))
def test_a_reader_finds_the_old_content_or_all_of_the_new(
    tmp_path: Path, parts: list[bytes], broken_after: int
) -> None:
    path = tmp_path / "study.yaml"
    path.write_bytes(b"old")

    def write(stream: BinaryIO) -> None:
        for number, part in enumerate(parts):
            if number == broken_after:
                raise KeyboardInterrupt
            stream.write(part)
            assert path.read_bytes() == b"old"

    if broken_after < len(parts):
        with pytest.raises(KeyboardInterrupt):
            write_atomically(path, write)
        assert path.read_bytes() == b"old"
    else:
        write_atomically(path, write)
        assert path.read_bytes() == b"".join(parts)
    assert list(tmp_path.iterdir()) == [path]


def test_bytes_are_written_to_a_new_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "run.json", b"{}")
    assert (tmp_path / "run.json").read_bytes() == b"{}"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_a_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_atomically(tmp_path / "run.json", b"{}")
    assert (tmp_path / "run.json").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_missing_folder_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"run\.json"):
        write_atomically(tmp_path / "absent" / "run.json", b"{}")
    assert list(tmp_path.iterdir()) == []


def test_a_file_cannot_take_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "run.json").mkdir()
    with pytest.raises(OSError, match=r"run\.json"):
        write_atomically(tmp_path / "run.json", b"{}")
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_a_folder_shows_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "runs" / "lx"
    with new_folder(target) as partial:
        assert partial == tmp_path / "runs" / ".lx.partial"
        (partial / "pictures").mkdir()
        (partial / "pictures" / "matrix.png").write_bytes(b"png")
        assert not target.exists()
    assert (target / "pictures" / "matrix.png").read_bytes() == b"png"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_folder_that_is_not_finished_leaves_nothing(
    tmp_path: Path, ending: type[BaseException]
) -> None:
    def fail_half_way() -> None:
        with new_folder(tmp_path / "lx") as partial:
            (partial / "run.json").write_bytes(b"{}")
            raise ending("half way")

    with pytest.raises(ending, match="half way"):
        fail_half_way()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["folder", "file", "dangling link"])
def test_an_existing_target_is_refused_and_kept(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "lx"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_bytes(b"mine")
    else:
        target.symlink_to(tmp_path / "nowhere")
    with (
        pytest.raises(RunFolderError, match="lx exists already; name a folder that does not"),
        new_folder(target),
    ):
        pytest.fail("nothing may be built")
    assert [path.name for path in tmp_path.iterdir()] == ["lx"]


def test_a_target_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="exists already"), new_folder(tmp_path / "lx"):
        (tmp_path / "lx").mkdir()
    assert [path.name for path in tmp_path.iterdir()] == ["lx"]


def test_a_second_run_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    with new_folder(tmp_path / "lx") as first:
        (first / "run.json").write_bytes(b"{}")
        with (
            pytest.raises(RunFolderError, match="another run is writing it, or was killed"),
            new_folder(tmp_path / "lx"),
        ):
            pytest.fail("nothing may be built")
    assert (tmp_path / "lx" / "run.json").exists()


def test_a_file_cannot_hold_a_folder(tmp_path: Path) -> None:
    (tmp_path / "runs").write_bytes(b"")
    with (
        pytest.raises(RunFolderError, match="runs is a file; name a folder"),
        new_folder(tmp_path / "runs" / "lx"),
    ):
        pytest.fail("nothing may be built")


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "runs").write_bytes(b"")
    with (
        pytest.raises(RunFolderError, match="runs is a file; name a folder"),
        new_folder(tmp_path / "runs" / "2024" / "lx"),
    ):
        pytest.fail("nothing may be built")


def test_every_file_reaches_the_disk_before_the_folder_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: dict[int, bool] = {}
    target, sync = tmp_path / "lx", os.fsync

    def remember(handle: int) -> None:
        synced[os.fstat(handle).st_ino] = target.exists()
        sync(handle)

    with new_folder(target) as partial:
        (partial / "below").mkdir()
        for name in ("results.nc", "below/logo.svg"):
            (partial / name).write_bytes(b"content")
        monkeypatch.setattr(os, "fsync", remember)
    files = [target / name for name in ("results.nc", "below/logo.svg")]
    assert [synced[file.stat().st_ino] for file in files] == [False, False]
