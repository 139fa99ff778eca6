"""Compiled loops over contiguous arrays. Importing this module needs numba."""

from __future__ import annotations

from typing import Any

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
    """Write the values of piecewise polynomials, as `climrisk.portable.pieces` does in NumPy."""
    last = coefficients.shape[0] - 1
    for i in range(x.size):
        panel = max(np.searchsorted(edges, x[i], side="right") - 1, 0)
        place = (x[i] - edges[panel]) / halves[panel] - 1.0
        value = coefficients[last, panel]
        for power_of_place in range(last - 1, -1, -1):
            value = value * place + coefficients[power_of_place, panel]
        out[i] = min(max(value, ends[0, panel]), ends[1, panel])
