"""What plain arithmetic lacks: the bits of a float64, and a choice without a branch.

Each works on NumPy arrays as it stands; `climrisk.portable.functions` teaches numba the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["bits_of", "float_of", "select"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Words = NDArray[np.uint64] | np.uint64
Flags = NDArray[np.bool_]


def bits_of(x: Floats) -> Integers:
    """Return the 64 bits of each float64 as an int64."""
    return x.view(np.int64)


def float_of(bits: Integers | Words) -> Any:
    """Return the float64 that each int64 or uint64 is the bits of."""
    return bits.view(np.float64)


def select(condition: Flags | np.bool_, yes: Floats | float, no: Floats | float) -> Any:
    """Return `yes` where the condition holds and `no` elsewhere; both are worked out."""
    if isinstance(condition, np.bool_):  # a single value, for which np.where would be slow
        return np.float64(yes if condition else no)
    return np.where(condition, yes, no)
