"""A logarithmic pool: the densities multiplied, each to the power of its weight.

f(x) = k * product of f_i(x)**weight. Source: Genest and Zidek 1986, Combining Probability
Distributions, Statistical Science 1(1). What one person rules out the pool rules out. Normal laws
on one scale give a normal law with precision = sum of weight * precision (`pooled_gaussian`). All
others are integrated on the scale of the field, as polynomials through 16 Gauss-Legendre points in
each of 400 panels: within a relative 1e-9 where the densities are smooth, 1e-5 where one has a
corner. Support: what all hold possible. Mean: by the same integration.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from climrisk.domain.quantities.base import FloatArray, Quantity, refused
from climrisk.domain.quantities.gaussian import Gaussian
from climrisk.domain.quantities.inversion import bisected
from climrisk.domain.quantities.quantile_table import QuantileTable, tabulated
from climrisk.domain.quantities.scales import Scale, from_scale, log_stretch, places
from climrisk.portable.arrays import exp

__all__ = ["LogPool", "pooled_gaussian"]

_PANELS: Final = 400
# 16 Gauss-Legendre points, written out because a routine may find others in their last bits
_UPPER: Final = np.array(
    [
        [0.09501250983763744, 0.1894506104550685],
        [0.2816035507792589, 0.18260341504492358],
        [0.45801677765722737, 0.16915651939500254],
        [0.6178762444026438, 0.14959598881657674],
        [0.755404408355003, 0.12462897125553388],
        [0.8656312023878318, 0.09515851168249279],
        [0.9445750230732326, 0.062253523938647894],
        [0.9894009349916499, 0.027152459411754096],
    ]
)
_NODES: Final = np.concatenate([-_UPPER[::-1, 0], _UPPER[:, 0]])
_WEIGHTS: Final = np.concatenate([_UPPER[::-1, 1], _UPPER[:, 1]])
_TO_SERIES: Final = (np.arange(16) + 0.5)[:, None] * legendre.legvander(_NODES, 15).T * _WEIGHTS
_LEAST_AGREEMENT: Final = 1e-6
_LOWEST: Final = 1e-40  # probability at which each law is left
_HIGHEST: Final = 1.0 - 2.0**-53
_LOG_NEGLIGIBLE: Final = 80.0  # below the peak of the density
_FARTHER: Final = 2.0  # upwards, for 1 - u ends long before `_LOWEST`


@dataclass(frozen=True)
class LogPool:
    """A weighted product of densities.

    Parameters
    ----------
    weights : tuple of float
        Weight of each person; together 1.
    laws : tuple of Quantity
        What each person stated.
    scale : {"log", "logit", "identity"}
        Scale on which the densities are integrated.
    """

    weights: tuple[float, ...]
    laws: tuple[Quantity, ...]
    scale: Scale

    def check(self) -> None:
        """Refuse people who have no density, or who rule each other out."""
        for law in self.laws:
            law.log_density(np.ones(1))
        low, high = self.support
        if low >= high or self._integral.log_total < math.log(_LEAST_AGREEMENT):
            raise refused(
                "these people rule out each other's values, so a log pool leaves nothing; "
                "allowed method linear, which keeps every view"
            )

    @property
    def support(self) -> tuple[float, float]:
        """What all people hold possible."""
        lows, highs = zip(*(law.support for law in self.laws), strict=True)
        return max(lows), min(highs)

    @property
    def variance_is_finite(self) -> bool:
        """True where it is for every person, which is enough by the Hölder inequality."""
        return all(law.variance_is_finite for law in self.laws)

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        # the table may pass the ends by its rounding
        return np.clip(self._table.ppf(u), *self.support)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        return self._integral.tails(places(x, self.scale))

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        parts = [w * law.log_density(x) for w, law in zip(self.weights, self.laws, strict=True)]
        return np.asarray(sum(parts) - self._integral.log_total)

    def mean(self) -> float:
        """Return the expected value."""
        values = from_scale(self._integral.nodes, self.scale)
        return math.fsum((self._integral.densities * values * self._integral.weights).ravel())

    def _log_product(self, place: FloatArray) -> FloatArray:
        """Return the logarithm of the product of the densities on the scale, at places on it."""
        x = from_scale(place, self.scale)
        parts = [w * law.log_density(x) for w, law in zip(self.weights, self.laws, strict=True)]
        return np.asarray(sum(parts) - log_stretch(x, self.scale))

    @cached_property
    def _integral(self) -> _Integral:
        low, high = self._reach()
        for _ in range(3):  # each look is finer, for one vague person may reach very far
            grid = np.linspace(low, high, 4 * _PANELS + 1)[1:-1]
            log_density = self._log_product(grid)
            seen = np.flatnonzero(log_density > log_density.max() - _LOG_NEGLIGIBLE)
            step = grid[1] - grid[0]
            if seen.size:
                low, high = grid[seen[0]] - step, grid[seen[-1]] + step
        edges = np.linspace(low, high, _PANELS + 1)
        half = 0.5 * (edges[1] - edges[0])
        nodes = (edges[:-1] + half) + half * _NODES[:, None]
        return _integral(edges, nodes, self._log_product(nodes))

    def _reach(self) -> tuple[float, float]:
        """Return the places between which the pool has all but a negligible part."""
        levels = np.array([_LOWEST, 0.5, _HIGHEST])
        stated = np.array([law.ppf(levels) for law in self.laws])
        ends, tiny = places(np.array(self.support), self.scale), np.finfo(float).tiny
        low, middle, high = places(
            np.clip(stated, tiny if self.scale != "identity" else -np.inf, None), self.scale
        ).T
        top = np.minimum(high, -places(np.array(tiny), self.scale))
        farther = middle.min() + _FARTHER * (top.max() - middle.min())
        return float(max(low.min(), ends[0])), float(min(farther, ends[1]))

    @cached_property
    def _table(self) -> QuantileTable:
        return tabulated(self._exact)

    def _exact(self, u: FloatArray, complement: FloatArray) -> FloatArray:
        edges = self._integral.edges

        def reached(place: FloatArray) -> NDArray[np.bool_]:
            below, above = self._integral.tails(place)
            return np.asarray(np.where(u <= complement, below >= u, above <= complement))

        ends = np.full(u.shape, edges[0]), np.full(u.shape, edges[-1])
        return np.clip(from_scale(bisected(reached, *ends), self.scale), *self.support)


@dataclass(frozen=True)
class _Integral:
    """A density on the scale and its integral, panel by panel."""

    edges: FloatArray
    nodes: FloatArray
    weights: float | FloatArray
    densities: FloatArray
    series: FloatArray
    below: FloatArray
    above: FloatArray
    log_total: float

    def tails(self, place: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `place` and of more."""
        edges = self.edges
        inside = np.clip(place, edges[0], edges[-1])
        panel = np.clip(np.searchsorted(edges, inside, side="right") - 1, 0, _PANELS - 1)
        within = 2.0 * (inside - edges[panel]) / (edges[1] - edges[0]) - 1.0
        part = legendre.legval(np.clip(within, -1.0, 1.0), self.series[:, panel], tensor=False)
        whole = sum(self.series[:, panel])  # every Legendre polynomial is 1 at the end
        return self.below[panel] + part, self.above[panel + 1] + (whole - part)


def _integral(edges: FloatArray, nodes: FloatArray, log_densities: FloatArray) -> _Integral:
    half = 0.5 * (edges[1] - edges[0])
    peak = float(log_densities.max())
    if not math.isfinite(peak):
        peak = 0.0
    densities = exp(log_densities - peak)
    # a matrix product might add in another order on another machine
    in_series = sum(row[:, None] * at for row, at in zip(_TO_SERIES.T, densities, strict=True))
    series = legendre.legint(in_series, lbnd=-1, scl=1, axis=0) * half
    parts = half * sum(weight * at for weight, at in zip(_WEIGHTS, densities, strict=True))
    total = math.fsum(parts)
    scaled = total or 1.0
    below = np.concatenate([[0.0], np.cumsum(parts)]) / scaled
    above = np.concatenate([[0.0], np.cumsum(parts[::-1])])[::-1] / scaled
    log_total = peak + math.log(total) if total else -math.inf
    weights = half * _WEIGHTS[:, None]
    return _Integral(
        edges, nodes, weights, densities / scaled, series / scaled, below, above, log_total
    )


def pooled_gaussian(weights: Sequence[float], laws: Sequence[Gaussian]) -> Gaussian:
    """Return the log pool of normal laws on one scale, which is normal there.

    Parameters
    ----------
    weights : sequence of float
        Weight of each law; together 1.
    laws : sequence of Gaussian
        Laws on one scale.
    """
    precisions = [w / (law.sigma * law.sigma) for w, law in zip(weights, laws, strict=True)]
    precision = math.fsum(precisions)
    centre = math.fsum(p * law.mu for p, law in zip(precisions, laws, strict=True)) / precision
    return Gaussian(centre, 1.0 / math.sqrt(precision), laws[0].scale)
