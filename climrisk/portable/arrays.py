"""The portable functions on arrays of any shape: compiled for many values, NumPy for few.

Both give the same bits, so that the choice is one of speed alone: below `MANY` values the compiled
loops would take longer to load than NumPy takes to work.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from climrisk.portable import elementary, normal, philox
from climrisk.portable.compiling import is_available

__all__ = [
    "MANY",
    "Draws",
    "compile_loops",
    "compiled_loops",
    "draw_numbers",
    "exp",
    "expit",
    "expm1",
    "log",
    "log1p",
    "normal_cdf",
    "normal_quantile",
    "power",
    "tanh",
    "uniform_each",
    "uniform_grid",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Draws = range | NDArray[np.int64]
"""Numbers of draws: consecutive ones, or any in any order, (draw,)."""

MANY: Final = 1 << 20
"""Values from which on the compiled loops are loaded; once loaded, they are used for fewer too."""

_LOOPS: Final = "climrisk.portable.loops"
_DRAWS: Final = 1 << 32
_CHUNK: Final = 1 << 13  # values whose intermediate results stay in the cache


def exp(x: ArrayLike) -> Floats:
    """Return e^x, within 1 ulp."""
    return _each("exp", elementary.exp, x)


def expm1(x: ArrayLike) -> Floats:
    """Return e^x - 1, within 3 ulp also near 0."""
    return _each("expm1", elementary.expm1, x)


def log(x: ArrayLike) -> Floats:
    """Return the natural logarithm, within 1 ulp; -infinity at 0, nan below."""
    return _each("log", elementary.log, x)


def log1p(x: ArrayLike) -> Floats:
    """Return log(1 + x), within 2 ulp also near 0; -infinity at -1, nan below."""
    return _each("log1p", elementary.log1p, x)


def expit(x: ArrayLike) -> Floats:
    """Return 1 / (1 + e^-x), within 3 ulp."""
    place = np.asarray(x, dtype=np.float64)
    smaller = exp(-np.abs(place))
    return np.asarray(np.where(place < 0.0, smaller, 1.0) / (1.0 + smaller))


def tanh(x: ArrayLike) -> Floats:
    """Return the hyperbolic tangent, within 8 ulp."""
    place = np.asarray(x, dtype=np.float64)
    less = expm1(-2.0 * np.abs(place))
    return np.asarray(np.copysign(-less / (less + 2.0), place))


def normal_cdf(z: ArrayLike) -> Floats:
    """Return the probability that a standard normal is at most z, within 1e-15 of itself."""
    return _each("normal_cdf", normal.normal_cdf, z)


def normal_quantile(p: ArrayLike) -> Floats:
    """Return the normal score of p, within 6 ulp; infinite at 0 and 1, nan outside."""
    return _each("normal_quantile", normal.normal_quantile, p)


def power(x: ArrayLike, exponent: float) -> Floats:
    """Return x**exponent for x of 0 and above, within 1 + |exponent * log(x)| / 16 ulp."""
    return _each("power", elementary.power, x, exponent)


def draw_numbers(draws: Draws) -> NDArray[np.uint64]:
    """Return the numbers of draws as words of an address, (draw,).

    Raises
    ------
    ValueError
        Where a number is below 0 or beyond 2**32 - 1, the last that has random numbers.
    """
    if isinstance(draws, range):  # known by its ends; NumPy would read it number by number
        first, last = (min(draws[0], draws[-1]), max(draws[0], draws[-1])) if draws else (0, 0)
        listed = np.arange(draws.start, draws.stop, draws.step)
    else:
        first, last, listed = draws.min(initial=0), draws.max(initial=0), draws
    if first < 0 or last >= _DRAWS:
        raise ValueError(f"draws {first} to {last}: allowed from 0 to {_DRAWS - 1}")
    return listed.astype(np.uint64)


def uniform_grid(draws: Draws, index: Integers, name: int, seed: int) -> Floats:
    """Return the uniforms in (0, 1) at draws, (index, draw).

    Parameters
    ----------
    draws : range or int64 array (draw,)
        Numbers of the draws.
    index : int64 array (index,)
        Places in the stream.
    name, seed : int
        Name of the stream and seed of the run, below 2**64.
    """
    words = np.uint64(name), np.uint64(seed)
    places, numbers = index.astype(np.uint64), draw_numbers(draws)
    if (loops := compiled_loops(places.size * len(draws))) is not None:
        out = np.empty((places.size, len(draws)))
        loops.uniform_grid(numbers, places, *words, out)
        return out
    return philox.uniform(numbers, places[:, None], *words)


def uniform_each(draws: Integers, index: Integers, name: int, seed: int) -> Floats:
    """Return the uniform in (0, 1) of each pair of draw and index, in their shape."""
    words = np.uint64(name), np.uint64(seed)
    numbers, places = (np.ascontiguousarray(x, dtype=np.uint64) for x in (draws, index))
    if (loops := compiled_loops(numbers.size)) is not None:
        out = np.empty(numbers.shape)
        loops.uniform_each(numbers.ravel(), places.ravel(), *words, out.ravel())
        return out
    return philox.uniform(numbers, places, *words)


def compiled_loops(values: int) -> ModuleType | None:
    """Return the compiled loops where they are loaded or worth loading for so many values."""
    if (values < MANY and "numba" not in sys.modules) or not is_available():
        return None
    from climrisk.portable import loops  # late: it imports numba

    return loops


def compile_loops() -> None:
    """Compile all loops of this module, or load them from the cache, where they can be had."""
    if (loops := compiled_loops(MANY)) is None:
        return
    few, out, word = np.full(2, 0.5), np.empty(2), np.uint64(1)
    for name in ("exp", "expm1", "log", "log1p", "normal_cdf", "normal_quantile"):
        getattr(loops, name)(few, out)
    loops.power(few, 0.5, out)
    loops.uniform_each(np.ones(2, np.uint64), np.ones(2, np.uint64), word, word, out)
    loops.uniform_grid(np.ones(2, np.uint64), np.ones(1, np.uint64), word, word, out[None, :])
    panel = np.zeros(1), np.ones(1), np.zeros((2, 1)), np.zeros((8, 1))
    loops.pieces(few, *panel, out)


def _each(name: str, formula: Callable[..., Floats], x: ArrayLike, *further: float) -> Floats:
    values = np.require(x, np.float64, ["C", "W"])
    out = np.empty(values.shape)
    flat, results = values.reshape(-1), out.reshape(-1)
    if (loops := compiled_loops(values.size)) is not None:
        getattr(loops, name)(flat, *further, results)
        return out
    with np.errstate(all="ignore"):  # both sides of every choice are worked out
        if flat.size == 1:
            results[0] = formula(flat[0], *further)
            return out
        for start in range(0, flat.size, _CHUNK):
            part = slice(start, start + _CHUNK)
            results[part] = formula(flat[part], *further)
    return out
