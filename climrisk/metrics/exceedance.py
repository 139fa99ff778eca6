"""Loss exceedance curves: the loss of a year that is passed once in so many years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from climrisk.metrics.blocks import Floats
from climrisk.metrics.reading import Reading
from climrisk.metrics.tally import Tally
from climrisk.names import RETURN_PERIODS

__all__ = ["ExceedanceCurve", "enough_beyond", "exceedance_curve", "return_levels"]

_FEWEST_DRAWS_BEYOND: Final = 10


@dataclass(frozen=True, eq=False)
class ExceedanceCurve:
    """Losses at return periods.

    Parameters
    ----------
    return_periods : ndarray
        Years, (return_period,).
    loss : ndarray
        (*shape, return_period), in the unit of the values; NaN where too few draws lie beyond.
    standard_error : ndarray
        Of the loss, same shape; NaN likewise.
    """

    return_periods: Floats
    loss: Floats
    standard_error: Floats


def exceedance_curve(
    effects: Tally | Reading, return_periods: Sequence[float] = RETURN_PERIODS
) -> ExceedanceCurve:
    """Read the loss at each return period, 1 / P(loss of the year > x), off a tally.

    Parameters
    ----------
    effects : Tally or Reading
        Effects of one year (a loss is minus the effect): the year's sum for the aggregate curve,
        minus its largest loss for the occurrence curve.
    return_periods : sequence of float, optional
        Years, above 1.

    Returns
    -------
    ExceedanceCurve
        NaN where fewer than 10 draws lie beyond.

    Raises
    ------
    ValueError
        If a return period is not above 1.
    """
    periods, levels = return_levels(return_periods)
    read = effects if isinstance(effects, Reading) else effects.reading()
    enough = enough_beyond(read.draws, periods)
    return ExceedanceCurve(
        return_periods=periods,
        loss=np.where(enough, read.loss_var(levels), np.nan),
        standard_error=np.where(enough, read.loss_var_error(levels), np.nan),
    )


def return_levels(return_periods: Sequence[float]) -> tuple[Floats, Floats]:
    """Return the periods and the probability of a year that does not pass their loss.

    Parameters
    ----------
    return_periods : sequence of float
        Years, above 1.

    Raises
    ------
    ValueError
        If a return period is not above 1.
    """
    periods = np.asarray(return_periods, dtype=np.float64)
    if periods.ndim != 1 or not (periods > 1).all():
        raise ValueError(f"return_periods: found {periods.tolist()}, allowed years above 1")
    return periods, 1.0 - 1.0 / periods


def enough_beyond(draws: int, periods: Floats) -> npt.NDArray[np.bool_]:
    """Return whether at least 10 of the draws are expected beyond each return period."""
    return np.asarray(draws / periods >= _FEWEST_DRAWS_BEYOND)
