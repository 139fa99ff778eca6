"""Where compiled kernels are kept, and what happens where they cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from climrisk.portable import compiling

HASHES = """
import numpy as np
from climrisk.portable import arrays
x = np.linspace(-3.0, 3.0, arrays.MANY)
print(arrays.exp(x).tobytes().hex()[:64], hash(arrays.exp(x).tobytes()))
"""


def outcome(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONHASHSEED": "0", **env}
    return subprocess.run(
        [sys.executable, "-c", code], env=settings, capture_output=True, text=True, check=True
    )


def test_kernels_are_kept_and_found_again(tmp_path: Path) -> None:
    first = outcome(HASHES, CLIMRISK_CACHE_DIR=str(tmp_path))
    (folder,) = tmp_path.glob("kernels-*")
    kept = {file: file.stat().st_mtime_ns for file in folder.rglob("loops.exp-*.nbc")}
    again = outcome(HASHES, CLIMRISK_CACHE_DIR=str(tmp_path))
    assert len(kept) == 1
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("loops.exp-*.nbc")} == kept
    assert again.stdout == first.stdout
    assert again.stderr == first.stderr == ""


@pytest.mark.parametrize("home", ["/nonexistent/climrisk", "file"])
def test_where_no_folder_can_be_written_one_message_says_so(tmp_path: Path, home: str) -> None:
    place = tmp_path / "in the way"
    place.write_text("a file, where a folder would have to be", encoding="utf-8")
    stated = home if home != "file" else str(place / "below")
    if home != "file" and os.access("/", os.W_OK):
        stated = "/proc/climrisk"  # root can write everywhere else
    found = outcome(HASHES, CLIMRISK_CACHE_DIR=stated)
    assert found.stdout == outcome(HASHES, CLIMRISK_KERNEL="numpy").stdout
    assert found.stderr.count("\n") == 1
    assert "compiled kernels cannot be kept in" in found.stderr
    assert "CLIMRISK_CACHE_DIR" in found.stderr


def test_without_numba_numpy_gives_the_same_numbers_and_one_message() -> None:
    found = outcome("import sys; sys.modules['numba'] = None" + HASHES)
    assert found.stdout == outcome(HASHES, CLIMRISK_KERNEL="numpy").stdout
    assert found.stderr.count("\n") == 1
    assert found.stderr.startswith("numba cannot be used")


def test_numpy_can_be_chosen_without_a_word() -> None:
    code = HASHES + "import sys; assert 'numba' not in sys.modules"
    assert outcome(code, CLIMRISK_KERNEL="numpy").stderr == ""


def test_a_changed_source_has_another_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "portable").mkdir()
    (tmp_path / "engine").mkdir()
    source = tmp_path / "engine" / "fused_part.py"
    monkeypatch.setattr(compiling, "_PACKAGE", tmp_path)
    names = set()
    for text in ("one = 1", "one = 2", "one = 2\n"):
        source.write_text(text, encoding="utf-8")
        names.add(compiling._fingerprint())
    monkeypatch.setenv("NUMBA_CPU_NAME", "generic")
    names.add(compiling._fingerprint())
    assert len(names) == 4


def test_only_the_last_folders_of_other_versions_stay(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for age in range(15):
        old = tmp_path / f"kernels-{age:016x}"
        old.mkdir()
        os.utime(old, (1e9 - age, 1e9 - age))
    (tmp_path / "something-else").mkdir()
    monkeypatch.setenv("CLIMRISK_CACHE_DIR", str(tmp_path))
    folder = compiling.cache_folder.__wrapped__()
    assert folder is not None
    stay = {f"kernels-{age:016x}" for age in range(12)} | {folder.name, "something-else"}
    assert {one.name for one in tmp_path.iterdir()} == stay


def test_a_cache_is_complete_once_it_was_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(compiling, "is_available", lambda: True)
    assert not compiling.is_compiled()
    compiling.mark_compiled()
    assert compiling.is_compiled()


def test_without_a_folder_no_cache_is_ever_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "cache_folder", lambda: None)
    monkeypatch.setattr(compiling, "is_available", lambda: True)
    compiling.mark_compiled()
    assert not compiling.is_compiled()
