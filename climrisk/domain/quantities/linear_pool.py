"""A linear pool or mixture: with a stated chance, the value is that of one of several laws.

F(x) = sum of weight * F_i(x). Source: Stone 1961, The Opinion Pool, Annals of Mathematical
Statistics 32(4). ppf is the inverse of F itself, so that one uniform number gives one value and
the value never decreases with it, as dependence between quantities needs; to draw a law by its
weight and then a value from it is the same distribution. Support: from the lowest to the highest
of the laws. Mean: sum of weight * mean.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np

from climrisk.domain.quantities.base import FloatArray, Quantity
from climrisk.domain.quantities.inversion import Inverse
from climrisk.domain.quantities.law import Law, StatedLaw
from climrisk.domain.quantities.quantile_table import QuantileTable, tabulated
from climrisk.domain.quantities.steps import Steps
from climrisk.portable.arrays import exp, log, normal_cdf

__all__ = ["LinearPool", "in_order", "pooled"]

# quantiles of the laws at these chances lie around each answer
_AROUND: Final = (2.0**-1022, 1e-250, 1e-150, 1e-90, 1e-60, 1e-40, 1e-25)
_SCORES: Final = np.linspace(-8.5, 8.2, 35)
_LAST: Final = 1.0 - 2.0**-53


@dataclass(frozen=True)
class LinearPool:
    """A weighted sum of laws.

    Parameters
    ----------
    weights : tuple of float
        Chance of each law; together 1.
    laws : tuple of Quantity
        The laws, in an order that does not depend on who stated them first.
    """

    weights: tuple[float, ...]
    laws: tuple[Quantity, ...]

    @property
    def support(self) -> tuple[float, float]:
        """From the lowest to the highest value of any law."""
        lows, highs = zip(*(law.support for law in self.laws), strict=True)
        return min(lows), max(highs)

    @property
    def variance_is_finite(self) -> bool:
        """True where it is for every law."""
        return all(law.variance_is_finite for law in self.laws)

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`, within a relative 1e-10."""
        # the table may pass the ends by its rounding
        return np.clip(_table(self).ppf(u), *self.support)

    def few(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u` within a relative 2**-45, without the table of `ppf`.

        For a picture with a handful of percentiles.
        """
        return self._inverse(u, 1.0 - u)

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the chances of at most `x` and of more."""
        below, above = np.zeros(np.shape(x)), np.zeros(np.shape(x))
        for weight, law in zip(self.weights, self.laws, strict=True):
            part_below, part_above = law.tails(x)
            below, above = below + weight * part_below, above + weight * part_above
        return below, above

    def log_density(self, x: FloatArray) -> FloatArray:
        """Return the logarithm of the density at `x`."""
        parts = [
            log(weight) + law.log_density(x)
            for weight, law in zip(self.weights, self.laws, strict=True)
        ]
        largest = np.max(parts, axis=0)
        base = np.where(np.isfinite(largest), largest, 0.0)
        return np.asarray(base + log(sum(exp(part - base) for part in parts)))

    def mean(self) -> float:
        """Return the expected value."""
        means = [law.mean() for law in self.laws]
        return math.fsum(w * mean for w, mean in zip(self.weights, means, strict=True))

    @cached_property
    def _inverse(self) -> Inverse:
        """The inverse of the sum, which lies between the quantiles of the laws."""
        levels = np.concatenate([_AROUND, normal_cdf(_SCORES), [_LAST]])
        places = np.concatenate([*(law.ppf(levels) for law in self.laws), self.support])
        return Inverse(self.tails, places[np.isfinite(places)], _single_values(self))


def _single_values(law: Quantity | Law) -> list[float]:
    """Return the values of a law that have a chance of their own."""
    if isinstance(law, LinearPool):
        return [value for part in law.laws for value in _single_values(part)]
    if isinstance(law, StatedLaw):
        return _single_values(law.law)
    if isinstance(law, Steps):
        return list(law.values)
    low, high = law.support
    return [low] if low == high else []


@lru_cache(maxsize=256)
def _table(pool: LinearPool) -> QuantileTable:
    """Tabulate a pool once, also where its study is read or edited again."""
    return tabulated(pool._inverse)


def pooled(weights: Sequence[float], laws: Sequence[Quantity]) -> LinearPool:
    """Return the linear pool of laws with weights that are scaled to sum to 1."""
    return LinearPool(*in_order(weights, laws))


def in_order(
    weights: Sequence[float], laws: Sequence[Quantity]
) -> tuple[tuple[float, ...], tuple[Quantity, ...]]:
    """Return weights that sum to 1 and their laws, in an order that the statements fix.

    Sums over them are then the same to the last bit, whoever is named first.
    """
    total = math.fsum(weights)
    pairs = zip(weights, laws, strict=True)
    ordered = sorted(pairs, key=lambda pair: (repr(pair[1].as_stated()), pair[0]))
    scaled, kept = zip(*((weight / total, law) for weight, law in ordered), strict=True)
    return scaled, kept
