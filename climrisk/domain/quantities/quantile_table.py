"""Quantile functions that are slow to invert, tabulated in normal scores and then read fast.

See `climrisk.portable.pieces` for the table, which is the definition of the quantiles inside it.
Uniforms of a simulation are always inside; beyond, the exact inverse answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from climrisk.domain.quantities.base import FloatArray
from climrisk.portable.arrays import normal_cdf, normal_quantile
from climrisk.portable.pieces import Pieces, piecewise

__all__ = ["ExactQuantiles", "QuantileTable", "tabulated"]

ExactQuantiles = Callable[[FloatArray, FloatArray], FloatArray]
"""Values at probabilities `u` and their complements `1 - u`, both to full precision, 1-D."""

# normal scores of a little less than 2**-54, and of 1 - 2**-53, the last that a simulation holds
_FIRST_EDGE, _LAST_EDGE = -8.3, 8.209536151601387
_ULPS: Final = 4.0 * 2.0**-53  # u and its score are rounded; at a jump the lower value counts


@dataclass(frozen=True)
class QuantileTable:
    """Piecewise polynomials in normal scores.

    Parameters
    ----------
    exact : callable
        The function that was tabulated.
    pieces : Pieces
        Its values by normal score.
    """

    exact: ExactQuantiles
    pieces: Pieces

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the quantiles at `u`, of the shape of `u`."""
        flat = np.ravel(u)
        score = normal_quantile(flat)
        values = self.pieces.at(score)
        if score.min(initial=0.0) < _FIRST_EDGE or score.max(initial=0.0) > _LAST_EDGE:
            beyond = (score < _FIRST_EDGE) | (score > _LAST_EDGE)
            values[beyond] = self.exact(flat[beyond], 1.0 - flat[beyond])
        return values.reshape(np.shape(u))


def tabulated(exact: ExactQuantiles) -> QuantileTable:
    """Tabulate a quantile function.

    Parameters
    ----------
    exact : callable
        See `ExactQuantiles`; never decreasing.

    Returns
    -------
    QuantileTable
        Within a relative 1e-10 of `exact`; near the 0 of a quantity of both signs, relative to a
        hundredth of the distance of its quartiles.
    """

    def by_score(score: FloatArray) -> FloatArray:
        below, above = normal_cdf(score), normal_cdf(-score)
        return exact(below * (1.0 - _ULPS), above * (1.0 + _ULPS))

    return QuantileTable(exact, piecewise(by_score, _FIRST_EDGE, _LAST_EDGE))
