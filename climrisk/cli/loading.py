"""A quick start of short commands: what is not loaded, and how seldom memory is searched."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

__all__ = ["quick_start"]

_SPARED: Final = {"dask": "xarray", "pyarrow": "pandas"}
"""Packages that another one loads where they are installed, to see whether data are theirs.

Neither is needed where none of climrisk's extras needs them: the figures and files are the same.
Together they take nearly half a second, and texts that Arrow keeps are slower to work with when
they are few.
"""
_YOUNG: Final = (50_000, 20, 100)
"""New objects before Python searches them for unreachable cycles, and so on for older ones.

By default it does so after each 700: some hundred searches while modules load, which leave no
cycle behind.
"""


@contextmanager
def quick_start() -> Iterator[None]:
    """Keep libraries from loading Dask and Arrow, and Python from searching memory often."""
    modules: dict[str, Any] = sys.modules
    spared = [
        name for name, by in _SPARED.items() if by not in modules and name not in modules
    ]  # each looks once, when it is loaded
    before = gc.get_threshold()
    modules.update(dict.fromkeys(spared))  # Python's own way to say that a module is not there
    gc.set_threshold(*_YOUNG)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        for name in spared:
            del modules[name]
