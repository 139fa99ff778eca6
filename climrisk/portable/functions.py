"""Functions for compiled kernels: the formulas of this package, taught to numba.

The scalar ones are compiled into the loop that calls them, without a branch, so that loops over
contiguous arrays are vectorised. Importing this module needs numba.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload, register_jitable

from climrisk.portable import bits, elementary, normal, philox
from climrisk.portable.compiling import OPTIONS, inlined

__all__ = [
    "exp",
    "expm1",
    "log",
    "log1p",
    "normal_cdf",
    "normal_quantile",
    "normal_quantile_middle",
    "normal_quantile_tail",
    "normal_quantiles",
    "philox4x32",
    "power",
    "uniform",
]

_BLOCK: Final = 512  # scores of a block stay in the first cache


def _bits_type(typing_context: Any, x: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), build


def _float_type(typing_context: Any, x: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(x), build


def _select_type(typing_context: Any, condition: Any, yes: Any, no: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.select(*arguments)

    return types.float64(types.boolean, types.float64, types.float64), build


_bits: Any = intrinsic(_bits_type)
_float: Any = intrinsic(_float_type)
_select: Any = intrinsic(_select_type)


@overload(bits.bits_of, strict=False)
def _bits_of(x: Any) -> Any:
    return lambda x: _bits(x)


@overload(bits.float_of, strict=False)
def _float_of(bits: Any) -> Any:
    return lambda bits: _float(bits)


@overload(bits.select, strict=False)
def _selected(condition: Any, yes: Any, no: Any) -> Any:
    return lambda condition, yes, no: _select(condition, yes, no)


def _teach(formulas: ModuleType) -> None:
    """Let compiled code call the formulas of a module by their own names."""
    for formula in list(vars(formulas).values()):
        if getattr(formula, "__module__", "") == formulas.__name__:
            register_jitable(forceinline=True, **OPTIONS)(formula)


_teach(elementary)
_teach(normal)
_teach(philox)

exp = inlined(elementary.exp)
expm1 = inlined(elementary.expm1)
log = inlined(elementary.log)
log1p = inlined(elementary.log1p)
power = inlined(elementary.power)
normal_cdf = inlined(normal.normal_cdf)
normal_quantile = inlined(normal.normal_quantile)
normal_quantile_middle = inlined(normal.normal_quantile_middle)
normal_quantile_tail = inlined(normal.normal_quantile_tail)
philox4x32 = inlined(philox.philox4x32)
uniform = inlined(philox.uniform)


@inlined
def normal_quantiles(p: Any, out: Any) -> None:
    """Write the normal score of each p, 1-D, to `out`: as `normal_quantile`, in half its time.

    The middle is worked out for all; the few in the tails are gathered and worked out together.
    """
    where, tail = np.empty(_BLOCK, np.int64), np.empty(_BLOCK)
    for start in range(0, p.size, _BLOCK):
        block, scores = p[start : start + _BLOCK], out[start : start + _BLOCK]
        count = 0
        for i in range(block.size):
            where[count] = i
            count += not ((block[i] > 0.075) & (block[i] < 0.925))
        for j in range(count):
            tail[j] = block[where[j]]
        for i in range(block.size):
            scores[i] = normal.normal_quantile_middle(block[i])
        for j in range(count):
            tail[j] = normal.normal_quantile_tail(tail[j])
        for j in range(count):
            scores[where[j]] = tail[j]
