"""What a figure is expected to be given inputs: regression on cubic splines and categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["FOLDS", "Predictor", "Regression"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
FOLDS: Final = 5
"""Parts of the draws; each is predicted from the others."""
INTERVALS: Final = 4
"""Pieces of a spline, with as many draws in each."""
_DEGREE: Final = 3


@dataclass(frozen=True)
class Predictor:
    """One input of a regression.

    Parameters
    ----------
    values : float64 array (draw,)
        Normal scores, or numbers of categories.
    is_category : bool
        True where the values are names, not amounts: each has a mean of its own.
    """

    values: Floats
    is_category: bool = False


class Regression:
    """Regression of any figures on the same inputs, whose parts are added.

    Parameters
    ----------
    predictors : sequence of Predictor
        What they do together beyond the sum of their parts is not seen.
    """

    def __init__(self, predictors: Sequence[Predictor]) -> None:
        draws = predictors[0].values.size
        self._fold = np.arange(draws) % FOLDS
        self._whole = _Design(predictors, np.ones(draws, dtype=np.bool_))
        self._parts = [_Design(predictors, self._fold != one) for one in range(FOLDS)]

    def fitted(self, target: Floats) -> Floats:
        """Return the regression in the draws that it was fitted to, (draw,)."""
        return self._whole.predicted(target)

    def cross_fitted(self, target: Floats) -> Floats:
        """Return the regression in draws that it was not fitted to, (draw,).

        Each fold's predictions are shifted to the mean of all draws: the mean of the other folds is
        high just where the fold's own is low, and the shape alone is to be learned from them.
        """
        found = np.empty_like(target)
        for one, part in enumerate(self._parts):
            shape = part.predicted(target)
            found[self._fold == one] = (shape - shape.mean() + target.mean())[self._fold == one]
        return found


class _Design:
    """Columns of a regression, and what its known draws tell of them."""

    def __init__(self, predictors: Sequence[Predictor], known: Mask) -> None:
        self._columns = np.hstack([_columns(one, known) for one in predictors])
        self._known = known
        self._squares = self._columns[known].T @ self._columns[known]

    def predicted(self, target: Floats) -> Floats:
        """Return the least squares fit to the known draws, in every draw."""
        products = self._columns[self._known].T @ target[self._known]
        # of least length: the columns of every predictor add up to 1
        weights, *_ = np.linalg.lstsq(self._squares, products, rcond=None)
        return np.asarray(self._columns @ weights)


def _columns(one: Predictor, known: Mask) -> Floats:
    """Return the columns of one predictor, (draw, column); they add up to 1."""
    if one.is_category:
        return np.asarray(one.values[:, np.newaxis] == np.unique(one.values), dtype=np.float64)
    from scipy.interpolate import BSpline  # slow to import

    places = np.quantile(one.values[known], np.linspace(0.0, 1.0, INTERVALS + 1))
    if places[0] == places[-1]:
        return np.ones((one.values.size, 1))
    knots = np.concatenate([[places[0]] * _DEGREE, places, [places[-1]] * _DEGREE])
    inside = np.clip(one.values, places[0], places[-1])
    return np.asarray(BSpline.design_matrix(inside, knots, _DEGREE).toarray())
