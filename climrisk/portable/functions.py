"""Scalar functions for compiled kernels: the formulas of this package, compiled.

    from climrisk.portable.functions import exp, log, normal_quantile

inside a function under `numba.njit`. They are compiled into the loop that calls them, without a
branch, so that loops over contiguous arrays are vectorised.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload, register_jitable

from climrisk.portable import bits, elementary, normal
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
    "power",
]


def _bits_type(typing_context: Any, x: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), build


def _float_type(typing_context: Any, x: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), build


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


for _module in (elementary, normal):
    for _formula in vars(_module).copy().values():
        if getattr(_formula, "__module__", "") == _module.__name__:
            register_jitable(forceinline=True, **OPTIONS)(_formula)

exp = inlined(elementary.exp)
expm1 = inlined(elementary.expm1)
log = inlined(elementary.log)
log1p = inlined(elementary.log1p)
power = inlined(elementary.power)
normal_cdf = inlined(normal.normal_cdf)
normal_quantile = inlined(normal.normal_quantile)
normal_quantile_middle = inlined(normal.normal_quantile_middle)
normal_quantile_tail = inlined(normal.normal_quantile_tail)
