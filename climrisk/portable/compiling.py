"""How kernels are compiled: one set of options for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import numba

__all__ = ["OPTIONS", "compiled", "inlined"]

F = TypeVar("F", bound=Callable[..., object])

# no fastmath: the order of operations is part of the result; NumPy's error model because the
# test for a zero divisor would keep loops from being vectorised
OPTIONS: Final[dict[str, Any]] = {"error_model": "numpy", "nogil": True, "fastmath": False}


def compiled(function: F) -> F:
    """Return a kernel compiled for its arguments at the first call, kept in the cache folder."""
    kernel: F = numba.njit(cache=True, **OPTIONS)(function)
    return kernel


def inlined(function: F) -> F:
    """Return a small function that is compiled into each loop that calls it."""
    kernel: F = numba.njit(forceinline=True, **OPTIONS)(function)
    return kernel
