"""Whether counting runs in compiled code or in NumPy; the integers are the same."""

from __future__ import annotations

import os
from functools import cache
from types import ModuleType

__all__ = ["compiled_counting"]


@cache
def compiled_counting() -> ModuleType | None:
    """Return `climrisk.metrics.compiled`, or None where NumPy has to do.

    Decided once: NumPy counts where the environment says `CLIMRISK_KERNEL=numpy`, or where numba
    cannot be imported.
    """
    if os.environ.get("CLIMRISK_KERNEL") == "numpy":
        return None
    try:
        from climrisk.metrics import compiled
    except ImportError:
        return None
    return compiled
