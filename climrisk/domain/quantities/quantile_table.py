"""Quantile functions that are slow to invert, tabulated once and then read fast.

Between edges in normal scores the table holds the polynomial of degree 7 through 8 Chebyshev
points; a panel is halved until the polynomial is within a relative 1e-11 of the exact values
between its points. Panels that never get there (a jump, a corner) and scores beyond the table
are inverted exactly whenever they are asked for, so the table is nowhere less exact than that.
Source: Trefethen 2013, Approximation Theory and Approximation Practice, ch. 4 and 8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from climrisk.domain.quantities.base import FloatArray

__all__ = ["ExactQuantiles", "QuantileTable", "tabulated"]

ExactQuantiles = Callable[[FloatArray, FloatArray], FloatArray]
"""Values at probabilities `u` and their complements `1 - u`, both to full precision, 1-D."""

_DEGREE: Final = 7
_TOLERANCE: Final = 1e-11
_LAST_EDGE: Final = 8.209536151601387  # normal score of 1 - 2**-53, the last float64 below 1
_FIRST_PANELS: Final = 32
_HALVINGS: Final = 11  # a panel that still fails is 2.5e-4 wide: 1e-4 of all draws at most
_POINTS: Final = -np.cos(np.pi * np.arange(_DEGREE + 1) / _DEGREE)
_BETWEEN: Final = 0.5 * (_POINTS[:-1] + _POINTS[1:])
_TO_COEFFICIENTS: Final = np.linalg.inv(np.vander(_POINTS, increasing=True))


@dataclass(frozen=True)
class QuantileTable:
    """Piecewise polynomials in normal scores.

    Parameters
    ----------
    exact : callable
        The function that was tabulated.
    edges : ndarray
        Lower ends of the panels, increasing, (panel,).
    halves : ndarray
        Half widths, (panel,).
    ends : ndarray
        Values at both ends, (2, panel).
    coefficients : ndarray
        Of the powers of the place in the panel, from -1 to 1, (power, panel).
    is_smooth : ndarray of bool
        False where the panel is inverted exactly, (panel,).
    """

    exact: ExactQuantiles
    edges: FloatArray
    halves: FloatArray
    ends: FloatArray
    coefficients: FloatArray
    is_smooth: NDArray[np.bool_]

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        from scipy.special import ndtri  # late: see scales.py

        flat = np.ravel(u)
        score = ndtri(flat)
        panel = np.maximum(np.searchsorted(self.edges, score, side="right") - 1, 0)
        place = (score - self.edges[panel]) / self.halves[panel] - 1.0
        values = self.coefficients[-1][panel]
        for power in self.coefficients[-2::-1]:
            values = values * place + power[panel]
        values = np.clip(values, self.ends[0][panel], self.ends[1][panel])
        rest = ~self.is_smooth[panel] | (np.abs(score) > _LAST_EDGE)
        if rest.any():
            values[rest] = self.exact(flat[rest], 1.0 - flat[rest])
        return np.asarray(values.reshape(np.shape(u)))


def tabulated(exact: ExactQuantiles) -> QuantileTable:
    """Tabulate a quantile function.

    Parameters
    ----------
    exact : callable
        See `ExactQuantiles`; never decreasing.

    Returns
    -------
    QuantileTable
        Within a relative 1e-10 of `exact`.
    """
    edges = np.linspace(-_LAST_EDGE, _LAST_EDGE, _FIRST_PANELS + 1)
    low, high = edges[:-1], edges[1:]
    panels: list[list[NDArray[Any]]] = []
    for halving in range(_HALVINGS + 1):
        values = _at(exact, low, high, _POINTS)
        coefficients = _coefficients(values)
        is_smooth = _is_close(coefficients, _at(exact, low, high, _BETWEEN))
        done = is_smooth | (halving == _HALVINGS)
        panels.append([x[..., done] for x in (low, high, values[[0, -1]], coefficients, is_smooth)])
        low, high = low[~done], high[~done]
        middle = 0.5 * (low + high)
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
    return _joined(exact, panels)


def _coefficients(values: FloatArray) -> FloatArray:
    """Return the polynomials through the points, straight where they rise by rounding only."""
    coefficients = _TO_COEFFICIENTS @ values
    rise = 0.5 * (values[-1] - values[0])
    is_flat = rise <= _TOLERANCE * np.abs(values[0])
    coefficients[2:, is_flat] = 0.0
    coefficients[:2, is_flat] = values[0, is_flat] + rise[is_flat], rise[is_flat]
    return np.asarray(coefficients)


def _at(exact: ExactQuantiles, low: FloatArray, high: FloatArray, places: FloatArray) -> FloatArray:
    """Return exact values at places of each panel, (place, panel)."""
    from scipy.special import ndtr  # late: see scales.py

    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    scores = middle + half * places[:, None]
    scores[places == -1.0], scores[places == 1.0] = low, high
    flat = scores.ravel()
    return exact(ndtr(flat), ndtr(-flat)).reshape(scores.shape)


def _is_close(coefficients: FloatArray, between: FloatArray) -> NDArray[np.bool_]:
    """Return whether the polynomials of each panel meet the exact values between their points."""
    fitted = np.vander(_BETWEEN, _DEGREE + 1, increasing=True) @ coefficients
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(fitted - between) <= _TOLERANCE * np.abs(between)).all(axis=0))


def _joined(exact: ExactQuantiles, panels: list[list[NDArray[Any]]]) -> QuantileTable:
    low, high, ends, coefficients, is_smooth = (
        np.concatenate(parts, axis=-1) for parts in zip(*panels, strict=True)
    )
    order = np.argsort(low)
    return QuantileTable(
        exact,
        edges=low[order],
        halves=0.5 * (high - low)[order],
        ends=ends[:, order],
        coefficients=coefficients[:, order],
        is_smooth=is_smooth[order].astype(bool),
    )
