"""Share of a variance that each input explains: squared correlation, from exact sums."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from climrisk.metrics.blocks import Floats, Integers
from climrisk.metrics.counting import compiled_counting
from climrisk.metrics.exact_sum import ExactSum
from climrisk.metrics.moments import square_step

__all__ = ["GROUPS", "ExplainedVariance"]

GROUPS: Final = 16
"""Groups of draws for the jackknife: by number of the draw, so whatever the block size."""
MOST_DRAWS: Final = 1024 * GROUPS
_RESOLUTION: Final = 2.0**-40
"""A variance below this fraction of the mean square is rounding."""


class _Sums(NamedTuple):
    """Sums over draws of inputs x and targets y, by group or over all but one group."""

    draws: Floats
    x: Floats
    xx: Floats
    y: Floats
    yy: Floats
    xy: Floats


class ExplainedVariance:
    """Squared correlation of inputs with targets, with jackknife errors.

    The first `categories` inputs are indicators of one category each and count as one: their share
    is that of the variance between the categories' means. All others stand alone. Squared
    correlation sees straight lines only: a share that curvature or interaction explains is missing,
    and shares of correlated inputs overlap.

    Parameters
    ----------
    categories : int
        Indicators, 0 or at least 2.
    scores : int
        Further inputs; multiples of 2^-30.
    targets : int
        Number of targets.
    scale : float
        A power of two near the largest target expected.

    References
    ----------
    .. [1] A. Saltelli et al., Global Sensitivity Analysis: The Primer, section 1.2.5, 2008.
    .. [2] B. Efron and C. Stein, The jackknife estimate of variance, Annals of Statistics 9(3),
       586-596, 1981.
    """

    def __init__(self, categories: int, scores: int, targets: int, scale: float) -> None:
        self._categories = categories
        self._scale = scale
        self._shape = (categories + scores, targets)
        # one series for each: x and x^2; then by target y, y^2 and x y
        series = 2 * self._shape[0] + targets * (2 + self._shape[0])
        self._sums = [ExactSum((series,), square_step(1.0)) for _ in range(GROUPS)]
        self._counts = np.zeros(GROUPS, dtype=np.int64)

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self._counts.nbytes + sum(one.nbytes for one in self._sums)

    def add(self, first: int, inputs: Floats, targets: Floats) -> None:
        """Add a block of draws.

        Parameters
        ----------
        first : int
            Number of the block's first draw.
        inputs : ndarray
            Indicators, then scores, (input, draw).
        targets : ndarray
            (target, draw).

        Raises
        ------
        SeriesOverflowError
            If a target is not finite or too large to be added exactly.
        """
        scaled, counting = targets / self._scale, compiled_counting()
        for group in range(GROUPS):
            own = slice((group - first) % GROUPS, None, GROUPS)
            self._counts[group] += targets[:, own].shape[1]
            if counting is None:
                self._add_group(group, inputs[:, own], scaled[:, own])
        if counting is not None:
            x, y = (_dealt(one, first) for one in (inputs, scaled))
            for start in range(0, x.shape[1], MOST_DRAWS):
                part = slice(start, start + MOST_DRAWS)
                self._add_compiled(*(np.ascontiguousarray(one[:, part]) for one in (x, y)))

    def _add_group(self, group: int, x: Floats, y: Floats) -> None:
        products = (x[:, np.newaxis] * y).reshape(len(x) * len(y), y.shape[1])
        self._sums[group].add(np.concatenate([x, x * x, y, y * y, products]))

    def _add_compiled(self, x: Floats, y: Floats) -> None:
        counting = compiled_counting()
        assert counting is not None
        limbs = np.stack([one.limbs for one in self._sums])
        wrong = counting.add_products(x, y, self._sums[0].step, limbs)
        for one, found in zip(self._sums, limbs, strict=True):
            one.limbs[:] = found
        if wrong >= 0:
            for group in range(GROUPS):  # one of them says why
                self._add_group(group, x[:, group::GROUPS], y[:, group::GROUPS])

    def merge(self, other: ExplainedVariance) -> None:
        """Add the sums of other draws of the same inputs and targets.

        Parameters
        ----------
        other : ExplainedVariance
            Built with the same arguments.
        """
        for mine, theirs in zip(self._sums, other._sums, strict=True):
            mine.merge(theirs)
        self._counts += other._counts

    def shares(self) -> tuple[Floats, Floats]:
        """Return shares and their standard errors.

        Returns
        -------
        share, standard_error : ndarray
            (input, target), the categories as one input before the scores; NaN where the target
            or the input does not vary, errors also with fewer than two draws in each group.
        """
        totals = np.stack([one.total() for one in self._sums])
        whole = self._squared_correlations(totals.sum(axis=0)[np.newaxis], self._counts.sum()[None])
        left_out = self._squared_correlations(
            totals.sum(axis=0) - totals, self._counts.sum() - self._counts
        )
        spread = ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
        error = np.sqrt(spread * (GROUPS - 1) / GROUPS)
        return whole[0], np.where(self._counts.min() >= 2, error, np.nan)

    def _squared_correlations(self, totals: Floats, counts: Integers) -> Floats:
        """Return the shares from sums, (sample, input, target)."""
        sums = self._named(totals, counts)
        with np.errstate(divide="ignore", invalid="ignore"):
            of_y = _centred(sums.yy, sums.y, sums.draws[..., 0])[:, np.newaxis]
            of_x = _centred(sums.xx, sums.x, sums.draws[..., 0])[..., np.newaxis]
            covariance = sums.xy - sums.x[..., np.newaxis] * sums.y[:, np.newaxis] / sums.draws
            alone = covariance**2 / (of_x * of_y)
            members = sums.x[:, : self._categories, np.newaxis]
            between = covariance[:, : self._categories] ** 2 / members
            together = np.nansum(between, axis=1, keepdims=True) / of_y
        parts = [together] if self._categories else []
        return np.concatenate([*parts, alone[:, self._categories :]], axis=1)

    def _named(self, totals: Floats, counts: Integers) -> _Sums:
        inputs, targets = self._shape
        edges = np.cumsum([inputs, inputs, targets, targets])
        x, xx, y, yy, xy = np.split(totals, edges, axis=1)
        count = counts.astype(np.float64)[:, np.newaxis, np.newaxis]
        return _Sums(count, x, xx, y, yy, xy.reshape(-1, inputs, targets))


def _dealt(rows: Floats, first: int) -> Floats:
    """Return rows with zeros around them, so that they begin with group 0 and end with the last."""
    before = first % GROUPS
    after = -(before + rows.shape[1]) % GROUPS
    return np.pad(rows, ((0, 0), (before, after)))


def _centred(squares: Floats, total: Floats, count: Floats) -> Floats:
    """Return the sum of squared deviations; NaN where it is nothing but rounding."""
    found = squares - total**2 / count
    return np.where(found > squares * _RESOLUTION, found, np.nan)
