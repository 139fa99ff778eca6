"""A quick start of short commands: what is not loaded, and how seldom memory is searched."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

__all__ = ["load_compiler", "quick_start"]

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
_BLAS_THREADS: Final = "OPENBLAS_NUM_THREADS"
"""The matrices here are small, and OpenBLAS keeps its other threads awake for a tenth of a second
after each product, at the cost of whoever simulates and draws meanwhile."""


@contextmanager
def quick_start() -> Iterator[None]:
    """Keep libraries from loading Dask and Arrow, and Python from searching memory often.

    NumPy loaded within works with one thread for linear algebra, unless the user chose otherwise.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_YOUNG)
    chosen = _BLAS_THREADS in os.environ
    os.environ.setdefault(_BLAS_THREADS, "1")
    # each looks once, when it is loaded
    spared = [name for name, by in _SPARED.items() if by not in sys.modules]
    try:
        with _absent(spared):
            yield
    finally:
        gc.set_threshold(*before)
        if not chosen:
            del os.environ[_BLAS_THREADS]


def load_compiler() -> None:
    """Load numba's own implementations, without SciPy's linear algebra: no kernel has any.

    numba loads it where SciPy is installed, to see whether it is there; that takes longer than all
    else of numba that kept kernels need. A function of linear algebra that is compiled later looks
    again for itself.
    """
    with _absent(["scipy.linalg.cython_blas"]):
        import_module("numba.np.arraymath")


@contextmanager
def _absent(names: list[str]) -> Iterator[None]:
    """Let packages that nobody has loaded yet seem not to be installed."""
    modules: dict[str, Any] = sys.modules
    hidden = [name for name in names if name not in modules]
    modules.update(dict.fromkeys(hidden))  # Python's own way to say that a module is not there
    try:
        yield
    finally:
        for name in hidden:
            modules.pop(name, None)
