"""Mean of an amount per occasion where a draw has several: a ratio of sums with its error."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats, Integers
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.exact_sum import ExactSum
from climrisk.metrics.moments import SQUARE_RESOLUTION, square_step

__all__ = ["RatioOfSums"]


class RatioOfSums:
    """Sum of amounts over sum of occasions, for many series, exact and free of order.

    Occasions of one draw belong together, so the standard error is clustered by draw:
    sqrt(n / (n - 1) * sum (S_i - R M_i)^2) / sum M_i with R = sum S_i / sum M_i.

    Parameters
    ----------
    shape : tuple of int
        Dimensions of the series.
    step : float
        Grid of the amounts, a power of two.
    scale : float
        A power of two near the largest amount expected; sets the grid of the squares.

    Raises
    ------
    ValueError
        If `step` or `scale` is not a power of two.

    References
    ----------
    .. [1] W. G. Cochran, Sampling Techniques, 3rd ed., section 2.11 and 9A.3, 1977.
    """

    def __init__(self, shape: tuple[int, ...], step: float, scale: float) -> None:
        self.shape = shape
        self.draws = 0
        self._amount = ExactSum(shape, step)
        self._product = ExactSum(shape, step)
        self._squares = ExactSum(shape, square_step(scale))
        # draws with an occasion, occasions, and the squares of a draw's occasions
        self._counts = np.zeros((3, math.prod(shape)), dtype=np.int64)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        sums = self._amount.nbytes + self._product.nbytes + self._squares.nbytes
        return sums + self._counts.nbytes

    @property
    def drawn(self) -> Integers:
        """Draws with at least one occasion, `shape`."""
        return np.array(self._counts[0].reshape(self.shape))

    @property
    def occasions(self) -> Integers:
        """Occasions in all draws, `shape`."""
        return np.array(self._counts[1].reshape(self.shape))

    def add(self, amount: Floats, occasions: Integers) -> None:
        """Add a block of draws.

        Parameters
        ----------
        amount : ndarray
            Sum over the draw's occasions, (*shape, draw).
        occasions : ndarray
            Their number, not negative, (*shape, draw).

        Raises
        ------
        SeriesOverflowError
            If an amount is not finite or too large to be added exactly.
        """
        counting = compiled_counting()
        if counting is None:
            self._add(amount, occasions)
        else:
            rows, often = (self._rows(one) for one in (amount, occasions))
            wrong = counting.add_ratio(
                rows,
                often,
                self._amount.step,
                math.sqrt(self._squares.step),
                *(one.limbs for one in (self._amount, self._product, self._squares)),
                self._counts,
            )
            if wrong >= 0:
                self._add(amount, occasions)  # says why
        self.draws += amount.shape[-1]

    def _rows(self, block: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.ascontiguousarray(block).reshape(math.prod(self.shape), block.shape[-1])

    def _add(self, amount: Floats, occasions: Integers) -> None:
        self._amount.add(amount)
        self._product.add(amount * occasions)
        self._squares.add(amount * amount)
        numbers = ((occasions > 0), occasions, occasions * occasions)
        self._counts += [self._rows(one).sum(axis=-1) for one in numbers]

    def merge(self, other: RatioOfSums) -> None:
        """Add the sums of other draws of the same series.

        Parameters
        ----------
        other : RatioOfSums
            Same shape, step and scale.

        Raises
        ------
        ValueError
            If they differ.
        """
        self._amount.merge(other._amount)
        self._product.merge(other._product)
        self._squares.merge(other._squares)
        self._counts += other._counts
        self.draws += other.draws

    def mean(self) -> Floats:
        """Return the mean amount per occasion.

        Returns
        -------
        ndarray
            `shape`, in the unit of the amounts; NaN without occasions.
        """
        return self._amount.total() / np.where(self.occasions > 0, self.occasions, np.nan)

    def standard_error(self) -> Floats:
        """Return the standard error of the mean.

        Returns
        -------
        ndarray
            `shape`, in the unit of the amounts; NaN where fewer than two draws have occasions.
        """
        sums = zip(
            self._amount.steps(),
            self._product.steps(),
            self._squares.steps(),
            *self._counts[1:].tolist(),
            strict=True,
        )
        errors = np.array([self._error(*of_series) for of_series in sums], dtype=np.float64)
        return np.where(self.drawn > 1, errors.reshape(self.shape), np.nan)

    def _error(
        self, amount: int, product: int, squares: int, occasions: int, occasions_squared: int
    ) -> float:
        step_squared, grid = self._amount.step**2, self._squares.step
        unit = min(step_squared, grid)
        of_amounts, of_squares = int(step_squared / unit), int(grid / unit) * occasions**2
        # Residuals times the squared number of occasions, so that all of it stays an integer.
        residual = of_squares * squares + of_amounts * (
            amount**2 * occasions_squared - 2 * amount * occasions * product
        )
        if residual <= of_squares * (squares // SQUARE_RESOLUTION + self.draws):
            return 0.0
        widened = residual / occasions**2 * unit * self.draws / (self.draws - 1)
        return math.sqrt(widened) / occasions
