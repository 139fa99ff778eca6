"""A quick start spares what nobody has loaded yet, and leaves everything as it was."""

from __future__ import annotations

import gc
import subprocess
import sys

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
