"""The bad tail: value at risk, tail value at risk and exceedance of a loss, a loss being -effect.

Tail value at risk is the mean of the worst `1 - level` of probability mass, an atom being split
(Acerbi and Tasche): a risk of 0.5 % a year has a VaR99 of zero and a TVaR99 that is not.

References
----------
.. [1] C. Acerbi and D. Tasche, On the coherence of expected shortfall, Journal of Banking and
   Finance 26, 1487-1503, 2002.
.. [2] B. J. Manistre and G. H. Hancock, Variance of the CTE estimator, North American Actuarial
   Journal 9(2), 129-156, 2005.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats
from climrisk.metrics.distribution import Distribution, probabilities, snapped_rank

__all__ = [
    "exceedance_probability",
    "gain_tvar",
    "loss_tvar",
    "loss_tvar_error",
    "loss_tvar_with_error",
    "loss_var",
    "loss_var_error",
]


def loss_var(effects: Distribution, levels: npt.ArrayLike) -> Floats:
    """Return values at risk: the smallest loss not exceeded with probability `level`.

    Parameters
    ----------
    effects : Distribution
        Effects; a loss is minus the effect.
    levels : array_like
        Probabilities such as 0.95, (level,).

    Returns
    -------
    ndarray
        Losses, (series, level), in the unit of the values; NaN without draws.

    Raises
    ------
    ValueError
        If a level lies outside 0 to 1.
    """
    worst = _worst_mass(effects, levels)
    # The lower quantile of the loss is the upper one of the effect, which matters at gaps.
    return 0.0 - effects.at_rank(worst, np.floor(worst) + 1)


def loss_var_error(effects: Distribution, levels: npt.ArrayLike) -> Floats:
    """Return the standard errors of values at risk from order statistics.

    Parameters
    ----------
    effects : Distribution
        Effects.
    levels : array_like
        Probabilities, (level,).

    Returns
    -------
    ndarray
        (series, level), in the unit of the values; zero at an atom.

    Raises
    ------
    ValueError
        If a level lies outside 0 to 1.
    """
    return effects.quantile_error(1.0 - probabilities("levels", levels))


def loss_tvar(effects: Distribution, levels: npt.ArrayLike) -> Floats:
    """Return tail values at risk: the mean loss over the worst `1 - level` of the draws [1]_.

    Parameters
    ----------
    effects : Distribution
        Effects.
    levels : array_like
        Probabilities below 1, (level,).

    Returns
    -------
    ndarray
        Losses, (series, level), in the unit of the values; NaN without draws.

    Raises
    ------
    ValueError
        If a level lies outside 0 to 1.
    """
    return _tail_moments(effects, levels)[0]


def loss_tvar_error(effects: Distribution, levels: npt.ArrayLike) -> Floats:
    """Return the standard errors of tail values at risk.

    sqrt((V + level (TVaR - VaR)^2) / (n (1 - level))), V the variance of the loss in the tail [2]_.

    Parameters
    ----------
    effects : Distribution
        Effects.
    levels : array_like
        Probabilities below 1, (level,).

    Returns
    -------
    ndarray
        (series, level), in the unit of the values; NaN with fewer than two draws in the tail.

    Raises
    ------
    ValueError
        If a level lies outside 0 to 1.
    """
    return loss_tvar_with_error(effects, levels)[1]


def loss_tvar_with_error(effects: Distribution, levels: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return `loss_tvar` and `loss_tvar_error`, for the price of one; each (series, level)."""
    tvar, variance = _tail_moments(effects, levels)
    worst = _worst_mass(effects, levels)
    beyond = probabilities("levels", levels) * (tvar - loss_var(effects, levels)) ** 2
    return tvar, np.sqrt((variance + beyond) / np.where(worst >= 2, worst, np.nan))


def gain_tvar(effects: Distribution, levels: npt.ArrayLike) -> Floats:
    """Return the mean effect over the best `1 - level` of the draws: the tail of an opportunity.

    Parameters
    ----------
    effects : Distribution
        Effects.
    levels : array_like
        Probabilities below 1, (level,).

    Returns
    -------
    ndarray
        Effects, (series, level), in the unit of the values; NaN without draws.

    Raises
    ------
    ValueError
        If a level lies outside 0 to 1.
    """
    return loss_tvar(effects.mirrored(), levels)


def exceedance_probability(effects: Distribution, threshold: Floats) -> Floats:
    """Return the probability that the loss is greater than a threshold.

    Parameters
    ----------
    effects : Distribution
        Effects.
    threshold : ndarray
        Losses, (series,).

    Returns
    -------
    ndarray
        Shares of the draws, (series,); NaN without draws.
    """
    effect = -threshold[effects.series]
    width = effects.upper - effects.lower
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.clip((effect - effects.lower) / width, 0.0, 1.0)
    share = np.where(width > 0, share, effects.lower < effect)
    beyond = np.bincount(effects.series, share * effects.count, len(effects.totals))
    return beyond / np.where(effects.totals > 0, effects.totals, np.nan)


def _worst_mass(effects: Distribution, levels: npt.ArrayLike) -> Floats:
    """Return the draws in the tail, a fraction allowed, (series, level)."""
    whole = effects.totals[:, np.newaxis].astype(np.float64)
    return whole - snapped_rank(probabilities("levels", levels), effects.totals)


def _tail_moments(effects: Distribution, levels: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return mean and variance of the loss in the tail, each (series, level)."""
    worst = _worst_mass(effects, levels)
    mean, variance = np.full(worst.shape, np.nan), np.full(worst.shape, np.nan)
    for level in range(worst.shape[1]):
        mass = worst[:, level]
        part = np.flatnonzero(effects.before < mass[effects.series])  # the rest adds nothing
        series, count = effects.series[part], effects.count[part]
        taken = np.minimum(mass[series] - effects.before[part], count)
        lower = effects.lower[part]
        within = (effects.upper[part] - lower) * (taken / count) / 2
        loss = -(lower + within)
        divisor = np.where(mass > 0, mass, np.nan)
        mean[:, level] = np.bincount(series, taken * loss, len(mass)) / divisor
        spread = taken * (loss - mean[series, level]) ** 2
        variance[:, level] = np.bincount(series, spread, len(mass)) / divisor
    # Rounding must not push the mean of the tail below its smallest loss: constants stay exact.
    return np.maximum(mean, loss_var(effects, levels)), variance
