"""A quick start spares what nobody has loaded yet, and leaves everything as it was."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from climrisk.cli.loading import quick_start

FIRST = """
import sys
from climrisk.cli.loading import quick_start
with quick_start():
    import pandas
    print(pandas.Series(["a", None]).dtype.storage, sys.modules["pyarrow"])
print("pyarrow" in sys.modules)
import importlib.util
print(importlib.util.find_spec("pyarrow") is not None)
"""


def test_packages_are_spared_within_alone() -> None:
    found = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, check=True)
    assert found.stdout.decode().split("\n")[:3] == ["python None", "False", "True"]


def test_what_is_loaded_already_stays_and_memory_is_searched_as_before() -> None:
    import pandas

    loaded, before = sys.modules.get("pyarrow"), gc.get_threshold()
    with quick_start():
        assert sys.modules["pandas"] is pandas
        assert sys.modules.get("pyarrow") is loaded
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


COMPILER = """
import sys
from climrisk.cli.loading import load_compiler
load_compiler()
print([name for name in sys.modules if name.startswith("scipy.linalg")])
import numba, numpy
print(numba.njit(lambda one, other: one @ other)(numpy.eye(2), numpy.eye(2)).tolist())
"""


def test_the_compiler_is_loaded_without_linear_algebra_and_finds_it_later() -> None:
    found = subprocess.run([sys.executable, "-c", COMPILER], capture_output=True, check=True)
    assert found.stdout.decode().split("\n")[:2] == ["[]", "[[1.0, 0.0], [0.0, 1.0]]"]


def test_linear_algebra_has_one_thread_unless_the_user_chose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "OPENBLAS_NUM_THREADS"
    monkeypatch.delenv(name, raising=False)
    with quick_start():
        assert os.environ[name] == "1"
    assert name not in os.environ
    monkeypatch.setenv(name, "3")
    with quick_start():
        assert os.environ[name] == "3"
    assert os.environ[name] == "3"
