"""Verdict on whether the draws were enough."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Convergence", "judge_convergence", "relative_errors"]


@dataclass(frozen=True)
class Convergence:
    """The verdict on a run's number of draws.

    Parameters
    ----------
    enough : bool
        Whether the worst relative standard error is within the tolerance.
    relative_error : float
        The worst relative standard error; infinite where an error is unknown.
    draws_needed : int or None
        Draws with which it would be within; None where that cannot be told.
    """

    enough: bool
    relative_error: float
    draws_needed: int | None


def judge_convergence(
    quantile: npt.ArrayLike,
    error: npt.ArrayLike,
    draws: int,
    threshold: float,
    tolerance: float = 0.05,
) -> Convergence:
    """Hold the standard errors of quantiles against what matters.

    The error of a quantile is compared with the larger of its magnitude and the threshold, and
    falls with the square root of the draws.

    Parameters
    ----------
    quantile : array_like
        Quantiles of any shape, such as P5 of the total in each scenario.
    error : array_like
        Their standard errors, same shape and unit; NaN where unknown.
    draws : int
        Draws made, at least 1.
    threshold : float
        Amount that matters to the company, same unit; not negative.
    tolerance : float, optional
        Relative standard error allowed, above 0.

    Returns
    -------
    Convergence
        Of the worst of the quantiles.

    Raises
    ------
    ValueError
        If `draws`, `threshold` or `tolerance` is out of range.
    """
    for name, found, right, allowed in (
        ("draws", draws, draws >= 1, "at least 1"),
        ("threshold", threshold, 0 <= threshold < math.inf, "0 or more"),
        ("tolerance", tolerance, 0 < tolerance < math.inf, "above 0"),
    ):
        if not right:
            raise ValueError(f"{name}: found {found}, allowed {allowed}")
    worst = float(relative_errors(quantile, error, threshold).max(initial=0.0))
    needed = math.ceil(draws * (worst / tolerance) ** 2) if worst < math.inf else None
    return Convergence(worst <= tolerance, worst, needed)


def relative_errors(
    quantile: npt.ArrayLike, error: npt.ArrayLike, threshold: float
) -> npt.NDArray[np.float64]:
    """Return standard errors relative to the larger of the quantile's magnitude and a threshold.

    Parameters
    ----------
    quantile, error : array_like
        Quantiles and their standard errors, of one shape and unit.
    threshold : float
        Amount that matters to the company, same unit; not negative.

    Returns
    -------
    ndarray
        Infinite where an error is unknown, 0 where it is 0; at least one-dimensional.
    """
    reference = np.maximum(np.abs(np.asarray(quantile, dtype=np.float64)), threshold)
    errors = np.atleast_1d(np.asarray(error, dtype=np.float64))
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(errors == 0, 0.0, errors / reference)
    return np.nan_to_num(relative, nan=math.inf, posinf=math.inf)
