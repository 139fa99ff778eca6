"""Functions that never decrease, tabulated as piecewise polynomials: the table is the definition.

Exact values come from elsewhere (SciPy), where their last bits depend on the machine. They are
rounded to 36 significant bits, and everything after that is portable arithmetic, so that a table
and what is read from it are the same everywhere. Polynomials are of degree 7 through Chebyshev
points; a panel is halved until they meet the exact values between the points, and cut at jumps.
Source: Trefethen 2013, Approximation Theory and Approximation Practice, ch. 4 and 8.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from climrisk.portable.arrays import compiled_loops

__all__ = ["RELATIVE_ERROR", "Pieces", "piecewise", "rounded"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Function = Callable[[Floats], Floats]

RELATIVE_ERROR: Final = 1e-10
"""Bound of the error, relative to the value; near the zero of a function of both signs, to a
hundredth of the distance of its quartiles."""

_SIGNIFICANT_BITS: Final = 36
_TOLERANCE: Final = 4e-11  # rounding moves values by 7e-12, and polynomials up to three times that
_STRAIGHT: Final = 8e-11
_MOVED: Final = 2.0**-47  # places nearer to each other than this cannot be told apart
_FIRST_PANELS: Final = 32
_HALVINGS: Final = 5
_ROUNDS: Final = 20
_PARTS: Final = 16  # into which a panel is cut after the halvings
_JUMPS_FROM: Final = 9  # round from which on panels are cut where the function jumps
_MANY: Final = 64  # panels of one round that are too many for a few jumps and corners
_MOST_PANELS: Final = 1 << 12  # of one round: more are noise
_SEARCHED: Final = 256  # places of one step of the search for a jump
_NARROW: Final = 2.0**-62  # no two scores of uniforms are nearer to each other
_COS_1, _COS_2, _COS_3 = 0.9009688679024191, 0.6234898018587335, 0.2225209339563144  # of k pi / 7
_POINTS: Final = np.array([-1.0, -_COS_1, -_COS_2, -_COS_3, _COS_3, _COS_2, _COS_1, 1.0])
_BETWEEN: Final = 0.5 * (_POINTS[:-1] + _POINTS[1:])


def rounded(values: Floats) -> Floats:
    """Return the values rounded to 36 significant bits, a relative 7e-12, in their shape."""
    mantissa, exponent = np.frexp(values)
    scale = 2.0**_SIGNIFICANT_BITS
    return np.asarray(np.ldexp(np.rint(mantissa * scale) / scale, exponent))


@dataclass(frozen=True)
class Pieces:
    """Piecewise polynomials of degree 7.

    Parameters
    ----------
    edges : float64 array (panel,)
        Lower ends of the panels, increasing.
    halves : float64 array (panel,)
        Half widths.
    ends : float64 array (2, panel)
        Values at both ends, which the polynomial is kept between.
    coefficients : float64 array (power, panel)
        Of the powers of the place in the panel, which runs from -1 to 1.
    """

    edges: Floats
    halves: Floats
    ends: Floats
    coefficients: Floats

    def at(self, x: Floats) -> Floats:
        """Return the values at `x`, of its shape; beyond the table those of its ends."""
        flat = np.require(x, np.float64, ["C", "W"]).reshape(-1)
        table = self.edges, self.halves, self.ends, self.coefficients
        if (loops := compiled_loops(flat.size)) is not None:
            values = np.empty(flat.size)
            loops.pieces(flat, *table, values)
        else:
            panel = np.maximum(np.searchsorted(self.edges, flat, side="right") - 1, 0)
            place = (flat - self.edges[panel]) / self.halves[panel] - 1.0
            values = self.coefficients[-1][panel]
            for power in self.coefficients[-2::-1]:
                values = values * place + power[panel]
            values = np.clip(values, self.ends[0][panel], self.ends[1][panel])
        return values.reshape(np.shape(x))


def piecewise(function: Function, low: float, high: float) -> Pieces:
    """Tabulate a function that never decreases.

    Parameters
    ----------
    function : callable
        Exact values at places, both (place,).
    low, high : float
        Where the table begins and ends.

    Returns
    -------
    Pieces
        Within `RELATIVE_ERROR` of the function, or of its values within 2**-47 of the place, which
        matters beside jumps; a jump itself is met to neighbouring float64.
    """
    edges = low + (high - low) * (np.arange(_FIRST_PANELS + 1) / _FIRST_PANELS)
    left, right = edges[:-1], edges[1:]
    least = _least_size(function, edges)
    panels: list[tuple[Floats, Floats, Floats, Floats]] = []
    for number in range(_ROUNDS):
        if not left.size:
            break
        values, between = _sampled(function, left, right)
        coefficients, is_close = _fitted(values, between, least, right - left)
        done = is_close | (number == _ROUNDS - 1) | (left.size > _MOST_PANELS)
        panels.append((left[done], right[done], values[:, done][[0, -1]], coefficients[:, done]))
        left, right = left[~done], right[~done]
        if number < _JUMPS_FROM or number % 3:  # searching for jumps is slow
            steep = number < _HALVINGS or left.size > _MANY
            left, right = _cut(left, right, 2 if steep else _PARTS)
        else:
            left, right = _cut_at_jumps(function, left, right)
    return _joined(panels)


def _least_size(function: Function, edges: Floats) -> float:
    """Return the size below which errors are absolute: a hundredth of a quartile's distance.

    It is 0 for functions of one sign, for which errors are relative everywhere.
    """
    ends = function(edges[[0, -1]])
    if ends[0] >= 0.0 or ends[1] <= 0.0:
        return 0.0
    quartiles = rounded(function(np.array([-0.6745, 0.6745])))
    return float(0.01 * (quartiles[1] - quartiles[0]))


def _sampled(function: Function, left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Return the values at the points of each panel and between them, both (place, panel)."""
    middle, half = 0.5 * (left + right), 0.5 * (right - left)
    places = middle + half * np.concatenate([_POINTS, _BETWEEN])[:, None]
    places[0], places[_POINTS.size - 1] = left, _last_in(right)
    exact = function(places.ravel()).reshape(places.shape)
    # a panel of one value holds a number that somebody stated, which needs no rounding
    values = np.where((exact == exact[0]).all(axis=0), exact, rounded(exact))
    return values[: _POINTS.size], values[_POINTS.size :]


def _last_in(right: Floats) -> Floats:
    """Return the last place of panels that end before `right`."""
    return np.minimum(np.nextafter(right, -np.inf), right - 2.0 * _NARROW)


def _fitted(values: Floats, between: Floats, least: float, width: Floats) -> tuple[Floats, Flags]:
    """Return coefficients, (power, panel), and whether they meet the values between the points."""
    coefficients = _weighted(_to_coefficients(), values)
    straight = np.zeros_like(coefficients)
    straight[0], straight[1] = 0.5 * (values[-1] + values[0]), 0.5 * (values[-1] - values[0])
    size = np.maximum(np.abs(between), least)
    slack = (values[-1] - values[0]) * np.minimum(_MOVED / width, 1.0)
    with np.errstate(invalid="ignore"):
        from_line = np.abs(_at_between(straight) - between)
        from_curve = np.abs(_at_between(coefficients) - between)
        is_straight = (from_line <= _STRAIGHT * size + slack).all(axis=0)
        is_close = (from_curve <= _TOLERANCE * size + slack).all(axis=0)
    fitted = np.where(is_straight | ~is_close, straight, coefficients)
    return fitted, np.asarray(is_close | is_straight)


def _at_between(coefficients: Floats) -> Floats:
    values = np.zeros((_BETWEEN.size, coefficients.shape[1]))
    for power in coefficients[::-1]:
        values = values * _BETWEEN[:, None] + power
    return values


def _weighted(weights: Floats, values: Floats) -> Floats:
    """Return weights @ values, added in the order of the points: a matrix product may not be."""
    total = weights[:, :1] * values[:1]
    for point in range(1, _POINTS.size):
        total = total + weights[:, point : point + 1] * values[point : point + 1]
    return total


@cache
def _to_coefficients() -> Floats:
    """Return the matrix from values at the points to coefficients of powers, (power, point).

    By way of Chebyshev coefficients: a discrete cosine transform, then T_n in powers.
    """
    degree = _POINTS.size - 1
    chebyshev = [[1.0], [0.0, 1.0]]
    while len(chebyshev) <= degree:
        twice = [0.0, *(2.0 * c for c in chebyshev[-1])]
        chebyshev.append([a - b for a, b in zip(twice, [*chebyshev[-2], 0.0, 0.0], strict=True)])
    matrix = np.zeros((degree + 1, degree + 1))
    for power in range(degree + 1):
        for point in range(degree + 1):
            matrix[power, point] = math.fsum(
                chebyshev[n][power] * _cosine(n, point) for n in range(power, degree + 1)
            )
    return matrix


def _cosine(n: int, point: int) -> float:
    """Return the weight of a point's value in the Chebyshev coefficient of order n."""
    degree = _POINTS.size - 1
    table: list[float] = [
        *(-_POINTS).tolist(),
        *_POINTS.tolist()[1:-1],
    ]  # cos(k pi / 7), k from 0 to 13
    halved = (0.5 if n in (0, degree) else 1.0) * (0.5 if point in (0, degree) else 1.0)
    return 2.0 / degree * halved * table[n * (degree - point) % (2 * degree)]


def _cut(left: Floats, right: Floats, parts: int) -> tuple[Floats, Floats]:
    shares = np.arange(parts + 1) / parts
    edges = left + (right - left) * shares[:, None]
    edges[-1] = right
    return edges[:-1].ravel(), edges[1:].ravel()


def _cut_at_jumps(function: Function, left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Cut panels in which the function jumps at the jump, the others into equal parts."""
    below, above = _steepest(function, left, _last_in(right))
    before, after = rounded(function(below)), rounded(function(above))
    jumps = (after - before > RELATIVE_ERROR * np.abs(after)) & (left < above)
    parts = _cut(left[~jumps], right[~jumps], _PARTS)
    lower, upper = (left[jumps], above[jumps]), (above[jumps], right[jumps])
    cut = np.concatenate([parts[0], lower[0], upper[0]])
    return cut, np.concatenate([parts[1], lower[1], upper[1]])


def _steepest(function: Function, below: Floats, above: Floats) -> tuple[Floats, Floats]:
    """Return neighbouring places between which the function passes half its rise, by panel."""
    half_way = 0.5 * (rounded(function(below)) + rounded(function(above)))
    panel = np.arange(below.size)
    while np.any(above - below > np.maximum(_NARROW, np.spacing(np.abs(above)))):
        places = below + (above - below) * (np.arange(_SEARCHED + 1) / _SEARCHED)[:, None]
        places[-1] = above
        reached = rounded(function(places.ravel()).reshape(places.shape)) > half_way
        reached[0], reached[-1] = False, True
        first = np.argmax(reached, axis=0)
        below, above = places[first - 1, panel], places[first, panel]
    return below, above


def _joined(panels: list[tuple[Floats, Floats, Floats, Floats]]) -> Pieces:
    left, right, ends, coefficients = (
        np.concatenate(parts, axis=-1) for parts in zip(*panels, strict=True)
    )
    order = np.argsort(left)
    return Pieces(
        edges=left[order],
        halves=(0.5 * (right - left))[order],
        ends=np.ascontiguousarray(ends[:, order]),
        coefficients=np.ascontiguousarray(coefficients[:, order]),
    )
