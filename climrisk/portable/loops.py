"""Compiled loops over contiguous arrays. Importing this module needs numba."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from climrisk.portable import functions
from climrisk.portable.compiling import compiled

__all__ = [
    "exp",
    "expm1",
    "log",
    "log1p",
    "normal_cdf",
    "normal_quantile",
    "pieces",
    "power",
    "uniform_each",
    "uniform_grid",
]

_TOGETHER: Final = 256  # places whose panels stay in the first cache


@compiled
def exp(x: Any, out: Any) -> None:
    """Write e^x."""
    for i in range(x.size):
        out[i] = functions.exp(x[i])


@compiled
def expm1(x: Any, out: Any) -> None:
    """Write e^x - 1."""
    for i in range(x.size):
        out[i] = functions.expm1(x[i])


@compiled
def log(x: Any, out: Any) -> None:
    """Write log(x)."""
    for i in range(x.size):
        out[i] = functions.log(x[i])


@compiled
def log1p(x: Any, out: Any) -> None:
    """Write log(1 + x)."""
    for i in range(x.size):
        out[i] = functions.log1p(x[i])


@compiled
def normal_cdf(x: Any, out: Any) -> None:
    """Write the chance of at most x."""
    for i in range(x.size):
        out[i] = functions.normal_cdf(x[i])


@compiled
def normal_quantile(x: Any, out: Any) -> None:
    """Write the normal score of x."""
    functions.normal_quantiles(x, out)


@compiled
def power(x: Any, exponent: Any, out: Any) -> None:
    """Write x**exponent."""
    for i in range(x.size):
        out[i] = functions.power(x[i], exponent)


@compiled
def uniform_grid(draw: Any, index: Any, name: Any, seed: Any, out: Any) -> None:
    """Write the uniform of each place and draw, (index, draw)."""
    for row in range(index.size):
        place, own = index[row], out[row]
        for column in range(draw.size):
            own[column] = functions.uniform(draw[column], place, name, seed)


@compiled
def uniform_each(draw: Any, index: Any, name: Any, seed: Any, out: Any) -> None:
    """Write the uniform of each pair of draw and index, (pair,)."""
    for i in range(draw.size):
        out[i] = functions.uniform(draw[i], index[i], name, seed)


@compiled
def pieces(x: Any, edges: Any, halves: Any, ends: Any, coefficients: Any, out: Any) -> None:
    """Write the values of piecewise polynomials, as `climrisk.portable.pieces` does in NumPy.

    Many places are searched for side by side, without a branch, so that both loops are vectorised.
    """
    panels = np.empty(_TOGETHER, dtype=np.int64)
    c0, c1, c2, c3 = coefficients[0], coefficients[1], coefficients[2], coefficients[3]
    c4, c5, c6, c7 = coefficients[4], coefficients[5], coefficients[6], coefficients[7]
    for start in range(0, x.size, _TOGETHER):
        places, values = x[start : start + _TOGETHER], out[start : start + _TOGETHER]
        panels[:] = 0
        left = edges.size
        while left > 1:
            half = left >> 1
            for i in range(places.size):
                further = panels[i] + half
                panels[i] = further if edges[np.uint64(further)] <= places[i] else panels[i]
            left -= half
        for i in range(places.size):
            panel = np.uint64(panels[i])
            place = (places[i] - edges[panel]) / halves[panel] - 1.0
            value = (c7[panel] * place + c6[panel]) * place + c5[panel]
            value = ((value * place + c4[panel]) * place + c3[panel]) * place + c2[panel]
            value = (value * place + c1[panel]) * place + c0[panel]
            low, high = ends[0, panel], ends[1, panel]
            value = low if low > value else value
            values[i] = high if high < value else value
